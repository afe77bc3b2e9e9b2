"""Our mail channel as an Apprise plugin: `aarshjul://` (STARTTLS) and `aarshjuls://` (TLS from the first byte).

    aarshjul://user:password@host:port/to@example.org?from=sender@example.org

`from` is needed. `security=none` leaves the connection open; `timeout` is in seconds; `ca` names a file with
certificates to trust. With `token_url`, `client_id` and `scope`, the password is the client secret with which a token
for XOAUTH2 is asked for. Addresses in the path are for Apprise's own `notify`; a batch names its own.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from apprise import NotifyType
from apprise.plugins.base import NotifyBase
from apprise.utils.parse import parse_emails
from pydantic import SecretStr

from aarshjul import clock
from aarshjul.settings import Security
from calendars.text import one_line
from notifications.apprise_plugins import plugins
from notifications.channel import Carrier, Outcome, Parcel
from notifications.smtp_account import Account
from notifications.smtp_carrier import SmtpChannel

# Apprise declares its class attributes by example (None, an empty tuple), so that no subclass could be type-checked.
_Base: Any = NotifyBase
_addresses_in: Any = parse_emails
_PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}


class NotifyAarshjulMail(_Base):  # type: ignore[misc]
    """A mail server, as Apprise knows one; `open` is how whole batches go, with a receipt for each recipient."""

    service_name = "Aarshjul mail"
    protocol = "aarshjul"
    secure_protocol = "aarshjuls"
    request_rate_per_sec = 0  # seconds between two mails; the server says when it is too much
    title_maxlen = 250

    templates = ("{schema}://{host}/{targets}", "{schema}://{user}:{password}@{host}:{port}/{targets}")
    template_tokens: ClassVar[dict[str, Any]] = {
        "host": {"name": "Host", "type": "string", "required": True},
        "port": {"name": "Port", "type": "int", "min": 1, "max": 65535},
        "user": {"name": "User", "type": "string"},
        "password": {"name": "Password or client secret", "type": "string", "private": True},
        "target_email": {"name": "To", "type": "string", "map_to": "targets"},
        "targets": {"name": "Targets", "type": "list:string"},
    }
    template_args: ClassVar[dict[str, Any]] = {
        **_Base.template_args,
        "from": {"name": "From", "type": "string", "map_to": "sender", "required": True},
        "security": {"name": "Security", "type": "choice:string", "values": ("starttls", "tls", "none")},
        "timeout": {"name": "Timeout", "type": "float", "min": 0},
        "ca": {"name": "Certificates to trust", "type": "string"},
        "token_url": {"name": "Token URL", "type": "string"},
        "client_id": {"name": "Client ID", "type": "string"},
        "scope": {"name": "Scope", "type": "string"},
    }

    def __init__(
        self,
        *,
        sender: str = "",
        targets: tuple[str, ...] = (),
        security: str = "",
        timeout: float = 30.0,
        ca: str = "",
        token_url: str = "",
        client_id: str = "",
        scope: str = "",
        **named: Any,
    ) -> None:
        super().__init__(**named)
        secured: Security = "none" if security == "none" else "tls" if self.secure else "starttls"
        secret = SecretStr(self.password) if self.password else None
        self.targets = tuple(targets)
        self.channel = SmtpChannel(
            Account(
                host=(self.host or "").strip("[]"),
                port=self.port or _PORTS[secured],
                security=secured,
                sender=sender,
                timeout=timeout,
                user=self.user or None,
                password=None if token_url else secret,
                oauth_token_url=token_url or None,
                oauth_client_id=client_id or None,
                oauth_client_secret=secret if token_url else None,
                oauth_scope=scope,
                ca_file=Path(ca) if ca else None,
            ),
            clock.now,
        )

    def open(self) -> AbstractContextManager[Carrier]:
        """The server for a batch of ready-made messages; see `notifications.channel`."""
        return self.channel.open()

    def send(
        self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **_named: Any
    ) -> bool:
        """What Apprise's `notify` does: one plain mail to all addresses of the URL."""
        if not self.targets:
            self.logger.warning("There are no addresses to send a mail to.")
            return False
        with self.open() as carrier:
            mail = self._plain(body, title or notify_type.value)
            receipts = carrier.send(Parcel(number=0, payload=mail, recipients=self.targets))
        failed = [receipt for receipt in receipts if receipt.outcome is not Outcome.SENT]
        for receipt in failed:  # neither address nor the server's words, which may hold one
            self.logger.warning("A mail did not go: %s (%s).", receipt.outcome.value, receipt.code)
        return not failed

    def url(self, privacy: bool = False, *args: Any, **named: Any) -> str:
        """The plugin as a URL that makes it again; with `privacy` its secret is not in it."""
        more = self.url_parameters(*args, privacy=privacy, **named)
        return url_of(self.channel.account, self.targets, more, privacy=privacy)

    @property
    def url_identifier(self) -> tuple[Any, ...]:
        """What makes this way out another one: not to whom it goes."""
        account = self.channel.account
        return (self.schema, self.user, self.password, account.host, account.port, account.sender)

    @staticmethod
    def parse_url(url: str, *args: Any, **named: Any) -> dict[str, Any] | None:
        """A URL taken apart into the arguments of the constructor."""
        parts: dict[str, Any] | None = _Base.parse_url(url, *args, **named)
        if not parts:
            return parts
        asked = {name: _Base.unquote(value) for name, value in parts["qsd"].items()}
        parts["sender"] = asked.get("from", "")
        parts.update({name: asked[name] for name in _QUERY if asked.get(name)})
        with suppress(ValueError):
            parts["timeout"] = float(asked.get("timeout", ""))
        path = _Base.split_path(parts["fullpath"])
        parts["targets"] = tuple(_addresses_in([*path, asked.get("to", "")]))
        return parts

    def _plain(self, body: str, title: str) -> bytes:
        sender = self.channel.account.sender
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"] = Address(display_name=self.app_id or "", addr_spec=sender)
        mail["To"] = ", ".join(self.targets)
        mail["Subject"] = one_line(title)
        mail["Date"] = format_datetime(clock.now())
        mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(body, cte="quoted-printable")
        return mail.as_bytes()


