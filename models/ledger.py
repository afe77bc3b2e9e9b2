"""Asking the ledger which duties were done before."""

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import select
from sqlmodel import Session

from models.loading import tables
from models.message import Message, ServedDuty

KEYS = 500  # keys a query: SQLite's limit on parameters is far off, its parser is not

MESSAGE, SERVED = tables(Message, ServedDuty)


def done_before(session: Session, keys: Iterable[str]) -> set[str]:
    """Which of these duties a message has served already."""
    iterator, found = iter(keys), set[str]()
    while batch := list(islice(iterator, KEYS)):
        found.update(session.scalars(select(MESSAGE.c.key).where(MESSAGE.c.key.in_(batch))))
        found.update(session.scalars(select(SERVED.c.key).where(SERVED.c.key.in_(batch))))
    return found
