"""What a form says where somebody else wrote to the record for longer than a press waits for it (SQLite)."""

from sqlalchemy.exc import OperationalError

from aarshjul.web.doing.form import Problem
from aarshjul.web.doing.words import WORDS
from models.engine import is_held


def held_up(error: OperationalError, language: str) -> tuple[Problem, ...]:
    """That nothing was done and one can try again.

    Raises:
        OperationalError: the same, where the database has another trouble.
    """
    if not is_held(error):
        raise error
    return (Problem(field="", said=WORDS[language]["held_up"]),)
