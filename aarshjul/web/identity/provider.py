"""A provider of logins: what it says of itself, and who somebody is by a code of its own; all of it is checked."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Any
from urllib.parse import quote, urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from aarshjul.settings import Settings
from aarshjul.web.identity.asking import WITHIN, Asker, ProviderError, is_safe, within

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures by a key that the provider alone has; none and those by a shared secret are not among them."""
_KEPT = timedelta(hours=1)
_LEEWAY = 60  # seconds that its clock may be ahead or behind


@dataclass(frozen=True, kw_only=True, slots=True)
class Vouched:
    """Who somebody is, as the provider vouches: its own name for them, and an address where it vouches for that."""

    subject: str
    address: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One login under way: `state` names it; its nonce and verifier follow from that and our key."""

    state: str
    secret: bytes

    @property
    def nonce(self) -> str:
        """What the identity must carry, so that it was made for this login."""
        return self._derived(b"nonce")

    @property
    def verifier(self) -> str:
        """What only who began this login can show the provider (PKCE)."""
        return self._derived(b"verifier")

    def _derived(self, what: bytes) -> str:
        return hmac.digest(
            self.secret, b"aarshjul oidc 1 " + what + b"\0" + self.state.encode(), sha256
        ).hex()


@dataclass(slots=True)
class Provider:
    """The one that the settings name."""

    issuer: str
    client: str
    client_secret: str
    trusts_email: bool
    asker: Asker
    _known: tuple[datetime, dict[str, Any], KeySet] | None = None
    _lock: Lock = field(default_factory=Lock)

    def way_in(self, attempt: Attempt, back: str, now: datetime) -> str:
        """Where the browser is sent to.

        Raises:
            ProviderError: where the provider cannot be asked about itself.
        """
        about, _ = within(WITHIN, lambda: self._about(now))
        query = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": back,
            "scope": "openid email profile",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": create_s256_code_challenge(attempt.verifier),
            "code_challenge_method": "S256",
        }
        address = str(about["authorization_endpoint"])
        return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"

    def who(self, attempt: Attempt, code: str, back: str, now: datetime) -> Vouched:
        """Who came back with a code.

        Raises:
            ProviderError: where the code is worth nothing, or what comes for it is not what it must be.
        """
        return within(WITHIN, lambda: self._who(attempt, code, back, now))

    def _who(self, attempt: Attempt, code: str, back: str, now: datetime) -> Vouched:
        about, keys = self._about(now)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": self.client,
            "code_verifier": attempt.verifier,
        }
        auth: tuple[str, str] | None = None
        if "client_secret_post" in about.get("token_endpoint_auth_methods_supported", ()):
            form["client_secret"] = self.client_secret
        else:
            auth = quote(self.client, safe=""), quote(self.client_secret, safe="")
        token = self.asker.post(str(about["token_endpoint"]), form, auth).get("id_token")
        if not isinstance(token, str):
            raise ProviderError("it gave no identity")
        try:
            claims = self._claims(token, keys, attempt, now)
        except JoseError:  # perhaps its keys are others by now
            self._known = None
            claims = self._claims_or_refuse(token, self._about(now)[1], attempt, now)
        return self._vouched(claims)

    def _claims_or_refuse(self, token: str, keys: KeySet, attempt: Attempt, now: datetime) -> dict[str, Any]:
        try:
            return self._claims(token, keys, attempt, now)
        except JoseError as error:
            raise ProviderError(f"its identity does not hold: {type(error).__name__}") from None

    def _claims(self, token: str, keys: KeySet, attempt: Attempt, now: datetime) -> dict[str, Any]:
        try:
            found = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
            options = {
                "iss": {"essential": True, "value": self.issuer},
                "aud": {"essential": True, "value": self.client},
                "nonce": {"essential": True, "value": attempt.nonce},
            }
            params = {"nonce": attempt.nonce, "client_id": self.client}
            claims = CodeIDToken(found.claims, found.header, options, params)
            claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ProviderError(f"its identity cannot be read: {type(error).__name__}") from None
        return dict(claims)

    def _vouched(self, claims: dict[str, Any]) -> Vouched:
        subject, address = claims.get("sub"), claims.get("email")
        if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isprintable():
            raise ProviderError("it names nobody")
        sure = claims.get("email_verified") is True or self.trusts_email
        known = sure and isinstance(address, str) and address.isprintable()
        return Vouched(subject=subject, address=address if known else None)

    def _about(self, now: datetime) -> tuple[dict[str, Any], KeySet]:
        """What it says of itself, and its keys; asked again each hour."""
        with self._lock:
            known = self._known
        if known is not None and now - known[0] < _KEPT:
            return known[1], known[2]
        about = self.asker.get(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != self.issuer:
            raise ProviderError("it names itself otherwise than AARSHJUL_OIDC_ISSUER")
        if not is_safe(str(about.get("authorization_endpoint", ""))):
            raise ProviderError("it has no safe address to log in at")
        try:
            keys = KeySet.import_key_set({"keys": self.asker.get(str(about.get("jwks_uri")))["keys"]})
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            raise ProviderError("its keys cannot be read") from None
        with self._lock:
            self._known = (now, about, keys)
        return about, keys


def name_of(settings: Settings) -> str:
    """What the button says that leads there; empty where there is no provider."""
    return settings.oidc_name if provider_of(settings) is not None else ""


def provider_of(settings: Settings) -> Provider | None:
    """The provider of an installation; None where none is set, or not wholly."""
    issuer, client, secret = settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret
    if not issuer or not client or secret is None or not is_safe(issuer):
        return None
    return Provider(
        issuer=issuer,
        client=client,
        client_secret=secret.get_secret_value(),
        trusts_email=settings.oidc_trust_email,
        asker=Asker(issuer=issuer, ca_file=settings.ca_file),
    )
