"""Played years: the example's, and those that seeds invented; each played once, whichever test asks first."""

import fcntl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import cast

from sqlalchemy import Engine

from aarshjul.files.script import Script, read_script
from models.engine import open_engine
from tests.interop.generated import SEEDS, write
from tests.story.plain import play

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = "example"


def _example(_folder: Path) -> Script:
    name = "nordjylland-2023"
    return read_script(EXAMPLES / f"{name}.cycle.yaml", EXAMPLES / f"{name}.acts.yaml")


def _seed(number: int) -> Callable[[Path], Script]:
    return lambda folder: write(SEEDS[number], folder)


YEARS: dict[str, Callable[[Path], Script]] = {EXAMPLE: _example} | {
    seed.name: _seed(number) for number, seed in enumerate(SEEDS)
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailed:
    """A calendar that went by mail: to whom, which duties it serves, from whom, and its bytes."""

    number: int
    to: str
    sender: str
    duties: tuple[str, ...]
    raw: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Home:
    """The folder of a played year."""

    name: str
    folder: Path

    def engine(self) -> Engine:
        """Its record; the caller disposes of it."""
        return open_engine(f"sqlite:///{self.folder / 'aarshjul.db'}")

    def mailed(self) -> list[Mailed]:
        """Every calendar that was mailed, in the order of the mails."""
        found = []
        for path in sorted((self.folder / "mail").glob("*.eml")):
            message = BytesParser(policy=default).parsebytes(path.read_bytes())
            for part in message.walk():
                if part.get_content_type() == "text/calendar":
                    found.append(
                        _mailed(int(path.stem), message, cast("bytes", part.get_payload(decode=True)))
                    )
        return found


def _mailed(number: int, message: EmailMessage, raw: bytes) -> Mailed:
    return Mailed(
        number=number,
        to=message["To"].addresses[0].addr_spec,
        sender=message["From"].addresses[0].addr_spec,
        duties=tuple(message.get_all("X-Aarshjul-Duty", ())),
        raw=raw,
    )


def played(name: str, folder: Path) -> Home:
    """The year of that name, played in a folder that all processes of a test run share."""
    home = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / f"{name}.done"
        if not done.exists():
            play(YEARS[name](folder), home)
            done.touch()
    return Home(name=name, folder=home)
