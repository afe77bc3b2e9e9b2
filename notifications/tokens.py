"""Texts in links that say something and that we wrote it: letters, digits, `-`, `_` and one dot."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

LONGEST = 600
_MAC_BYTES = 16
_BETWEEN = "\0"  # in no id


def signed(secret: bytes, purpose: bytes, *parts: str) -> str:
    """The token of some parts, for one purpose: what the same key signs for another is none. The same gives the same."""
    named = _BETWEEN.join(parts).encode()
    mac = hmac.digest(secret, purpose + named, sha256)[:_MAC_BYTES]
    return f"{_as_text(named)}.{_as_text(mac)}"


def read_signed(secret: bytes, purpose: bytes, token: str) -> tuple[str, ...] | None:
    """The parts of a token that `signed` wrote with this secret for this purpose; None for anything else.

    It takes as long for a token that is nearly right as for one that is not.
    """
    if len(token) > LONGEST or not token.isascii():
        return None
    try:
        parts = tuple(_as_bytes(token.partition(".")[0]).decode().split(_BETWEEN))
    except ValueError:
        return None
    # Written anew and compared whole: base64 has several ways to say the same, of which ours is one.
    return parts if hmac.compare_digest(signed(secret, purpose, *parts).encode(), token.encode()) else None


def _as_text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _as_bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
