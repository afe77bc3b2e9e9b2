"""What people do while messages are on their way: nobody is told what is no longer so."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from notifications.channel import Outcome, Parcel, Receipt
from notifications.channels import renderer
from notifications.outbox import Way, deliver_batch
from tests.delivery.crowd import Crowd, crowd, cycle_of
from tests.delivery.hand import Hand, mail_of, text_of
from tests.world import moment_of

DIGEST = "  - {id: d, name: Samlet, email: d@example.org, roles: [crowd], digest: true}\n"
QUIET = "  - {id: q, name: Stille, email: q@example.org, roles: [crowd], quiet: [friday]}\n"
LATER = Receipt(code=451, text="later", outcome=Outcome.TEMPORARY)


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> Crowd:
    return crowd(sqlite, tmp_path, None, cycle_of(25))


def by_hand(world: Crowd, hand: Hand, when: str) -> int:
    """Deliver what may go at a moment into a hand."""
    count = 0
    way = Way(hand, renderer(world.settings, "email"))
    for _ in range(20):
        batch = deliver_batch(world.engine, "email", way, moment_of(when, "07:00"))
        count += batch.count
        if not batch.go_on or not batch.count:
            return count
    raise AssertionError("the delivery does not come to an end")


def test_who_answers_while_the_reminders_go_is_not_reminded(world: Crowd) -> None:
    world.round("2025-03-14")
    by_hand(world, Hand(), "2025-03-14")
    world.round("2025-03-18")

    def done_meanwhile(count: int, _parcel: Parcel) -> None:
        if count == 1:
            world.act("2025-03-18 07:00", "p024", "done", milestone="text")

    hand = Hand(done_meanwhile)
    by_hand(world, hand, "2025-03-18")
    assert "text/1/remind/-3/p023" in hand.duties
    assert "text/1/remind/-3/p024" not in hand.duties
    assert len(hand.duties) == len(set(hand.duties)) == 24


def test_a_move_while_the_invitations_go_is_told_after_them_to_those_who_got_one(world: Crowd) -> None:
    world.round("2025-03-03")

    def moved_meanwhile(count: int, _parcel: Parcel) -> None:
        if count == 3:
            world.act("2025-03-03 07:01", "kim", "move", milestone="talk", to="2025-04-11")

    hand = Hand(moved_meanwhile)
    by_hand(world, hand, "2025-03-03")
    first = len(hand.got)
    assert first < 25, "the others wait for what a round says of the move"
    assert all("torsdag den 10. april" in text_of(each) for each in hand.got)
    world.round("2025-03-03 07:02")
    by_hand(world, hand, "2025-03-03 07:03")
    late = hand.got[first:]
    assert len({each.person for each in late}) == len(late) == 25
    told = {each.person for each in hand.got[:first]}
    for each in late:
        assert "fredag den 11. april" in text_of(each)
        assert ("torsdag den 10. april" in text_of(each)) == (each.person in told)
        assert str(mail_of(each)["Subject"]).startswith("Invitation") == (each.person not in told)


def test_what_waits_does_not_run_ahead_of_the_round_and_a_move_back_leaves_no_wrong_date(
    world: Crowd,
) -> None:
    world.round("2025-03-03")
    world.act("2025-03-03 08:00", "kim", "move", milestone="talk", to="2025-04-11")
    hand = Hand()
    by_hand(world, hand, "2025-03-03 08:01")
    world.act("2025-03-03 08:02", "kim", "move", milestone="talk", to="2025-04-10")
    world.round("2025-03-03 08:03")
    by_hand(world, hand, "2025-03-03 08:05")
    assert {each.person for each in hand.got} == {f"p{n:03}" for n in range(25)}
    last = {each.person: each for each in hand.got}
    assert all("torsdag den 10. april" in text_of(each) for each in last.values())


def test_an_urgent_update_overtakes_what_waits_for_a_quiet_day_and_tells_from_what_is_known(
    sqlite: Engine, tmp_path: Path
) -> None:
    world = crowd(sqlite, tmp_path, None, cycle_of(1, extra=QUIET))
    world.round("2025-03-03")
    by_hand(world, Hand(), "2025-03-03")
    world.act("2025-03-14 08:00", "kim", "move", milestone="talk", place="Havnen")  # a Friday; not urgent
    world.round("2025-03-14 08:00")
    world.act("2025-03-14 09:00", "kim", "move", milestone="talk", to="2025-03-18")  # urgent
    world.round("2025-03-14 09:00")
    hand = Hand()
    by_hand(world, hand, "2025-03-14 09:00")
    (mine,) = [each for each in hand.got if each.person == "q" and b"talk" in each.payload]
    assert "torsdag den 10. april" in text_of(mine)
    assert "Rådhuset" in text_of(mine), "of the first move they never heard"
    again = Hand()
    by_hand(world, again, "2025-03-17")
    assert [each for each in again.duties if each.startswith("talk/") and "remind" not in each] == []


def test_after_an_outage_a_digest_has_each_milestone_once_and_the_latest_of_each(
    sqlite: Engine, tmp_path: Path
) -> None:
    world = crowd(sqlite, tmp_path, None, cycle_of(1, extra=DIGEST))
    world.round("2025-03-03")
    by_hand(world, Hand(), "2025-03-03")
    away = Hand(lambda _count, _parcel: LATER)
    world.round("2025-03-14")
    by_hand(world, away, "2025-03-14")
    world.act("2025-03-26 10:00", "kim", "move", milestone="text", to="2025-04-03")
    world.round("2025-03-26 10:00")
    world.round("2025-03-27")
    by_hand(world, away, "2025-03-27")
    assert any("/digest/" in key for key in away.duties)
    world.act("2025-03-27 10:00", "kim", "move", milestone="text", to="2025-04-07")
    world.round("2025-03-27 10:00")
    by_hand(world, away, "2025-03-28")
    hand = Hand()
    world.round("2025-04-03")
    by_hand(world, hand, "2025-04-03 09:00")
    (mine,) = [each for each in hand.got if each.person == "d"]
    text = text_of(mine)
    assert "torsdag den 3. april" not in text, "of which nobody ever heard"
    assert "den var fredag den 21. marts" in text, "as the record has it"
    assert text.count("Hvad:       Tekst") == 1
    assert "mandag den 7. april" in text


def test_who_has_left_gets_nothing_but_what_takes_a_meeting_out_of_the_calendar(world: Crowd) -> None:
    world.round("2025-03-03")
    by_hand(world, Hand(), "2025-03-03")
    world.act("2025-03-04 10:00", "kim", "move", milestone="text", to="2025-03-25")
    world.round("2025-03-04 10:00")
    world.act("2025-03-04 10:01", "kim", "leave", person="p003")
    world.round("2025-03-04 10:01")
    hand = Hand()
    by_hand(world, hand, "2025-03-04 10:02")
    assert [key for key in hand.duties if key.endswith("p003")] == ["talk/1/cancel/-/p003"]


def test_a_closed_cycle_reminds_nobody_any_more(world: Crowd) -> None:
    world.round("2025-03-03")
    by_hand(world, Hand(), "2025-03-03")
    world.round("2025-03-14")
    world.act("2025-03-14 08:00", "kim", "close", reason="Aflyst")
    world.round("2025-03-14 08:00")
    hand = Hand()
    by_hand(world, hand, "2025-03-14 08:01")
    assert {key.split("/")[2] for key in hand.duties} == {"cancel"}
    assert "waiting" not in world.states().values()
