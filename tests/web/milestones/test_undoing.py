"""Taking back: each act that can be, restores what stood; nobody else's, once, for a day, and only wholly."""

import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.acts.perform import ACTS
from aarshjul.settings import Settings
from aarshjul.web.desk import Desk, desk_over
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.taking_back import CannotUndo, take_back
from aarshjul.web.doing.undo_words import WARNINGS
from aarshjul.web.doing.undoing import UNDOING, warning_for
from aarshjul.web.login.sessions import Viewer
from aarshjul.web.place import Place
from models.cycle import Membership
from models.engine import open_engine, reading
from models.person import Person
from models.standing import standing
from models.webuse import FormPress
from tests.acts.meetings import hold_meeting
from tests.acts.situations import active
from tests.web.milestones.presses import UNDONE, UNSAID, Fields, Situation
from tests.web.serving import SECRET, Clock
from tests.world import World, moment_of

HOLD = timedelta(minutes=5)


def desk_of(world: World, when: str) -> Desk:
    settings = Settings(home=world.folder, secret=SecretStr(SECRET))
    return desk_over(settings, world.engine, Clock(moment=moment_of(when)))


def seat_of(person: str = "co") -> Seat:
    return Seat(
        person=person,
        name=person,
        cycle="c",
        title="Kontrakt 2023",
        zone="Europe/Copenhagen",
        roles=frozenset({"coordinator"}),
        place=Place(path="/cycles/c"),
        top=("cycles", "c"),
        viewer=Viewer(person=person, name=person, language="da", cycles=("c",), secret="s"),
    )


def press(world: World, when: str, by: str, do: str, fields: Fields, once: str = "o") -> None:
    assert desk_of(world, when).deeds.do(seat_of(by), Wish(do=do, fields=fields), once=once)


def undo(world: World, when: str, by: str = "co", once: str = "o") -> bool:
    return take_back(world.engine, seat_of(by), once, moment_of(when), HOLD)


def way_back(world: World, once: str = "o") -> object:
    with reading(world.engine) as session:
        return session.get_one(FormPress, once).undo


def stands(world: World) -> object:
    """What the status says, but for what rounds do; and what people and members are."""
    with reading(world.engine) as session:
        found = standing(session, ["c"], moment_of("2022-06-01"))[0]
        status = found.as_json()
        tellings = [(each.id, each.telling) for each in found.milestones]
        for told in ("next_due_on", "outbox", "last_round", "deliveries"):
            del status[told]
        people = [
            (
                *(each.person_id, each.roles, each.deputy_id, each.delegate_id),
                *(each.delegate_from, each.delegate_until, each.subscribed),
            )
            for each in session.scalars(select(Membership).order_by(col(Membership.person_id)))
            if each.left_at is None
        ]
        wishes = [
            (each.id, each.email, each.channels, each.language, each.digest, each.quiet, each.secretary)
            for each in session.scalars(select(Person).order_by(col(Person.id)))
        ]
    rest = world.snapshot()
    tables = (
        "invitation",
        "indicator",
        "goal",
        "position",
        "vote",
        "task",
        "comment",
        "findingresolution",
        "datarequest",
    )
    return status, tellings, people, wishes, {name: [_timeless(row) for row in rest[name]] for name in tables}


def _timeless(row: str) -> str:
    """A row without the moment at which somebody said it."""
    return re.sub(r"datetime\.datetime\([^)]*\)", "then", row)


@pytest.fixture(scope="module")
def reached(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Situation], Path]:
    """Each situation is reached once, in a file to be copied."""
    files: dict[Situation, Path] = {}

    def file(situation: Situation) -> Path:
        if situation not in files:
            folder = tmp_path_factory.mktemp("situation")
            files[situation] = shutil.copyfile(sqlite_template, folder / "aarshjul.db")
            engine = open_engine(f"sqlite:///{files[situation]}")
            situation(engine, folder)
            with engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
        return files[situation]

    return file


@pytest.mark.parametrize(("situation", "when", "by", "first", "do", "fields"), UNDONE)
def test_undo_restores_what_stood(
    reached: Callable[[Situation], Path],
    sqlite: Engine,
    tmp_path: Path,
    situation: Situation,
    when: str,
    by: str,
    first: tuple[str, Fields] | None,
    do: str,
    fields: Fields,
) -> None:
    shutil.copyfile(reached(situation), tmp_path / "aarshjul.db")  # nothing has opened it yet
    world = World(engine=sqlite, folder=tmp_path, there=True)
    if first is not None:
        world.act(when, by, first[0], **first[1])
    before = stands(world)
    press(world, when, by, do, fields)
    assert stands(world) != before

    assert undo(world, when, by)

    assert stands(world) == before


def test_every_act_that_can_be_taken_back_was_tried() -> None:
    tried = {each[4] for each in UNDONE} | {"anchor", "resolve-finding"}
    assert tried == {name for name, way in UNDOING.items() if way is not None}


def test_every_act_is_in_the_table_and_has_a_warning_where_nothing_takes_it_back() -> None:
    assert set(UNDOING) == set(ACTS)
    for language in ("da", "en"):
        assert {name for name in ACTS if warning_for(name, language)} == {
            name for name, way in UNDOING.items() if way is None
        }
    assert set(WARNINGS["da"]) == set(WARNINGS["en"])


