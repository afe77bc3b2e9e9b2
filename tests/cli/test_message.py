"""`message show`, `resend` and `withdraw` at the command line."""

from pathlib import Path

import pytest

from models.cycle import Cycle
from models.message import Message
from tests.cli import ledger
from tests.cli.conftest import Run
from tests.cli.ledger import FAR, MAIL
from tests.cli.running import ID

Ids = dict[str, int]


@pytest.fixture
def ids(imported: Path) -> Ids:
    ledger.activate(imported)
    return ledger.write(imported)


# --- showing -----------------------------------------------------------------------------------------------------


def test_a_message_is_shown_as_it_was_sent(run: Run, ids: Ids) -> None:
    said = run("message", "show", ids["direktoer"])
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == f"message {ids['direktoer']}: sent, by email"
    assert "Subject: Mødet" in lines
    assert lines[-1] == "Kære direktør"
    assert run("message", "show", ledger.key("direktoer")).out == said.out


def test_of_a_great_many_duties_a_few_are_shown(run: Run, imported: Path, ids: Ids) -> None:
    more = b"".join(b"X-Aarshjul-Duty: c/-/-/undelivered/%d/k\r\n" % n for n in range(90))
    with ledger.opened(imported) as session:
        session.get_one(Message, ids["direktoer"]).payload = more + MAIL
    lines = [line for line in run("message", "show", ids["direktoer"]).out.splitlines() if "Duty" in line]
    assert len(lines) == 6
    assert lines[-1] == "X-Aarshjul-Duty: ... and 85 more"


@pytest.mark.parametrize(
    ("form", "data"), [("eml", MAIL), ("html", b"<p>Hej</p>"), ("text", "Kære direktør\n".encode())]
)
def test_one_form_alone_goes_to_standard_output_as_it_is(run: Run, ids: Ids, form: str, data: bytes) -> None:
    said = run("message", "show", ids["direktoer"], "--as", form)
    assert (said.code, said.data.strip(), said.err) == (0, data.strip(), "")


def test_a_message_as_json_has_its_parts(run: Run, ids: Ids) -> None:
    found = run("message", "show", ids["direktoer"], "--as", "json").json
    assert set(found) == {
        "id",
        "key",
        "channel",
        "state",
        "sent",
        "headers",
        "text",
        "html",
        "calendar",
        "card",
    }
    assert (found["sent"], found["state"], found["calendar"]) == (True, "sent", None)
    assert ["Subject", "Mødet"] in found["headers"]


@pytest.mark.parametrize(
    ("form", "inside"), [(None, "To: "), ("text", "Resultater"), ("html", "<html"), ("eml", "MIME-Version")]
)
def test_what_has_not_gone_is_shown_as_it_would_be(run: Run, ids: Ids, form: str | None, inside: str) -> None:
    words = () if form is None else ("--as", form)
    said = run("message", "show", ids["koordinator"], *words)
    assert said.code == 0
    assert inside in said.out
    assert "as it would be written now" in (said.out if form is None else said.err)


def test_showing_writes_nothing_down(run: Run, imported: Path, ids: Ids) -> None:
    before = ledger.row_of(imported, ids["koordinator"]).model_dump()
    entries = len(ledger.history(imported))
    for form in ("text", "card", "json"):
        assert run("message", "show", ids["koordinator"], "--as", form).code == 0
    assert ledger.row_of(imported, ids["koordinator"]).model_dump() == before
    assert len(ledger.history(imported)) == entries


def test_a_mail_can_be_looked_at_as_a_card(run: Run, ids: Ids) -> None:
    said = run("message", "show", ids["direktoer"], "--as", "card")
    assert said.json["attachments"][0]["content"]["type"] == "AdaptiveCard"
    assert "as it would be written now" in said.err


def test_a_card_is_read_as_words(run: Run, played: Path) -> None:
    found = run("deliveries", "--person", "analysechef", "--kind", "remind", "--json").json
    card = next(each for each in found if each["channel"] == "teams")
    said = run("message", "show", card["id"])
    assert said.out.startswith(f"message {card['id']}: sent")
    assert "Resultater for 2021" in said.out
    assert "{" not in said.out


