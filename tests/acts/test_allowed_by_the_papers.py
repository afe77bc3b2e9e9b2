"""Who may do which act, and when, as the documents say: a table by hand that the program had no part in.

`stages_and_roles.txt` pins every refusal word for word, but the program wrote it first. This table was written first, and
then compared. Written otherwise before that were these cells, in which the papers were silent or were read too
widely; the papers now say what the program does:

- `vote/board`, submitted: only after the dialogue meeting. The board may return, postpone or reject before, so there is
  something to vote on; the rows of those outcomes were added with it.
- `respond`, in force and rejected; `settle-condition` and `comment` by a delegate: not said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts.national import import_national
from aarshjul.acts.perform import ACTS, act
from aarshjul.core.errors import Refused
from aarshjul.core.stages import Stage
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.documents import enclosed
from aarshjul.files.national_file import national_from_text
from models.cycle import Cycle
from models.engine import writing
from tests.acts import situations
from tests.acts.meetings import hold_meeting
from tests.acts.papers import (
    BODIES,
    CHAIRS,
    OTHERS,
    OWNERS,
    PEOPLE,
    SETUP,
    STANDS_IN_FOR_ALL,
    TRIED,
    by_hand,
    filled,
)
from tests.acts.test_stages_and_roles import TABLE
from tests.builders import at
from tests.world import YEAR, YEARS, World, moment_of

WHO, WHEN = by_hand("WHO"), by_hand("WHEN")
SECOND = "  - {id: c2, name: KKR-medlem 2, email: c2@example.org, roles: [council]}\nmilestones:\n"
EVERYBODY = "[coordinator, holder, board, council, working-group, observer, subscriber]"
MORE = f"""
  - {{id: early, title: Formøde, phase: data-collection, kind: meeting, on: 2022-05-02, at: "09:00", for: [holder]}}
  - id: later
    title: Opfølgning
    phase: in-force
    kind: meeting
    on: 2023-04-20
    status: tentative
    for: {EVERYBODY}
  - {{id: everybody, title: Svar, phase: in-force, kind: deadline, on: 2023-04-21, owed_by: {EVERYBODY}}}
  - {{id: absent, title: Notat 2, phase: in-force, kind: deadline, on: 2023-04-21, owed_by: [working-group]}}
  - {{id: secretariat, title: Brev, phase: in-force, kind: deadline, on: 2023-04-21, owed_by: [coordinator]}}
