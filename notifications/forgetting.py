"""Forgetting what is kept for a time only: links, codes and sessions that ended, with the files of their mails."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from models.codes import sweep_codes
from models.engine import reading, writing
from models.lasting import anything_old
from models.logins import sweep

FOLDER = "login-mail"  # beside `mail`, which holds what a cycle sent and nothing else
LINK_SUFFIX, CODE_SUFFIX = ".eml", ".code.eml"


def forget(engine: Engine, home: Path, now: datetime) -> None:
    """Forget all whose time is over; where there is nothing of the kind, no lock is taken."""
    with reading(engine) as session:
        if not anything_old(session, now):
            return
    with writing(engine) as session:
        links, codes = sweep(session, now), sweep_codes(session, now)
    _tidy(home, links, LINK_SUFFIX)
    _tidy(home, codes, CODE_SUFFIX)


def _tidy(home: Path, numbers: Iterable[int], suffix: str) -> None:
    """Mails with links and codes that have ended need not lie about."""
    for number in numbers:
        (home / FOLDER / f"{number:05d}{suffix}").unlink(missing_ok=True)
