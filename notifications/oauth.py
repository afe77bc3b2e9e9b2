"""Tokens for servers that take no passwords: OAuth 2 client credentials, and how SMTP and IMAP are shown one."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import requests
from pydantic import SecretStr
from requests.adapters import HTTPAdapter

from calendars.text import one_line
from notifications.errors import NotificationError
from notifications.trust import is_loopback, tls_context

_EARLY = timedelta(minutes=2)  # a token is not used in its last moments: a batch takes a while
_DEFAULT_LIFE = timedelta(minutes=5)  # where the server does not say
_LONGEST_LIFE = timedelta(hours=24)
_TIMEOUT = (10.0, 20.0)  # seconds: to connect, and between bytes
_LONGEST_REASON = 300


class TokenError(NotificationError):
    """No token could be had; the sentence says why, and holds no secret."""


class Grant(Protocol):
    """Where a token comes from, and as whom it is asked for: a part of the settings."""

    @property
    def oauth_token_url(self) -> str | None:
        """The server's token endpoint: https, or on this machine."""

    @property
    def oauth_client_id(self) -> str | None:
        """Which application asks."""

    @property
    def oauth_client_secret(self) -> SecretStr | None:
        """What it proves that with."""

    @property
    def oauth_scope(self) -> str:
        """What the token is to be good for."""

    @property
    def ca_file(self) -> Path | None:
        """Certificates to trust beside the system's."""


class TokenSource:
    """Fetches a token (RFC 6749, 4.4) and keeps it until shortly before it expires.

    Args:
        grant: the settings; all four of `oauth_...` are needed by the time that a token is.
    """

    def __init__(self, grant: Grant) -> None:
        self._grant = grant
        self._token = ""
        self._until: datetime | None = None

    def token(self, now: datetime) -> str:
        """A token that is good for a while yet.

        Raises:
            TokenError: where none can be had.
            TrustError: where the certificates to trust cannot be read.
        """
        if self._until is None or now >= self._until:
            self._token, life = _granted(self._grant)
            # Of a token that lives for less than our margin, half its life is used.
            self._until = now + max(life - _EARLY, life / 2)
        return self._token

    def forget(self) -> None:
        """A server refused the token: the next one is fetched anew."""
        self._until = None


def xoauth2_string(user: str, token: str) -> str:
    """What a client says in the mechanism XOAUTH2, before base64.

    Raises:
        TokenError: for a name or token that could forge a field of it.
    """
    if "\x01" in user or "\x01" in token:
        raise TokenError("a user's name and a token have no control characters")
    return f"user={user}\x01auth=Bearer {token}\x01\x01"


def _granted(grant: Grant) -> tuple[str, timedelta]:
    url, form = _request(grant)
    try:
        with requests.Session() as session:
            session.mount("https://", _Trusting(grant.ca_file))
            # A redirect would carry the secret to wherever it points.
            answer = session.post(url, data=form, timeout=_TIMEOUT, allow_redirects=False)
    except requests.RequestException as problem:
        raise TokenError(f"the token server cannot be reached: {_reason(problem)}") from None
    fields = _fields(answer)
    token = fields.get("access_token")
    if answer.status_code != 200 or not isinstance(token, str) or not token:
        raise TokenError(_refusal(answer.status_code, fields, form["client_secret"]))
    return token, _life(fields.get("expires_in"))


def _request(grant: Grant) -> tuple[str, dict[str, str]]:
    """The address and the form, once all settings are there and nothing secret would travel in the open."""
    if not (grant.oauth_token_url and grant.oauth_client_id and grant.oauth_client_secret):
        raise TokenError(
            "a token needs AARSHJUL_OAUTH_TOKEN_URL, AARSHJUL_OAUTH_CLIENT_ID and AARSHJUL_OAUTH_CLIENT_SECRET"
        )
    parts = urlsplit(grant.oauth_token_url)
    host = parts.hostname or ""
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))):
        raise TokenError("AARSHJUL_OAUTH_TOKEN_URL is not an https address")
    return grant.oauth_token_url, {
        "grant_type": "client_credentials",
        "client_id": grant.oauth_client_id,
        "client_secret": grant.oauth_client_secret.get_secret_value(),
        "scope": grant.oauth_scope,
    }


class _Trusting(HTTPAdapter):
    """An https transport that believes the operator's certificates beside the system's."""

    def __init__(self, ca_file: Path | None) -> None:
        self._context = tls_context(ca_file)
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, ssl_context=self._context, **named)


def _fields(answer: requests.Response) -> dict[str, Any]:
    try:
        fields = answer.json()
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _refusal(status: int, fields: dict[str, Any], secret: str) -> str:
    """The server's own words (RFC 6749, 5.2), of which none may be the secret."""
    words = " ".join(str(fields[key]) for key in ("error", "error_description") if fields.get(key))
    said = one_line(words).replace(secret, "...")[:_LONGEST_REASON] or "no token in its answer"
    return f"the token server answered {status}: {said}"


def _reason(problem: requests.RequestException) -> str:
    """What went wrong in a word or two: the exception's own text would show address and parameters."""
    if isinstance(problem, requests.exceptions.SSLError):
        return "its certificate is not trusted"
    if isinstance(problem, requests.Timeout):
        return "it did not answer in time"
    if isinstance(problem, requests.ConnectionError):
        return "no connection"
    return type(problem).__name__


def _life(seconds: object) -> timedelta:
    try:
        life = timedelta(seconds=float(str(seconds)))
    except (ValueError, OverflowError):
        return _DEFAULT_LIFE
    return min(life, _LONGEST_LIFE) if life > timedelta() else _DEFAULT_LIFE
