"""All that the record keeps about one person, as their own page shows it and hands it out (GDPR, articles 15 and 20)."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select
from sqlmodel import Session

from models.cycle import Cycle
from models.kept import KEPT, Kept
from models.person import Person
from models.tables import metadata

Entry = Mapping[str, Any]
MILESTONE, INDICATOR = metadata.tables["milestone"], metadata.tables["indicator"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Holding:
    """The rows of one table that are about somebody, each as its columns' names and values."""

    kept: Kept
    rows: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _About:
    """Whom it is about, and in which cycle."""

    session: Session
    person: Person
    cycle: Cycle

    @property
    def addresses(self) -> set[str]:
        own = (self.person.email, self.person.secretary)
        return {each.casefold() for each in own if each}


def own_data(session: Session, person_id: str, cycle_id: str) -> tuple[Holding, ...]:
    """What is kept about somebody in one cycle and apart from any; never a secret, and nobody else's words.

    A row of another person in which they are named shows what is theirs in it alone. Whole mails and files are left
    out: they were sent to them, or are theirs, and the other columns say which they are.
    """
    about = _About(session, session.get_one(Person, person_id), session.get_one(Cycle, cycle_id))
    found = (Holding(kept=kept, rows=tuple(_rows(about, kept))) for kept in KEPT)
    return tuple(each for each in found if each.rows)


def _rows(about: _About, kept: Kept) -> list[dict[str, Any]]:
    table = metadata.tables[kept.table]
    if kept.table == "historyentry":
        return _history(about, table)
    if kept.listed and not kept.who:
        return _listed(about, kept, table)
    condition = _condition(about, kept, table)
    if condition is None:
        return []
    query = select(table).where(condition).order_by(*table.primary_key.columns)
    return [_shown(about, kept, table, dict(row)) for row in about.session.execute(query).mappings()]


def _condition(about: _About, kept: Kept, table: Table) -> ColumnElement[bool] | None:
    """Which rows name them, of this cycle or of none; None for a table that names nobody at all."""
    me = about.person.id
    if kept.table == "attempt":
        message = metadata.tables["message"]
        mine = select(message.c.id).where(message.c.person_id == me, message.c.cycle_id == about.cycle.id)
        return table.c.message_id.in_(mine)
    if kept.table == "servedduty":
        return table.c.key.startswith(f"{about.cycle.id}/", autoescape=True) & table.c.key.endswith(
            f"/{me}", autoescape=True
        )
    if not kept.who:
        return None
    return and_(or_(*(table.c[name] == me for name in kept.who)), _in_cycle(about, table))


def _in_cycle(about: _About, table: Table) -> ColumnElement[bool]:
    cycle = about.cycle.id
    if table.name == "indicator":
        return table.c.contract_id == about.cycle.contract_id
    if "cycle_id" in table.c:
        return or_(table.c.cycle_id == cycle, table.c.cycle_id.is_(None))
    if "milestone_id" in table.c:
        return table.c.milestone_id.in_(select(MILESTONE.c.id).where(MILESTONE.c.cycle_id == cycle))
    return table.primary_key.columns[0].is_not(None)


def _shown(about: _About, kept: Kept, table: Table, row: Entry) -> dict[str, Any]:
    me = about.person.id
    if kept.who and row[kept.who[0]] != me:
        key = [column.name for column in table.primary_key.columns]
        named = [name for name in kept.who if row[name] == me]
        return plain({name: row[name] for name in dict.fromkeys((*key, *named, *kept.beside))})
    shown = {name: value for name, value in row.items() if name not in kept.hidden}
    if kept.table == "receivedmail" and (row["sender"] or "").casefold() not in about.addresses:
        shown |= {"sender": None, "subject": None}  # somebody else's, who wrote about them
    return plain(shown)


def _listed(about: _About, kept: Kept, table: Table) -> list[dict[str, Any]]:
    """What names them in a list: their own name of it alone."""
    me, shown = about.person.id, []
    query = select(table).where(table.c.cycle_id == about.cycle.id).order_by(*table.primary_key.columns)
    for row in about.session.execute(query).mappings():
        named = {name: [me] for name in kept.listed if me in (row[name] or ())}
        if named:
            known = {name: row[name] for name in ("id", "slug", "title", "on", "kind") if name in row}
            shown.append(plain({**known, **named}))
    return shown


def _history(about: _About, table: Table) -> list[dict[str, Any]]:
    me = about.person.id
    query = select(table).where(table.c.cycle_id == about.cycle.id).order_by(table.c.number)
    members = metadata.tables["membership"]
    ids = select(members.c.person_id).where(members.c.cycle_id == about.cycle.id)
    others = set(about.session.scalars(ids)) - {me}
    shown = []
    for row in about.session.execute(query).mappings():
        if row["who"] == me:
            shown.append(plain(dict(row)))
        elif _names(row["facts"], me):
            shown.append(plain({**row, "facts": without(row["facts"], others)}))
    return shown


def _names(value: object, person: str) -> bool:
    """Whether a person's id stands anywhere in what an entry says."""
    if isinstance(value, Mapping):
        return any(_names(each, person) for each in value.values()) or person in value
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(_names(each, person) for each in value)
    return value == person


def without(value: object, others: Set[str]) -> Any:
    """What an entry of somebody else's says, without the other people whom it names beside this one."""
    if isinstance(value, Mapping):
        kept = {key: each for key, each in value.items() if str(key).rpartition("/")[2] not in others}
        return {key: without(each, others) for key, each in kept.items() if not _is_one(each, others)}
    if isinstance(value, list):
        return [without(each, others) for each in value if not _is_one(each, others)]
    return value


def _is_one(value: object, people: Set[str]) -> bool:
    return isinstance(value, str) and value in people


def plain(row: Entry) -> dict[str, Any]:
    """The same as JSON holds it: moments and days as ISO 8601, exact numbers as texts of digits."""
    return {name: _as_text(value) for name, value in row.items()}


def _as_text(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value
