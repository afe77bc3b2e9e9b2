"""Handling: one mail, one transaction. Its effect and the note that it was handled are written together, or neither."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from aarshjul.inbox.effects import Desk, carry_out
from aarshjul.inbox.looking import look_up
from aarshjul.inbox.mail import Mail
from aarshjul.inbox.sorting import sort_mail
from aarshjul.inbox.verdicts import PassedOn, Verdict, Why
from aarshjul.settings import Settings
from models.engine import reading, writing
from models.received import ReceivedMail
from notifications.unsubscribing import signing_key


class Folder(StrEnum):
    """Where a mail goes once it is handled."""

    HANDLED = "Handled"
    FORWARDED = "Forwarded"
    PROBLEMS = "Problems"


_FOLDERS = {"forwarded": Folder.FORWARDED, "proposed": Folder.FORWARDED, "kept": Folder.PROBLEMS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Handled:
    """What became of a mail; `again` where it had been handled before."""

    outcome: str
    again: bool = False

    @property
    def folder(self) -> Folder:
        """The folder that it goes to."""
        return _FOLDERS.get(self.outcome, Folder.HANDLED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Handler:
    """Handles mails for an installation.

    Attributes:
        secret: what links that unsubscribe are signed with.
    """

    engine: Engine
    sender_address: str
    secret: bytes

    def handle(self, mail: Mail, raw: bytes | None, now: datetime) -> Handled:
        """Do what a mail asks for, once, however often and by however many it is handed in.

        Args:
            mail: the mail, read.
            raw: its octets, kept where it goes to a person; None where it was not fetched.
            now: the moment, aware.
        """
        return self._once(mail, raw, now, lambda session: self._sorted(session, mail, now))

    def give_up(self, mail: Mail, raw: bytes | None, now: datetime) -> Handled:
        """Pass on a mail that could not be handled, without another look at what it says."""
        failed = PassedOn(why=Why.FAILED, note="it could not be handled, three times over")
        return self._once(mail, raw, now, lambda _: failed)

    def _sorted(self, session: Session, mail: Mail, now: datetime) -> Verdict:
        return sort_mail(mail, look_up(session, mail, self.sender_address, self.secret, now))

    def _once(
        self, mail: Mail, raw: bytes | None, now: datetime, sort: Callable[[Session], Verdict]
    ) -> Handled:
        try:
            with writing(self.engine) as session:
                before = _before(session, mail)
                return before or _carry_out(session, mail, raw, sort(session), now)
        except IntegrityError:  # somebody else handled it at the same moment
            with reading(self.engine) as session:
                before = _before(session, mail)
            if before is None:
                raise
            return before


def handler(engine: Engine, settings: Settings) -> Handler:
    """The handler of an installation."""
    return Handler(engine=engine, sender_address=settings.sender_address, secret=signing_key(settings))


def _before(session: Session, mail: Mail) -> Handled | None:
    query = select(col(ReceivedMail.outcome)).where(col(ReceivedMail.fingerprint) == mail.fingerprint)
    outcome = session.scalars(query).one_or_none()
    return None if outcome is None else Handled(outcome=outcome, again=True)


def _carry_out(session: Session, mail: Mail, raw: bytes | None, verdict: Verdict, now: datetime) -> Handled:
    """Write the row first: where two handle the same mail, one stops here."""
    row = ReceivedMail(
        fingerprint=mail.fingerprint,
        received_at=now,
        outcome="ignored",
        sender=mail.shown or None,
        subject=mail.subject or None,
        size=mail.size,
    )
    session.add(row)
    session.flush()
    carry_out(Desk(session=session, row=row, mail=mail, raw=raw, now=now), verdict)
    session.flush()
    return Handled(outcome=row.outcome)
