"""Somebody's own page in a cycle, by a link in a mail: what they owe, one press each, and what a link is worth."""
