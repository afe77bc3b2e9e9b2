"""The feeds of the example year and of an English one, in every scope and choice, as files to be read."""

from pathlib import Path

import pytest
import vobject
from sqlalchemy import Engine, select
from sqlmodel import col

from models.engine import open_engine, reading
from models.person import Organisation
from tests.calendars.items import parsed
from tests.calendars.records import EXAMPLE, act, bring, bring_example, shown, small
from tests.goldens import FOLDER, agrees

FEEDS = FOLDER / "calendars" / "feeds"
ALL = "meetings,deadlines,decisions,phases,tasks,alarms"
EXAMPLE_FEEDS = {
    "cycle": (f"cycle {EXAMPLE}", "", None),
    "cycle-in-english": (f"cycle {EXAMPLE}", "", "en"),
    "cycle-phases-alone": (f"cycle {EXAMPLE}", "phases", None),
    "role-board": (f"role {EXAMPLE} board", "", None),
    "role-of-its-own": (f"role {EXAMPLE} direktion", "meetings,deadlines", None),
    "person": ("person direktoer", ALL, None),
    "person-in-english": ("person kommunaldirektoer-b", "tasks", None),
    "person-who-left": ("person brn", ALL, None),
    "organisation": ("organisation Kommunerne", "meetings,alarms", None),
    "organisation-whose-cycle-it-is": ("organisation KKR", "decisions", None),
    "public": (f"public {EXAMPLE}", "", None),
}
ENGLISH = small(
    'id: survey, title: "Survey, second wave", phase: data-collection, kind: deadline, on: 2022-05-16, '
    "for: [holder], owed_by: [scrutiny], done_when: comment",
    'id: hearing, title: Public hearing, phase: dialogue, kind: meeting, on: 2022-10-27, at: "18:30", '
    'ends: "20:00", place: Town hall, status: tentative, for: [scrutiny, board]',
    'id: vote, title: The vote, phase: approval, kind: decision, on: 2022-11-17, at: "09:00", '
    "owed_by: [council], for: [subscriber]",
    "id: lost, title: Called off, phase: approval, kind: deadline, on: 2022-12-05, owed_by: [scrutiny]",
    people=("id: reader, name: Chair of scrutiny, email: r@example.org, roles: [scrutiny], language: en",),
    id="kent-2023",
    title="Outcomes agreement 2023",
    holder="Kent Growth House",
    council="Kent Leaders",
    zone="Europe/London",
    language="en",
)
ENGLISH_FEEDS = {
    "english-cycle": ("cycle kent-2023", "meetings,deadlines,decisions,phases,alarms", None),
    "english-person": ("person reader", ALL, None),
    "english-public-in-danish": ("public kent-2023", "", "da"),
}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Engine:
    """The example year in October: something done, something moved, something cancelled, somebody gone."""
    engine = _fresh(tmp_path_factory, sqlite_template)
    bring_example(engine)
    for when, by, do, fields in (
        ("2022-05-02", "koordinator", "activate", {}),
        ("2022-06-08", "direktoer", "done", {"milestone": "recommendation"}),
        ("2022-08-02", "koordinator", "cancel", {"milestone": "working-group-start", "reason": "Ferie"}),
        ("2022-08-29", "koordinator", "leave", {"person": "brn"}),
        ("2022-10-24", "koordinator", "confirm", {"milestone": "dialogue-meeting"}),
        (
            "2022-10-25",
            "koordinator",
            "move",
            {"milestone": "dialogue-meeting", "to": "2022-11-25", "place": "Hjørring"},
        ),
    ):
        act(engine, EXAMPLE, when, by, do, **fields)
    return engine


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Engine:
    """An English cycle on London's clocks, with a deadline that was called off."""
    engine = _fresh(tmp_path_factory, sqlite_template)
    bring(engine, tmp_path_factory.mktemp("english"), ENGLISH)
    act(engine, "kent-2023", "2022-05-02", "kent-2023-k", "activate")
    act(engine, "kent-2023", "2022-05-12", "reader", "done", milestone="survey")
    act(engine, "kent-2023", "2022-05-13", "kent-2023-k", "cancel", milestone="lost")
    return engine


def _fresh(folders: pytest.TempPathFactory, template: Path) -> Engine:
    file = folders.mktemp("feeds") / "aarshjul.db"
    file.write_bytes(template.read_bytes())
    return open_engine(f"sqlite:///{file}")


@pytest.mark.parametrize("name", sorted(EXAMPLE_FEEDS))
def test_a_feed_of_the_example_year_is_that_of_its_file(name: str, example: Engine) -> None:
    scope, choice, language = EXAMPLE_FEEDS[name]
    raw = shown(example, _numbered(example, scope), choice, language)
    assert agrees(FEEDS / f"{name}.ics", raw)


@pytest.mark.parametrize("name", sorted(ENGLISH_FEEDS))
def test_a_feed_of_an_english_year_is_that_of_its_file(name: str, english: Engine) -> None:
    scope, choice, language = ENGLISH_FEEDS[name]
    assert agrees(FEEDS / f"{name}.ics", shown(english, scope, choice, language))


def test_every_golden_feed_belongs_to_a_case() -> None:
    assert {path.stem for path in FEEDS.glob("*.ics")} == set(EXAMPLE_FEEDS) | set(ENGLISH_FEEDS)


@pytest.mark.parametrize("path", sorted(FEEDS.glob("*.ics")), ids=lambda path: path.stem)
def test_no_feed_names_a_person_or_an_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("\n ", "")
    assert "@example.org" not in text
    for name in (
        "Koordinator i",
        "Direktør for",
        "Formand for KKR",
        "Lokal erhvervschef",
        "Chair of scrutiny",
    ):
        assert name not in text


@pytest.mark.parametrize("path", sorted(FEEDS.glob("*.ics")), ids=lambda path: path.stem)
def test_two_readers_find_the_same_entries_at_the_same_moments(path: Path) -> None:
    raw = path.read_bytes()
    calendar = parsed(raw)
    assert not [each.errors for each in calendar.walk() if each.errors]
    mine = {str(each["uid"]): (each["dtstart"].dt, each["dtend"].dt) for each in calendar.walk("VEVENT")}
    due = {str(each["uid"]): each["due"].dt for each in calendar.walk("VTODO")}
    read = vobject.readOne(raw.decode())
    events, todos = read.contents.get("vevent", []), read.contents.get("vtodo", [])
    assert {each.uid.value: (each.dtstart.value, each.dtend.value) for each in events} == mine
    assert {each.uid.value: each.due.value for each in todos} == due
    assert sum(len(each.contents.get("valarm", [])) for each in events) == len(calendar.walk("VALARM"))


def _numbered(engine: Engine, scope: str) -> str:
    """Organisations by the beginning of their names."""
    kind, _, name = scope.partition(" ")
    if kind != "organisation":
        return scope
    with reading(engine) as session:
        found = session.scalars(select(Organisation).where(col(Organisation.name).startswith(name))).one()
        return f"organisation {found.id}"
