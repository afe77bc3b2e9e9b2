"""What is for a person goes to one, untouched; and who wants no more is let go."""

import pytest
from sqlmodel import select

from aarshjul.acts.importing import import_cycle
from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.read import cycle_from_text
from aarshjul.inbox.handling import Folder, Handled
from aarshjul.inbox.reading import read_head, read_mail
from models.engine import reading, writing
from models.history import HistoryEntry
from models.received import ReceivedMail
from notifications.unsubscribing import make_token, signing_key
from tests.inbox import mails
from tests.inbox.mails import head, mail
from tests.inbox.place import ON_ONE, UID, Place

B1, BC, CO = "b1@example.org", "bc@example.org", "co@example.org"


# --- to people ---------------------------------------------------------------------------------------------------


def test_any_other_mail_goes_to_the_coordinators_untouched_by_each_of_their_ways(place: Place) -> None:
    place.set_person("co", channels=["email", "teams"])
    raw = mail(*head("Åse <x@example.net>", "Et spørgsmål"))
    assert place.receive(raw) == Handled(outcome="forwarded")
    row = place.row()
    assert (row.raw, row.sender, row.subject, row.size) == (
        raw,
        "Åse <x@example.net>",
        "Et spørgsmål",
        len(raw),
    )
    assert sorted((m.key, m.channel) for m in place.told()) == [
        (f"c/-/-/received/{row.id}/co", "email"),
        (f"c/-/-/received/{row.id}/co", "teams"),
        (f"c/-/-/received/{row.id}/gone", "email"),
    ]
    for message in place.told():
        assert message.facts == {"received": row.id, "why": "other"}
        assert (message.state, message.not_before, message.owed_at) == ("waiting", None, place.now)


@ON_ONE
def test_automatic_answer_reaches_nobody(place: Place) -> None:
    handled = place.receive(mail(*head(B1, "Automatisk svar"), "Auto-Submitted: auto-replied"))
    assert (handled.outcome, handled.folder) == ("ignored", Folder.HANDLED)
    assert (place.told(), place.row().raw) == ([], None)


SECOND = """
format: aarshjul/cycle@1
id: d
title: Kontrakt 2024
contract_year: 2024
holder: Erhvervshus
council: KKR
people:
  - {id: co, name: Koordinator, email: co@example.org, roles: [coordinator]}
  - {id: d1, name: Anden koordinator, email: d1@example.org, roles: [coordinator]}
  - {id: ny, name: Ny, email: ny@example.org, roles: [board]}
milestones:
  - {id: start, title: Start, phase: drafting, kind: deadline, on: 2023-09-29, owed_by: [board]}
"""


def second_cycle(place: Place, *, active: bool = True) -> None:
    """A cycle `d` with the same coordinator `co`, another one, and a member `ny`."""
    with writing(place.engine) as session:
        import_cycle(session, cycle_from_text(SECOND, "d"), None, place.now)
    if active:
        perform(place.engine, "d", "co", "activate", parse_act("activate", {}), place.now)


def whom(place: Place) -> set[tuple[str, str]]:
    return {(message.cycle_id, message.person_id) for message in place.told()}


def test_mail_goes_to_the_coordinators_of_its_senders_cycle(place: Place) -> None:
    second_cycle(place)
    place.receive(mail(*head("Ny <NY@example.org>")))
    assert whom(place) == {("d", "co"), ("d", "d1")}


def test_mail_that_answers_ours_goes_to_the_coordinators_of_that_cycle(place: Place) -> None:
    second_cycle(place)
    place.receive(mail(*head("Ny <ny@example.org>"), f"In-Reply-To: <{place.reference('b1')}@example.org>"))
    assert whom(place) == {("c", "co"), ("c", "gone")}


def test_stranger_goes_to_every_coordinator_once(place: Place) -> None:
    second_cycle(place)
    place.receive(mail(*head("x@example.net")))
    assert whom(place) == {("c", "co"), ("c", "gone"), ("d", "d1")}


@ON_ONE
def test_cycle_that_is_not_activated_hears_nothing(place: Place) -> None:
    second_cycle(place, active=False)
    place.receive(mail(*head("ny@example.org")))
    assert whom(place) == {("c", "co"), ("c", "gone")}


@ON_ONE
def test_mail_for_nobody_is_kept(place: Place) -> None:
    place.world.act("2022-11-02", "co", "close", reason="x")
    raw = mail(*head("x@example.net"))
    handled = place.receive(raw)
    assert (handled.outcome, handled.folder) == ("kept", Folder.PROBLEMS)
    assert (place.row().raw, place.told()) == (raw, [])


def test_mail_too_large_is_kept_in_the_mailbox_and_told(place: Place) -> None:
    large = read_head(mail(*head("x@example.net", "Bilag")), 30_000_000)
    handled = place.handler.handle(large, None, place.now)
    assert (handled.outcome, handled.folder) == ("kept", Folder.PROBLEMS)
    row = place.row()
    assert (row.raw, row.size, row.subject) == (None, 30_000_000, "Bilag")
    assert [message.facts for message in place.told()] == [{"received": row.id, "why": "too-large"}] * 2


@ON_ONE
def test_mail_that_was_given_up_is_kept_and_told(place: Place) -> None:
    raw = mails.outlook(UID, B1)
    handled = place.handler.give_up(read_mail(raw), raw, place.now)
    assert (handled.outcome, place.row().raw) == ("kept", raw)
    assert place.invitation("b1")[0] == "needs-action"
    assert (place.told()[0].facts or {})["why"] == "failed"


# --- unsubscribing -----------------------------------------------------------------------------------------------


def test_token_unsubscribes_whoever_sends_it(place: Place) -> None:
    token = make_token(signing_key(place.settings), "c", "sub")
    handled = place.receive(mail(*head("anybody@example.net", f"unsubscribe {token}"), "Precedence: bulk"))
    assert (handled.outcome, handled.folder) == ("unsubscribed", Folder.HANDLED)
    assert place.history()[-1].what == "unsubscribed"
    assert place.history()[-1].who == "sub"


@pytest.mark.parametrize(("cycle", "person"), [("c", "nobody"), ("nowhere", "sub")])
def test_token_of_nobody_is_passed_on(place: Place, cycle: str, person: str) -> None:
    token = make_token(signing_key(place.settings), cycle, person)
    assert place.receive(mail(*head("x@example.net", f"unsubscribe {token}"))).outcome == "forwarded"
    assert (place.told()[0].facts or {})["why"] == "not-unsubscribed"


@ON_ONE
def test_token_that_is_not_ours_is_passed_on(place: Place) -> None:
    token = make_token(b"another secret of thirty-two octets", "c", "sub")
    assert place.receive(mail(*head("x@example.net", f"unsubscribe {token}"))).outcome == "forwarded"
    with reading(place.engine) as session:
        assert "unsubscribed" not in session.scalars(select(HistoryEntry.what)).all()
        assert session.scalars(select(ReceivedMail.outcome)).all() == ["forwarded"]