_QUERY = ("security", "ca", "token_url", "client_id", "scope")


def url_of(
    account: Account,
    targets: tuple[str, ...] = (),
    more: Mapping[str, str] = MappingProxyType({}),
    *,
    privacy: bool = False,
) -> str:
    """An account as the URL that Apprise makes it from again; it holds the secret but for `privacy`.

    Args:
        account: the account.
        targets: the addresses in its path.
        more: parameters beside the account's own.
        privacy: the URL is to be shown.
    """
    given = {
        "from": account.sender,
        "security": "none" if account.security == "none" else "",
        "timeout": str(account.timeout),
        "ca": str(account.ca_file or ""),
        "token_url": account.oauth_token_url or "",
        "client_id": account.oauth_client_id or "",
        "scope": account.oauth_scope,
    }
    # Apprise reads a plus as a plus, where the usual encoding of a query writes one for a space.
    query = urlencode({**{name: value for name, value in given.items() if value}, **more}, quote_via=quote)
    host = f"[{account.host}]" if ":" in account.host else account.host
    schema = NotifyAarshjulMail.secure_protocol if account.security == "tls" else NotifyAarshjulMail.protocol
    path = "/".join(quote(target, safe="") for target in targets)
    return f"{schema}://{_login(account, privacy=privacy)}{host}:{account.port}/{path}?{query}"


def _login(account: Account, *, privacy: bool) -> str:
    if account.user is None:
        return ""
    secret = account.oauth_client_secret if account.oauth_token_url else account.password
    shown = "****" if privacy else quote(secret.get_secret_value() if secret else "", safe="")
    return f"{quote(account.user, safe='')}:{shown}@"


def register() -> None:
    """Make the schemas known to Apprise; again does nothing."""
    known = plugins()
    if NotifyAarshjulMail.protocol not in known:
        schemas = (NotifyAarshjulMail.protocol, NotifyAarshjulMail.secure_protocol)
        known.add(plugin=NotifyAarshjulMail, schemas=schemas)
