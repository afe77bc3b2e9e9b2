"""Asking the ledger which duties were done before, and what waits for a day to come."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

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


def waiting_days(session: Session, zones: Mapping[str, ZoneInfo], now: datetime) -> dict[str, date]:
    """The next day, after today, on which a message may go that waits for one; by cycle, on its own clocks."""
    columns = (MESSAGE.c.cycle_id, MESSAGE.c.not_before)
    query = select(*columns).where(
        MESSAGE.c.cycle_id.in_(zones),
        MESSAGE.c.state == "waiting",
        MESSAGE.c.not_before.is_not(None),
        MESSAGE.c.not_before > now,
    )
    found: dict[str, date] = {}
    for cycle_id, moment in session.execute(query.distinct()):
        day = moment.astimezone(zones[cycle_id]).date()
        if day > now.astimezone(zones[cycle_id]).date():
            found[cycle_id] = min(day, found.get(cycle_id, day))
    return found


def earliest(*days: date | None) -> date | None:
    """The first of some days, where there is any."""
    return min((day for day in days if day is not None), default=None)
