"""Taking messages back and sending them again, on both databases."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from aarshjul.acts.importing import import_cycle
from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.read import read_contract, read_cycle
from models.answers import answers
from models.chain import verify
from models.cycle import Cycle
from models.deliveries import Wanted, bounced, deliveries
from models.engine import reading, writing
from models.history import HistoryEntry
from models.message import STATES, Attempt, Message
from models.person import Person
from models.standing import Outbox, standing
from notifications.upkeep import UpkeepError, resend, withdraw, withdraw_held
from tests.builders import at

YEARS = Path(__file__).parents[1] / "years"
NOW, LATER = at("2022-05-10"), at("2022-05-11")


@pytest.fixture
def small(engine: Engine) -> Iterator[Engine]:
    with writing(engine) as session:
        cycle = read_cycle(str(YEARS / "small.cycle.yaml"))
        import_cycle(session, cycle, read_contract(str(YEARS / "small.contract.yaml")), at("2022-04-01"))
    perform(engine, "c", "co", "activate", parse_act("activate", {}), at("2022-04-19"))
    yield engine
    with reading(engine) as session:
        assert verify(session, "c") == []


def add(engine: Engine, state: str, **facts: Any) -> int:
    with writing(engine) as session:
        row = Message(
            key=f"c/results/1/remind/-7/holder{facts.pop('n', '')}",
            channel="email",
            cycle_id="c",
            milestone="results",
            kind="remind",
            person_id="holder",
            state=state,
            owed_at=NOW,
            **facts,
        )
        session.add(row)
        session.flush()
        return row.id or 0


def row(engine: Engine, number: int) -> Message:
    with reading(engine) as session:
        return session.get_one(Message, number)


def what(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.exec(select(HistoryEntry.what).order_by(col(HistoryEntry.number))))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("attempts", [0, 1])
def test_only_what_was_never_touched_is_taken_back(small: Engine, state: str, attempts: int) -> None:
    number = add(small, state, attempts=attempts, not_before=LATER)
    before = what(small)
    if (state, attempts) == ("waiting", 0):
        with writing(small) as session:
            withdraw(session, [number], "co", NOW)
        found = row(small, number)
        assert (found.state, found.settled_at, found.not_before) == ("withdrawn", NOW, None)
        assert what(small) == [*before, "withdrew"]
        return
    with pytest.raises(UpkeepError), writing(small) as session:
        withdraw(session, [number], "co", NOW)
    assert row(small, number).state == state
    assert what(small) == before


def test_what_was_sent_once_and_waits_again_is_not_taken_back(small: Engine) -> None:
    number = add(small, "waiting")
    with writing(small) as session:
        session.add(Attempt(message_id=number, attempted_at=NOW, outcome="sent", code=250, text="Ok"))
    with pytest.raises(UpkeepError, match="handed over once"), writing(small) as session:
        withdraw(session, [number], "co", NOW)


def test_of_several_all_are_taken_back_or_none(small: Engine) -> None:
    good, bad = add(small, "waiting"), add(small, "sending", n=1)
    with pytest.raises(UpkeepError, match=r"is being sent and cannot be taken back.*--do move"):  # noqa: SIM117
        with writing(small) as session:
            withdraw(session, [good, bad], "co", NOW)
    assert row(small, good).state == "waiting"


def test_held_ones_are_those_whose_time_has_not_come(small: Engine) -> None:
    held = add(small, "waiting", not_before=LATER)
    others = [add(small, "waiting", n=1), add(small, "waiting", n=2, not_before=NOW)]
    with writing(small) as session:
        assert [each.id for each in withdraw_held(session, "c", "co", NOW)] == [held]
    assert {row(small, each).state for each in others} == {"waiting"}
    before = what(small)
    with writing(small) as session:
        assert withdraw_held(session, "c", "co", NOW) == []
    assert what(small) == before


@pytest.mark.parametrize("by", ["holder", "gone", "nobody"])
def test_only_a_coordinator_who_takes_part_may(small: Engine, by: str) -> None:
    perform(small, "c", "co", "leave", parse_act("leave", {"person": "gone"}), NOW)
    failed, waiting = add(small, "failed"), add(small, "waiting", n=1)
    with pytest.raises(UpkeepError, match="coordinator"), writing(small) as session:
        resend(session, [failed], by, NOW)
    with pytest.raises(UpkeepError, match="coordinator"), writing(small) as session:
        withdraw(session, [waiting], by, NOW)
    assert (row(small, failed).state, row(small, waiting).state) == ("failed", "waiting")


SAME, OTHER = "holder@example.org", "old@example.org"
AGAIN = [  # state, address, --again, what it is then (None: refused), whether its bytes are kept
    ("failed", SAME, False, "waiting", False),
    ("withdrawn", None, False, "waiting", False),
    ("superseded", None, False, "waiting", False),
    ("uncertain", SAME, False, "uncertain", True),
    ("uncertain", OTHER, False, "waiting", False),
    ("sent", SAME, True, "uncertain", True),
    ("sent", OTHER, True, "waiting", False),
    ("sent", SAME, False, None, True),
    ("sending", SAME, True, None, True),
    ("merged", None, True, None, True),
]


@pytest.mark.parametrize(("state", "address", "again", "then", "kept"), AGAIN)
def test_sending_again(
    small: Engine, state: str, address: str | None, again: bool, then: str | None, kept: bool
) -> None:
    number = add(
        small, state, attempts=3, payload=b"bytes", address=address, settled_at=NOW, not_before=LATER
    )
    with writing(small) as session:
        session.get_one(Person, "holder").bounced_at = NOW
    before = row(small, number).model_dump()
    if then is None:
        with pytest.raises(UpkeepError), writing(small) as session:
            resend(session, [number], "co", NOW, again=again)
        assert row(small, number).model_dump() == before
        return
    with writing(small) as session:
        resend(session, [number], "co", NOW, again=again)
    found = row(small, number)
    assert (found.state, found.payload) == (then, b"bytes" if kept else None)
    assert (found.not_before, found.settled_at, found.attempts, found.claimed_by) == (None, None, 0, None)
    assert (found.key, found.number) == (before["key"], before["number"])
    with reading(small) as session:
        assert session.get_one(Person, "holder").bounced_at is None
    assert what(small)[-1] == "resent"


def test_what_waits_for_another_try_goes_at_once_and_what_was_never_tried_by_itself(small: Engine) -> None:
    tried, fresh = add(small, "waiting", attempts=2, not_before=LATER), add(small, "waiting", n=1)
    with writing(small) as session:
        resend(session, [tried], "co", NOW)
    assert row(small, tried).not_before is None
    with pytest.raises(UpkeepError, match="goes by itself"), writing(small) as session:
        resend(session, [fresh], "co", NOW)


def test_two_at_once_leave_one_whole_history(small: Engine) -> None:
    failed = [add(small, "failed", n=each) for each in range(8)]
    start = threading.Barrier(4)

    def again(mine: list[int]) -> None:
        start.wait(20)
        for each in mine:
            with writing(small) as session:
                session.get_one(Cycle, "c")  # whoever asks has looked at the cycle before
                resend(session, [each], "co", NOW)

    threads = [threading.Thread(target=again, args=(failed[each::4],)) for each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert what(small).count("resent") == 8  # and the chain holds, as the fixture looks


def test_both_databases_tell_the_same(small: Engine) -> None:
    held = add(small, "waiting", not_before=LATER)
    old = add(small, "waiting", n=1)
    with writing(small) as session:
        session.add(Attempt(message_id=old, attempted_at=NOW, outcome="temporary", code=451, text="Later"))
        session.get_one(Person, "holder").bounced_at = NOW
    with reading(small) as session:
        found = deliveries(session, Wanted(cycle="c", since=NOW))
        assert {each.id: (each.title, len(each.attempts)) for each in found} == {
            held: ("Resultater", 0),
            old: ("Resultater", 1),
        }
        assert bounced(session, Wanted(cycle="c")) == [("holder", "holder@example.org", NOW)]
        assert bounced(session, Wanted(cycle="c", person="co")) == []
        [stands] = standing(session, ["c"], NOW)
        assert stands.outbox == Outbox(held=1, held_until=LATER, oldest=NOW, bounced=(("holder", NOW),))
        assert [meeting.milestone for meeting in answers(session, "c", NOW)] == [
            "start",
            "dialogue",
            "board-approval",
            "council-approval",
        ]


def test_a_claim_at_the_same_moment_wins_whole_or_loses_whole(small: Engine) -> None:
    from notifications.claiming import claim
    from notifications.processes import myself

    me = myself(NOW)
    ids = [add(small, "waiting", n=each, claimed_by=me, not_before=LATER) for each in range(12)]
    with reading(small) as session:
        seen = session.get_one(Cycle, "c").history_length
    start = threading.Barrier(2)
    claimed: set[int] = set()
    taken: set[int] = set()

    def deliver() -> None:
        start.wait(20)
        for each in ids:
            with writing(small) as session:
                row = {"_id": each, "_payload": b"bytes", "_reference": "r", "_address": None, "_seen": seen}
                claimed.update(claim(session, [row], me))

    def take_back() -> None:
        start.wait(20)
        for each in reversed(ids):
            try:
                with writing(small) as session:
                    withdraw(session, [each], "co", NOW)
                taken.add(each)
            except UpkeepError:
                pass

    threads = [threading.Thread(target=each) for each in (deliver, take_back)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert claimed | taken == set(ids)
    assert claimed & taken == set()
    assert {each: row(small, each).state for each in ids} == {
        each: "sending" if each in claimed else "withdrawn" for each in ids
    }
