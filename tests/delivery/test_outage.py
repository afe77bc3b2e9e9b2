"""The server is away for days: afterwards each person hears once of each milestone, the latest."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.delivery.conftest import Make
from tests.delivery.crowd import Crowd, crowd, cycle_of
from tests.delivery.mails import entry, keys, parsed, words
from tests.servers.smtp import Server, smtp_server


def in_vain(world: Crowd, *moments: str) -> None:
    """Rounds and deliveries, one an hour for the rest of the day, in which nobody answers."""
    for when in moments:
        day, _, clock = when.partition(" ")
        world.round(when)
        for hour in range(int((clock or "07:00")[:2]), 16):
            world.deliver(f"{day} {hour:02}:00")


def test_after_three_days_one_message_a_person_and_milestone_the_latest(
    engine: Engine, tmp_path: Path
) -> None:
    with smtp_server(tmp_path) as server:
        world = crowd(engine, tmp_path, server, cycle_of(20))
        world.round("2025-03-03")
        world.deliver("2025-03-03")
        assert keys(server.received()) == [f"talk/1/invite/-/p{n:03}" for n in range(20)]
        server.forget()
        server.stop()
        in_vain(world, "2025-03-18", "2025-03-20")  # the reminders of -3 and -1
        world.act("2025-03-20 12:00", "kim", "move", milestone="talk", to="2025-04-11")
        in_vain(world, "2025-03-20 12:00")
        world.act("2025-03-21 09:00", "kim", "move", milestone="talk", to="2025-04-14", place="Havnen")
        in_vain(world, "2025-03-21 09:00")
        assert set(world.states().values()) == {"sent", "waiting", "superseded"}
        server.start()
        world.deliver("2025-03-21 16:00")
        got = keys(server.received())
        assert got == sorted(
            f"{key}/p{n:03}" for n in range(20) for key in ("text/1/remind/-1", "talk/3/update/-")
        )
        about = Counter((key.split("/")[0], key.rpartition("/")[2]) for key in got)
        assert set(about.values()) == {1}
        update = next(mail for mail in server.received() if b"talk/3/update" in mail.data)
        body = words(update)
        assert "torsdag den 10. april" in body, "what they knew"
        assert "mandag den 14. april" in body
        assert "fredag den 11. april" not in body, "of which nobody ever heard"
        assert entry(update).events[0]["SEQUENCE"] == 2
        assert world.deliver("2025-03-24") == 0
    assert set(world.states(state="waiting")) == set()


def test_who_never_got_the_invitation_gets_one_that_says_so_and_not_an_update(
    make: Make, server: Server
) -> None:
    world = make(2)
    server.stop()
    in_vain(world, "2025-03-03")
    world.act("2025-03-04 12:00", "kim", "move", milestone="talk", to="2025-04-11")
    world.round("2025-03-04 12:00")
    server.start()
    world.deliver("2025-03-04 14:00")
    mails = server.received()
    assert keys(mails) == ["talk/2/update/-/p000", "talk/2/update/-/p001"]
    for mail in mails:
        assert str(parsed(mail)["Subject"]).startswith("Invitation")
        assert "10. april" not in words(mail)
        assert entry(mail)["METHOD"] == "REQUEST"


@pytest.mark.parametrize("back", ["2025-04-10", None])
def test_a_meeting_that_moved_and_came_back_or_is_off_before_anybody_heard_is_nothing_to_tell(
    make: Make, server: Server, back: str | None
) -> None:
    world = make(2)
    if back is not None:
        world.round("2025-03-03")
        world.deliver("2025-03-03")
    server.forget()
    server.stop()
    in_vain(world, "2025-03-03")
    if back is not None:
        world.act("2025-03-04 12:00", "kim", "move", milestone="talk", to="2025-04-11")
        in_vain(world, "2025-03-04 12:00")
        world.act("2025-03-04 13:00", "kim", "move", milestone="talk", to=back)
    else:
        world.act("2025-03-04 12:00", "kim", "cancel", milestone="talk")
    world.round("2025-03-04 14:00")
    server.start()
    world.deliver("2025-03-05")
    assert server.received() == []
    assert "waiting" not in world.states().values()


def test_what_was_done_meanwhile_is_not_asked_for_any_more(make: Make, server: Server) -> None:
    world = make(3)
    world.round("2025-03-03")
    world.deliver("2025-03-03")
    server.forget()
    server.stop()
    in_vain(world, "2025-03-18")
    world.act("2025-03-19", "p001", "done", milestone="text")
    server.start()
    world.deliver("2025-03-19 13:00")
    assert keys(server.received()) == ["text/1/remind/-3/p000", "text/1/remind/-3/p002"]
    assert world.states(person_id="p001")["text/1/remind/-3/p001"] == "superseded"


def test_no_reminder_before_a_date_arrives_after_it(make: Make, server: Server) -> None:
    world = make(1)
    server.stop()
    in_vain(world, "2025-03-20")
    server.start()
    world.deliver("2025-03-24")
    assert [key for key in keys(server.received()) if "remind" in key] == []


def test_after_so_many_days_a_person_is_told_and_it_is_tried_no_more(make: Make, server: Server) -> None:
    world = make(2, give_up_after_days=5)
    server.obey(refuse={"p000@example.org": "451 4.3.0 try again later"})
    world.round("2025-03-03")
    day = moment = 0
    while day < 6:
        world.deliver(f"2025-03-{3 + day:02} {7 + moment:02}:00")
        day, moment = (day + 1, 0) if moment == 12 else (day, moment + 12)
    tried = world.attempts("talk/1/invite/-/p000")
    assert tried[-1].text.startswith("given up after")
    assert tried[-1].attempted_at - tried[0].attempted_at >= timedelta(days=5)
    assert world.states()["talk/1/invite/-/p000"] == "failed"
    told = [mail for mail in server.received() if mail.recipients == ("kim@example.org",)]
    assert len(told) == 1
    said = words(told[0])
    assert "p000@example.org" in said
    assert "451 4.3.0 try again later" in said or "given up" in said
    world.deliver("2025-03-20")
    assert len(world.attempts("talk/1/invite/-/p000")) == len(tried)
