"""What `aarshjul round` says of what it did, and how it takes a mailbox that cannot be read."""

from dataclasses import replace
from pathlib import Path

import pytest

from aarshjul.cli.record import record
from aarshjul.cli.round import _read_mailbox, _said
from models.engine import reading
from models.handed_over import HandedOver, end_of_ledger, handed_over
from tests.cli import ledger
from tests.cli.conftest import Run
from tests.cli.ledger import FAR, LATE

DONE = HandedOver(sent=0, failed=0, again=0, trouble=None, held=0, held_until=None)


def test_what_came_of_a_delivery_is_read_from_the_ledger(imported: Path) -> None:
    ledger.activate(imported)
    with ledger.opened(imported) as session:
        assert end_of_ledger(session) == 0
    ids = ledger.write(imported)
    with record(imported) as opened, reading(opened.engine) as session:
        done = handed_over(session, 0, LATE)
        assert (done.sent, done.failed, done.again) == (1, 1, 2)
        assert done.trouble == (None, "no answer within 30 s")
        assert (done.held, done.held_until) == (1, FAR), (
            "what was tried and waits for its next time is not held"
        )
        nothing = handed_over(session, end_of_ledger(session), LATE)
    assert nothing == replace(DONE, held=2, held_until=FAR)
    with ledger.opened(imported) as session:
        before = end_of_ledger(session)
        session.add(ledger.attempt(ids["direktoer"], "sent", 250, "ok", None))
    with record(imported) as opened, reading(opened.engine) as session:
        assert handed_over(session, before, LATE) == replace(DONE, sent=1, held=2, held_until=FAR)


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (replace(DONE, sent=3), ["1 cycle had something due; 4 messages written, 3 sent."]),
        (replace(DONE, failed=2), ["2 FAILED; `aarshjul deliveries --state failed`"]),
        (
            replace(DONE, again=1, trouble=(535, "wrong\x1b[2J password")),
            ["1 message could not be handed over, and will be tried again: 535 wrong [2J password"],
        ),
        (replace(DONE, held=94, held_until=FAR), ["94 messages held, the first until 2090-01-02"]),
    ],
)
def test_a_round_says_what_it_did_and_what_not(done: HandedOver, words: list[str]) -> None:
    said = "\n".join(_said({"cycles": 1, "messages": 4, "delivered": 9}, done))
    assert all(part in said for part in words), said


def test_a_mailbox_that_cannot_be_read_stops_no_round(
    imported: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with record(imported) as opened:
        _read_mailbox(opened)
    assert capsys.readouterr().err == ""
    for name, value in (("HOST", "localhost"), ("PORT", "1"), ("USER", "a"), ("PASSWORD", "hemmelig")):
        monkeypatch.setenv(f"AARSHJUL_IMAP_{name}", value)
    with record(imported) as opened:
        _read_mailbox(opened)
    said = capsys.readouterr().err
    assert said.startswith("The mailbox was not read: ")
    assert "hemmelig" not in said


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TEAMS_URLS", '{"*": "http://x/hemmelig"}', "AARSHJUL_TEAMS_URLS: the address of '*'"),
        ("TEAMS_URLS", "hemmelig", "AARSHJUL_TEAMS_URLS: must be JSON"),
        (
            "SERVICES",
            '{"sms": {"*": "dbus://hemmelig"}}',
            "AARSHJUL_SERVICES: the address of '*' under 'sms'",
        ),
        ("SECRET", "hemmelig", "AARSHJUL_SECRET: Value should have at least 32 characters"),
    ],
)
@pytest.mark.parametrize("command", ["round", "up"])
def test_settings_that_cannot_be_are_told_before_anything_begins(
    run: Run, imported: Path, monkeypatch: pytest.MonkeyPatch, command: str, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"AARSHJUL_{name}", value)
    said = run(command)
    assert said.code == 2
    assert said.err.startswith(says)
    assert "hemmelig" not in said.err
    assert not (imported / "prefect").exists()
