"""A poll: each mail is fetched, handled and moved; what goes wrong with one does not stop the others."""

import logging
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError

from aarshjul.inbox.alone import alone
from aarshjul.inbox.failures import Failures
from aarshjul.inbox.handling import Handled, Handler, handler
from aarshjul.inbox.mail import Mail
from aarshjul.inbox.mailbox import Mailbox, MailboxError, NotDoneError, open_mailbox
from aarshjul.inbox.reading import LARGEST, LONGEST_HEAD, read_head, read_mail
from aarshjul.settings import Settings

MOST = 500  # mails a poll; the rest at the next
_LOG = logging.getLogger(__name__)


@dataclass(kw_only=True, slots=True)
class Collected:
    """What a poll did.

    Attributes:
        outcomes: how many mails became what; those handled before and only moved now count as `moved`.
        failed: how many could not be handled and are tried again.
        unmoved: how many were handled and lie where they were, as the server did not move them.
        interrupted: why it ended before it was through; None where it was not.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    unmoved: int = 0
    interrupted: str | None = None

    @property
    def changed(self) -> bool:
        """Whether there is something for a round or a delivery to do."""
        return bool(set(self.outcomes) - {"moved", "ignored", "outdated"})


def collect(engine: Engine, settings: Settings, now: datetime) -> Collected:
    """Empty the mailbox of the settings, oldest mail first; where another poll is at it, leave it to that.

    Raises:
        MailboxError: where it cannot be opened at all; lost later, the rest waits for the next poll.
        OperationalError: where the database cannot be used: no mail is to blame, and all of them stay.
    """
    with alone(engine, settings.home) as is_alone:
        return _collect(engine, settings, now) if is_alone else Collected()


def _collect(engine: Engine, settings: Settings, now: datetime) -> Collected:
    collected = Collected()
    opened = False
    try:
        with open_mailbox(settings, now) as box:
            opened = True
            empty(box, handler(engine, settings), Failures(settings.home), now, collected)
    except MailboxError as problem:
        if not opened:
            raise
        collected.interrupted = str(problem)
    return collected


def empty(box: Mailbox, handling: Handler, failures: Failures, now: datetime, collected: Collected) -> None:
    """Handle and move what lies in an open mailbox."""
    for uid, size in box.waiting(MOST).items():
        try:
            raw = box.fetch(uid, LONGEST_HEAD if size > LARGEST else LARGEST + 1)
            handled = None if raw is None else _handle(handling, raw, size, failures, now)
            if handled is not None:
                collected.outcomes["moved" if handled.again else handled.outcome] += 1
                box.move(uid, handled.folder)
            elif raw is not None:
                collected.failed += 1
        except NotDoneError as problem:
            _LOG.warning("a mail stays where it is: %s", problem)
            collected.unmoved += 1


def _handle(handling: Handler, raw: bytes, size: int, failures: Failures, now: datetime) -> Handled | None:
    """What became of a mail; None where it could not be handled and is tried again."""
    digest = sha256(raw).hexdigest()
    try:
        mail, kept = _read(raw, size)
        handled = handling.handle(mail, kept, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as mistake:  # noqa: BLE001 -- whatever it is, the next mail is to be handled and this one kept
        _say(digest, mistake)
        return _give_up(handling, raw, size, now) if failures.another(digest) else None
    failures.forget(digest)
    return handled


def _give_up(handling: Handler, raw: bytes, size: int, now: datetime) -> Handled | None:
    """To a person and out of the way, without a look at what it says, and at last not even at who wrote it."""
    kept = raw if size <= LARGEST else None
    blank = Mail(fingerprint=sha256(raw).hexdigest(), size=size)
    for looks in (True, False):
        try:
            return handling.give_up(read_head(raw, size) if looks else blank, kept, now)
        except (OperationalError, InterfaceError):
            raise
        except Exception as mistake:  # noqa: BLE001 -- it stays in the mailbox: that is the last resort
            _say(blank.fingerprint, mistake)
    return None


def _read(raw: bytes, size: int) -> tuple[Mail, bytes | None]:
    """The mail, and its octets where they were fetched whole."""
    if size > LARGEST or len(raw) > LARGEST:
        return read_head(raw, size), None
    return read_mail(raw), raw


def _say(digest: str, mistake: Exception) -> None:
    """Where it happened, and not the mistake's own words, in which an address or a subject may stand."""
    where = "".join(traceback.format_tb(mistake.__traceback__))
    _LOG.error("mail %s could not be handled: %s\n%s", digest[:12], type(mistake).__name__, where)
