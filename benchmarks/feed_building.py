"""How much it costs to make a feed of 1,000 events from rows, against icalendar alone making the same events.

    uv run python -m benchmarks.feed_building

The bound has its values in memory, and does nothing but build the same calendar with icalendar and write it; both are
compared, event by event, before anything is measured. Measured is what a request pays where no bytes are kept: the
queries, the words, the values with their checks, the bytes.
"""

import argparse
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event
from sqlalchemy import Engine

from aarshjul.acts.importing import import_cycle
from aarshjul.acts.perform import perform
from aarshjul.core.cycle import Kind, Phase
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.read import read_cycle
from benchmarks.measure import as_table, in_turn, verdict
from calendars.choice import Choice
from calendars.scope import Scope
from calendars.subscription_feed import scope_feed
from calendars.zones import vtimezone
from models.engine import open_engine, reading, upgrade, writing

EVENTS, TURNS = 1000, 9
LIMIT = 1.2
NOW = datetime(2022, 4, 1, 6, tzinfo=UTC)
ZONE = "Europe/Copenhagen"
WHOLE = Scope(of="cycle", cycle_id="b")
URL = "https://aarshjul.example.org"


def cycle_file(events: int) -> str:
    """A cycle of meetings, deadlines and decisions, spread over the months and the phases."""
    lines = [
        "format: aarshjul/cycle@1\nid: b\ntitle: Resultatkontrakt 2023\ncontract_year: 2023",
        "holder: Erhvervshus Nordjylland\ncouncil: KKR Nordjylland\npeople:",
        "  - {id: k, name: Koordinator, email: k@example.org, roles: [coordinator]}\nmilestones:",
    ]
    kinds, phases = tuple(Kind), tuple(Phase)
    for number in range(events):
        kind = kinds[number % 3]
        times = "" if kind is Kind.DEADLINE else ', at: "10:00", ends: "12:00", place: "Aalborg, sal 1"'
        lines.append(
            f"  - {{id: m{number}, title: 'Møde {number}; om målene, igen', phase: {phases[number % 6]}, kind: {kind}, "
            f"on: 2022-{4 + number % 9:02}-{1 + number % 28:02}{times}, for: [board, council], owed_by: [council]}}"
        )
    return "\n".join(lines)


def seeded(folder: Path, events: int) -> Engine:
    """An installation with that cycle, activated."""
    file = folder / "b.cycle.yaml"
    file.write_text(cycle_file(events), encoding="utf-8")
    engine = open_engine(f"sqlite:///{folder / 'b.db'}")
    upgrade(engine)
    with writing(engine) as session:
        import_cycle(session, read_cycle(str(file)), None, NOW)
    perform(engine, "b", "k", "activate", parse_act("activate", {}), NOW)
    return engine


def from_rows(engine: Engine, choice: Choice) -> bytes:
    """The whole way."""
    with reading(engine) as session:
        return scope_feed(session, WHOLE, choice, None, URL)


def values_of(data: bytes) -> tuple[list[tuple[str, Any]], list[dict[str, Any]]]:
    """The plain values of a feed: of the calendar, and of each event; an alarm stands under VALARM."""
    calendar = Calendar.from_ical(data)
    events = []
    for event in calendar.walk("VEVENT"):
        values = {name: _plain(value) for name, value in event.property_items(recursive=False, sorted=False)}
        values = {name: value for name, value in values.items() if name not in {"BEGIN", "END"}}
        for alarm in event.walk("VALARM"):
            values["VALARM"] = {name: _plain(value) for name, value in alarm.items()}
        events.append(values)
    return [(name, _plain(value)) for name, value in calendar.items()], events


def _plain(value: Any) -> Any:
    if hasattr(value, "cats"):
        return [str(each) for each in value.cats]
    plain = getattr(value, "dt", None)
    if isinstance(plain, datetime) and plain.tzinfo is not None:
        return plain.astimezone(ZoneInfo(ZONE)) if plain.tzinfo is not UTC else plain
    return plain if plain is not None else value if isinstance(value, int) else str(value)


def bare(head: list[tuple[str, Any]], events: list[dict[str, Any]]) -> bytes:
    """The same calendar by icalendar."""
    calendar = Calendar()
    for name, value in head:
        calendar.add(name, value)
    calendar.add_component(vtimezone(ZONE))
    for values in events:
        event = Event()
        for name, value in values.items():
            if name == "VALARM":
                alarm = Alarm()
                for of_alarm, each in value.items():
                    alarm.add(of_alarm, each)
                event.add_component(alarm)
            else:
                event.add(name, value)
        calendar.add_component(event)
    return bytes(calendar.to_ical(sorted=False))


def main() -> int:
    """Prints the table; 1 where the limit does not hold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--repeats", type=int, default=TURNS)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        engine = seeded(Path(folder), asked.events)
        ratios = [_measured(engine, choice, asked.repeats) for choice in (Choice(), Choice(alarms=True))]
        engine.dispose()
    rows = [
        (name, f"{bound * 1000:.1f}", f"{ours * 1000:.1f}", f"{ours / bound:.2f}")
        for name, bound, ours in ratios
    ]
    print(as_table((f"{asked.events} events", "icalendar, ms", "from rows, ms", "ratio"), rows))
    worst = max(ours / bound for _, bound, ours in ratios)
    print(verdict("a feed from rows against bare icalendar", worst, LIMIT))
    return int(worst > LIMIT)


def _measured(engine: Engine, choice: Choice, repeats: int) -> tuple[str, float, float]:
    data = from_rows(engine, choice)
    head, events = values_of(data)
    if values_of(bare(head, events))[1] != events:
        raise ValueError("the bound and the feed disagree")
    bound, ours = in_turn([partial(bare, head, events), partial(from_rows, engine, choice)], repeats)
    return choice.text, bound, ours


if __name__ == "__main__":
    sys.exit(main())
