"""Links that unsubscribe by themselves: a token that says who, from which cycle, and that we wrote it (RFC 8058)."""

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from secrets import token_bytes
from urllib.parse import quote, urlsplit

from aarshjul.settings import Settings
from notifications.errors import NotificationError

KEY_FILE = "secret.key"
LEAST_BYTES = 32
LONGEST_TOKEN = 600
_PURPOSE = b"aarshjul unsubscribe 1\0"  # so that nothing else that the same key signs is a token
_MAC_BYTES = 16
_BETWEEN = "\0"  # in no id


class SecretError(NotificationError):
    """The key that links are signed with cannot be read or made."""


def make_token(secret: bytes, cycle: str, person: str) -> str:
    """The token of a person in a cycle, of letters, digits, `-`, `_` and one dot; the same ones give the same."""
    named = f"{cycle}{_BETWEEN}{person}".encode()
    mac = hmac.digest(secret, _PURPOSE + named, sha256)[:_MAC_BYTES]
    return f"{_as_text(named)}.{_as_text(mac)}"


def read_token(secret: bytes, token: str) -> tuple[str, str] | None:
    """Cycle and person of a token that `make_token` wrote with this secret; None for anything else.

    It takes as long for a token that is nearly right as for one that is not.
    """
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    try:
        cycle, between, person = _as_bytes(token.partition(".")[0]).decode().partition(_BETWEEN)
    except ValueError:
        return None
    # Written anew and compared whole: base64 has several ways to say the same, of which ours is one.
    if not hmac.compare_digest(make_token(secret, cycle, person).encode(), token.encode()):
        return None
    return (cycle, person) if between else None


def unsubscribe_uris(settings: Settings, secret: bytes, cycle: str, person: str) -> tuple[str, ...]:
    """What List-Unsubscribe names, the page first where there is one; a mail to us always works.

    A page is named under https; under plain http only on this machine, where somebody tries things out.
    """
    token = make_token(secret, cycle, person)
    mailbox = quote(settings.reply_to or settings.sender_address, safe="@+")
    mail = f"mailto:{mailbox}?subject=unsubscribe%20{token}"
    page = (settings.web_url or "").rstrip("/")
    return (f"{page}/unsubscribe/{token}", mail) if _may_be_named(page) else (mail,)


def one_click(uris: Sequence[str]) -> bool:
    """Whether List-Unsubscribe-Post may stand beside these: RFC 8058 wants an https page among them."""
    return any(uri.startswith("https://") for uri in uris)


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


def _as_text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _as_bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
