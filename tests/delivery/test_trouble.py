"""What a mail server may answer, and what becomes of the message: the ledger says it in the server's own words."""

from datetime import timedelta

import pytest

from models.engine import writing
from notifications import mail as composing
from notifications.errors import NotificationError
from notifications.letter import Letter
from notifications.mail import compose
from notifications.upkeep import resend
from tests.delivery.conftest import Make
from tests.delivery.mails import keys, parsed, to, words
from tests.servers.smtp import Server
from tests.world import moment_of

P0 = "talk/1/invite/-/p000"


@pytest.mark.parametrize(
    ("orders", "state", "outcome", "code"),
    [
        ({"refuse": {"p000@example.org": "550 5.1.1 no such user"}}, "failed", "permanent", 550),
        ({"refuse": {"p000@example.org": "450 4.2.1 mailbox busy"}}, "waiting", "temporary", 450),
        ({"refuse_mail": "554 5.7.1 not wanted"}, "failed", "permanent", 554),
        ({"refuse_mail": "451 4.3.0 later"}, "waiting", "temporary", 451),
        ({"refuse_sender": "451 4.7.1 greylisted"}, "waiting", "temporary", 451),
        ({"drop": "mail"}, "waiting", "temporary", None),
        ({"drop": "dot"}, "uncertain", "uncertain", None),
        ({"closing": "MAIL"}, "waiting", "temporary", 421),
        ({"refuse_login": "535 5.7.8 wrong password"}, "waiting", "temporary", 535),
    ],
)
def test_each_answer_is_kept_and_has_its_consequence(
    make: Make, server: Server, orders: dict[str, object], state: str, outcome: str, code: int | None
) -> None:
    world = make(1)
    world.round("2025-03-03")
    server.obey(**orders)
    world.deliver("2025-03-03")
    (message,) = world.messages(person_id="p000")
    assert message.state == state
    attempt = world.attempts(P0)[-1]
    assert (attempt.outcome, attempt.code) == (outcome, code)
    assert attempt.recipient == "p000@example.org"
    assert (message.settled_at is None) == (state in ("waiting", "uncertain"))
    assert (message.not_before is not None) == (state in ("waiting", "uncertain"))
    assert (message.payload is None) == (state == "waiting"), "what was not taken is written anew"
    server.obey()
    world.deliver("2025-03-03 12:00")
    last = {"failed": "failed"}.get(state, "sent")
    assert world.states(person_id="p000") == {P0: last}


def test_what_may_have_arrived_goes_again_as_the_same_message_and_is_counted(
    make: Make, server: Server
) -> None:
    world = make(1)
    world.round("2025-03-03")
    server.obey(drop="dot", times=1)
    world.deliver("2025-03-03")
    world.act("2025-03-03 09:00", "kim", "move", milestone="talk", to="2025-04-17")
    assert world.deliver("2025-03-03 07:00") == 0, "not before its time"
    world.deliver("2025-03-03 09:00")
    first, second = server.received()
    assert first.data == second.data
    assert first.message_id == second.message_id
    assert [each.outcome for each in world.attempts(P0)] == ["uncertain", "sent"]
    (message,) = world.messages(person_id="p000")
    assert message.attempts == 2


def test_the_waits_grow_and_what_the_server_asks_for_is_not_undercut(make: Make, server: Server) -> None:
    world = make(1)
    world.round("2025-03-03")
    server.obey(refuse={"p000@example.org": "451 4.3.0 later"})
    waits = []
    clock = 7 * 60
    for _ in range(5):
        world.deliver(f"2025-03-03 {clock // 60:02}:{clock % 60:02}")
        (message,) = world.messages(person_id="p000")
        last = world.attempts(P0)[-1].attempted_at
        assert message.not_before is not None
        wait = message.not_before - last
        waits.append(int(wait / timedelta(minutes=1)))
        assert world.deliver(f"2025-03-03 {clock // 60:02}:{clock % 60:02}") == 0
        clock += waits[-1]
    assert waits == [1, 5, 15, 60, 240]


def test_a_rate_limit_closes_connections_and_everything_arrives_once(make: Make, server: Server) -> None:
    world = make(25)
    world.round("2025-03-03")
    server.obey(per_connection=10)
    for minute in range(4):
        world.deliver(f"2025-03-03 07:{10 * minute:02}")
    assert keys(server.received()) == [f"talk/1/invite/-/p{n:03}" for n in range(25)]
    assert "uncertain" not in {
        each.outcome for n in range(25) for each in world.attempts(f"talk/1/invite/-/p{n:03}")
    }


def test_one_refused_address_holds_nobody_else_up_and_the_coordinator_hears_of_it_once(
    make: Make, server: Server
) -> None:
    world = make(5)
    world.round("2025-03-03")
    server.obey(refuse={"p002@example.org": "550 5.1.1 no such user"})
    world.deliver("2025-03-03")
    world.deliver("2025-03-03 08:00")
    assert sorted(world.states(kind="invite").values()) == ["failed", "sent", "sent", "sent", "sent"]
    (told,) = to(server.received(), "kim")
    assert "p002@example.org" in words(told)
    assert "no such user" in words(told)
    assert parsed(told)["Auto-Submitted"] == "auto-generated"


