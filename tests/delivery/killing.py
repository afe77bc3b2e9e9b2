"""Children that deliver and are killed: run as a module, so that nothing but this process is forked.

`python -m tests.delivery.killing URL HOME PORT CA_FILE SEED` kills a child at each of `kills_of(SEED)` in turn, lets
the last one come to its end, and prints how each of them ended.
"""

import json
import os
import random
import signal
import smtplib
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy.orm.session import SessionTransaction

from aarshjul.settings import Settings
from models.engine import open_engine
from notifications.channels import way_of
from notifications.outbox import deliver_batch
from tests.servers.smtp import PASSWORD, USER
from tests.story.driver import ended, in_a_child

NOW = datetime.fromisoformat("2025-03-14T07:00:00+01:00")
BEFORE, AFTER = "before", "after"
KILLS = (
    (SessionTransaction, "commit", BEFORE, 1),
    (SessionTransaction, "commit", AFTER, 1),
    (smtplib.SMTP, "getreply", AFTER, 9),  # within the first mail
    (smtplib.SMTP, "send", AFTER, 44),  # a body is on its way
    (smtplib.SMTP, "getreply", AFTER, 84),
    (SessionTransaction, "commit", BEFORE, 4),
    (SessionTransaction, "commit", AFTER, 4),
    (smtplib.SMTP, "send", BEFORE, 61),
    (smtplib.SMTP, "getreply", BEFORE, 48),
    (smtplib.SMTP, "send", AFTER, 92),
)
"""Ten places at which a process may end, each with the count of calls after which it does."""

Kill = tuple[Any, str, str, int]


def kills_of(seed: int) -> tuple[Kill, ...]:
    """The picked places for 0, else as many that a seed picks."""
    if seed == 0:
        return KILLS
    dice = random.Random(seed)  # noqa: S311 -- the same places each time
    places = ((SessionTransaction, "commit", 5), (smtplib.SMTP, "send", 50), (smtplib.SMTP, "getreply", 90))
    return tuple(
        (owner, name, dice.choice((BEFORE, AFTER)), dice.randint(1, most))
        for owner, name, most in dice.choices(places, k=len(KILLS))
    )


def kill_at(owner: Any, name: str, when: str, count: int) -> None:
    """From now on this process dies, as by a power cut, before or after the count-th call of something."""
    whole: Callable[..., Any] = getattr(owner, name)
    left = [count]

    def wrapped(*args: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and when == BEFORE:
            os.kill(os.getpid(), signal.SIGKILL)
        result = whole(*args, **named)
        if left[0] == 0 and when == AFTER:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, wrapped)


def deliver(url: str, settings: Settings) -> None:
    """What the flow does with a channel."""
    engine = open_engine(url)
    while deliver_batch(engine, "email", way_of(settings, "email"), NOW).go_on:
        pass


def main(url: str, home: str, port: str, ca_file: str, seed: str) -> None:
    """Kill them all, one after the other."""
    settings = Settings(
        home=Path(home),
        secret=SecretStr("for tests, and long enough for one"),
        smtp_host="localhost",
        smtp_port=int(port),
        smtp_user=USER,
        smtp_password=SecretStr(PASSWORD),
        ca_file=Path(ca_file),
    )
    ends = [ended(in_a_child(partial(_killed, kill, url, settings))) for kill in kills_of(int(seed))]
    ends.append(ended(in_a_child(partial(deliver, url, settings))))
    print(json.dumps(ends), flush=True)  # noqa: T201 -- what the test reads


def _killed(kill: Kill, url: str, settings: Settings) -> None:
    kill_at(*kill)
    deliver(url, settings)


if __name__ == "__main__":
    main(*sys.argv[1:])
