"""Conditions of an approval: written down, followed up, settled; and gone with the approval."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.acts.conditions import _title
from aarshjul.core.cycle import Phase, phase_of
from aarshjul.core.errors import Invalid
from aarshjul.wheel.loading import wheel_of
from calendars.address import Address
from calendars.choice import Choice
from calendars.cycle_feed import cycle_feed, roles_of
from calendars.scope import Scope
from calendars.subscription_feed import scope_feed
from models.conditions import conditions_of
from models.engine import reading
from models.message import Message
from notifications.desk import Office, desk_for
from notifications.letters import letter_for
from notifications.plain import as_text
from notifications.wording import worded
from tests.acts.situations import board_approved, conditioned, discussed
from tests.builders import at, milestone
from tests.world import World

DAY = "2023-02-10"


def set_by(world: World, conditions: str, **fields: str) -> str | None:
    """The words of the refusal of the board's approval with these conditions, or None."""
    given = {"body": "board", "outcome": "approved-with-conditions", "conditions": conditions, **fields}
    return world.refused(DAY, "b1", "decide", **given)


def states(world: World) -> list[tuple[int, str, str, str | None]]:
    """Number, owner, state and deadline of each condition."""
    with reading(world.engine) as session:
        found = conditions_of(session, "c")
    days = [str(each.due) if each.due else None for each in found]
    return [(each.number, each.owner, each.state, day) for each, day in zip(found, days, strict=True)]


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> World:
    """The board has approved with a condition that `w1` sees to by 10 March."""
    return conditioned(sqlite, tmp_path)


@pytest.fixture
def before(sqlite: Engine, tmp_path: Path) -> World:
    """The board has not decided yet."""
    return discussed(sqlite, tmp_path)


def test_the_title_of_a_deadline_ends_without_a_full_stop(world: World) -> None:
    """Its mails go on after it: `Reminder: Condition 2: ... - due by`."""
    assert _title(world.row(), 2, "Huset  følger\nop.") == "Betingelse 2: Huset følger op"
    assert _title(world.row(), 2, "...") == "Betingelse 2: ..."


def test_a_condition_is_a_deadline_of_its_owner(world: World) -> None:
    assert states(world) == [(1, "w1", "open", "2023-03-10")]
    row = world.milestone("condition-1")
    assert (str(row.on), row.owed_by, row.about, row.phase) == (
        "2023-03-10",
        ["w1"],
        "condition:1",
        "in-force",
    )
    assert row.title == "Betingelse 1: Mål 3 følges op"


def test_its_owner_is_reminded_and_then_the_coordinator_hears(world: World) -> None:
    world.until("2023-03-20")
    heard = [(day, key) for day, key in world.heard if key.startswith("condition-1/")]
    assert [day for day, key in heard if "/remind/" in key] == [
        "2023-02-10",
        "2023-03-03",
        "2023-03-09",
        "2023-03-13",
    ]
    assert {key.split("/")[-1] for _, key in heard if "/remind/" in key} == {"w1"}
    assert ("2023-03-15", "condition-1/1/escalate/-/co") in heard


def test_settled_nobody_is_reminded_any_more(world: World) -> None:
    world.until("2023-02-15")
    world.act("2023-02-20", "w1", "settle-condition", condition="1", reason="Gjort")
    assert (states(world)[0][2], world.state("condition-1")) == ("met", "done")
    world.until("2023-03-20")
    assert [day for day, key in world.heard if key.startswith("condition-1/") and day > "2023-02-20"] == []
    said = world.refused(
        "2023-02-21", "co", "settle-condition", condition="1", outcome="waived", reason="Nej"
    )
    assert said == "condition 1 is met already"


def test_waiving_wants_a_reason(world: World) -> None:
    assert (
        world.refused("2023-02-20", "b1", "settle-condition", condition="1", outcome="waived", reason="Ja")
        is None
    )
    assert states(world)[0][2] == "waived"


def test_a_condition_that_is_not_there(world: World) -> None:
    said = world.refused("2023-02-20", "co", "settle-condition", condition="2")
    assert said == "there is no condition 2 in c; open are 1"


def test_its_deadline_is_settled_with_it_and_never_alone(world: World) -> None:
    for do, by in (("done", "w1"), ("done", "co"), ("cancel", "co")):
        assert "settle-condition" in str(world.refused("2023-02-20", by, do, milestone="condition-1"))
    world.act("2023-02-20", "co", "move", milestone="condition-1", to="2023-03-31")
    assert world.on("condition-1") == "2023-03-31"


