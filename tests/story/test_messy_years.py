"""Years in which things go wrong, with the exact list of who heard what on which day."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine

from models.engine import open_engine, upgrade
from tests.builders import d
from tests.playing import Played, play
from tests.world import YEARS, World

CYCLE = (YEARS / "messy.cycle.yaml").read_text(encoding="utf-8")


def lines(played: Played) -> str:
    return "\n".join(played.lines())


SILENT = """
  - {on: 2022-09-01, time: "10:00", by: co, do: activate}
"""
HEARD_SILENT = """
2022-09-01 board/1/invite/- bo
2022-09-01 council/1/invite/- cu
2022-09-01 meet/1/invite/- bo cu
2022-10-28 papers/1/remind/-7 ho
2022-11-04 meet/1/remind/-14 bo cu
2022-11-07 papers/1/remind/1 ho
2022-11-09 papers/1/escalate/- co
2022-11-11 meet/1/remind/-7 bo cu
2022-11-14 papers/1/escalate/- bo
2022-11-17 meet/1/remind/-1 bo cu
2022-11-23 meet/1/escalate/- co
2023-02-03 board/1/remind/-7 bo
2023-02-03 council/1/remind/-7 cu
2023-02-13 board/1/remind/1 bo
2023-02-13 council/1/remind/1 cu
2023-02-15 board/1/escalate/- co
2023-02-15 council/1/escalate/- co
2023-02-20 board/1/escalate/- bo
2023-02-20 council/1/escalate/- cu
2023-02-21 sign/1/remind/-3 bo cu
2023-02-27 sign/1/remind/1 bo cu
2023-03-01 sign/1/escalate/- co
2023-03-06 sign/1/escalate/- bo cu
""".strip()


def test_a_year_in_which_nobody_does_anything(sqlite: Engine, tmp_path: Path) -> None:
    assert lines(play(sqlite, tmp_path, CYCLE, SILENT)) == HEARD_SILENT


RETURNED = """
  - {on: 2022-09-01, time: "10:00", by: co, do: activate}
  - {on: 2022-10-28, by: ho, do: submit-draft, text: Mål}
  - {on: 2022-11-01, by: bo, do: answer, milestone: meet, reply: accepted}
  - {on: 2022-11-01, by: cu, do: answer, milestone: meet, reply: declined}
  - {on: 2022-11-18, time: "12:00", by: co, do: hold, milestone: meet}
  - {on: 2023-02-10, time: "08:00", by: cu, do: decide, body: council, outcome: approved, refused: true}
  - {on: 2023-02-10, time: "09:30", by: bo, do: decide, body: board, outcome: approved}
  - {on: 2023-02-10, time: "11:00", by: cu, do: decide, body: council, outcome: returned, reason: For lavt}
  - {on: 2023-02-15, by: co, do: move, milestone: council, to: 2023-03-10}
  - {on: 2023-02-20, by: wg, do: submit-draft, text: Højere mål}
  - {on: 2023-03-10, time: "09:30", by: bo, do: decide, body: board, outcome: approved}
  - {on: 2023-03-10, time: "11:00", by: cu, do: decide, body: council, outcome: approved}
  - {on: 2023-03-13, by: bo, do: sign, body: board}
"""
HEARD_RETURNED = """
2022-09-01 board/1/invite/- bo
2022-09-01 council/1/invite/- cu
2022-09-01 meet/1/invite/- bo cu
2022-10-28 papers/1/remind/-7 ho
2023-02-03 board/1/remind/-7 bo
2023-02-03 council/1/remind/-7 cu
2023-02-10 board/1/decided/- ho
2023-02-10 council/1/returned/- bo ho wg
2023-02-15 board/2/moved/- ho
2023-02-15 board/2/update/- bo
2023-02-15 council/2/moved/- bo ho
2023-02-15 council/2/update/- cu
2023-02-15 sign/2/moved/- bo cu
2023-03-03 board/2/remind/-7 bo
2023-03-03 council/2/remind/-7 cu
2023-03-10 board/2/decided/- ho
2023-03-10 council/2/decided/- bo ho
2023-03-21 sign/2/remind/-3 cu
2023-03-27 sign/2/remind/1 cu
2023-03-29 sign/2/escalate/- co
2023-04-03 sign/2/escalate/- cu
""".strip()


def test_a_year_returned_once(sqlite: Engine, tmp_path: Path) -> None:
    assert lines(play(sqlite, tmp_path, CYCLE, RETURNED)) == HEARD_RETURNED


MOVED = """
  - {on: 2022-09-01, time: "10:00", by: co, do: activate}
  - {on: 2022-10-01, by: co, do: move, milestone: meet, to: 2022-11-25}
  - {on: 2022-10-03, by: bo, do: answer, milestone: meet, reply: accepted}
  - {on: 2022-11-04, by: co, do: move, milestone: meet, to: 2022-12-02, place: Hjørring}
  - {on: 2022-11-07, by: co, do: join, person: nu, name: Ny, email: nu@example.org, roles: [council]}
  - {on: 2022-11-08, by: co, do: leave, person: bo}
  - {on: 2022-11-10, by: cu, do: delegate, to: nu, from: 2022-11-10, until: 2022-11-30}
  - {on: 2022-11-11, by: nu, do: answer, milestone: meet, reply: accepted}
  - {on: 2022-11-12, by: nu, do: answer, milestone: meet, reply: accepted, person: cu}
  - {on: 2022-12-02, time: "12:00", by: co, do: hold, milestone: meet}
  - {on: 2022-12-20, by: co, do: close, reason: Nyt forløb}
