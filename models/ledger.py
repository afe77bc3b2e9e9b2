"""Asking the ledger which duties were done before."""

from collections.abc import Iterable

from sqlalchemy import JSON, bindparam, func, select
from sqlmodel import Session

from models.loading import tables
from models.message import Message, ServedDuty

MESSAGE, SERVED = tables(Message, ServedDuty)


def done_before(session: Session, keys: Iterable[str]) -> set[str]:
    """Which of these duties a message has served already; all keys go as one JSON parameter, not as one each."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    each_of = func.json_each if sqlite else func.json_array_elements_text
    listed = each_of(bindparam("keys", list(keys), type_=JSON)).table_valued("value").c.value
    found = set(session.scalars(select(MESSAGE.c.key).where(MESSAGE.c.key.in_(select(listed)))))
    return found.union(session.scalars(select(SERVED.c.key).where(SERVED.c.key.in_(select(listed)))))