def test_it_holds_no_phase_up() -> None:
    condition = milestone("condition-1", "2022-01-10", phase=Phase.APPROVAL, about="condition:1")
    assert phase_of([condition, milestone("dialogue", "2022-03-01", phase=Phase.DIALOGUE)]) is Phase.DIALOGUE
    assert phase_of([condition]) is Phase.IN_FORCE


def test_it_is_on_no_wheel_and_in_nobody_elses_calendar(world: World) -> None:
    every = Choice(tasks=True, phases=True)
    with reading(world.engine) as session:
        assert "condition-1" not in {each.id for each in wheel_of(session, "c").milestones}
        assert "w1" not in roles_of(session, "c")
        for role in (None, "working-group", "subscriber", "w1"):
            assert b"condition-1" not in cycle_feed(session, "c", role)
        for scope in (Scope(of="public", cycle_id="c"), Scope(of="person", person_id="w2")):
            assert b"condition-1" not in scope_feed(session, scope, every)
        own = scope_feed(session, Scope(of="person", person_id="w1"), every)
    assert own.count(b"BEGIN:VTODO") >= 1
    assert b"Betingelse 1" in own


def test_it_is_the_last_thing_open_and_the_phase_is_in_force(world: World) -> None:
    world.act("2023-02-10 11:00", "c1", "decide", body="council", outcome="approved")
    world.act("2023-02-14", "co", "put-in-force")
    said = str(world.refused("2023-02-15", "co", "close"))
    assert said.startswith("conditions are open: 1 (w1, due 2023-03-10)")
    world.act("2023-02-15", "co", "close", reason="Følges op i næste forløb")


def test_a_reason_alone_is_one_condition_for_the_house(before: World) -> None:
    before.act(DAY, "b1", "decide", body="board", outcome="approved-with-conditions", reason="Mål 3")
    assert states(before) == [(1, "holder", "open", None)]
    before.act("2023-02-20", "holder", "settle-condition", condition="1")
    assert states(before)[0][2] == "met"


def test_neither_reason_nor_conditions_is_approval_all_the_same(before: World) -> None:
    before.act(DAY, "b1", "decide", body="board", outcome="approved-with-conditions")
    assert states(before) == []


def test_several_conditions_are_numbered_through_the_cycle(before: World) -> None:
    assert (
        set_by(before, "- {text: A, owner: holder}\n- {text: B, owner: working-group, due: 2023-04-03}\n")
        is None
    )
    before.act(
        "2023-02-10 13:00", "c1", "decide", body="council", outcome="approved-with-conditions", reason="C"
    )
    assert states(before) == [
        (1, "holder", "open", None),
        (2, "working-group", "open", "2023-04-03"),
        (3, "holder", "open", None),
    ]
    assert before.milestone("condition-2").owed_by == ["working-group"]


