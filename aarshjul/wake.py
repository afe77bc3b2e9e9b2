"""Waking the running installation: one small HTTP request to its Prefect server, without importing Prefect."""

import base64
import json
import os
import urllib.request
from dataclasses import asdict, dataclass
from http.client import HTTPException
from pathlib import Path
from uuid import uuid4

from aarshjul import clock

ROUND_WANTED = "aarshjul.round-wanted"  # the event that the round's deployment is triggered by
PATIENCE = 1.0  # seconds: whoever acted should not wait for a machine that does not answer
_WHERE = Path("prefect", "address.json")


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where a running installation's Prefect API is (`http://127.0.0.1:4200/api`), and `user:password` for it."""

    api: str
    auth: str | None = None

    def headers(self) -> dict[str, str]:
        """What each request to the API carries."""
        basic = base64.b64encode((self.auth or "").encode()).decode()
        return {"Content-Type": "application/json"} | (
            {"Authorization": f"Basic {basic}"} if self.auth else {}
        )


def leave_address(home: Path, address: Address) -> None:
    """Write where the installation answers, readable by its owner alone, and whole or not at all."""
    target = home / _WHERE
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(address), file)
    draft.replace(target)


def forget_address(home: Path) -> None:
    """Take the address away: nothing answers there any longer."""
    (home / _WHERE).unlink(missing_ok=True)


def find_address(home: Path) -> Address | None:
    """Where the installation said that it answers; None where it never ran, stopped, or left something unreadable."""
    try:
        read = json.loads((home / _WHERE).read_text())
        return Address(api=read["api"], auth=read["auth"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def wake(home: Path) -> bool:
    """Ask the running installation for a round now; False where none took the request within a second.

    True means taken, not done: the round starts some seconds later, and sees whatever was written before this call.
    """
    address = find_address(home)
    return address is not None and _post(address, [_event(home)])


def _event(home: Path) -> dict[str, object]:
    return {
        "id": str(uuid4()),
        "occurred": clock.now().isoformat(),
        "event": ROUND_WANTED,
        "resource": {"prefect.resource.id": "aarshjul.installation", "aarshjul.home": home.name},
    }


def _post(address: Address, events: list[dict[str, object]]) -> bool:
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never through a proxy
    try:
        request = urllib.request.Request(  # noqa: S310 -- the address was written by ourselves
            f"{address.api}/events", json.dumps(events).encode(), address.headers(), method="POST"
        )
        with straight.open(request, timeout=PATIENCE) as answer:
            return bool(answer.status == 204)
    except (OSError, HTTPException, ValueError):
        return False