def test_every_message_of_a_year_can_be_read(run: Run, played: Path) -> None:
    found = run("deliveries", "--json").json
    kinds = {(each["kind"], each["channel"]): each for each in found}
    assert len(kinds) > 8
    for each in kinds.values():
        assert run("message", "show", each["id"]).code == 0
        assert run("message", "show", each["id"], "--as", "json").json["key"] == each["key"]


@pytest.mark.parametrize("name", ["0", "99999", "9" * 40, "²", f"{ID}/results/1/remind/-14/nobody", "x", ""])
def test_a_message_that_is_not_there_is_refused(run: Run, ids: Ids, name: str) -> None:
    for command in (("show", name), ("withdraw", name, "--by", "koordinator")):
        said = run("message", *command)
        assert (said.code, said.out) == (1, "")
        assert "there is no message" in said.err


# --- commands ----------------------------------------------------------------------------------------------------


def test_what_failed_is_sent_again_with_one_command(run: Run, imported: Path, ids: Ids) -> None:
    said = run("message", "resend", "--failed", "--by", "koordinator")
    assert said.code == 0
    assert "to go again with the next delivery" in said.out
    assert "aarshjul round" in said.err
    assert ledger.row_of(imported, ids["analysechef"]).state == "waiting"
    assert run("message", "resend", "--failed", "--by", "koordinator", "--json").json == []
    assert run("history", "verify").code == 0
    assert run("status", ID, "--json").json["outbox"]["bounced"] == []


def test_held_messages_of_a_cycle_are_taken_back_at_once(run: Run, imported: Path, ids: Ids) -> None:
    found = run("message", "withdraw", "--cycle", ID, "--by", "koordinator", "--json").json
    assert [each["id"] for each in found] == [ids["koordinator"]]  # what was tried once may not be
    assert ledger.row_of(imported, ids["koordinator"]).state == "withdrawn"
    assert ledger.row_of(imported, ids["bestyrelse-1"]).state == "waiting"
    last = ledger.history(imported)[-1]
    assert (last.what, last.who, last.count, last.milestone) == ("withdrew", "koordinator", 1, "results")
    assert last.facts == {"messages": [ids["koordinator"]], "kinds": {"remind": 1}}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("resend", "--by", "koordinator"), 2),
        (("resend", "1", "--failed", "--by", "koordinator"), 2),
        (("resend", "1", "--cycle", ID, "--by", "koordinator"), 2),
        (("resend", "--failed", "--cycle", "x", "--by", "koordinator"), 1),
        (("resend", "--failed", "--person", "x", "--by", "koordinator"), 1),
        (("resend", "2", "--by", "direktoer"), 1),
        (("withdraw", "--by", "koordinator"), 2),
        (("withdraw", "3", "--cycle", ID, "--by", "koordinator"), 2),
        (("withdraw", "--cycle", ID, "--by", "direktoer"), 1),
        (("withdraw", "3", "--by", "nobody"), 1),
        (("withdraw", "3"), 2),
        (("show", "1", "--as", "pdf"), 2),
    ],
)
def test_half_a_command_does_nothing(
    run: Run, imported: Path, ids: Ids, words: tuple[str, ...], code: int
) -> None:
    entries = len(ledger.history(imported))
    said = run("message", *words)
    assert (said.code, said.out) == (code, "")
    assert len(ledger.history(imported)) == entries


def test_before_the_round_there_is_nothing_to_take_back_and_what_to_do_is_said(
    run: Run, imported: Path
) -> None:
    assert run("act", ID, "--by", "koordinator", "--do", "activate").code == 0
    said = run("message", "withdraw", "--cycle", ID, "--by", "koordinator")
    assert said.code == 1
    assert "not written yet: run `aarshjul round`" in said.err
    with ledger.opened(imported) as session:
        session.get_one(Cycle, ID).next_due_on = FAR.date()
    said = run("message", "withdraw", "--cycle", ID, "--by", "koordinator")
    assert (said.code, said.out) == (0, "There is no such message: nothing was done.\n")
