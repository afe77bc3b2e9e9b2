"""What is kept about somebody, in words: a table for each kind of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, select
from sqlmodel import Session, col

from aarshjul.core.cycle_words import role_in_words
from aarshjul.web.board.history_words import FATES, HAPPENED, SENT
from aarshjul.web.board_words import REPLIES
from aarshjul.web.cycle_view import day_of, moment_in_words
from aarshjul.web.doing.seat import Seat
from aarshjul.web.duties.kept_words import TABLES
from aarshjul.web.duties.privacy import how_long
from aarshjul.web.duties.privacy_words import SEEN
from aarshjul.web.personal_data.data_words import COLUMNS, WORDS
from models.cycle import Cycle, Membership
from models.kept import BY_TABLE
from models.milestone import Milestone
from models.own_data import Holding
from models.person import Organisation, Person
from models.tables import metadata
from models.types import Moment

_NOT_SHOWN: Mapping[str, set[str]] = {
    "membership": {"position", "welcomed"},
    "indicator": {"facts", "state"},
    "message": {"key", "number"},
    "historyentry": {"facts"},
    "servedduty": {"message_key"},
    "loginsession": {"last_here"},
    "milestone": {"slug", "kind"},
}
_WORDS: Mapping[tuple[str, str], Mapping[str, Mapping[str, str]]] = {
    ("message", "kind"): SENT,
    ("message", "state"): FATES,
    ("invitation", "partstat"): REPLIES,
    ("historyentry", "what"): HAPPENED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One kind of what is kept: its columns and rows in words; `more` says that there are older ones."""

    id: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    all: int
    more: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """What ids in the rows are called: people of the cycle, its milestones, organisations."""

    people: Mapping[str, str]
    milestones: Mapping[str | int, str]
    organisations: Mapping[int, str]
    bodies: Mapping[str, str]

    def called(self, each: str, language: str) -> str:
        """What somebody, or a role, is called."""
        return self.people.get(each) or role_in_words(each, language, **self.bodies)


def names_for(session: Session, seat: Seat) -> Named:
    """The names of what is in the cycle."""
    people = (
        select(col(Person.id), col(Person.name))
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(col(Membership.cycle_id) == seat.cycle)
    )
    rows = session.scalars(select(Milestone).where(col(Milestone.cycle_id) == seat.cycle)).all()
    titles: dict[str | int, str] = {row.slug: row.title for row in rows}
    titles |= {row.id: row.title for row in rows if row.id is not None}
    bodies = session.execute(select(col(Organisation.id), col(Organisation.name))).tuples()
    cycle = session.get_one(Cycle, seat.cycle)
    return Named(
        people=dict(session.execute(people).tuples().all()),
        milestones=titles,
        organisations={number: name for number, name in bodies if number is not None},
        bodies={"holder": cycle.holder, "council": cycle.council},
    )


def tables(found: tuple[Holding, ...], named: Named, seat: Seat, most: int | None) -> tuple[Table, ...]:
    """Each kind in words; at most so many rows of it, the newest."""
    return tuple(_table(each, named, seat, most) for each in found)


def _table(found: Holding, named: Named, seat: Seat, most: int | None) -> Table:
    language, kept = seat.language, found.kept
    rows = found.rows[-most:] if most is not None else found.rows
    shown = [each.name for each in metadata.tables[kept.table].c if _is_shown(kept.table, each.name, rows)]
    say = WORDS[language]
    counts = {"shown": len(rows), "all": len(found.rows)}
    return Table(
        id=kept.table,
        title=TABLES[language][kept.table],
        about=say["seen"].format(seen=SEEN[language][kept.seen], ends=how_long(kept, language)),
        columns=tuple(COLUMNS[language][name] for name in shown),
        rows=tuple(
            tuple(_cell(kept.table, name, row.get(name), named, seat) for name in shown) for row in rows
        ),
        all=len(found.rows),
        more=say["newest"].format(**counts) if len(rows) < len(found.rows) else "",
    )


def _is_shown(table: str, name: str, rows: tuple[Mapping[str, Any], ...]) -> bool:
    """What has a name that people use, and a value in some row; whose it is is said by the page."""
    if name not in COLUMNS["da"] or name in _NOT_SHOWN.get(table, ()) or name in BY_TABLE[table].hidden:
        return False
    if name == "id" and table != "person":
        return False
    if name == "person_id" and len({row.get(name) for row in rows}) == 1:
        return False
    return any(row.get(name) not in (None, "", [], {}) for row in rows)


def _cell(table: str, name: str, value: object, named: Named, seat: Seat) -> str:
    if value in (None, "", [], {}):
        return ""
    if words := _WORDS.get((table, name)):
        return words[seat.language].get(str(value), str(value))
    if name in BY_TABLE[table].listed and isinstance(value, list):
        return ", ".join(named.called(str(each), seat.language) for each in value)
    return _named(table, name, value, named) or _plain(table, name, value, seat)


def _named(table: str, name: str, value: object, named: Named) -> str:
    """What an id is called; nothing for what is none."""
    if name in ("milestone_id", "milestone") and isinstance(value, str | int):
        return named.milestones.get(value, "")
    if name == "organisation_id" and isinstance(value, int):
        return named.organisations.get(value, "")
    return named.people.get(str(value), "") if name in BY_TABLE[table].who and table != "person" else ""


def _plain(table: str, name: str, value: object, seat: Seat) -> str:
    kind = metadata.tables[table].c[name].type
    if isinstance(value, bool):
        return WORDS[seat.language]["yes" if value else "no"]
    if isinstance(kind, Moment) and isinstance(value, str):
        return moment_in_words(datetime.fromisoformat(value), seat.zone, seat.language)
    if isinstance(kind, Date) and isinstance(value, str):
        return day_of(date.fromisoformat(value), seat.language)
    if isinstance(value, list) and all(isinstance(each, str | int) for each in value):
        return ", ".join(map(str, value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
