"""Answers read back: the mailbox is emptied into folders, and each mail becomes an act, a note, or a message to a person."""
