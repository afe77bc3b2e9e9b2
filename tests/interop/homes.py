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

from aarshjul.files.script import read_script
from models.engine import open_engine, upgrade
from tests.interop.generated import SEEDS, Seed, write
from tests.rounds.houses import FIRST, SECOND, Houses
from tests.story.plain import play

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = "example"


def _play_example(_folder: Path, home: Path) -> None:
    name = "nordjylland-2023"
    play(read_script(EXAMPLES / f"{name}.cycle.yaml", EXAMPLES / f"{name}.acts.yaml"), home)


def _play_seed(seed: Seed) -> Callable[[Path, Path], None]:
    def play_it(folder: Path, home: Path) -> None:
        play(write(seed, folder), home)

    return play_it


def _play_two_houses(_folder: Path, home: Path) -> None:
    """Two cycles whose approvals one real meeting carries; it moves, one goes, one comes, and one house takes it off."""
    home.mkdir()
    engine = open_engine(f"sqlite:///{home / 'aarshjul.db'}")
    try:
        upgrade(engine)
        houses = Houses(engine=engine, folder=home)
        houses.activate("2023-01-02")
        for day, do, cycle, fields in CHANGES:
            houses.act(f"{day} 06:00", "co", do, cycle, **fields)
            houses.round(day)
    finally:
        engine.dispose()


CHANGES: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("2023-01-05", "move", SECOND, {"to": "2023-02-24", "at": "13:30", "ends": "15:00"}),
    ("2023-01-09", "leave", SECOND, {"person": "only-west"}),
    ("2023-01-12", "join", SECOND, {"person": "only-west"}),
    ("2023-01-16", "move", FIRST, {"place": "Hobro; sal 2"}),
    ("2023-01-19", "cancel", FIRST, {}),
)
YEARS: dict[str, Callable[[Path, Path], None]] = {EXAMPLE: _play_example} | {
    seed.name: _play_seed(seed) for seed in SEEDS
}
TWO_HOUSES = "two-houses"
HOMES = YEARS | {TWO_HOUSES: _play_two_houses}


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
            HOMES[name](folder, home)
            done.touch()
    return Home(name=name, folder=home)
