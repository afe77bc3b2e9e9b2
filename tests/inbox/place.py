"""An installation whose invitations have gone out, and which reads its mail."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.inbox.handling import Handled, Handler, handler
from aarshjul.inbox.reading import read_mail
from aarshjul.settings import Settings
from models.engine import reading, writing
from models.history import HistoryEntry
from models.message import Attempt, Message
from models.milestone import Invitation, Milestone
from models.person import Person
from models.proof import verify
from models.received import ReceivedMail
from notifications.channels import way_of
from notifications.outbox import deliver_batch
from tests.world import World, moment_of

ON_ONE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
"""What depends on no database is tried on one."""
UID = "c.dialogue@aarshjul"


@dataclass(kw_only=True)
class Place:
    """The small cycle of `tests.world` on 1 November: activated, and every message so far said to be sent."""

    engine: Engine
    folder: Path
    now: datetime = field(default_factory=lambda: moment_of("2022-11-01", "12:05"))

    def __post_init__(self) -> None:
        self.world = World(engine=self.engine, folder=self.folder)
        self.settings = Settings(home=self.folder)
        self.world.act("2022-10-31", "co", "activate")
        self.round("2022-11-01")

    def round(self, day: str) -> None:
        """A round, after which all that it wrote has gone: as the outbox notes it, without the work."""
        self.world.round(day)
        with writing(self.engine) as session:
            for message in session.scalars(select(Message).where(col(Message.state) == "waiting")):
                name = sha256(message.key.encode()).hexdigest()[:40]
                message.state, message.reference = "sent", f"{name}.aarshjul"
                message.address = session.get_one(Person, message.person_id).email

    def deliver(self) -> list[bytes]:
        """Empty the outbox into the folder of mails; the mails that came new, in order."""
        there = set(self.folder.glob("mail/*.eml"))
        way, patience = way_of(self.settings, "email"), timedelta(days=5)
        while deliver_batch(self.engine, "email", way, self.now, patience).go_on:
            pass
        return [file.read_bytes() for file in sorted(set(self.folder.glob("mail/*.eml")) - there)]

    @property
    def handler(self) -> Handler:
        return handler(self.engine, self.settings)

    def receive(self, raw: bytes, now: str | None = None) -> Handled:
        """Hand in one mail."""
        return self.handler.handle(read_mail(raw), raw, moment_of(now, "12:05") if now else self.now)

    def invitation(self, person: str, milestone: str = "dialogue") -> tuple[str, str | None, str | None]:
        """The answer that stands: which, by whom, through what."""
        with reading(self.engine) as session:
            query = (
                select(Invitation)
                .join(Milestone, col(Milestone.id) == col(Invitation.milestone_id))
                .where(col(Milestone.slug) == milestone, col(Invitation.person_id) == person)
            )
            row = session.scalars(query).one()
            return row.partstat, row.answered_by, row.answered_through

    def row(self) -> ReceivedMail:
        """The note about the mail that was handled last."""
        with reading(self.engine) as session:
            found = session.scalars(select(ReceivedMail).order_by(col(ReceivedMail.id).desc())).first()
            assert found is not None
            return found

    def rows(self) -> int:
        """How many mails were handled."""
        with reading(self.engine) as session:
            return len(session.scalars(select(ReceivedMail)).all())

    def told(self, *kinds: str) -> list[Message]:
        """The messages to people about mail, in order."""
        wanted = kinds or ("received", "proposed", "undelivered")
        with reading(self.engine) as session:
            query = select(Message).where(col(Message.kind).in_(wanted)).order_by(col(Message.id))
            return list(session.scalars(query))

    def sent(self, person: str, kind: str = "invite", milestone: str = "dialogue") -> Message:
        """A message of ours that has gone."""
        with reading(self.engine) as session:
            query = select(Message).where(
                col(Message.person_id) == person,
                col(Message.kind) == kind,
                col(Message.milestone) == milestone,
            )
            found = session.scalars(query.order_by(col(Message.id))).first()
            assert found is not None
            return found

    def reference(self, person: str, kind: str = "invite", milestone: str = "dialogue") -> str:
        """By which answers name that message."""
        return str(self.sent(person, kind, milestone).reference)

    def attempts(self, message: Message) -> list[Attempt]:
        """The ledger of a message."""
        with reading(self.engine) as session:
            query = select(Attempt).where(col(Attempt.message_id) == message.id).order_by(col(Attempt.id))
            return list(session.scalars(query))

    def person(self, name: str) -> Person:
        """Somebody's row."""
        with reading(self.engine) as session:
            return session.get_one(Person, name)

    def set_person(self, name: str, **values: object) -> None:
        """Change somebody's row by hand."""
        with writing(self.engine) as session:
            row = session.get_one(Person, name)
            for key, value in values.items():
                setattr(row, key, value)

    def history(self) -> list[HistoryEntry]:
        """The history, whose chain holds."""
        with reading(self.engine) as session:
            assert verify(session, "c") == []
            return list(session.scalars(select(HistoryEntry).order_by(col(HistoryEntry.number))))


def attached(raw: bytes) -> bytes:
    """The mail that a mail carries, as it was."""
    message = message_from_bytes(raw, policy=default)
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            return part.get_payload()[0].as_bytes()  # type: ignore[index,union-attr]
        if part.get_filename() == "mail.eml":
            return part.get_payload(decode=True)  # type: ignore[return-value]
    raise AssertionError("nothing is attached")
