"""`message show`, `resend` and `withdraw`, and the rules behind them on both databases."""

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
from models.deliveries import Wanted, bounced, deliveries
from models.engine import reading, writing
from models.history import HistoryEntry
from models.message import STATES, Attempt, Message
from models.person import Person
from models.standing import Outbox, standing
from notifications.upkeep import UpkeepError, resend, withdraw, withdraw_held
from tests.builders import at
from tests.cli import ledger
from tests.cli.conftest import Run
from tests.cli.ledger import MAIL
from tests.cli.running import ID

YEARS = Path(__file__).parents[1] / "years"
NOW, LATER = at("2022-05-10"), at("2022-05-11")
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


# --- the rules, on both databases --------------------------------------------------------------------------------


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

    ids = [add(small, "waiting", n=each, claimed_by=myself(), not_before=LATER) for each in range(12)]
    start = threading.Barrier(2)
    claimed: set[int] = set()
    taken: set[int] = set()

    def deliver() -> None:
        start.wait(20)
        for each in ids:
            with writing(small) as session:
                row = {"_id": each, "_payload": b"bytes", "_reference": "r", "_address": None}
                claimed.update(claim(session, [row]))

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
