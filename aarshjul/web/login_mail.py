"""The mail with a link that logs in: written and handed over behind the answer, which says the same to everybody."""

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

from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.settings import Settings
from aarshjul.web.login_words import WORDS
from calendars.address import Address
from models.engine import writing
from models.logins import (
    coordinators_at,
    cycles_coordinated,
    language_of,
    mailed_enough,
    make_link,
    sweep,
)
from models.person import Person
from notifications.channel import Channel, Outcome, Parcel
from notifications.folder import FolderChannel

FOLDER = "login-mail"  # beside `mail`, which holds what a cycle sent and nothing else
_WAITING = 100  # wishes at a time; what comes beyond is dropped, and the person asks again
_log = logging.getLogger("aarshjul.web")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """Somebody asked for a link: which address, where it is to lead, where our pages are, and when."""

    address: str
    leads_to: str
    base: str
    now: datetime


class Postman:
    """One thread that looks up who is meant and sends; whoever asked has been answered by then.

    A mail is handed over once: where that fails, nothing is tried again, as the person asks anew sooner than
    a link lives. So it is not in the outbox, which would keep the secret with the message.
    """

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._settings = settings
        self._engine = engine
        self._wishes: queue.Queue[Wish] = queue.Queue(_WAITING)
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None

    def take(self, wish: Wish) -> None:
        """Accept a wish, at once, whoever it is from."""
        with self._started:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="login mail", daemon=True)
                self._thread.start()
        with suppress(queue.Full):
            self._wishes.put_nowait(wish)

    def finish(self) -> None:
        """Wait until every wish that was taken has been dealt with."""
        self._wishes.join()

    def _run(self) -> None:
        while True:
            wish = self._wishes.get()
            try:
                self._deal_with(wish)
            except Exception as error:  # noqa: BLE001 -- whatever it is, the next wish must be heard
                # Its kind alone: what a server or a database says can hold an address.
                _log.error("a login link could not be sent: %s", type(error).__name__)
            finally:
                self._wishes.task_done()

    def _deal_with(self, wish: Wish) -> None:
        with writing(self._engine) as session:
            ended = sweep(session, wish.now)
            parcels = [
                self._parcel(session, person, wish)
                for person in coordinators_at(session, wish.address)
                if not mailed_enough(session, person.id, wish.now)
            ]
        self._tidy(ended)
        if parcels:  # committed before it goes: a link that arrives works
            self._send(parcels)

    def _parcel(self, session: Session, person: Person, wish: Wish) -> Parcel:
        link, secret = make_link(session, person.id, wish.now, leads_to=wish.leads_to, mailed=True)
        language = language_of(session, person, cycles_coordinated(session, person.id))
        mail = login_mail(self._settings, person, f"{wish.base}/login/{secret}", language, wish.now)
        # To the address on record, and never to what was typed.
        return Parcel(number=link.id or 0, payload=mail, person=person.id, recipients=(person.email,))

    def _send(self, parcels: list[Parcel]) -> None:
        with channel_of(self._settings).open() as carrier:
            for parcel in parcels:
                for receipt in carrier.send(parcel):
                    if receipt.outcome is not Outcome.SENT:
                        _log.error("a login link was not taken: %s", receipt.outcome)

    def _tidy(self, ended: list[int]) -> None:
        """Mails with links that have ended need not lie about."""
        for number in ended:
            (self._settings.home / FOLDER / f"{number:05d}.eml").unlink(missing_ok=True)


def channel_of(settings: Settings) -> Channel:
    """The mail server; where there is none, a folder that only its owner reads."""
    if settings.smtp_host and not settings.files_only:
        from notifications.smtp import smtp_channel  # noqa: PLC0415 -- Apprise takes long to import

        return smtp_channel(settings)
    folder = settings.home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FolderChannel(folder, ".eml")


def login_mail(settings: Settings, person: Person, link: str, language: str, now: datetime) -> bytes:
    """The mail as it goes to the server."""
    words = WORDS[language]
    sender = Address(name=settings.sender_name, email=settings.sender_address)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _mailbox(sender)
    mail["To"] = _mailbox(Address(name=person.name, email=person.email))
    mail["Subject"] = words["mail_subject"]
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{sha256(link.encode()).hexdigest()[:40]}.login@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(words["mail"].format(name=person.name, link=link), cte="quoted-printable")
    mail["Content-Language"] = language
    return mail.as_bytes()


def _mailbox(address: Address) -> Mailbox:
    return Mailbox(display_name=address.parameter, addr_spec=address.wire)
