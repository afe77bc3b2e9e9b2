"""Where a year can stand when somebody acts."""

from pathlib import Path

from sqlalchemy import Engine

from tests.world import YEAR, World


def draft(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """A cycle that is not activated yet; `ob` stands in for three, and `gone` has left."""
    world = World(engine=engine, folder=folder, text=text)
    for person in ("b1", "c1", "w1"):
        world.act("2022-04-02", "co", "delegate", person=person, to="ob")
    world.act("2022-04-02", "co", "leave", person="gone")
    return world


def active(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """It runs, and the invitations are out."""
    world = draft(engine, folder, text)
    world.act("2022-05-02 06:00", "co", "activate")
    world.round("2022-05-02")
    return world


def scored(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """The results are in, and a final score was made in June."""
    world = active(engine, folder, text)
    world.act("2022-05-10", "w1", "record-result", indicator="1a", actual="60", source="ERST")
    world.act("2022-05-11", "holder", "record-result", indicator="1b", actual="40", source="ERST")
    world.until("2022-06-10")
    return world


def submitted(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """A version lies before the parties."""
    world = active(engine, folder, text)
    world.act("2022-09-29", "holder", "submit-draft", text="Mål 1")
    world.round("2022-09-30")
    return world


def discussed(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """It was before the dialogue meeting."""
    world = submitted(engine, folder, text)
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    return world


def board_approved(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """The board has approved it."""
    world = discussed(engine, folder, text)
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="approved")
    return world


def council_approved(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """So has the council."""
    world = board_approved(engine, folder, text)
    world.act("2023-02-10 11:00", "c1", "decide", body="council", outcome="approved")
    return world


SITUATIONS = {
    each.__name__: each
    for each in (draft, active, scored, submitted, discussed, board_approved, council_approved)
}