"""
FULL_YEAR = YEAR.replace("milestones:\n", SECOND) + MORE.lstrip("\n")
CONDITIONS = "[" + ", ".join(f"{{text: B {each}, owner: {each}}}" for each in OWNERS) + "]"

BOARD, COUNCIL = ([row for row in WHO if row.startswith((f"vote/{x}", f"decide/{x}"))] for x in BODIES)
WHO_AT = {
    "activate": "not-started",
    **dict.fromkeys(BOARD, "discussed"),
    **dict.fromkeys(COUNCIL, "board-approved"),
    "settle-condition/waived": "council-approved",
    "settle-condition/met": "council-approved",
    "sign/board": "council-approved",
    "sign/council": "council-approved",
    "put-in-force": "council-approved",
}
"""The stage in which all are tried; `submitted` for all other acts."""
BY = {
    **dict.fromkeys(BOARD, "b1"),
    **dict.fromkeys(COUNCIL, "c1"),
    "decide-attainment": "c1",
    "sign/board": "bc",
    "sign/council": "cc",
    "unsubscribe": "w1",
    "respond": "w1",
}
"""Who tries it in every stage: somebody who may; the coordinator for all other acts."""


CIRCUMSTANCES = re.compile(
    "done already|cancelled already|held yet|has begun|scored yet|no draft|no comment|no task|no condition|not invited|"
    r"\(person\)"
)
"""What `stages_and_roles.txt` says where nothing is at hand there that the act could be about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A stage at which acts are tried: what was done just before, and is taken back with them."""

    column: str
    when: str
    first: tuple[str, ...] = ()
    special: str | None = None

    def said(self, engine: Engine, by: str, row: str, fields: dict[str, str]) -> str | None:
        """The words of a refusal, None where it is done; all is taken back."""
        with Session(engine) as session:
            for each in self.first:
                doer, when, name, *given = each.split("|")
                _do(session, doer, name, dict(field.split("=", 1) for field in given), when)
            assert session.get_one(Cycle, "c").stage == self.column
            if row in SETUP and self.column not in SETUP[row].not_in:
                asked = by if by != "xx" else "w2"
                _do(session, "co", SETUP[row].act, filled(SETUP[row].fields, row, asked), self.when)
            try:
                _do(session, by, row.split("/", maxsplit=1)[0], fields, self.when)
            except Refused as refusal:
                return str(refusal)
            finally:
                session.rollback()
        return None


def _do(session: Session, by: str, name: str, fields: dict[str, str], when: str) -> None:
    act(session, "c", by, name, enclosed(parse_act(name, fields), YEARS), moment_of(when))


def walk(engine: Engine, folder: Path) -> Iterator[Moment]:
    """The year through all stages, with something at hand for every act from its beginning on."""
    world = situations.draft(engine, folder, FULL_YEAR)
    hold_meeting(engine, "council-march", "2023-03-17")
    yield Moment(column="not-started", when="2022-05-01")
    _begin(world)
    yield Moment(column="drafting", when="2022-09-01")
    world.act("2022-09-29", "holder", "submit-draft", text=situations.OWN_GOALS)
    with writing(engine) as session:
        import_national(
            session, national_from_text(situations.NATIONAL_GOALS, "national.yaml"), at("2022-10-01")
        )
    yield Moment(column="submitted", when="2022-10-03")
    called_off = ("co|2022-10-02|cancel|milestone=dialogue",)
    yield Moment(column="submitted", when="2022-10-03", first=called_off, special="dialogue")
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    yield Moment(column="discussed", when="2022-11-21")
    yield from _ended("2022-11-22", "b1", "board")
    conditional = {"outcome": "approved-with-conditions"}
    world.act("2023-02-10 09:30", "b1", "decide", body="board", conditions=CONDITIONS, **conditional)
    yield Moment(column="board-approved", when="2023-02-10 10:00")
    yield from _ended("2023-02-10 10:00", "c1", "council")
    theirs = situations.CONDITION
    world.act("2023-02-10 11:00", "c1", "decide", body="council", conditions=theirs, **conditional)
    yield Moment(column="council-approved", when="2023-02-13")
    world.act("2023-02-13 13:00", "co", "minute", milestone="early", area="A", said="B", change="C")
    world.act("2023-02-14", "co", "put-in-force")
    yield Moment(column="in-force", when="2023-02-20")


def _ended(when: str, by: str, body: str) -> Iterator[Moment]:
    """A body sends the draft back, or rejects it, with a task left open; conditions of the other body lapse."""
    change = f"co|{when}|minute|milestone=early|area=A|said=B|change=C"
    returned, rejected = (
        f"{by}|{when}|decide|body={body}|outcome={each}" for each in ("returned", "rejected")
    )
    yield Moment(column="drafting", when=when, first=(returned,), special="version")
    yield Moment(column="rejected", when=when, first=(change, rejected))


def _begin(world: World) -> None:
    world.act("2022-05-02 06:00", "co", "activate")
    world.act("2022-05-10", "w1", "record-result", indicator="1a", actual="60")
    world.act("2022-05-11", "holder", "record-result", indicator="1b", actual="40", source="ERST")
    world.until("2022-06-10")
    world.act("2022-08-30", "w2", "comment", text="Hvad med mål 2?")


def test_the_table_has_every_act() -> None:
    assert {row.split("/")[0] for row in WHO} == set(ACTS)
    assert list(WHO) == list(WHEN)
    assert set(WHEN["join"]) == set(Stage)
    assert set(WHO["join"]) == set(PEOPLE)


@pytest.mark.parametrize("title", TABLE)
def test_the_pinned_refusals_agree_with_the_papers(title: str) -> None:
    """All kinds of people in all stages, as far as the year in which they are pinned has something to act on."""
    row, wrong = _row_of(title), []
    for stage, cells in TABLE[title].items():
        for column, said in zip(PEOPLE, cells, strict=True):
            may = {WHO[row][column], WHEN[row][stage]}
            if (said is None and "-" in may) or (may == {"yes"} and said and not CIRCUMSTANCES.search(said)):
                wrong.append(f"{stage} {column}: {may} by the papers: {said}")
    assert wrong == []


def _row_of(title: str) -> str:
    """The papers' row for an act with its fields: by body and outcome where those count."""
    name, *given = title.split()
    fields = dict(field.split("=", 1) for field in given)
    if name == "settle-condition":
        return f"{name}/met"
    parts = [name, fields.get("body", ""), fields.get("outcome", "")] if "body" in fields else [name]
    return "/".join(part for part in parts if part and part != "approved")


def test_the_program_does_what_the_papers_say(sqlite: Engine, tmp_path: Path) -> None:
    wrong = []
    for moment in walk(sqlite, tmp_path):
        wrong += list(_when_wrong(sqlite, moment))
        if not moment.first:
            wrong += list(_who_wrong(sqlite, moment))
    assert wrong == []


def _when_wrong(engine: Engine, moment: Moment) -> Iterator[str]:
    """Acts that somebody who may is refused at this stage, or is not, other than the papers say."""
    for row, stages in WHEN.items():
        cell, by = stages[moment.column], BY.get(row, "co")
        wanted = cell in {"yes", moment.special}
        said = moment.said(engine, by, row, filled(TRIED.get(row, ""), row, by))
        if wanted != (said is None):
            yield f"{moment.column} ({moment.special}): {row} by {by}, {cell} by the papers: {said}"


def _who_wrong(engine: Engine, moment: Moment) -> Iterator[str]:
    rows = [row for row in WHO if WHO_AT.get(row, "submitted") == moment.column]
    people = [(role, by) for role, each in PEOPLE.items() for by in each]
    for row, (role, by) in product(rows, people):
        cell = WHO[row][role]
        for extra, fields, wanted in _tries(row, cell, by):
            given = filled(fields, row, by) | extra
            said = moment.said(engine, by, row, given)
            if wanted != (said is None):
                yield f"{row} by {by} with {given}, {cell} by the papers: {said}"


def _tries(row: str, cell: str, by: str) -> Iterator[tuple[dict[str, str], str, bool]]:
    """What is tried of an act by somebody: more fields, the fields, and whether the papers allow it."""
    mine = TRIED.get(row, "")
    chair = {"chair": by in CHAIRS, "member": by not in CHAIRS}
    yield {}, mine, chair.get(cell, cell in {"yes", "own", "for"})
    if cell == "minutes":
        yield {"minutes": "P4"}, mine, True
    if row in OTHERS and not (row in STANDS_IN_FOR_ALL and cell == "for"):
        yield {}, OTHERS[row], cell == "yes"
