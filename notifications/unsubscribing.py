"""Links that unsubscribe by themselves: a token that says who, from which cycle, and that we wrote it (RFC 8058)."""

import os
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from secrets import token_bytes
from urllib.parse import quote, urlsplit

from aarshjul.settings import Settings
from notifications.errors import NotificationError
from notifications.tokens import read_signed, signed

KEY_FILE = "secret.key"
LEAST_BYTES = 32
_PURPOSE = b"aarshjul unsubscribe 1\0"  # so that nothing else that the same key signs is a token


class SecretError(NotificationError):
    """The key that links are signed with cannot be read or made."""


def make_token(secret: bytes, cycle: str, person: str) -> str:
    """The token of a person in a cycle; the same ones give the same."""
    return signed(secret, _PURPOSE, cycle, person)


def read_token(secret: bytes, token: str) -> tuple[str, str] | None:
    """Cycle and person of a token that `make_token` wrote with this secret; None for anything else."""
    parts = read_signed(secret, _PURPOSE, token)
    return (parts[0], parts[1]) if parts is not None and len(parts) == 2 else None


def unsubscribe_uris(settings: Settings, secret: bytes, cycle: str, person: str) -> tuple[str, ...]:
    """What List-Unsubscribe names, the page first where there is one; a mail to us always works."""
    token = make_token(secret, cycle, person)
    mailbox = quote(settings.reply_to or settings.sender_address, safe="@+")
    mail = f"mailto:{mailbox}?subject=unsubscribe%20{token}"
    page = page_address(settings)
    return (f"{page}/unsubscribe/{token}", mail) if page else (mail,)


def one_click(uris: Sequence[str]) -> bool:
    """Whether List-Unsubscribe-Post may stand beside these: RFC 8058 wants an https page among them."""
    return any(uri.startswith("https://") for uri in uris)


def page_address(settings: Settings) -> str:
    """Where the pages are, without a slash at the end; empty where none may be named in a mail.

    A page is named under https; under plain http only on this machine, where somebody tries things out.
    """
    page = (settings.web_url or "").rstrip("/")
    return page if _may_be_named(page) else ""


def _may_be_named(page: str) -> bool:
    try:
        parts = urlsplit(page)
    except ValueError:
        return False
    host = parts.hostname or ""
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and _is_here(host)))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def signing_key(settings: Settings) -> bytes:
    """The operator's secret, else the home's own key, which is made where there is none.

    Raises:
        SecretError: where the key's file is damaged, or cannot be read or made.
    """
    if settings.secret is not None:
        return settings.secret.get_secret_value().encode()
    file = settings.home / KEY_FILE
    try:
        key = _read_or_make(file)
    except OSError as error:
        raise SecretError(f"{file} cannot be used: {error.strerror or error}") from None
    if len(key) < LEAST_BYTES:
        raise SecretError(
            f"{file} is damaged: put back a copy, or delete it (links in mails sent before then stop working)"
        )
    return key


def _read_or_make(file: Path) -> bytes:
    with suppress(FileNotFoundError):
        return file.read_bytes()
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}.{token_bytes(4).hex()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            written.write(token_bytes(LEAST_BYTES))
            written.flush()
            os.fsync(written.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)  # whole or not at all, and never over one that another process just made
    finally:
        draft.unlink(missing_ok=True)
    return file.read_bytes()