def test_what_fails_together_is_told_together(make: Make, server: Server) -> None:
    world = make(60)
    world.round("2025-03-03")
    server.obey(refuse={f"p{n:03}@example.org": "550 5.1.1 no such user" for n in range(0, 60, 2)})
    world.deliver("2025-03-03")
    (told,) = to(server.received(), "kim")
    assert all(f"p{n:03}@example.org" in words(told) for n in range(0, 60, 2))
    assert "Invitation" in words(told), "which messages these were"
    assert sorted(set(world.states(kind="undelivered").values())) == ["merged", "sent"]


def test_what_is_sent_again_and_fails_again_is_told_again(make: Make, server: Server) -> None:
    world = make(3)
    world.round("2025-03-03")
    server.obey(refuse={"p001@example.org": "550 5.1.1 no such user"})
    for hour in range(7, 10):
        world.deliver(f"2025-03-03 {hour:02}:00")
        world.deliver(f"2025-03-03 {hour:02}:30")
        (row,) = world.messages(person_id="p001")
        with writing(world.engine) as session:
            resend(session, [row.id or 0], "kim", moment_of(f"2025-03-03 {hour:02}:40"))
    told = {key.split("/")[1] for key in keys(to(server.received(), "kim"))}
    assert told == {"-", "-1", "-2"}


def test_a_refusal_is_told_in_the_servers_words_though_the_copy_went(make: Make, server: Server) -> None:
    extra = "  - {id: s, name: Stedfortræder, email: s@example.org, roles: [helper]}\n"
    world = make(1, extra=extra)
    world.act("2025-03-03", "p000", "delegate", to="s", from_="2025-03-03", until="2025-03-19")
    world.round("2025-03-14")
    server.obey(refuse={"p000@example.org": "550 5.1.1 no such user"})
    world.deliver("2025-03-14")
    world.deliver("2025-03-14 08:00")
    assert [each.outcome for each in world.attempts("text/1/remind/-7/p000")] == ["permanent", "sent"]
    (told,) = to(server.received(), "kim")
    said = [line for line in words(told).splitlines() if line.startswith(("Til:", "Svar:"))]
    assert {" ".join(line.split()) for line in said} == {
        "Til: Møgelhøj, plads 0 <p000@example.org>",
        "Svar: 550 5.1.1 no such user",
    }


def test_what_went_after_all_is_not_told_as_lost(make: Make, server: Server) -> None:
    world = make(2)
    world.round("2025-03-03")
    gone = {f"p00{n}@example.org": "550 5.1.1 no such user" for n in range(2)}
    server.obey(refuse={**gone, "kim@example.org": "451 4.3.0 later"})
    world.deliver("2025-03-03")
    server.obey()
    (row,) = world.messages(person_id="p000")
    with writing(world.engine) as session:
        resend(session, [row.id or 0], "kim", moment_of("2025-03-03 07:10"))
    world.deliver("2025-03-03 07:20")
    (told,) = to(server.received(), "kim")
    assert "p001@example.org" in words(told)
    assert "p000@example.org" not in words(told)


def test_when_the_coordinators_own_mail_fails_nothing_goes_round_in_circles(
    make: Make, server: Server
) -> None:
    world = make(2)
    world.round("2025-03-03")
    server.obey(refuse_all="550 5.7.1 no")
    for hour in range(7, 15):
        world.deliver(f"2025-03-03 {hour:02}:00")
    assert sorted(world.states().values()) == ["failed"] * 3 + [
        "merged"
    ]  # two invitations, and one message of both
    assert len(world.messages(kind="undelivered")) == 2


def test_a_message_that_cannot_be_written_holds_nobody_up_and_is_told(
    make: Make, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make(30)

    def breaks(letter: Letter) -> bytes:
        if letter.recipient.person == "p001":
            raise NotificationError("no words for this")
        if letter.recipient.person == "p002":
            raise FileNotFoundError("/somewhere/private")
        return compose(letter)

    monkeypatch.setattr("notifications.channels._FORMS", {"email": breaks, "teams": composing.compose})
    world.round("2025-03-03")
    world.deliver("2025-03-03")
    world.deliver("2025-03-03 08:00")
    assert world.states()["talk/1/invite/-/p001"] == "failed"
    assert "no words for this" in world.attempts("talk/1/invite/-/p001")[0].text
    assert (
        world.attempts("talk/1/invite/-/p002")[0].text
        == "cannot be written: a fault of ours (FileNotFoundError)"
    )
    assert len([key for key in keys(server.received()) if "invite" in key]) == 28
    (told,) = to(server.received(), "kim")
    assert "no words for this" in words(told)


def test_a_server_that_is_gone_is_asked_twice_and_not_for_each_message(make: Make, server: Server) -> None:
    world = make(40)
    world.round("2025-03-03")
    server.stop()
    assert world.deliver("2025-03-03") == 2
    assert sum(message.attempts for message in world.messages()) == 2
    assert {message.claimed_by for message in world.messages()} == {None}
    server.start()
    world.deliver("2025-03-03 08:00")
    assert len(server.received()) == 40
