"""Prefect's server as a child of ours: started before Prefect is imported here, so that both go on at once.

Enter `running_server` first and import flows inside it: Prefect reads its settings when it is first imported.
"""

import os
import secrets
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from time import monotonic

from aarshjul.core.errors import Refused
from aarshjul.wake import Address
from flows.child import Child
from flows.settings import (
    Use,
    as_variables,
    cache_folder,
    prefect_home,
    prefect_settings,
    quiet_environment,
    without_prefect,
)
from flows.template import DATABASE, keep_template, take_template

PATIENCE = (
    150.0  # seconds until a server must answer: the first start on a slow machine migrates its database
)
_LOOK_AGAIN = 0.03  # seconds between two looks whether it answers


class ServerDidNotStart(Refused):
    """Prefect's server did not start; the end of its log says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RunningServer:
    """A server that answers.

    Attributes:
        address: its API, and the secret for it.
        child: its process.
        environment: what another process needs in its environment to use it; a whole environment, secret included.
    """

    address: Address
    child: Child
    environment: dict[str, str]


@contextmanager
def running_server(
    home: Path, *, use: Use = "played", port: int = 0, patience: float = PATIENCE
) -> Iterator[RunningServer]:
    """A Prefect server on the machine's own loopback, and this process's Prefect set to use it.

    Args:
        home: the installation whose `prefect` folder it works in.
        use: `played` for a year played and gone, `up` for an installation that stays up.
        port: 0 for any that is free.
        patience: seconds within which it must answer.

    One at a time in a process: flows within a second one would be told to the first.

    Raises:
        ServerDidNotStart: where it died or did not answer in time.
    """
    auth = f"aarshjul:{kept_secret(home) if use == 'up' else secrets.token_urlsafe(32)}"
    variables = quiet_environment(home, use)
    variables |= as_variables({"server.api.auth_string": auth, "api.auth_string": auth})
    cache = cache_folder(os.environ)
    fresh = not take_template(cache, prefect_home(home)) and not (prefect_home(home) / DATABASE).exists()
    child = _spawn(home, variables, cache, port)
    try:
        address = Address(api=f"http://127.0.0.1:{child.first_line()}/api", auth=auth)
        with _only(variables | as_variables({"api.url": address.api})):
            import prefect  # noqa: F401, PLC0415 -- takes nearly as long as the server takes to start

            _wait(child, address, patience)
            if fresh:
                keep_template(cache, prefect_home(home))
            with _prefect_uses(home, use, address):
                yield RunningServer(address=address, child=child, environment=dict(os.environ))
    finally:
        child.stop()


def _spawn(home: Path, variables: dict[str, str], cache: Path, port: int) -> Child:
    environment = without_prefect(os.environ) | variables
    if sys.dont_write_bytecode:  # compiling all of Prefect at each start takes longer than starting it
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(cache / "compiled")
    return Child(
        ["-m", "flows.server_process", str(port)],
        environment=environment,
        log=prefect_home(home) / "server.log",
        folder=_made(prefect_home(home)),
    )


def _wait(child: Child, address: Address, patience: float) -> None:
    until = monotonic() + patience
    while child.alive and monotonic() < until:
        if answers(address):
            return
        threading.Event().wait(_LOOK_AGAIN)
    why = "did not answer in time" if child.alive else "stopped at once"
    raise ServerDidNotStart(f"Prefect's server {why}; its log, {child.log}, ends:\n{child.last_words()}")


def answers(address: Address) -> bool:
    """Whether a server at an address says that it is well."""
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with straight.open(f"{address.api}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException, ValueError):
        return False


@contextmanager
def _only(variables: dict[str, str]) -> Iterator[None]:
    """Have these variables and no others of Prefect's in our own environment, and put back what was there."""
    theirs = [name for name in os.environ if name.startswith("PREFECT_")]
    before = {name: os.environ.get(name) for name in (*theirs, *variables)}
    for name in theirs:
        del os.environ[name]
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _prefect_uses(home: Path, use: Use, address: Address) -> Iterator[None]:
    """Point this process's Prefect at a server, and let it finish what it has to tell it at the end."""
    from prefect.context import SyncClientContext  # noqa: PLC0415 -- see the module
    from prefect.events.worker import EventsWorker  # noqa: PLC0415
    from prefect.settings import temporary_settings  # noqa: PLC0415

    settings: dict[str, str | None] = {**prefect_settings(home, use)}
    settings |= {"api.url": address.api, "api.auth_string": address.auth}
    settings["flows.heartbeat_frequency"] = (
        None  # joining its thread costs a second a flow; unset by nothing else
    )
    with ExitStack() as stack:
        stack.enter_context(temporary_settings(updates=settings))
        stack.callback(EventsWorker.drain_all, timeout=10)  # what tasks did is told by events, from a thread
        stack.enter_context(SyncClientContext.get_or_create())  # one client for all runs, not one each
        yield


def kept_secret(home: Path) -> str:
    """The password of a home's Prefect API: made once, readable by its owner alone."""
    file = _made(prefect_home(home)) / "api.secret"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass
    return file.read_text().strip()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