def test_a_long_text_is_cut_at_a_word(before: World) -> None:
    assert set_by(before, f"[{{text: {'ordet ' * 60}, owner: holder, due: 2023-04-03}}]") is None
    title = before.milestone("condition-1").title
    assert title.endswith(" ordet …")
    assert len(title) < 120


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ("[{text: A, owner: direktoer}]", "nobody here is direktoer"),
        ("[{text: A, owner: holdr}]", "did you mean `holder`?"),
        ("[{text: A, owner: gone}]", "nobody here is gone"),
        ("[{text: A, owner: holder, due: 2023-02-09}]", "before the decision of 2023-02-10"),
    ],
)
def test_conditions_that_nobody_could_meet(before: World, conditions: str, words: str) -> None:
    assert words in str(set_by(before, conditions))


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ("[{text: A}]", "`owner` is missing"),
        ("[{owner: holder}]", "`text` is missing"),
        ("[{text: A, owner: holder, due: 1. marts}]", "must be a date"),
        ("[{text: A, owner: holder, hvem: b}]", "unknown key `hvem`"),
        ("[Mål 3]", "mapping"),
        ("{text: A, owner: holder}", "list"),
        ("[{text: A, owner: holder", "--conditions"),
        ("[{text: !!python/name:os.system '', owner: holder}]", "tag"),
    ],
)
def test_conditions_that_cannot_be_read_say_what_is_wrong(before: World, conditions: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        set_by(before, conditions)
    assert words in str(refused.value)


@pytest.mark.parametrize("outcome", ["approved", "returned", "postponed", "rejected"])
def test_conditions_go_with_an_approval_with_conditions_alone(before: World, outcome: str) -> None:
    with pytest.raises(Invalid, match="approved-with-conditions alone"):
        set_by(before, "[{text: A, owner: holder}]", outcome=outcome)


def test_with_an_edit_they_lapse_and_who_was_told_hears_so(world: World) -> None:
    world.round("2023-02-10 13:00")
    world.act("2023-02-13", "holder", "submit-draft", text="Mål 2")
    assert (states(world)[0][2], world.state("condition-1")) == ("lapsed", "cancelled")
    heard = world.round("2023-02-13")
    assert [key for key in heard if key.startswith("condition-1/")] == ["condition-1/2/cancel/-/w1"]
    assert (
        world.refused("2023-02-14", "w1", "settle-condition", condition="1")
        == "condition 1 is lapsed already"
    )


def test_who_was_never_told_is_not_told_that_it_lapsed(world: World) -> None:
    world.act("2023-02-10 09:35", "holder", "submit-draft", text="Mål 2")
    assert [key for key in world.round("2023-02-10 13:00") if key.startswith("condition-1/")] == []
    world.until("2023-04-01")
    assert [key for _, key in world.heard if key.startswith("condition-1/")] == []


@pytest.mark.parametrize("outcome", ["returned", "rejected"])
def test_they_lapse_when_the_council_returns_or_rejects(world: World, outcome: str) -> None:
    world.act("2023-02-10 11:00", "c1", "decide", body="council", outcome=outcome)
    assert states(world)[0][2] == "lapsed"


def test_what_was_met_stays_met_when_the_approval_falls(world: World) -> None:
    world.act("2023-02-10 10:00", "w1", "settle-condition", condition="1")
    world.act("2023-02-10 11:00", "c1", "decide", body="council", outcome="returned")
    assert states(world)[0][2] == "met"


def test_a_postponement_by_the_council_leaves_them(world: World) -> None:
    world.act("2023-02-10 11:00", "c1", "decide", body="council", outcome="postponed")
    assert states(world)[0][2] == "open"


def test_an_approval_without_any_has_none(sqlite: Engine, tmp_path: Path) -> None:
    assert states(board_approved(sqlite, tmp_path)) == []


def test_the_reminder_says_who_set_it_and_when_with_all_its_words(sqlite: Engine, tmp_path: Path) -> None:
    """Its title alone is cut; the day is that of the meeting, not the one on which it was written down."""
    world = discussed(sqlite, tmp_path)
    text = f"Mål 3 {'følges op ' * 30}\n\nog Mål 4 med."
    conditions = json.dumps([{"text": text, "owner": "w1", "due": "2023-03-10"}])
    given = {"body": "board", "outcome": "approved-with-conditions", "conditions": conditions}
    world.act("2023-02-13", "co", "decide", **given, minutes="Sag 1", decided_on=DAY)
    world.round("2023-02-13 13:00")
    office = Office(sender=Address(name="A", email="a@example.org"))
    with reading(world.engine) as session:
        about = col(Message.key).contains("/condition-1/"), col(Message.channel) == "email"
        message = session.scalars(select(Message).where(*about)).one()
        letter = letter_for(desk_for(session, [message], office, at("2023-02-13")), message)
    said = as_text(worded(letter))
    assert "Betingelsen blev stillet af bestyrelsen for" in said
    assert "fredag den 10. februar 2023. Hele ordlyden:\n" in said
    assert "følges op " * 30 + "\n>\n> og Mål 4 med.\n" in said.replace("op\n", "op \n")
    assert "Når den er opfyldt, så skriv til " in said


def test_those_who_hear_of_the_decision_read_its_conditions(world: World) -> None:
    world.round("2023-02-10 13:00")
    office = Office(sender=Address(name="A", email="a@example.org"))
    with reading(world.engine) as session:
        message = session.scalars(select(Message).where(col(Message.kind) == "decided")).first()
        assert message is not None
        letter = letter_for(desk_for(session, [message], office, at(DAY)), message)
    assert letter.decision is not None
    assert letter.decision.reason == "Mål 3 følges op"
