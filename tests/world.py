"""A small installation to act in: a cycle file in a few lines, acts by name, rounds without Prefect."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from aarshjul.acts.importing import import_cycle
from aarshjul.acts.perform import perform
from aarshjul.core.errors import Refused
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.read import read_contract, read_cycle
from flows.rehearsing import plain_round
from models.cycle import Cycle
from models.draft import Decision
from models.engine import reading, writing
from models.history import HistoryEntry
from models.message import Message
from models.milestone import Milestone
from models.tables import metadata
from tests.builders import at

YEARS = Path(__file__).parent / "years"
YEAR = (YEARS / "small.cycle.yaml").read_text(encoding="utf-8")


@dataclass(kw_only=True)
class World:
    """An installation with one cycle, `c`, in a folder; `there` where the database has it already."""

    engine: Engine
    folder: Path
    text: str = YEAR
    there: bool = False
    heard: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.there:
            return
        file = self.folder / "c.cycle.yaml"
        file.write_text(self.text, encoding="utf-8")
        contract = read_contract(str(YEARS / "small.contract.yaml"))
        with writing(self.engine) as session:
            import_cycle(session, read_cycle(str(file)), contract, at("2022-04-01"))

    def act(self, when: str, by: str, do: str, **fields: str | list[str]) -> None:
        """Do an act; `when` is a day, or a day and a time. `from_` stands for `from`."""
        named: Mapping[str, str | list[str]] = {name.rstrip("_"): value for name, value in fields.items()}
        perform(self.engine, "c", by, do, parse_act(do, named), moment_of(when))

    def refused(self, when: str, by: str, do: str, **fields: str | list[str]) -> str | None:
        """Try an act: the words of its refusal, or None where it was done. What is refused writes nothing."""
        before = self.snapshot()
        try:
            self.act(when, by, do, **fields)
        except Refused as refusal:
            assert self.snapshot() == before, "a refused act wrote something"
            return str(refusal)
        assert len(self.history()) > len(before["historyentry"]), f"{do} left no history"
        return None

    def round(self, when: str) -> list[str]:
        """A round at seven (or the time given): the duties' keys that were served, without the cycle's name."""
        now = moment_of(when, "07:00")
        before = set(self._keys())
        plain_round(self.engine, now)
        new = sorted(key for key in self._keys() if key not in before)
        self.heard += [(when[:10], key) for key in new]
        return new

    def until(self, last: str) -> None:
        """Rounds on all due days up to and with a day."""
        while (due := self.row().next_due_on) is not None and str(due) <= last:
            self.round(str(due))

    def _keys(self) -> list[str]:
        with reading(self.engine) as session:
            rows = session.scalars(select(Message).where(col(Message.channel) == "email")).all()
        lines = [[row.key, *(row.facts or {}).get("also", ())] for row in rows]
        return [key.removeprefix("c/") for keys in lines for key in keys if "/welcome/" not in key]

    def row(self) -> Cycle:
        """The cycle's row."""
        with reading(self.engine) as session:
            return session.get_one(Cycle, "c")

    def milestone(self, slug: str) -> Milestone:
        """A milestone's row."""
        with reading(self.engine) as session:
            return session.scalars(select(Milestone).where(col(Milestone.slug) == slug)).one()

    def on(self, slug: str) -> str | None:
        """A milestone's date."""
        found = self.milestone(slug).on
        return str(found) if found else None

    def state(self, slug: str) -> str:
        """Where a milestone stands."""
        return self.milestone(slug).state

    def decisions(self) -> list[tuple[str, str, bool]]:
        """Every decision: body, outcome, and whether it stands."""
        with reading(self.engine) as session:
            rows = session.scalars(select(Decision).order_by(col(Decision.id)))
            return [(row.body, row.outcome, row.void_at is None) for row in rows]

    def history(self) -> list[str]:
        """What happened, in order."""
        with reading(self.engine) as session:
            return list(session.scalars(select(col(HistoryEntry.what)).order_by(col(HistoryEntry.number))))

    def last_facts(self) -> dict[str, Any]:
        """What the latest act left in the history beside its name."""
        with reading(self.engine) as session:
            query = select(HistoryEntry).where(col(HistoryEntry.type) == "act")
            found = session.scalars(query.order_by(col(HistoryEntry.number).desc()).limit(1)).one()
            return dict(found.facts)

    def snapshot(self) -> dict[str, list[Any]]:
        """Every row of every table."""
        with reading(self.engine) as session:
            return {table: _rows(session, table) for table in _TABLES}


_TABLES = [table.name for table in metadata.sorted_tables]


def _rows(session: Session, name: str) -> list[Any]:
    table = metadata.tables[name]
    return sorted(repr(tuple(row)) for row in session.execute(select(table)))


def moment_of(when: str, clock: str = "12:00") -> datetime:
    """A moment from `2022-11-18` or `2022-11-18 10:00`."""
    day, _, time = when.partition(" ")
    return at(day, time or clock)
