"""The mailbox that answers come to (IMAP): it is read without a trace and emptied into folders; nothing is deleted."""

import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from aarshjul.core.errors import Refused
from aarshjul.settings import Settings
from notifications.oauth import TokenSource
from notifications.trust import is_loopback, tls_context

FOLDER = "Aarshjul"
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"\bUID (\d+)")
_NAMESPACE = re.compile(rb'\(\("((?:[^"\\]|\\.)*)" (?:"((?:[^"\\]|\\.)*)"|NIL)')
_LOST = (imaplib.IMAP4.abort, OSError, EOFError)


class MailboxError(Refused):
    """The mailbox cannot be read now; the sentence says why, without a name or a secret."""


class NotDoneError(MailboxError):
    """The server did not do what it was asked: the mail is where it was."""


class Mailbox:
    """One mailbox, open, its folder selected.

    Args:
        box: the connection, logged in.
        folder: the folder that mail comes to.
    """

    def __init__(self, box: BaseMailBox, folder: str) -> None:
        self._box = box
        self._abilities = self._ask_abilities()
        self._prefix, self._between = self._ask_namespace()
        self._made: set[str] = set()
        box.folder.set(folder)

    def waiting(self, most: int) -> dict[str, int]:
        """The UIDs of what lies there, oldest first, with their sizes as the server has them."""
        uids = sorted(self._box.uids("UNDELETED", charset=None), key=int)[:most]
        if not uids:
            return {}
        answer = self._command("FETCH", ",".join(uids), "(UID RFC822.SIZE)")
        lines = [line for line in answer if isinstance(line, bytes)]
        found = [(_UID.search(line), _SIZE.search(line)) for line in lines]
        sizes = {uid[1].decode(): int(size[1]) for uid, size in found if uid and size}
        return {uid: sizes[uid] for uid in uids if uid in sizes}

    def fetch(self, uid: str, most: int) -> bytes | None:
        """The first octets of a mail, which stays unread for people; None where it has gone meanwhile."""
        for item in self._command("FETCH", uid, f"(UID BODY.PEEK[]<0.{most}>)"):
            if isinstance(item, tuple) and len(item) == 2:
                return bytes(item[1])
        return None

    def move(self, uid: str, name: str) -> None:
        """Put a mail into `Aarshjul/NAME`, which is made where it is missing.

        Where the server cannot move, a copy is made and its arrival checked before the mail is taken away, alone.
        What cannot even be taken away alone is marked as deleted, and left to people.

        Raises:
            NotDoneError: where the server did not do it.
            MailboxError: where the connection is lost.
        """
        try:
            self._move(uid, self._folder(name))
        except _LOST:
            raise
        except (ImapToolsError, imaplib.IMAP4.error) as problem:
            raise NotDoneError(f"the mail server does not move mail: {type(problem).__name__}") from problem

    def _move(self, uid: str, folder: str) -> None:
        if "MOVE" in self._abilities:
            self._command("MOVE", uid, _quoted(folder))
            return
        lies_there = bool(self._box.uids(f"UID {uid} UNDELETED", charset=None))
        if lies_there and self._copy(uid, folder):
            self._command("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)")
            if "UIDPLUS" in self._abilities:
                self._command("EXPUNGE", uid)

    def _copy(self, uid: str, folder: str) -> bool:
        """Whether a copy is there now; a mail that has gone meanwhile has none."""
        before = self._count(folder)
        self._box.client.response("COPYUID")  # forgets what it said of an earlier one
        self._command("COPY", uid, _quoted(folder))
        if "UIDPLUS" in self._abilities:
            return self._box.client.response("COPYUID")[1] != [None]
        return self._count(folder) > before

    def _count(self, folder: str) -> int:
        return self._box.folder.status(folder, ["MESSAGES"])["MESSAGES"]

    def _folder(self, name: str) -> str:
        folder = self._prefix + (self._between or "-").join((FOLDER, name))
        if folder not in self._made:
            if not self._box.folder.exists(folder):
                self._box.folder.create(folder)
                with suppress(ImapToolsError, imaplib.IMAP4.error):
                    self._box.folder.subscribe(folder, True)  # so that mail programs show it
            self._made.add(folder)
        return folder

    def _command(self, name: str, *arguments: str) -> list[bytes | tuple[bytes, bytes] | None]:
        status, answer = self._box.client.uid(name, *arguments)
        if status != "OK":
            raise NotDoneError(f"the mail server refuses {name}")
        return list(answer or [])

    def _ask_abilities(self) -> frozenset[str]:
        """What the server can do, which many tell only after the login."""
        _, answer = self._box.client.capability()
        return frozenset(
            b" ".join(line for line in answer if line).decode("ascii", "replace").upper().split()
        )

    def _ask_namespace(self) -> tuple[str, str]:
        """What folders of one's own begin with (`INBOX.` on some servers), and what stands between their levels."""
        if "NAMESPACE" in self._abilities:
            _, answer = self._box.client.namespace()
            found = _NAMESPACE.match((answer[0] if answer else None) or b"")
            if found:
                return _unquoted(found[1]), _unquoted(found[2] or b"")
        levels = [each.delim for each in self._box.folder.list("", "INBOX")]
        return "", levels[0] if levels and levels[0] != "NIL" else ""


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unquoted(text: bytes) -> str:
    return re.sub(rb"\\(.)", rb"\1", text).decode("ascii", "replace")


