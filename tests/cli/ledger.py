"""A home whose ledger has a message in every state, written by hand; nothing of it was sent by a program."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from models.chain import Event, append
from models.cycle import Cycle
from models.engine import open_engine, writing
from models.history import HistoryEntry
from models.message import Attempt, Message
from models.milestone import Invitation, Milestone
from models.person import Person
from tests.builders import at
from tests.cli.running import ID

EARLY, MORNING, LATE = at("2022-05-05"), at("2022-05-06"), at("2022-05-09")
FAR = at("2090-01-02")
DIGEST = f"{ID}/-/-/digest/-/brn"
Entry = tuple[str, int | None, str, str | None]


def key(person: str, kind: str = "remind", milestone: str = "results") -> str:
    return f"{ID}/{milestone}/1/{kind}/-14/{person}"


def write(home: Path) -> dict[str, int]:
    """Activate the imported cycle and write the ledger; the ids of the messages by person."""
    with opened(home) as session:
        rows = {
            "direktoer": message(
                "direktoer", "sent", MORNING, address="direktoer@example.org", payload=MAIL, attempts=1
            ),
            "analysechef": message(
                "analysechef", "failed", MORNING, address="old@example.org", payload=MAIL, attempts=1
            ),
            "koordinator": message("koordinator", "waiting", LATE, not_before=FAR),
            "bestyrelse-1": message("bestyrelse-1", "waiting", LATE, attempts=2, not_before=FAR),
            "bestyrelse-2": message("bestyrelse-2", "uncertain", LATE, payload=MAIL, attempts=1),
            "kkr-formand": message(
                "kkr-formand", "sending", LATE, payload=MAIL, attempts=1, claimed_by="h:1:1"
            ),
            "brn": message("brn", "merged", LATE, carried_by=DIGEST),
            "kkr-aalborg": message("kkr-aalborg", "superseded", EARLY, settled_at=LATE),
            "kkr-rebild": message("kkr-rebild", "withdrawn", EARLY, settled_at=LATE),
        }
        digest = message("brn", "sent", LATE, kind="digest", key=DIGEST, milestone=None, payload=MAIL)
        session.add_all([*rows.values(), digest])
        session.flush()
        _tell(session, [*rows.values(), digest])
        for person, tried in TRIED.items():
            session.add_all(attempt(rows[person].id or 0, *each) for each in tried)
        session.get_one(Person, "analysechef").bounced_at = LATE
        return {person: row.id or 0 for person, row in rows.items()} | {"digest": digest.id or 0}


def _tell(session: Session, messages: list[Message]) -> None:
    """The rounds that owed them noted it in the history."""
    cycle = session.get_one(Cycle, ID)
    for moment, kind, milestone in sorted(
        {(each.owed_at, each.kind, each.milestone or "") for each in messages}
    ):
        append(session, cycle, [Event(type="duty", what=kind, milestone=milestone or None)], moment)


MAIL = (
    b"From: Aarshjul <aarshjul@example.org>\r\nTo: direktoer@example.org\r\nSubject: =?utf-8?q?M=C3=B8det?=\r\n"
    b"Message-ID: <x.aarshjul@example.org>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=UTF-8\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\nK=C3=A6re direkt=C3=B8r\r\n--b\r\n"
    b"Content-Type: text/html; charset=UTF-8\r\n\r\n<p>Hej</p>\r\n--b--\r\n"
)
TRIED: dict[str, list[Entry]] = {
    "direktoer": [
        ("temporary", 451, "4.7.1 Greylisted, try again", None),
        ("sent", 250, "2.0.0 Ok: queued as 4WbX1", "direktoer@example.org"),
        ("sent", 250, "2.0.0 Ok: queued as COPY", "koordinator@example.org"),
    ],
    "analysechef": [
        ("sent", 250, "2.0.0 Ok: queued as 4WbX2", "old@example.org"),
        ("bounced", 550, "5.1.1 No such user here", "old@example.org"),
    ],
    "bestyrelse-1": [("temporary", 421, "4.3.2 Come back later", None)] * 2,
    "bestyrelse-2": [("uncertain", None, "no answer within 30 s", None)],
}


def message(person: str, state: str, owed_at: datetime, **facts: Any) -> Message:
    facts = {"key": key(person), "kind": "remind", "milestone": "results", **facts}
    return Message(
        channel="email", cycle_id=ID, revision=1, person_id=person, state=state, owed_at=owed_at, **facts
    )


def attempt(message_id: int, outcome: str, code: int | None, text: str, recipient: str | None) -> Attempt:
    return Attempt(
        message_id=message_id,
        attempted_at=MORNING,
        outcome=outcome,
        code=code,
        text=text,
        recipient=recipient,
    )


@contextmanager
def opened(home: Path) -> Iterator[Session]:
    """A transaction in a home's database."""
    engine = open_engine(f"sqlite:///{home / 'aarshjul.db'}")
    try:
        with writing(engine) as session:
            yield session
    finally:
        engine.dispose()


def activate(home: Path) -> None:
    engine = open_engine(f"sqlite:///{home / 'aarshjul.db'}")
    perform(engine, ID, "koordinator", "activate", parse_act("activate", {}), at("2022-04-19"))
    engine.dispose()


def row_of(home: Path, number: int) -> Message:
    """A message as it is now."""
    with opened(home) as session:
        return session.get_one(Message, number)


def history(home: Path) -> list[HistoryEntry]:
    with opened(home) as session:
        return list(session.exec(select(HistoryEntry).order_by(col(HistoryEntry.number))))


def answered(home: Path, milestone: str, person: str, reply: str, **by: Any) -> None:
    """An invitation with what was said to it."""
    with opened(home) as session:
        [row] = session.exec(select(Milestone).where(Milestone.slug == milestone))
        session.add(
            Invitation(
                milestone_id=row.id or 0,
                person_id=person,
                told={"on": "2022-11-18", "status": "tentative"},
                told_on=MORNING.date(),
                sequence=0,
                partstat=reply,
                answered_at=None if reply == "needs-action" else LATE,
                **by,
            )
        )
