"""All calendars that a played year has, under a name each, with what a reader must find in them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import col, select

from models.cycle import Cycle
from models.engine import reading
from tests.interop import meaning
from tests.interop.homes import Home
from tests.interop.readers import Seen


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A calendar that we wrote.

    Attributes:
        meant: every milestone in it; other entries (phases, tasks) all readers must read alike.
    """

    file: str
    raw: bytes
    meant: tuple[Seen, ...]


def invitations(home: Home, engine: Engine) -> Iterator[Written]:
    """What was mailed during the year."""
    for mail, seen in meaning.mailed(engine, home.mailed()):
        yield Written(file=seen.file, raw=mail.raw, meant=(seen,))


def left_feeds(home: Home, engine: Engine) -> Iterator[Written]:
    """What a played year leaves: the milestones of each role, and all of them."""
    with reading(engine) as session:
        language = session.exec(select(col(Cycle.language))).one()
    entries = meaning.standing(engine)
    for path in sorted((home.folder / "calendars").glob("*.ics")):
        shown = [each for each in entries if path.stem in ("all", *each.roles)]
        file = f"left-{path.name}"
        yield Written(
            file=file, raw=path.read_bytes(), meant=tuple(each.seen(file, language) for each in shown)
        )


PRODUCERS: tuple[Callable[[Home, Engine], Iterator[Written]], ...] = (invitations, left_feeds)
"""A new kind of calendar joins here."""


def everything(home: Home) -> list[Written]:
    """Every calendar of a year."""
    engine = home.engine()
    try:
        return [written for produce in PRODUCERS for written in produce(home, engine)]
    finally:
        engine.dispose()
