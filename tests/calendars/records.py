"""Records to make feeds of: cycles brought in, acts done in them, and what a part of it all looks like."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import icalendar
from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts.importing import import_cycle
from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.read import read_contract, read_cycle
from calendars.choice import NAMES, Choice
from calendars.scope import Scope
from calendars.subscription_feed import scope_feed
from models.engine import reading, writing
from tests.builders import at
from tests.world import YEARS, moment_of

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = "nordjylland-2023"
EVERYTHING = Choice(**dict.fromkeys(NAMES, True))
URL = "https://aarshjul.example.org"

SMALL = """format: aarshjul/cycle@1
id: {id}
title: {title}
contract_year: 2023
holder: {holder}
council: {council}
timezone: {zone}
language: {language}
people:
  - {{id: {id}-k, name: Koordinator, email: k@example.org, roles: [coordinator]}}
{people}
milestones:
{milestones}
"""

PEOPLE = (
    "id: ann, name: Ann, email: a@example.org, organisation: Kommunen, roles: [board-chair, panel]",
    "id: bo, name: Bo, email: b@example.org, organisation: Kommunen, roles: [holder]",
)
MILESTONES = (
    'id: open-house, title: A, phase: drafting, kind: meeting, on: 2022-06-01, at: "10:00", for: [board]',
    "id: papers, title: B, phase: drafting, kind: deadline, on: 2022-06-08, for: [subscriber], owed_by: [holder]",
    'id: panel-day, title: C, phase: dialogue, kind: meeting, on: 2022-06-15, at: "10:00", for: [panel]',
    "id: vote, title: D, phase: approval, kind: decision, on: 2022-06-22, owed_by: [subscriber, council]",
)


def small(*milestones: str, people: tuple[str, ...] = (), **facts: str) -> str:
    """A cycle file from the fields of its milestones and people; a coordinator called `ID-k` is in it."""
    known = {"id": "c", "title": "Kontrakt", "holder": "Hus", "council": "KKR", "language": "da"}
    known |= {"zone": "Europe/Copenhagen", **facts}
    return SMALL.format(**known, milestones=_listed(milestones), people=_listed(people))


def _listed(entries: tuple[str, ...]) -> str:
    return "\n".join(f"  - {{{entry}}}" for entry in entries)


def bring(engine: Engine, folder: Path, text: str, contract: bool = False) -> None:
    """Import a cycle file given as text."""
    file = folder / "brought.cycle.yaml"
    file.write_text(text, encoding="utf-8")
    presented = read_contract(str(YEARS / "small.contract.yaml")) if contract else None
    with writing(engine) as session:
        import_cycle(session, read_cycle(str(file)), presented, at("2022-04-01"))


def bring_example(engine: Engine) -> None:
    """Import the example year."""
    contract = read_contract(str(EXAMPLES / "nordjylland-2021-targets.contract.yaml"))
    with writing(engine) as session:
        import_cycle(session, read_cycle(str(EXAMPLES / f"{EXAMPLE}.cycle.yaml")), contract, at("2022-04-01"))


def act(engine: Engine, cycle: str, when: str, by: str, do: str, **fields: str) -> None:
    """Do an act; `from_` stands for `from`."""
    named: Mapping[str, str] = {name.rstrip("_"): value for name, value in fields.items()}
    moment: datetime = moment_of(when)
    perform(engine, cycle, by, do, parse_act(do, named), moment)


def of(text: str) -> Scope:
    """A scope in a word or three: `cycle c`, `role c board`, `public c`, `person p`, `organisation 1`."""
    kind, first, *rest = text.split()
    match kind:
        case "role":
            return Scope(of=kind, cycle_id=first, role=rest[0])
        case "person":
            return Scope(of=kind, person_id=first)
        case "organisation":
            return Scope(of=kind, organisation_id=int(first))
    return Scope(of=kind, cycle_id=first)


def shown(
    engine: Engine, scope: Scope | str, choice: Choice | str = "", language: str | None = None
) -> bytes:
    """A feed's bytes; the choice as text, or the milestones alone."""
    wanted = of(scope) if isinstance(scope, str) else scope
    chosen = Choice.parse(choice) if isinstance(choice, str) and choice else choice or Choice()
    assert isinstance(chosen, Choice)
    with reading(engine) as session:
        return scope_feed(session, wanted, chosen, language, URL)


def entries(raw: bytes, name: str = "VEVENT") -> dict[str, Any]:
    """The events (or tasks) by the part of their UID before the @, as icalendar reads them."""
    found = {}
    for component in icalendar.Calendar.from_ical(raw).walk(name):
        assert not component.errors, component.errors
        found[str(component["UID"]).partition("@")[0]] = component
    return found


def whole(session: Session, scope: Scope) -> bytes:
    """A feed with everything in it."""
    return scope_feed(session, scope, EVERYTHING, None, URL)
