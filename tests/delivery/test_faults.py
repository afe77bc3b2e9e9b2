"""What breaks on our own side of the wire: what was sent is remembered, and nothing else pays for it."""

import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from flows.delivery import deliver_messages
from models.engine import writing
from models.message import Message
from notifications.channel import Outcome, Parcel, Receipt
from notifications.channels import renderer
from notifications.claiming import claim
from notifications.outbox import WINDOW, Way, deliver_batch
from notifications.preparing import Rendered, Views, Writer
from tests.delivery.crowd import Crowd, crowd, cycle_of
from tests.delivery.hand import Hand
from tests.world import moment_of

NOW = moment_of("2025-03-03", "07:00")
INVITED = 25


@pytest.fixture
def invited(engine: Engine, tmp_path: Path) -> Crowd:
    """Nobody has got an invitation yet."""
    world = crowd(engine, tmp_path, None, cycle_of(INVITED))
    world.round("2025-03-03")
    return world


def hand_over(world: Crowd, hand: Hand) -> int:
    return deliver_batch(world.engine, "email", Way(hand, renderer(world.settings, "email")), NOW).count


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_what_stops_in_the_middle_makes_one_message_uncertain_and_gives_the_others_back(
    invited: Crowd, stop: type[BaseException]
) -> None:
    def breaks(count: int, _parcel: Parcel) -> None:
        if count == 14:
            raise stop

    with pytest.raises(stop):
        hand_over(invited, Hand(breaks))
    states = sorted(invited.states().values())
    assert states == ["sending"] + ["sent"] * 13 + ["waiting"] * 11
    assert {message.attempts for message in invited.messages(state="waiting")} == {0}
    hand = Hand()
    hand_over(invited, hand)
    assert len(hand.got) == 12
    outcomes = [
        [each.outcome for each in invited.attempts(f"talk/1/invite/-/p{n:03}")] for n in range(INVITED)
    ]
    assert [each for each in outcomes if each != ["sent"]] == [["uncertain", "sent"]]


def test_answers_that_could_not_be_written_down_at_once_are_written_down_later(
    invited: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = list[int]()

    def full(*args: Any) -> set[int]:
        calls.append(1)
        if len(calls) == 2:  # in the transaction that writes down what became of the first messages
            raise OperationalError("UPDATE message", {}, Exception("database or disk is full"))
        return claim(*args)

    monkeypatch.setattr("notifications.outbox.claim", full)
    hand = Hand()
    with pytest.raises(OperationalError):
        hand_over(invited, hand)
    assert len(hand.got) == WINDOW
    states = sorted(invited.states().values())
    assert states == ["sent"] * WINDOW + ["waiting"] * (INVITED - WINDOW), "none is in doubt"
    assert {message.attempts for message in invited.messages(state="waiting")} == {0}
    hand_over(invited, hand)
    assert len(hand.got) == INVITED


def test_a_database_that_is_away_while_messages_are_written_fails_none_of_them(invited: Crowd) -> None:
    away = threading.Event()
    away.set()

    def render(session: Any, messages: Any, views: Views | None, now: Any) -> Writer:
        write = renderer(invited.settings, "email")(session, messages, views, now)

        def or_not(message: Message) -> Rendered:
            if message.person_id == "p012" and away.is_set():
                raise OperationalError("SELECT", {}, Exception("server closed the connection unexpectedly"))
            return write(message)

        return or_not

    hand = Hand()
    with pytest.raises(OperationalError):
        deliver_batch(invited.engine, "email", Way(hand, render), NOW)
    assert "failed" not in invited.states().values()
    assert "sending" not in invited.states().values()
    away.clear()
    deliver_batch(invited.engine, "email", Way(hand, render), NOW)
    assert sorted(parcel.person for parcel in hand.got) == [f"p{n:03}" for n in range(INVITED)]


def test_what_cannot_be_written_because_somebody_acts_meanwhile_is_written_anew(invited: Crowd) -> None:
    calls = list[str]()

    def render(session: Any, messages: Any, views: Views | None, now: Any) -> Writer:
        write = renderer(invited.settings, "email")(session, messages, views, now)

        def or_not(message: Message) -> Rendered:
            if message.person_id == "p012" and not calls:
                calls.append("broken")
                invited.act("2025-03-03 07:00", "p001", "answer", milestone="talk", reply="accepted")
                raise LookupError("half of it is of before, half of after")
            return write(message)

        return or_not

    hand = Hand()
    while deliver_batch(invited.engine, "email", Way(hand, render), NOW).count:
        pass
    assert calls == ["broken"]
    assert sorted(parcel.person for parcel in hand.got) == [f"p{n:03}" for n in range(INVITED)]
    assert set(invited.states().values()) == {"sent"}


def test_whatever_the_other_side_says_can_be_kept(invited: Crowd) -> None:
    said = Receipt(
        code=451, text="no\0 \udcff way", outcome=Outcome.TEMPORARY, recipient="p" * 300, retry_after=None
    )
    hand_over(invited, Hand(lambda _count, _parcel: said))
    assert set(invited.states().values()) == {"waiting"}
    (attempt,) = invited.attempts("talk/1/invite/-/p000")
    assert attempt.text == "no  ? way"


def test_a_channel_that_cannot_be_opened_does_not_stop_the_others(
    invited: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(invited.engine) as session:
        for channel in ("apprise:sms", "teams"):
            row: dict[str, Any] = {
                "key": "c/text/1/remind/-7/p000",
                "cycle_id": "c",
                "kind": "remind",
                "person_id": "p000",
            }
            session.add(Message(**row, channel=channel, owed_at=NOW))

    def empty(_engine: Engine, _settings: object, channel: str, _now: datetime) -> int:
        if channel != "email":
            raise ValueError(f"the address of {channel} is none")
        return hand_over(invited, Hand())

    monkeypatch.setattr("flows.delivery._empty", empty)
    with pytest.raises(ValueError, match="sms") as raised:
        deliver_messages.fn(1, invited.engine, invited.settings, NOW)
    assert "teams" in raised.value.__notes__[0]
    assert set(invited.states(channel="email").values()) == {"sent"}
