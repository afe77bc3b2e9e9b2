"""Mails with a link or a code: written and handed over behind the answer, which says the same to everybody."""

import logging
import queue
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Protocol

from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.settings import Settings
from aarshjul.web.login.words import WORDS
from calendars.address import Address
from models.engine import writing
from models.logins import (
    coordinators_at,
    cycles_coordinated,
    language_of,
    mailed_enough,
    make_link,
)
from models.person import Person
from notifications.channel import Channel, Outcome, Parcel
from notifications.folder import FolderChannel
from notifications.forgetting import FOLDER, LINK_SUFFIX, forget

_WAITING = 100  # wishes at a time; what comes beyond is dropped, and the person asks again
_log = logging.getLogger("aarshjul.web")


class Errand(Protocol):
    """Something that goes to somebody's address on record, and never to one that was typed."""

    @property
    def suffix(self) -> str:
        """What its file ends with, where mails are files: numbers of different kinds are not of one row."""

    @property
    def now(self) -> datetime:
        """When it was asked for."""

    def parcels(self, session: Session, settings: Settings) -> list[Parcel]:
        """The mails, in a transaction of their own that is committed before they go: what arrives works."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """Somebody asked for a link: which address, where it is to lead, where our pages are, and when."""

    address: str
    leads_to: str
    base: str
    now: datetime

    suffix = LINK_SUFFIX

    def parcels(self, session: Session, settings: Settings) -> list[Parcel]:
        """A link for each coordinator at the address who has not had enough of them."""
        return [
            self._parcel(session, settings, person)
            for person in coordinators_at(session, self.address)
            if not mailed_enough(session, person.id, self.now)
        ]

    def _parcel(self, session: Session, settings: Settings, person: Person) -> Parcel:
        link, secret = make_link(session, person.id, self.now, leads_to=self.leads_to, mailed=True)
        language = language_of(session, person, cycles_coordinated(session, person.id))
        mail = login_mail(settings, person, f"{self.base}/login/{secret}", language, self.now)
        return Parcel(number=link.id or 0, payload=mail, person=person.id, recipients=(person.email,))


class Postman:
    """One thread that looks up who is meant and sends; whoever asked has been answered by then.

    A mail is handed over once: where that fails, nothing is tried again, as the person asks anew sooner than
    a link or a code lives. So it is not in the outbox, which would keep the secret with the message.
    """

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._settings = settings
        self._engine = engine
        self._wishes: queue.Queue[Errand] = queue.Queue(_WAITING)
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None

    def take(self, errand: Errand) -> None:
        """Accept an errand, at once, whoever it is from."""
        with self._started:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="login mail", daemon=True)
                self._thread.start()
        with suppress(queue.Full):
            self._wishes.put_nowait(errand)

    def finish(self) -> None:
        """Wait until every errand that was taken has been dealt with."""
        self._wishes.join()

    def _run(self) -> None:
        while True:
            errand = self._wishes.get()
            try:
                self._deal_with(errand)
            except Exception as error:  # noqa: BLE001 -- whatever it is, the next one must be heard
                # Its kind alone: what a server or a database says can hold an address.
                _log.error("a login link or code could not be sent: %s", type(error).__name__)
            finally:
                self._wishes.task_done()

    def _deal_with(self, errand: Errand) -> None:
        forget(self._engine, self._settings.home, errand.now)
        with writing(self._engine) as session:
            parcels = errand.parcels(session, self._settings)
        if parcels:
            self._send(parcels, errand.suffix)

    def _send(self, parcels: list[Parcel], suffix: str) -> None:
        with channel_of(self._settings, suffix).open() as carrier:
            for parcel in parcels:
                for receipt in carrier.send(parcel):
                    if receipt.outcome is not Outcome.SENT:
                        _log.error("a login link or code was not taken: %s", receipt.outcome)


def channel_of(settings: Settings, suffix: str = Wish.suffix) -> Channel:
    """The mail server; where there is none, a folder that only its owner reads."""
    if settings.smtp_host and not settings.files_only:
        from notifications.smtp import smtp_channel  # noqa: PLC0415 -- Apprise takes long to import

        return smtp_channel(settings)
    folder = settings.home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FolderChannel(folder, suffix)


def login_mail(settings: Settings, person: Person, link: str, language: str, now: datetime) -> bytes:
    """The mail as it goes to the server."""
    words = WORDS[language]
    text = words["mail"].format(name=person.name, link=link)
    return own_mail(settings, person, words["mail_subject"], text, language, now, key=link)


def own_mail(
    settings: Settings, person: Person, subject: str, text: str, language: str, now: datetime, *, key: str
) -> bytes:
    """A mail that somebody asked for on a page; its Message-ID is of `key`, which it does not give away."""
    sender = Address(name=settings.sender_name, email=settings.sender_address)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _mailbox(sender)
    mail["To"] = _mailbox(Address(name=person.name, email=person.email))
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{sha256(key.encode()).hexdigest()[:40]}.login@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="quoted-printable")
    mail["Content-Language"] = language
    return mail.as_bytes()


def _mailbox(address: Address) -> Mailbox:
    return Mailbox(display_name=address.parameter, addr_spec=address.wire)