def test_a_first_delegation_ends_and_a_later_one_gives_way(sqlite: Engine, tmp_path: Path) -> None:
    world = active(sqlite, tmp_path)
    press(world, "2022-06-01", "w2", "delegate", {"to": "w1"}, "a")
    assert undo(world, "2022-06-01", "w2", "a")
    assert world.refused("2022-06-02", "w1", "done", milestone="notes", person="w2") is not None
    world.act("2022-06-02", "w2", "delegate", to="holder", until="2022-12-31")

    press(world, "2022-06-02", "w2", "delegate", {"to": "w1"}, "b")
    assert undo(world, "2022-06-02", "w2", "b")

    with reading(world.engine) as session:
        row = session.get_one(Membership, ("c", "w2"))
        assert (row.delegate_id, str(row.delegate_until)) == ("holder", "2022-12-31")


def test_tied_to_a_meeting_on_its_own_day_it_is_let_go_again(sqlite: Engine, tmp_path: Path) -> None:
    world = active(sqlite, tmp_path)
    facts = {"at": "10:00", "ends": "12:00", "status": "tentative"}
    hold_meeting(sqlite, "m1", "2022-11-18", **facts)
    hold_meeting(sqlite, "m2", "2022-11-25", **facts)

    press(world, "2022-06-01", "co", "anchor", {"milestone": "dialogue", "meeting": "m1"}, "a")
    assert undo(world, "2022-06-01", once="a")
    assert world.milestone("dialogue").meeting_id is None
    press(world, "2022-06-01", "co", "anchor", {"milestone": "dialogue", "meeting": "m2"}, "b")
    assert way_back(world, "b") is None  # its old day could not be given back by letting go


@pytest.mark.parametrize(("by", "do", "fields"), UNSAID)
def test_what_cannot_be_unsaid_has_no_way_back(
    sqlite: Engine, tmp_path: Path, by: str, do: str, fields: Fields
) -> None:
    world = active(sqlite, tmp_path)
    press(world, "2022-06-01", by, do, fields)
    assert way_back(world) is None

    with pytest.raises(CannotUndo):
        undo(world, "2022-06-01", by)


def moved(sqlite: Engine, tmp_path: Path) -> World:
    world = active(sqlite, tmp_path)
    press(world, "2022-06-01", "co", "move", {"milestone": "dialogue", "to": "2022-11-23"})
    return world


def test_it_is_taken_back_once(engine: Engine, tmp_path: Path) -> None:
    world = moved(engine, tmp_path)

    assert [undo(world, "2022-06-01"), undo(world, "2022-06-01")] == [True, False]
    assert (world.on("dialogue"), world.milestone("dialogue").revision) == ("2022-11-18", 3)


@pytest.mark.parametrize(
    ("when", "by", "once", "about"),
    [
        ("2022-06-01", "holder", "o", "undo_none"),
        ("2022-06-01", "co", "other", "undo_none"),
        ("2022-06-02 12:01", "co", "o", "undo_late"),
    ],
)
def test_only_who_did_it_takes_it_back_within_a_day(
    sqlite: Engine, tmp_path: Path, when: str, by: str, once: str, about: str
) -> None:
    world = moved(sqlite, tmp_path)
    before = world.snapshot()

    with pytest.raises(CannotUndo) as found:
        undo(world, when, by, once)

    assert found.value.about == about
    assert world.snapshot() == before


def test_what_happened_to_it_since_stands(sqlite: Engine, tmp_path: Path) -> None:
    world = moved(sqlite, tmp_path)
    world.act("2022-06-01 12:10", "co", "move", milestone="dialogue", place="Skagen")

    with pytest.raises(CannotUndo) as found:
        undo(world, "2022-06-01 12:20")

    assert found.value.about == "undo_changed"
    assert world.on("dialogue") == "2022-11-23"


def test_what_happened_elsewhere_since_does_not_matter(sqlite: Engine, tmp_path: Path) -> None:
    world = moved(sqlite, tmp_path)
    world.act("2022-06-01 12:10", "co", "done", milestone="notes")

    assert undo(world, "2022-06-01 12:20")
    assert (world.on("dialogue"), world.state("notes")) == ("2022-11-18", "done")


def test_wholly_or_not_at_all(sqlite: Engine, tmp_path: Path) -> None:
    """The meeting before names no place, so that going back to it would leave the later one's."""
    world = active(sqlite, tmp_path)
    hold_meeting(sqlite, "m1", "2022-11-21")
    hold_meeting(sqlite, "m2", "2022-11-25", place="Hobro")
    world.act("2022-06-01", "co", "anchor", milestone="dialogue", meeting="m1")
    press(world, "2022-06-01", "co", "anchor", {"milestone": "dialogue", "meeting": "m2"})
    before = world.snapshot()

    with pytest.raises(CannotUndo) as found:
        undo(world, "2022-06-01")

    assert found.value.about == "undo_partly"
    assert world.snapshot() == before


def test_after_a_day_nothing_is_kept_of_what_stood(sqlite: Engine, tmp_path: Path) -> None:
    world = moved(sqlite, tmp_path)
    press(world, "2022-06-03", "co", "move", {"milestone": "notes", "to": "2022-10-31"}, "later")

    assert way_back(world) is None
    assert way_back(world, "later") is not None
