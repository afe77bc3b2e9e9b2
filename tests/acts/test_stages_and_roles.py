"""Every stage, act and kind of person: allowed, or the exact refusal, as `stages_and_roles.txt` has it by hand."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts.perform import ACTS, act
from aarshjul.core.errors import Refused
from aarshjul.core.stages import Stage
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.documents import enclosed
from tests.acts import situations
from tests.acts.meetings import hold_meeting
from tests.world import YEARS, World, moment_of

PEOPLE = ("co", "holder", "bc", "cc", "w1", "ob", "sub", "xx")
"""Coordinator, holder, board (its chair), council (its chair), working group, delegate, subscriber, nobody."""
EVERYWHERE = {"-": "c is not activated yet", "n": "there is no person {by} here"}
HAND = Path(__file__).parent / "stages_and_roles.txt"


def in_force(engine: Engine, folder: Path) -> World:
    world = situations.council_approved(engine, folder)
    world.act("2023-02-14", "co", "put-in-force")
    return world


def rejected(engine: Engine, folder: Path) -> World:
    world = situations.discussed(engine, folder)
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="rejected")
    return world


STAGES: dict[Stage, tuple[Callable[[Engine, Path], World], str]] = {
    Stage.NOT_STARTED: (situations.draft, "2022-05-01"),
    Stage.DRAFTING: (situations.active, "2022-09-01"),
    Stage.SUBMITTED: (situations.submitted, "2022-10-03"),
    Stage.DISCUSSED: (situations.discussed, "2022-11-21"),
    Stage.BOARD_APPROVED: (situations.board_approved, "2023-02-10 10:00"),
    Stage.COUNCIL_APPROVED: (situations.council_approved, "2023-02-13"),
    Stage.IN_FORCE: (in_force, "2023-02-20"),
    Stage.REJECTED: (rejected, "2023-02-10 12:00"),
}


def by_hand() -> dict[str, dict[str, list[str | None]]]:
    """By act and stage, for each of `PEOPLE`: None where it is allowed, else the refusal."""
    found = {}
    for block in re.split(r"^== ", HAND.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, *lines = block.strip().splitlines()
        words = EVERYWHERE | dict(re.findall(r"^(\w): (.*)$", block, re.MULTILINE))
        rows = [line.split() for line in lines if not re.match(r"\w: ", line)]
        found[title] = {
            stage: [None if cell == "x" else words[cell].replace("{by}", by) for cell, by in zip(cells, PEOPLE, strict=True)]
            for stage, *cells in rows
        }  # fmt: skip
    return found


TABLE = by_hand()


def test_the_table_has_every_act_and_every_stage() -> None:
    assert {title.split()[0] for title in TABLE} == set(ACTS)
    assert {tuple(stages) for stages in TABLE.values()} == {tuple(Stage)}


@pytest.mark.parametrize("stage", Stage)
def test_who_may_at_this_stage(stage: Stage, sqlite: Engine, tmp_path: Path) -> None:
    make, when = STAGES[stage]
    world = make(sqlite, tmp_path)
    hold_meeting(sqlite, "council-march", "2023-03-17")
    assert world.row().stage == stage
    before = world.snapshot()
    found = {title: [said(sqlite, by, title, when) for by in PEOPLE] for title in TABLE}
    assert found == {title: stages[stage] for title, stages in TABLE.items()}
    assert world.snapshot() == before


def said(engine: Engine, by: str, title: str, when: str) -> str | None:
    """The words of a refusal; what is done is taken back."""
    name, *fields = title.split()
    form = enclosed(parse_act(name, dict(field.split("=") for field in fields)), YEARS)
    with Session(engine) as session:
        try:
            act(session, "c", by, name, form, moment_of(when))
        except Refused as refusal:
            return str(refusal)
        finally:
            session.rollback()
    return None
