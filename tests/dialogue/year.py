"""A year with a structured draft that a working group comments on and a dialogue meeting discusses."""

from pathlib import Path

from sqlalchemy import Engine

from aarshjul.acts.importing import import_cycle  # noqa: F401 -- read by the world
from tests.acts.situations import active
from tests.world import YEAR, World

DRAFT = """\
format: aarshjul/draft@1
title: Kontrakt 2023
goals:
  - id: "9"
    title: Grønne planer
    level: regional
    focus: Grøn omstilling
    text: "Virksomheder får en plan, **sammen** med kommunen."
    indicators:
      - {id: 9a, title: Virksomheder med en plan, rule: {at_least: 75}, source: Sagssystem, owner: holder}
      - {id: 9b, title: Opfølgninger, rule: {at_least: 30}}
  - id: "11"
    title: Iværksættere
    level: regional
    indicators:
      - {id: 11a, title: Nye virksomheder, rule: {at_least: 100}, source: Registret, owner: holder}
  - id: "10"
    title: Energi
    level: regional
    focus: Grøn omstilling
    indicators:
      - {id: 10a, title: Besparelse, rule: {at_least: 5}, source: Sagssystem, owner: holder}
"""
NEWER = DRAFT.replace("at_least: 75", "at_least: 80")


def drafted(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """The first version lies before the working group."""
    world = active(engine, folder, text)
    world.act("2022-09-29", "holder", "submit-draft", text=DRAFT)
    world.round("2022-09-30")
    return world


def consulted(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """The working group has said what it thinks: two threads, one with a reply, and three positions."""
    world = drafted(engine, folder, text)
    world.act("2022-10-03 09:00", "w1", "comment", text="Hvem **leverer** tallene?", indicator="9b")
    world.act("2022-10-03 10:00", "holder", "comment", text="Det gør kommunerne.", reply_to="1")
    world.act("2022-10-04 09:00", "w2", "comment", text="Et godt udkast.")
    world.act(
        "2022-10-04 10:00", "w1", "respond", position="agrees-with-remarks", remarks="Kilden til 9b mangler"
    )
    world.act("2022-10-05 10:00", "co", "respond", position="objects", remarks="For lavt mål", person="w2")
    world.act("2022-10-05 11:00", "bc", "respond", position="agrees")
    return world


def minuted(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """The dialogue meeting was held and wants three changes, of which one is made and one declined."""
    world = consulted(engine, folder, text)
    world.act("2022-10-20", "cc", "answer", milestone="dialogue", reply="accepted")
    world.act("2022-10-20", "c1", "answer", milestone="dialogue", reply="declined")
    area = {"milestone": "dialogue", "area": "Grøn omstilling"}
    said = "Parterne drøftede målene.\n\n- Ambitionen er **rigtig**\n- Kilden mangler"
    changes = ["Måltallet for 9a hæves til 80, i hele landsdelen", "Kilden til 9b nævnes"]
    world.act("2022-11-18 11:00", "co", "minute", **area, said=said, goal="9", change=changes)
    world.act(
        "2022-11-18 11:20",
        "co",
        "minute",
        milestone="dialogue",
        area="Iværksættere",
        said="Ingen bemærkninger.",
    )
    world.act(
        "2022-11-18 11:30",
        "co",
        "minute",
        milestone="dialogue",
        area="Andet",
        said="Teksten skal gås igennem.",
        change="Sproglig gennemgang",
    )
    world.act(
        "2022-11-18 12:30", "co", "hold", milestone="dialogue", minutes="Sag 22/1", present="bc,b1,cc,ob,w1"
    )
    world.act("2022-11-18 13:00", "holder", "settle-comment", comment="1", outcome="accepted")
    world.act("2022-11-21 13:00", "holder", "submit-draft", text=NEWER, base="1", message="Måltal 9a")
    world.act("2022-11-21 13:10", "holder", "settle-task", task="1", outcome="done")
    world.act(
        "2022-11-21 13:20", "co", "settle-task", task="3", outcome="declined", reason="Sker ved trykning"
    )
    return world