"""
HEARD_MOVED = """
2022-09-01 board/1/invite/- bo
2022-09-01 council/1/invite/- cu
2022-09-01 meet/1/invite/- bo cu
2022-10-03 meet/2/update/- bo cu
2022-10-03 papers/2/moved/- ho wg
2022-11-04 meet/3/update/- bo cu
2022-11-04 papers/2/remind/-7 ho
2022-11-04 papers/3/moved/- ho wg
2022-11-07 council/1/invite/- nu
2022-11-07 meet/3/invite/- nu
2022-11-08 board/1/cancel/- bo
2022-11-08 meet/3/cancel/- bo
2022-11-11 papers/3/remind/-7 ho
2022-11-21 papers/3/remind/1 ho
2022-11-23 papers/3/escalate/- co
2022-12-20 board/2/cancel/- ho
2022-12-20 council/2/cancel/- cu ho nu
""".strip()


def test_a_year_moved_twice_with_a_leaver_a_joiner_and_a_delegate(sqlite: Engine, tmp_path: Path) -> None:
    assert lines(play(sqlite, tmp_path, CYCLE, MOVED)) == HEARD_MOVED


EDITED = """
  - {on: 2022-11-24, time: "10:00", by: co, do: activate}
  - {on: 2022-11-25, by: ho, do: submit-draft, text: Mål}
  - {on: 2022-11-28, by: co, do: cancel, milestone: meet}
  - {on: 2023-02-08, by: bo, do: decide, body: board, outcome: approved}
  - {on: 2023-02-09, by: ho, do: submit-draft, text: Andre mål}
  - {on: 2023-02-10, time: "09:30", by: bo, do: decide, body: board, outcome: approved-with-conditions, reason: Mål 3}
  - {on: 2023-02-10, time: "11:00", by: cu, do: decide, body: council, outcome: postponed}
  - {on: 2023-02-20, by: cu, do: decide, body: council, outcome: approved}
  - {on: 2023-02-21, by: co, do: put-in-force}
"""
HEARD_EDITED = """
2022-11-24 board/1/invite/- bo
2022-11-24 council/1/invite/- cu
2022-11-24 meet/1/escalate/- co
2022-11-24 papers/1/escalate/- bo co
2022-11-24 papers/1/remind/1 ho
2022-11-28 meet/2/cancel/- bo cu
2023-02-03 board/1/remind/-7 bo
2023-02-03 council/1/remind/-7 cu
2023-02-08 board/1/decided/- ho
2023-02-09 board/1/reopened/- bo ho wg
2023-02-10 board/2/decided/- ho
2023-02-10 council/1/decided/- bo ho
2023-02-20 council/3/decided/- bo ho
2023-02-20 sign/2/moved/- bo cu
""".strip()


def test_a_year_begun_late_edited_after_approval_and_postponed(sqlite: Engine, tmp_path: Path) -> None:
    assert lines(play(sqlite, tmp_path, CYCLE, EDITED)) == HEARD_EDITED


def test_a_round_a_day_and_rounds_on_due_days_tell_the_same(sqlite: Engine, tmp_path: Path) -> None:
    world = World(engine=sqlite, folder=tmp_path)
    world.act("2022-05-02 06:00", "co", "activate")
    day = d("2022-05-02")
    while str(day) < "2022-12-31":
        world.round(str(day))
        day += timedelta(days=1)
    everyday = list(world.heard)
    other = tmp_path / "other"
    other.mkdir()
    engine = open_engine(f"sqlite:///{other / 'aarshjul.db'}")
    upgrade(engine)
    jumping = World(engine=engine, folder=other)
    jumping.act("2022-05-02 06:00", "co", "activate")
    jumping.until("2022-12-30")
    engine.dispose()
    assert jumping.heard == everyday


def test_a_downtime_collapses_what_was_missed_into_the_latest(sqlite: Engine, tmp_path: Path) -> None:
    world = World(engine=sqlite, folder=tmp_path)
    world.act("2022-05-02 05:00", "co", "leave", person="gone")
    world.act("2022-05-02 06:00", "co", "activate")
    world.until("2022-09-15")
    heard = world.round("2022-10-10")  # the machine was off for more than three weeks
    assert [key for key in heard if key.startswith("draft/")] == [
        "draft/1/escalate/-/bc",
        "draft/1/escalate/-/co",
        "draft/1/remind/3/holder",
    ]
    assert world.round("2022-10-10") == []
