"""Meetings that others convene, and milestones that name a real meeting: in the file, the record, and the next year."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts.exporting import export_cycle
from aarshjul.acts.importing import import_cycle
from aarshjul.core.errors import Invalid
from aarshjul.files.cycle_form import CycleForm
from aarshjul.files.read import cycle_from_text, read_cycle
from aarshjul.files.renewing import renew
from aarshjul.files.write import dump_cycle
from flows.playing import Play
from models.cycle import Cycle
from models.engine import reading, writing
from models.loading import load_cycle
from tests.acts.meetings import hold_meeting
from tests.builders import at, keys

HEAD = """\
format: aarshjul/cycle@1
id: c
title: Kontrakt 2023
contract_year: 2023
holder: Erhvervshus
council: KKR
people:
  - {id: c1, name: KKR-medlem, email: c1@example.org, roles: [council]}
milestones:
"""
ELSEWHERE = """\
  - id: kkr
    title: KKR
    phase: approval
    kind: meeting
    on: 2023-02-10
    for: [council]
    remind: [-7]
    invited_elsewhere: true
"""


def read(text: str) -> CycleForm:
    return cycle_from_text(HEAD + text, "c.yaml")


def stored(engine: Engine, text: str) -> CycleForm:
    form = read(text)
    with writing(engine) as session:
        import_cycle(session, form, None, at("2022-11-01"))
    return form


def exported(session: Session) -> CycleForm:
    return export_cycle(session, session.get_one(Cycle, "c")).form


@pytest.mark.parametrize(
    "more", ["", "    owed_by: [council]\n", "    actions: [remind]\n    owed_by: [council]\n"]
)
def test_it_comes_out_as_it_went_in(sqlite: Engine, more: str) -> None:
    form = stored(sqlite, ELSEWHERE + more)
    with reading(sqlite) as session:
        again = exported(session)
    assert cycle_from_text(dump_cycle(again), "again").milestones[0].invited_elsewhere
    assert again.milestones[0].effective_actions == form.milestones[0].effective_actions
    assert again.milestones[0].owed_by == form.milestones[0].owed_by
    if "actions" not in more:
        assert again == form


def test_nobody_is_invited_and_nobody_owes_an_answer(sqlite: Engine) -> None:
    stored(sqlite, ELSEWHERE)
    with reading(sqlite) as session:
        view = load_cycle(session, "c")
    view.active = True
    assert keys(view, "2023-01-30") == []
    assert keys(view, "2023-02-03") == []


def test_who_is_named_as_owing_is_reminded(sqlite: Engine) -> None:
    stored(sqlite, ELSEWHERE + "    owed_by: [council]\n")
    with reading(sqlite) as session:
        view = load_cycle(session, "c")
    view.active = True
    assert keys(view, "2023-01-30") == []
    assert keys(view, "2023-02-03") == ["kkr/1/remind/-7/c1"]


BAD = {
    "invite": (
        ELSEWHERE + "    actions: [invite]\n",
        "c.yaml:18: `actions` has invite, but `invited_elsewhere` says that others do; leave one out",
    ),
    "deadline": (
        ELSEWHERE.replace("kind: meeting", "kind: deadline"),
        "c.yaml:17: `invited_elsewhere` goes with a meeting or a decision; leave it out for a deadline",
    ),
    "meeting of a deadline": (
        ELSEWHERE.replace("kind: meeting", "kind: deadline").replace(
            "invited_elsewhere: true", "meeting: kkr-1"
        ),
        "c.yaml:17: `meeting` goes with a meeting or a decision; leave it out for a deadline",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_contradicts_itself_is_refused(case: str) -> None:
    text, said = BAD[case]
    with pytest.raises(Invalid) as error:
        read(text)
    assert error.value.problems == (said,)


TIED = ELSEWHERE.replace("invited_elsewhere: true", "meeting: kkr-1")


def test_a_meeting_that_the_record_has_not_is_named_with_its_line(sqlite: Engine, tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(HEAD + TIED, encoding="utf-8")
    with pytest.raises(Invalid) as error, writing(sqlite) as session:
        import_cycle(session, read_cycle(file), None, at("2022-11-01"))
    assert str(error.value).startswith(f"{file}:17: `meeting` names `kkr-1`, which is not in the record")
    with reading(sqlite) as session:
        assert session.get(Cycle, "c") is None


def test_a_cancelled_meeting_carries_nothing(sqlite: Engine) -> None:
    hold_meeting(sqlite, "kkr-1", "2023-02-03", status="cancelled")
    with pytest.raises(Invalid, match=r"c\.yaml:17: `meeting` names `kkr-1`, which is cancelled"):
        stored(sqlite, TIED)


def test_a_known_meeting_gives_its_date_and_comes_out_again(sqlite: Engine) -> None:
    hold_meeting(sqlite, "kkr-1", "2023-02-03", at="09:00", place="Aalborg")
    stored(sqlite, TIED + "  - {id: papers, title: Bilag, phase: approval, kind: deadline, "
           "on: {before: kkr, working_days: 5}}\n")  # fmt: skip
    with reading(sqlite) as session:
        form = exported(session)
        view = load_cycle(session, "c")
    assert [str(each.on) for each in view.milestones] == ["2023-02-03", "2023-01-27"]
    assert (form.milestones[0].meeting, str(form.milestones[0].on), form.milestones[0].at) == (
        *("kkr-1", "2023-02-03", "09:00"),
    )
    assert read(dump_cycle(form).partition("milestones:\n")[2]).milestones[0] == form.milestones[0]


def test_the_next_year_keeps_who_invites_but_not_the_meeting() -> None:
    assert renew(read(ELSEWHERE), 2024).form.milestones[0].invited_elsewhere
    assert renew(read(TIED), 2024).form.milestones[0].meeting is None


def test_a_year_that_is_played_alone_needs_no_meeting_of_a_record(sqlite: Engine) -> None:
    coordinator = "people:\n  - {id: co, name: Koordinator, email: co@example.org, roles: [coordinator]}\n"
    form = cycle_from_text(HEAD.replace("people:\n", coordinator) + TIED, "c.yaml")
    play = Play(sqlite, form, None, [])
    play.prepare(None)
    with reading(sqlite) as session:
        assert [str(each.on) for each in load_cycle(session, "c").milestones] == ["2023-02-10"]
