"""Two rounds of one home at the same time, and acts while a round runs: nothing twice, nothing lost."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.acts.perform import perform
from aarshjul.core.cycle import PHASES, Phase, moment
from aarshjul.files.act_forms import Answer, Done, Move
from aarshjul.files.read import read_cycle
from aarshjul.files.script import Script, with_acts
from aarshjul.rounds.year import PlainSteps, Year
from flows.playing import Play, acts_of
from flows.story import CHAPTERS
from models.chain import verify
from models.cycle import Cycle
from models.engine import reading
from models.message import Message

ROOT = Path(__file__).parents[2]
CROWD = 255  # more than a batch
DUTY = re.compile(r"^X-Aarshjul-Duty: (.+?)\r?$", re.MULTILINE)
DAY = "2025-03-14"

CYCLE = """\
format: aarshjul/cycle@1
id: crowd
title: Aftale 2026
contract_year: 2026
holder: Huset
council: Rådet
people:
  - {id: kim, name: Koordinator, email: kim@example.org, roles: [coordinator]}
"""
MILESTONES = """\
milestones:
  - {id: text, title: Tekst, phase: drafting, kind: deadline, on: 2025-03-21, owed_by: [crowd], remind: [-7]}
  - {id: talk, title: Møde, phase: dialogue, kind: meeting, on: 2025-03-28, at: "10:00", for: [crowd], remind: [-14]}
"""
ACTS = """\
format: aarshjul/acts@1
acts:
  - {on: 2025-03-03, time: "09:00", by: kim, do: activate}
"""


def _script(folder: Path, crowd: int) -> Script:
    people = "".join(
        f"  - {{id: p{n:03}, name: Person {n}, email: p{n:03}@example.org, roles: [crowd]}}\n"
        for n in range(crowd)
    )
    (folder / "crowd.cycle.yaml").write_text(CYCLE + people + MILESTONES, encoding="utf-8")
    (folder / "crowd.acts.yaml").write_text(ACTS, encoding="utf-8")
    return with_acts(read_cycle(folder / "crowd.cycle.yaml"), None, folder / "crowd.acts.yaml")


def _activated(engine: Engine, folder: Path, crowd: int) -> Play:
    script = _script(folder, crowd)
    assert script.acts is not None
    play = Play(engine, script.form, None, acts_of(script.acts, script.zone, {}))
    play.prepare(None)
    play.do(play.acts[0])
    return play


def _race(home: Path, url: str, at: str) -> None:
    command = [sys.executable, "-m", "tests.story.driver", "race", str(home), at, url]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == {"ends": [0, 0]}, result.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="two processes of one that forks")
def test_two_rounds_at_the_same_time_do_each_duty_once(engine: Engine, tmp_path: Path) -> None:
    _activated(engine, tmp_path, CROWD)
    url = engine.url.render_as_string(hide_password=False)
    for at in ("2025-03-03T09:00+01:00", f"{DAY}T07:00+01:00"):
        _race(tmp_path, url, at)
    people = [f"p{n:03}" for n in range(CROWD)]
    expected = Counter(f"crowd/talk/1/invite/-/{person}" for person in people)
    expected.update(f"crowd/text/1/remind/-7/{person}" for person in people)
    expected.update(f"crowd/talk/1/remind/-14/{person}" for person in people)
    expected.update(f"crowd/-/-/welcome/-/{person}" for person in people)
    mails = sorted((tmp_path / "mail").glob("*.eml"))
    assert Counter(duty for mail in mails for duty in DUTY.findall(mail.read_text("utf-8"))) == expected
    assert [int(mail.stem) for mail in mails] == list(range(1, 3 * CROWD + 1))
    with reading(engine) as session:
        tried = session.execute(select(col(Message.state), col(Message.attempts))).all()
        assert set(tried) == {("sent", 1)}
        assert verify(session, "crowd") == []


PLACES = ("after the look", Phase.DRAFTING, Phase.DIALOGUE, "before settling")


@pytest.mark.parametrize("place", PLACES)
def test_an_act_while_a_round_runs_is_not_missed(engine: Engine, tmp_path: Path, place: str) -> None:
    play = _activated(engine, tmp_path, 3)
    _round(engine, play.acts[0].at, lambda _place: None)
    morning, later = (moment(_day(DAY), clock, play.zone) for clock in ("07:00", "07:01"))

    def act(here: str) -> None:
        if here == place:
            perform(engine, "crowd", "p000", "answer", Answer(milestone="talk", reply="accepted"), later)
            perform(engine, "crowd", "p001", "done", Done(milestone="text"), later)
            perform(engine, "crowd", "kim", "move", Move(milestone="talk", to=_day("2025-04-04")), later)

    _round(engine, morning, act)
    with reading(engine) as session:
        cycle = session.get_one(Cycle, "crowd")
        assert cycle.next_due_on is not None
        assert cycle.next_due_on <= _day(DAY), "what was done meanwhile is still to be looked at"
    _round(engine, later, lambda _place: None)
    with reading(engine) as session:
        query = select(col(Message.key)).where(col(Message.kind) != "invite")
        sent = sorted(key.removeprefix("crowd/") for key in session.scalars(query))
    assert [key for key in sent if "update" in key] == [f"talk/2/update/-/p00{n}" for n in range(3)]
    texts = [key for key in sent if key.startswith("text/")]
    done_too_late = place in (Phase.DIALOGUE, "before settling")
    assert texts == [f"text/1/remind/-7/p00{n}" for n in range(3) if n != 1 or done_too_late]


def _day(text: str) -> Any:
    return datetime.fromisoformat(text).date()


def _round(engine: Engine, at: datetime, meanwhile: Callable[[str], None]) -> None:
    """One pass of a round without delivery, with something going on in between."""
    year = Year(engine, at)
    year.look()
    meanwhile("after the look")
    for phase in PHASES:
        if year.concerned(phase):
            meanwhile(phase)
            CHAPTERS[phase](PlainSteps(year))
            year.close_chapter(phase)
    meanwhile("before settling")
    year.settle()
