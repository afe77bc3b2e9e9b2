"""Where a mail server is, how the way to it is secured, and as whom we log in."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import SecretStr

from aarshjul.settings import Security
from calendars.address import Address
from calendars.errors import CalendarError
from notifications.errors import NotificationError
from notifications.trust import is_loopback

_HOST = re.compile(r"[^\s\x00-\x20\x7f/@\[\]]{1,253}")
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+")
_LONGEST_LOCAL = 64  # octets; RFC 5321, 4.5.3.1.1


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """What is needed to hand mails to a server.

    Attributes:
        sender: the address that mails come from and that refusals return to.
        timeout: seconds to wait for the server, each time.
        user: as whom we log in, with `password`, or with a token where `oauth_token_url` is set; None logs in nowhere.
        ca_file: certificates to trust beside the system's.

    Raises:
        NotificationError: for what cannot be, and for a secret that would travel in the open.
    """

    host: str
    port: int
    security: Security
    sender: str
    timeout: float = 30.0
    user: str | None = None
    password: SecretStr | None = None
    oauth_token_url: str | None = None
    oauth_client_id: str | None = None
    oauth_client_secret: SecretStr | None = None
    oauth_scope: str = ""
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        """Refuse impossible settings before anything is sent, rather than with each mail."""
        if not _HOST.fullmatch(self.host):
            raise NotificationError("AARSHJUL_SMTP_HOST is not the name or number of a host")
        if not 0 < self.port < 65536 or not 0 < self.timeout <= 3600:
            raise NotificationError(
                "AARSHJUL_SMTP_PORT is from 1 to 65535, and AARSHJUL_SMTP_TIMEOUT to 3600"
            )
        sender = mailbox(self.sender)
        if sender is None or not sender.isascii():
            raise NotificationError("AARSHJUL_SENDER_ADDRESS is not an address that a mail can come from")
        self._check_login()

    def _check_login(self) -> None:
        if self.user is None:
            if self.password is not None:
                raise NotificationError("AARSHJUL_SMTP_PASSWORD is set, but AARSHJUL_SMTP_USER is not")
            return
        if "\x00" in self.user or "\x01" in self.user:
            raise NotificationError("AARSHJUL_SMTP_USER has a control character")
        if self.password is None and self.oauth_token_url is None:
            raise NotificationError(
                "AARSHJUL_SMTP_USER is set, but neither AARSHJUL_SMTP_PASSWORD nor AARSHJUL_OAUTH_TOKEN_URL"
            )
        if self.security == "none" and not is_loopback(self.host):
            raise NotificationError(
                "no password or token is sent over an open connection: AARSHJUL_SMTP_SECURITY is starttls or tls"
            )


@lru_cache(maxsize=4096)
def mailbox(address: str) -> str | None:
    """An address as it stands in an envelope, its domain in ASCII; None where no envelope can hold it.

    A local part with letters beyond ASCII is kept: only a server with SMTPUTF8 (RFC 6531) takes it.
    """
    try:
        return Address(name="", email=address).wire
    except CalendarError:
        pass
    local, _, domain = address.rpartition("@")
    try:
        ascii_domain = Address(name="", email=f"x@{domain}").domain
    except CalendarError:
        return None
    atoms = local.split(".")
    fits = local.isprintable() and len(local.encode()) <= _LONGEST_LOCAL and not local.isascii()
    return f"{local}@{ascii_domain}" if fits and all(map(_ATOM.fullmatch, atoms)) else None
