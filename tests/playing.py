"""Whole years, played without Prefect: a cycle file and an acts file, and who heard what on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.core.contract import Contract
from aarshjul.core.cycle import PHASES
from aarshjul.core.duties import DutyKind
from aarshjul.files.cycle_form import CycleForm
from aarshjul.files.read import read_acts, read_contract, read_cycle
from aarshjul.rounds.year import PlainSteps, Year
from flows.playing import Play, PlayedAct, acts_of
from flows.story import CHAPTERS
from models.engine import reading
from models.message import Message
from tests.builders import COPENHAGEN
from tests.world import YEARS


@dataclass(kw_only=True)
class Played:
    """A year that was played: what was told, in the order of its days."""

    told: list[tuple[str, str]]
    rounds: list[str]

    def lines(self, *without: str) -> list[str]:
        """A line a day and duty, people gathered: `day milestone/revision/kind/offset person person`."""
        groups: dict[tuple[str, str], list[str]] = {}
        for day, key in self.told:
            _, rest = key.split("/", 1)
            duty, _, person = rest.rpartition("/")
            if duty.split("/")[2] not in without:
                groups.setdefault((day, duty), []).append(person)
        return [f"{day} {duty} {' '.join(sorted(people))}" for (day, duty), people in sorted(groups.items())]


def play(engine: Engine, folder: Path, cycle: str, acts: str) -> Played:
    """Play a year from the text of a cycle file and of the acts in it (without head)."""
    (folder / "y.cycle.yaml").write_text(cycle, encoding="utf-8")
    (folder / "y.acts.yaml").write_text(f"format: aarshjul/acts@1\nacts:\n{acts}", encoding="utf-8")
    form = read_cycle(str(folder / "y.cycle.yaml"))
    contract = read_contract(str(YEARS / "small.contract.yaml")) if form.scores else None
    scripted = acts_of(read_acts(str(folder / "y.acts.yaml")), COPENHAGEN, {})
    return _played(engine, form, contract, scripted)


def _played(engine: Engine, form: CycleForm, contract: Contract | None, acts: Sequence[PlayedAct]) -> Played:
    year = Play(engine, form, contract, acts)
    year.prepare(None)
    rounds = []
    for moment, act in year.steps(None, None):
        if act is not None:
            year.do(act)
            continue
        rounds.append(str(moment.astimezone(COPENHAGEN).date()))
        while (one := Year(engine, moment)).look():
            steps = PlainSteps(one)
            for phase in PHASES:
                if one.concerned(phase):
                    CHAPTERS[phase](steps)
                    one.close_chapter(phase)
            one.settle()
    return Played(told=_told(engine), rounds=rounds)


def _told(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as session:
        rows = session.scalars(select(Message).where(col(Message.channel) == "email")).all()
    found = []
    for row in rows:
        day = str(row.owed_at.astimezone(COPENHAGEN).date())
        found += [(day, key) for key in (row.key, *(row.facts or {}).get("also", ()))]
    return sorted((day, key) for day, key in found if f"/{DutyKind.WELCOME}/" not in key)
