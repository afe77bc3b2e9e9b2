"""A rehearsal says what would be, and whom it tells, and leaves no trace; what is offered is what the table has."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.acts.rehearsing import Rehearsal, rehearse
from aarshjul.core.errors import Refused
from aarshjul.files.act_arguments import parse_act
from models.engine import reading
from models.message import Message
from tests.acts.meetings import hold_meeting
from tests.acts.offers import offered
from tests.acts.situations import active, conditioned, draft, submitted
from tests.world import World, moment_of


def rehearsed(world: World, when: str, do: str, fields: Mapping[str, str]) -> Rehearsal:
    return rehearse(world.engine, "c", "co", do, parse_act(do, fields), moment_of(when))


def heard(world: World) -> set[str]:
    """Who got any message so far, each message once."""
    with reading(world.engine) as session:
        rows = session.execute(select(col(Message.key), col(Message.person_id))).tuples()
        return {f"{person} {key}" for key, person in rows}


CASES: list[tuple[str, str, dict[str, str]]] = [
    ("2022-06-01", "move", {"milestone": "dialogue", "to": "2022-11-23"}),
    ("2022-06-01", "move", {"milestone": "dialogue", "place": "Hjørring", "reason": "Salen er optaget"}),
    ("2022-06-01", "move", {"milestone": "council-approval", "to": "2023-03-03"}),
    ("2022-06-01", "move", {"milestone": "draft", "to": "2022-10-03"}),
    ("2022-06-01", "move", {"milestone": "notes", "to": "2022-06-03"}),
    ("2022-06-03", "move", {"milestone": "start", "to": "2022-06-08"}),
    ("2022-06-01", "confirm", {"milestone": "dialogue"}),
    ("2022-06-01", "cancel", {"milestone": "dialogue", "reason": "Intet at drøfte"}),
    ("2022-06-01", "cancel", {"milestone": "june"}),
    ("2022-06-01", "cancel", {"milestone": "draft"}),
    ("2022-06-01", "done", {"milestone": "notes"}),
    ("2022-11-18 13:00", "hold", {"milestone": "dialogue", "present": "b1,c1"}),
    ("2022-06-01", "leave", {"person": "b1"}),
    ("2022-06-01", "close", {"reason": "Ny aftale"}),
]


@pytest.mark.parametrize(("when", "do", "fields"), CASES)
def test_those_are_named_who_get_a_message_in_the_round_afterwards(
    sqlite: Engine, tmp_path: Path, when: str, do: str, fields: dict[str, str]
) -> None:
    world = submitted(sqlite, tmp_path) if when > "2022-09" else active(sqlite, tmp_path)
    world.until(when[:10])
    world.round(when if " " in when else f"{when} 12:00")
    before, known = world.snapshot(), heard(world)

    seen = rehearsed(world, when, do, fields)

    assert world.snapshot() == before
    world.act(when, "co", do, **fields)
    world.round(when if " " in when else f"{when} 12:00")
    assert {each.person for each in seen.told} == {each.split()[0] for each in heard(world) - known}
    stand = {slug: world.on(slug) for slug in ("papers", "board-approval", "signatures", "comments")}
    for change in seen.changes:
        if change.milestone in stand and change.milestone != fields.get("milestone"):
            assert stand[change.milestone] == str(change.will.on)


def test_on_a_day_off_they_are_told_on_the_next_working_day(sqlite: Engine, tmp_path: Path) -> None:
    world = active(sqlite, tmp_path)
    fields = {"milestone": "dialogue", "to": "2022-11-23"}

    seen = rehearsed(world, "2022-06-04", "move", fields)

    known = heard(world)
    world.act("2022-06-04", "co", "move", **fields)
    world.round("2022-06-04 12:00")
    assert heard(world) == known
    world.round("2022-06-07")  # Whit Monday is the day before
    assert str(seen.told_on) == "2022-06-07"
    told = {each.split()[0] for each in heard(world) - known if "/dialogue/" in each or "/papers/" in each}
    assert {each.person for each in seen.told} == told


def test_what_moves_along_is_shown_from_what_to_what(engine: Engine, tmp_path: Path) -> None:
    seen = rehearsed(
        active(engine, tmp_path), "2022-06-01", "move", {"milestone": "dialogue", "to": "2022-11-23"}
    )

    shown = [(each.milestone, str(each.was.on), str(each.will.on)) for each in seen.changes]
    assert shown == [("dialogue", "2022-11-18", "2022-11-23"), ("papers", "2022-11-04", "2022-11-09")]


@pytest.mark.parametrize(
    ("milestone", "to", "codes", "outside"),
    [
        ("dialogue", "2022-11-23", set(), False),
        ("dialogue", "2022-11-19", {"weekend"}, False),
        ("dialogue", "2022-12-26", {"holiday"}, False),
        ("council-approval", "2022-11-17", {"order"}, False),
        ("dialogue", "2032-11-18", {"order"}, True),
    ],
)
def test_a_day_that_stands_out_is_said(
    sqlite: Engine, tmp_path: Path, milestone: str, to: str, codes: set[str], *, outside: bool
) -> None:
    seen = rehearsed(active(sqlite, tmp_path), "2022-06-01", "move", {"milestone": milestone, "to": to})

    assert {str(each.code) for each in seen.cautions} == codes
    assert (seen.outside is not None) == outside


def test_a_draft_cycle_tells_nobody(sqlite: Engine, tmp_path: Path) -> None:
    seen = rehearsed(
        draft(sqlite, tmp_path), "2022-04-20", "move", {"milestone": "dialogue", "to": "2022-11-23"}
    )

    assert [each.milestone for each in seen.changes] == ["dialogue", "papers"]
    assert seen.told == ()


def test_what_would_be_refused_is_refused_and_leaves_no_trace(sqlite: Engine, tmp_path: Path) -> None:
    world = active(sqlite, tmp_path)
    before = world.snapshot()

    with pytest.raises(Refused, match="past"):
        rehearsed(world, "2022-06-01", "move", {"milestone": "dialogue", "to": "2022-05-31"})

    assert world.snapshot() == before


OFFERS = """
when              milestone         by      acts
2022-06-01        dialogue          co      attach cancel confirm move
2022-06-01        start             co      attach cancel move
2022-06-01        draft             co      attach cancel done move
2022-06-01        june              co      attach cancel done move
2022-06-01        council-approval  co      attach cancel move
2022-11-17        dialogue          co      attach cancel confirm move
2022-11-18 13:00  dialogue          co      attach cancel confirm hold move
2022-11-21        dialogue          co      attach cancel confirm hold move
2022-11-21        start             co      attach cancel hold move
2022-06-01        draft             holder  attach done
2022-06-01        notes             w1      done
2022-06-01        dialogue          sub
2022-06-01        nothing           co
"""


@pytest.mark.parametrize("line", OFFERS.strip().splitlines()[1:])
def test_offers_are_those_of_the_table(sqlite: Engine, tmp_path: Path, line: str) -> None:
    world = active(sqlite, tmp_path) if line < "2022-11" else submitted(sqlite, tmp_path)
    when, (milestone, by, *acts) = line[:16].strip(), line[16:].split()
    before = world.snapshot()

    assert sorted(offered(world.engine, "c", by, milestone, moment_of(when))) == acts
    assert world.snapshot() == before


@pytest.mark.parametrize(
    ("do", "milestone", "acts"),
    [("cancel", "dialogue", {"attach"}), ("done", "notes", {"attach"}), ("close", "start", set())],
)
def test_what_has_ended_takes_papers_and_nothing_else(
    sqlite: Engine, tmp_path: Path, do: str, milestone: str, acts: set[str]
) -> None:
    world = active(sqlite, tmp_path)
    world.act("2022-06-01", "co", do, **({"reason": "Slut"} if do == "close" else {"milestone": milestone}))

    assert offered(world.engine, "c", "co", milestone, moment_of("2022-06-02")) == acts


def test_before_it_is_activated_a_cycle_is_got_ready(engine: Engine, tmp_path: Path) -> None:
    world = draft(engine, tmp_path)

    assert offered(world.engine, "c", "co", "dialogue", moment_of("2022-04-20")) == {
        "cancel",
        "confirm",
        "move",
    }


def test_a_condition_is_not_done_or_cancelled_at_its_deadline(sqlite: Engine, tmp_path: Path) -> None:
    world = conditioned(sqlite, tmp_path)

    found = offered(world.engine, "c", "co", "condition-1", moment_of("2023-02-11"))

    assert not found & {"done", "cancel", "hold", "confirm"}


def test_a_real_meeting_can_be_tied_to_and_let_go(sqlite: Engine, tmp_path: Path) -> None:
    world = active(sqlite, tmp_path)
    hold_meeting(sqlite, "m1", "2022-11-25")
    now = moment_of("2022-06-01")

    assert "anchor" not in offered(world.engine, "c", "co", "dialogue", now)
    assert "anchor" in offered(world.engine, "c", "co", "dialogue", now, "m1")
    world.act("2022-06-01", "co", "anchor", milestone="dialogue", meeting="m1")
    assert "anchor" in offered(world.engine, "c", "co", "dialogue", now)
    assert "anchor" not in offered(world.engine, "c", "co", "draft", now, "m1")
