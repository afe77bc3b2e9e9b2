"""Held back, withdrawn, put together, and when it is urgent none of that."""

from datetime import timedelta

import pytest

from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from models.engine import writing
from notifications.upkeep import resend, withdraw_held
from tests.delivery.conftest import Make
from tests.delivery.crowd import Crowd, noon
from tests.delivery.mails import duties, entry, keys, parsed, to, words
from tests.servers.smtp import Server
from tests.world import moment_of

FIVE = timedelta(minutes=5)


def told_of_the_meeting(world: Crowd, server: Server) -> Crowd:
    """Invitations have gone."""
    world.round("2025-03-03")
    world.deliver("2025-03-03")
    server.forget()
    return world


def act_at_the_terminal(world: Crowd, when: str, do: str, **fields: str) -> None:
    """An act of the coordinator that can be taken back for five minutes."""
    perform(world.engine, "c", "kim", do, parse_act(do, fields), moment_of(when), hold=FIVE)


# --- taken back --------------------------------------------------------------------------------------------------


def test_what_an_act_caused_waits_five_minutes_and_then_goes(make: Make, server: Server) -> None:
    world = told_of_the_meeting(make(2), server)
    act_at_the_terminal(world, "2025-03-04 10:00", "move", milestone="talk", to="2025-04-11")
    assert len(world.round("2025-03-04 10:01")) == 2
    assert world.deliver("2025-03-04 10:04") == 0
    assert world.deliver("2025-03-04 10:05") == 2
    assert keys(server.received()) == ["talk/2/update/-/p000", "talk/2/update/-/p001"]


def test_what_was_withdrawn_never_goes_and_the_next_move_tells_from_what_people_know(
    make: Make, server: Server
) -> None:
    world = told_of_the_meeting(make(2), server)
    act_at_the_terminal(world, "2025-03-04 10:00", "move", milestone="talk", to="2025-05-11")  # a slip
    world.round("2025-03-04 10:01")
    with writing(world.engine) as session:
        assert len(withdraw_held(session, "c", "kim", moment_of("2025-03-04 10:03"))) == 2
    act_at_the_terminal(world, "2025-03-04 10:04", "move", milestone="talk", to="2025-04-11")
    world.round("2025-03-04 10:04")
    world.deliver("2025-03-04 10:30")
    mails = server.received()
    assert keys(mails) == ["talk/3/update/-/p000", "talk/3/update/-/p001"]
    for mail in mails:
        assert "10. april" in words(mail)
        assert "11. april" in words(mail)
        assert "maj" not in words(mail)
        assert entry(mail).events[0]["SEQUENCE"] == 2


def test_withdrawn_and_moved_back_is_nothing_to_tell(make: Make, server: Server) -> None:
    world = told_of_the_meeting(make(2), server)
    act_at_the_terminal(world, "2025-03-04 10:00", "move", milestone="talk", to="2025-04-11")
    world.round("2025-03-04 10:00")
    with writing(world.engine) as session:
        withdraw_held(session, "c", "kim", moment_of("2025-03-04 10:03"))
    act_at_the_terminal(world, "2025-03-04 10:04", "move", milestone="talk", to="2025-04-10")
    world.round("2025-03-04 10:04")
    world.deliver("2025-03-05")
    assert server.received() == []


def test_who_was_never_invited_after_all_is_not_asked_for_an_answer(make: Make, server: Server) -> None:
    world = make(1)
    perform(world.engine, "c", "kim", "move", parse_act("move", {"milestone": "talk", "to": "2025-04-11"}),
            moment_of("2025-03-03 12:30"), hold=FIVE)  # fmt: skip
    world.round("2025-03-03 12:30")
    with writing(world.engine) as session:
        taken = withdraw_held(session, "c", "kim", moment_of("2025-03-03 12:31"))
    world.round("2025-04-04")
    world.deliver("2025-04-04")
    assert [key for key in keys(server.received()) if key.startswith("talk")] == []
    with writing(world.engine) as session:
        resend(session, [message.id or 0 for message in taken], "kim", moment_of("2025-04-04 08:00"))
    world.deliver("2025-04-04 08:00")
    (mail,) = [mail for mail in server.received() if duties(mail)[0].startswith("talk")]
    assert str(parsed(mail)["Subject"]).startswith("Invitation")


def test_an_act_whose_minutes_are_over_holds_nothing_back(make: Make, server: Server) -> None:
    world = told_of_the_meeting(make(1), server)
    act_at_the_terminal(world, "2025-03-14 06:54", "move", milestone="talk", place="Havnen")
    world.round("2025-03-14 07:00")
    assert world.deliver("2025-03-14 07:00") == 2


# --- quiet days and digests --------------------------------------------------------------------------------------

QUIET = "  - {id: q, name: Stille, email: q@example.org, roles: [crowd], quiet: [friday, 2025-03-31..2025-04-02]}\n"
DIGEST = "  - {id: d, name: Samlet, email: d@example.org, roles: [crowd], digest: true}\n"


def test_a_quiet_day_delays_and_loses_nothing(make: Make, server: Server) -> None:
    world = told_of_the_meeting(make(1, extra=QUIET), server)
    world.round("2025-03-14")  # a Friday, seven days before
    world.deliver("2025-03-14")
    assert keys(server.received()) == ["text/1/remind/-7/p000"]
    assert str(world.row().next_due_on) == "2025-03-17", "so that a played year comes by on that day"
    assert world.deliver("2025-03-17 06:59") == 0
    world.deliver("2025-03-17 07:00")
    (mail,) = to(server.received(), "q")
    assert duties(mail) == ["text/1/remind/-7/q"]
    assert "om 4 dage" in words(mail), "counted from the day on which it is read"


