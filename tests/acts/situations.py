"""Where a year can stand when somebody acts."""

from pathlib import Path

from sqlalchemy import Engine

from aarshjul.acts.national import import_national
from aarshjul.files.national_file import national_from_text
from models.engine import writing
from tests.builders import at
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


def commented(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """Somebody has said something about it."""
    world = submitted(engine, folder, text)
    world.act("2022-09-30 12:00", "w2", "comment", text="Hvad med mål 2?")
    return world


def minuted(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """The dialogue meeting wants a change, and has not ended."""
    world = submitted(engine, folder, text)
    world.act(
        "2022-11-18 11:00", "co", "minute", milestone="dialogue", area="Mål 1", said="Drøftet", change="Nyt"
    )
    return world


def discussed(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """It was before the dialogue meeting."""
    world = submitted(engine, folder, text)
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    return world


OWN_GOALS = """format: aarshjul/draft@1
goals:
  - {id: "9", title: Retning, text: Samler, indicators: [{id: 9a, rule: {yes_no: true}, owner: holder, source: S}]}
"""
NATIONAL_GOALS = """format: aarshjul/national-goals@1
id: national
title: Nationale mål
years: [2023, 2026]
goals:
  - {id: "1", title: Kendskab, indicators: [{id: 1a, rule: {at_least: 45}, owner: holder, source: S}]}
levels:
  Erhvervshus:
    1a: {rule: {at_least: 47}, baseline: 40}
"""


def structured(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """A draft with goals lies before the parties, and national goals have come since."""
    world = active(engine, folder, text)
    world.act("2022-09-29", "holder", "submit-draft", text=OWN_GOALS)
    with writing(engine) as session:
        import_national(session, national_from_text(NATIONAL_GOALS, "national.yaml"), at("2022-10-01"))
    return world


def board_approved(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """The board has approved it."""
    world = discussed(engine, folder, text)
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="approved")
    return world


CONDITION = "[{text: Mål 3 følges op, owner: w1, due: 2023-03-10}]"


def conditioned(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """The board has approved it with a condition that the working group's `w1` sees to."""
    world = discussed(engine, folder, text)
    fields = {"outcome": "approved-with-conditions", "conditions": CONDITION}
    world.act("2023-02-10 09:30", "b1", "decide", body="board", **fields)
    return world


def council_approved(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """So has the council."""
    world = board_approved(engine, folder, text)
    world.act("2023-02-10 11:00", "c1", "decide", body="council", outcome="approved")
    return world


SITUATIONS = {
    each.__name__: each
    for each in (
        draft,
        active,
        scored,
        submitted,
        structured,
        commented,
        minuted,
        discussed,
        board_approved,
        conditioned,
        council_approved,
    )
}


def kinds(heard: list[str], kind: str) -> list[str]:
    """Who got messages of a kind: `milestone person`."""
    parts = [key.split("/") for key in heard]
    return [f"{part[0]} {part[-1]}" for part in parts if part[2] == kind]
