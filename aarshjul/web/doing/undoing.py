"""Which acts can be taken back, by which act; and what is said before those that cannot."""

from aarshjul.web.doing.undo_words import WARNINGS


def warning_for(act: str, language: str) -> str:
    """What a form says before its button is pressed, where no act takes back what it does; else nothing."""
    return WARNINGS[language].get(act, "")