@contextmanager
def open_mailbox(settings: Settings, now: datetime) -> Iterator[Mailbox]:
    """The mailbox of the settings, for as long as the block lasts.

    Raises:
        MailboxError: where it cannot be reached, or the connection is lost within the block.
    """
    box = _connect(settings)
    try:
        with _told(settings):
            _log_in(box, settings, now)
            yield Mailbox(box, settings.imap_folder)
    finally:
        with suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
            box.logout()
        with suppress(OSError):  # the logout may have closed it
            box.client.shutdown()


def _connect(settings: Settings) -> BaseMailBox:
    host, port, timeout = settings.imap_host or "", settings.imap_port, settings.imap_timeout
    with _told(settings):
        if settings.imap_security == "none":
            if not is_loopback(host):
                raise MailboxError(f"{host} would get the password in the open: set AARSHJUL_IMAP_SECURITY")
            return MailBoxUnencrypted(host, port, timeout=timeout)
        context = tls_context(settings.ca_file)
        if settings.imap_security == "starttls":
            return _StartTls(host, port, timeout=timeout, ssl_context=context)
        return MailBox(host, port, timeout=timeout, ssl_context=context)


class _StartTls(MailBoxStartTls):
    """Closes the connection where it cannot be secured: it is never used in the open."""

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4(self._host, self._port, self._timeout)
        try:
            client.starttls(self._ssl_context)
        except (imaplib.IMAP4.error, OSError):
            client.shutdown()
            raise
        return client


def _log_in(box: BaseMailBox, settings: Settings, now: datetime) -> None:
    """By token where there is a place to get one from, else by password.

    Raises:
        MailboxError: where the server says no; not in its own words, which may name the user.
    """
    if not settings.imap_user:
        raise MailboxError("nobody to log in as: set AARSHJUL_IMAP_USER")
    token = TokenSource(settings).token(now) if settings.oauth_token_url else None
    password = settings.imap_password.get_secret_value() if settings.imap_password else ""
    try:
        if token is not None:
            box.xoauth2(settings.imap_user, token, initial_folder=None)
        elif settings.imap_user.isascii() and password.isascii():
            box.login(settings.imap_user, password, initial_folder=None)
        else:
            box.login_utf8(settings.imap_user, password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (ImapToolsError, imaplib.IMAP4.error):
        raise MailboxError(
            "the mail server refuses the login: see AARSHJUL_IMAP_USER and its password or token"
        ) from None


@contextmanager
def _told(settings: Settings) -> Iterator[None]:
    """What goes wrong on the way, in a sentence."""
    where = f"the mailbox at {settings.imap_host}:{settings.imap_port}"
    try:
        yield
    except _LOST as problem:
        reason = getattr(problem, "strerror", None) or type(problem).__name__
        raise MailboxError(f"{where} cannot be reached: {reason}") from problem
    except (ImapToolsError, imaplib.IMAP4.error) as problem:
        raise MailboxError(f"{where} does not do what it is asked: {type(problem).__name__}") from problem
