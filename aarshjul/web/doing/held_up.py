"""What a form says where somebody else wrote to the record for longer than a press waits for it (SQLite)."""

import sqlite3

from sqlalchemy.exc import OperationalError

from aarshjul.web.doing.form import Problem
from aarshjul.web.doing.words import WORDS


def held_up(error: OperationalError, language: str) -> tuple[Problem, ...]:
    """That nothing was done and one can try again.

    Raises:
        OperationalError: the same, where the database has another trouble.
    """
    if getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
        raise error
    return (Problem(field="", said=WORDS[language]["held_up"]),)