def test_who_wants_a_digest_gets_one_mail_a_morning_with_all_of_it(make: Make, server: Server) -> None:
    world = told_of_the_meeting(make(1, extra=DIGEST), server)
    world.act("2025-03-17 10:00", "kim", "move", milestone="text", to="2025-03-25", reason="Ferie")
    world.round("2025-03-17 10:00")
    world.deliver("2025-03-17 10:00")
    assert keys(server.received()) == ["text/2/moved/-/p000"]
    server.forget()
    world.round("2025-03-18")  # the reminder of the new date falls on that morning, too
    world.deliver("2025-03-18")
    (mail,) = to(server.received(), "d")
    assert duties(mail) == ["text/2/moved/-/d"], "what tells of the change gives the date as well"
    assert "tirsdag den 25. marts" in words(mail)
    assert "Ferie" in words(mail)


def test_a_digest_carries_reminders_and_news_and_serves_all_their_duties(make: Make, server: Server) -> None:
    world = told_of_the_meeting(make(1, extra=DIGEST), server)
    world.act("2025-03-26 10:00", "kim", "move", milestone="text", to="2025-04-04", reason="Før mødet")
    world.round("2025-03-26 10:00")
    world.deliver("2025-03-26 10:00")
    world.round("2025-03-27")  # two weeks before the meeting, an answer is missing
    world.deliver("2025-03-27")
    (mail,) = to(server.received(), "d")
    assert "/digest/" in duties(mail)[0]
    served = set(duties(mail)[1:])
    assert {key.split("/")[2] for key in served} == {"moved", "remind"}
    assert "Før mødet" in words(mail)
    states = world.states(person_id="d")
    assert {key: states[key] for key in served} == dict.fromkeys(served, "merged")
    carried = {row.carried_by for row in world.messages(person_id="d", state="merged")}
    assert carried == {f"c/{duties(mail)[0]}"}


@pytest.mark.parametrize("person", [QUIET, DIGEST])
def test_a_move_within_three_working_days_of_a_meeting_goes_at_once(
    make: Make, server: Server, person: str
) -> None:
    world = told_of_the_meeting(make(1, extra=person), server)
    name = "q" if person is QUIET else "d"
    world.act("2025-04-04", name, "answer", milestone="talk", reply="accepted")
    server.forget()
    world.act("2025-04-08 14:00", "kim", "move", milestone="talk", place="Havnen")
    world.round("2025-04-08 14:00")
    world.deliver("2025-04-08 14:00")
    (mail,) = to(server.received(), name)
    assert duties(mail) == [f"talk/2/update/-/{name}"]
    assert "Havnen" in words(mail)


# --- absence, threads, and how a mail is headed -------------------------------------------------------------------


def test_a_delegate_reads_along_while_the_member_is_away(make: Make, server: Server) -> None:
    extra = "  - {id: s, name: Stedfortræder, email: s@example.org, roles: [helper]}\n"
    world = told_of_the_meeting(make(1, extra=extra), server)
    world.act("2025-03-10", "p000", "delegate", to="s", from_="2025-03-13", until="2025-03-19")
    for day in ("2025-03-14", "2025-03-20"):
        world.round(day)
        world.deliver(day)
    first, second = (mail for mail in server.received() if "remind" in duties(mail)[0])
    assert first.recipients == ("p000@example.org", "s@example.org")
    assert "s@example.org" in str(parsed(first)["Cc"])
    assert second.recipients == ("p000@example.org",)
    assert [each.recipient for each in world.attempts("text/1/remind/-7/p000")] == [
        "p000@example.org",
        "s@example.org",
    ]


def test_what_is_about_one_milestone_hangs_together(make: Make, server: Server) -> None:
    world = make(1)
    for day in ("2025-03-03", "2025-03-27"):
        world.round(day)
        world.deliver(day)
    about = [mail for mail in server.received() if duties(mail)[0].startswith("talk")]
    invitation, reminder = about
    assert parsed(invitation)["In-Reply-To"] is None
    assert parsed(reminder)["In-Reply-To"] == invitation.message_id
    assert parsed(reminder)["References"] == invitation.message_id


def test_a_mail_says_who_wrote_it_how_to_answer_and_how_to_get_off(make: Make, server: Server) -> None:
    world = make(1, reply_to="svar@example.org", web_url="https://hjul.example.org")
    world.round("2025-03-03")
    world.deliver("2025-03-03")
    (mail,) = server.received()
    head = parsed(mail)
    assert mail.sender == "kkr@example.org"
    assert "svar@example.org" in str(head["Reply-To"])
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["Date"].datetime == moment_of("2025-03-03", "07:00")
    assert "<https://hjul.example.org/unsubscribe/" in str(head["List-Unsubscribe"])
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert entry(mail)["METHOD"] == "REQUEST"
    assert str(entry(mail).events[0]["ORGANIZER"]).lower() == "mailto:kkr@example.org"
    assert noon("2025-03-03") > head["Date"].datetime


def test_an_office_is_not_offered_to_get_off(make: Make, server: Server) -> None:
    chair = "  - {id: f, name: Formand, email: f@example.org, roles: [board-chair, crowd]}\n"
    world = make(1, extra=chair)
    world.round("2025-03-03")
    world.deliver("2025-03-03")
    assert parsed(to(server.received(), "f")[0])["List-Unsubscribe"] is None
    assert parsed(to(server.received(), "p000")[0])["List-Unsubscribe"] is not None
