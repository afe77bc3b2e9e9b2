"""Asking the provider of logins: its own host alone, small answers, and never longer than somebody waits."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests

from notifications.trust import is_loopback

LARGEST = 500_000
WITHIN = 8.0  # seconds for all that is asked for one login
_EACH = 4.0
Found = TypeVar("Found")


class ProviderError(Exception):
    """The provider did not answer, or not as it must; what exactly is for the operator, not for who logs in."""


def is_safe(address: str) -> bool:
    """Whether an address is https, or stays on this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """Asks one host."""

    issuer: str
    ca_file: Path | None = None

    def get(self, address: str) -> dict[str, Any]:
        """The JSON object at an address of the provider."""
        return self._object(address, None, None)

    def post(self, address: str, form: dict[str, str], auth: tuple[str, str] | None) -> dict[str, Any]:
        """What it answers to a form."""
        return self._object(address, form, auth)

    def _object(
        self, address: str, form: dict[str, str] | None, auth: tuple[str, str] | None
    ) -> dict[str, Any]:
        ours, theirs = urlsplit(self.issuer), urlsplit(address)
        if not is_safe(address) or (ours.scheme, ours.netloc) != (theirs.scheme, theirs.netloc):
            raise ProviderError(f"{address[:200]} is not at the host of AARSHJUL_OIDC_ISSUER")
        try:
            with (
                requests.Session() as session,
                session.request(
                    "GET" if form is None else "POST",
                    address,
                    data=form,
                    auth=auth,
                    headers={"Accept": "application/json", "Accept-Encoding": "identity"},
                    timeout=_EACH,
                    stream=True,
                    allow_redirects=False,
                    verify=str(self.ca_file) if self.ca_file else True,
                ) as answer,
            ):
                content = answer.raw.read(LARGEST + 1, decode_content=False)
                status = answer.status_code
        except (requests.RequestException, OSError) as error:
            raise ProviderError(f"{theirs.hostname} did not answer: {type(error).__name__}") from None
        if status != requests.codes.ok or len(content) > LARGEST:
            raise ProviderError(f"{theirs.hostname} answered {status} with {len(content)} bytes")
        return _parsed(content)


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ProviderError("its answer is no JSON object")
    return found


def within(seconds: float, ask: Callable[[], Found]) -> Found:
    """What is asked for, if it comes in time: a provider that sends a byte a second keeps nobody waiting.

    Raises:
        ProviderError: where it does not.
    """
    box: list[Found | ProviderError] = []

    def run() -> None:
        try:
            box.append(ask())
        except ProviderError as error:
            box.append(error)
        except Exception as error:  # noqa: BLE001 -- what it sent may be anything; nobody is logged in by it
            box.append(ProviderError(f"its answer cannot be used: {type(error).__name__}"))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if not box:
        raise ProviderError("it took too long")
    if isinstance(box[0], ProviderError):
        raise box[0]
    return box[0]
