"""Asking for results: deadlines of their own that move, close and lapse with what they wait for."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.core.cycle import State
from calendars.address import Address
from models.engine import reading
from models.evidence import DataRequest
from models.history import HistoryEntry
from models.message import Message
from models.milestone import Milestone
from notifications.desk import Office, desk_for
from notifications.facts import Owed
from notifications.letters import letter_for
from notifications.plain import as_text
from notifications.wording import worded
from tests.acts.situations import active, scored
from tests.world import World, moment_of

Home = tuple[Engine, Path]
ASK = ("2022-05-03", "co", "request-data")


@pytest.fixture
def home(sqlite: Engine, tmp_path: Path) -> Home:
    return sqlite, tmp_path


def facts(world: World, what: str) -> list[dict[str, object]]:
    with reading(world.engine) as session:
        query = select(HistoryEntry).where(col(HistoryEntry.what) == what).order_by(col(HistoryEntry.number))
        return [row.facts for row in session.scalars(query)]


def requests(world: World) -> list[tuple[str, str, str]]:
    with reading(world.engine) as session:
        rows = session.scalars(select(DataRequest).order_by(col(DataRequest.id)))
        return [(row.indicator, row.owner, str(row.due)) for row in rows]


def test_who_is_asked_reads_that_the_result_is_wanted(home: Home) -> None:
    """No word that a task is done ends it: the result does."""
    world = active(*home)
    world.act(*ASK, indicator="1a", owner="w2", due="2022-05-31")
    world.round("2022-05-03 13:00")
    office = Office(sender=Address(name="A", email="a@example.org"))
    with reading(world.engine) as session:
        query = select(Message).where(col(Message.key).contains("/data-1a/"))
        message = session.scalars(query).one()
        (about,) = letter_for(
            desk_for(session, [message], office, moment_of("2022-05-03")), message
        ).milestones
    assert (about.title, about.owed) == ("Resultat for 1a: Kendskabsgrad", Owed.RESULTS)


def reminder(world: World, of: str) -> str:
    """The text of the reminder to `w2` about one indicator's result."""
    office = Office(sender=Address(name="A", email="a@example.org"))
    with reading(world.engine) as session:
        mine = col(Message.key).contains(f"/data-{of}/"), col(Message.channel) == "email"
        message = session.scalars(select(Message).where(*mine)).one()
        letter = letter_for(desk_for(session, [message], office, moment_of("2022-05-03")), message)
    return as_text(worded(letter))


def test_it_says_what_is_wanted_from_where_and_who_takes_it(home: Home) -> None:
    world = active(*home)
    world.act(
        *ASK, indicator="1a", owner="w2", due="2022-05-31", source="Danmarks Statistik", note="Som {CSV}\n2"
    )
    world.act(*ASK, indicator="1b", owner="w2", due="2022-05-31")
    world.round("2022-05-03 13:00")
    said = reminder(world, "1a")
    assert "Delmål: 1a: Kendskabsgrad\n" in said
    assert "Danmarks Statistik\n" in said
    assert "> Som {CSV}\n> 2\n" in said
    assert "Send resultatet til Koordinator (co@example.org) sammen med det dokument, der viser det." in said
    bare = reminder(world, "1b")
    assert "Delmål: 1b" in bare
    assert [word for word in ("Kilde:", "bemærkning:", "> ") if word in bare] == []


def test_a_request_is_a_deadline_that_tells_at_once_and_reminds(engine: Engine, tmp_path: Path) -> None:
    world = active(engine, tmp_path)
    world.act(*ASK, indicator="1a", owner="w2", due="2022-05-31", source="ERST")
    row = world.milestone("data-1a")
    assert (row.kind, row.phase, row.about, row.owed_by) == (
        "deadline",
        "data-collection",
        "request:1a",
        ["w2"],
    )
    assert row.title == "Resultat for 1a: Kendskabsgrad"
    world.until("2022-06-08")
    mine = [(day, key) for day, key in world.heard if key.startswith("data-1a")]
    assert mine == [
        ("2022-05-03", "data-1a/1/remind/-28/w2"),
        ("2022-05-24", "data-1a/1/remind/-7/w2"),
        ("2022-05-30", "data-1a/1/remind/-1/w2"),
        ("2022-06-01", "data-1a/1/remind/1/w2"),
        ("2022-06-03", "data-1a/1/escalate/-/co"),
        ("2022-06-03", "data-1a/1/remind/3/w2"),
    ]


@pytest.mark.parametrize(
    ("by", "asked"), [("w2", "w2"), ("w2", "working-group"), ("holder", "w2"), ("w1", "w2")]
)
def test_it_closes_when_the_result_is_recorded_by_anyone_who_may(home: Home, by: str, asked: str) -> None:
    world = active(*home)
    world.act(*ASK, indicator="1a", owner=asked, due="2022-05-31")
    world.act("2022-05-10", by, "record-result", indicator="1a", actual="45", source="ERST")
    assert world.state("data-1a") == "done"
    assert [key for key in world.round("2022-05-24") if key.startswith("data-1a")] == []
    assert facts(world, "result-recorded")[-1]["to"] == "45"


def test_who_is_asked_may_give_that_result_and_no_other(home: Home) -> None:
    world = active(*home)
    assert world.refused("2022-05-03", "b1", "record-result", indicator="1b", actual="60") is not None
    world.act(*ASK, indicator="1b", owner="b1", due="2022-05-31")
    assert world.refused("2022-05-03", "b1", "record-result", indicator="1a", actual="60") is not None
    assert world.refused("2022-05-03", "b1", "record-result", indicator="1b", actual="60") is None


def test_what_is_moved_is_reminded_of_from_its_new_day_alone(home: Home) -> None:
    world = active(*home)
    world.act(*ASK, indicator="1a", owner="w2", due="2022-05-31")
    world.round("2022-05-03 13:00")
    world.act("2022-05-05", "co", "request-data", indicator="1a", owner="w2", due="2022-06-30")
    world.heard.clear()
    world.until("2022-06-29")
    assert [(day, key) for day, key in world.heard if key.startswith("data-1a")] == [
        ("2022-05-05", "data-1a/2/moved/-/w2"),
        ("2022-06-23", "data-1a/2/remind/-7/w2"),
        ("2022-06-29", "data-1a/2/remind/-1/w2"),
    ]


def test_what_came_and_is_asked_for_again_by_the_same_day_is_told_at_once(home: Home) -> None:
    world = active(*home)
    world.act(*ASK, indicator="1a", owner="w2", due="2022-05-31")
    world.round("2022-05-03 13:00")
    world.act("2022-05-10", "w2", "record-result", indicator="1a", actual="45")
    world.act("2022-05-11", "co", "request-data", indicator="1a", owner="w2", due="2022-05-31")
    assert [key for key in world.round("2022-05-11 13:00") if "data-1a" in key] == ["data-1a/2/remind/-20/w2"]


def test_asked_again_it_moves_and_the_history_says_from_what_to_what(home: Home) -> None:
    world = active(*home)
    world.act(*ASK, indicator="1a", owner="w2", due="2022-05-31", source="ERST")
    world.round("2022-05-03 13:00")
    world.act("2022-05-05", "holder", "request-data", indicator="1a", owner="w2", due="2022-06-10")
    assert requests(world) == [("1a", "w2", "2022-06-10")]
    assert world.on("data-1a") == "2022-06-10"
    assert [key for key in world.round("2022-05-05 13:00") if "data-1a" in key] == ["data-1a/2/moved/-/w2"]
    told = facts(world, "data-requested")[-1]
    assert (told["was"]["due"], told["to"]["due"]) == ("2022-05-31", "2022-06-10")  # type: ignore[index]
    assert told["was"]["source"] == told["to"]["source"] is not None  # type: ignore[index]
    assert "ERST" not in str(told)


def test_a_new_owner_hears_and_the_old_one_no_more(home: Home) -> None:
    world = active(*home)
    world.act(*ASK, indicator="1a", owner="w2", due="2022-05-31")
    world.round("2022-05-03 13:00")
    world.act("2022-05-04", "co", "request-data", indicator="1a", owner="b1", due="2022-05-31")
    assert [key for key in world.round("2022-05-04 13:00") if "data-1a" in key] == ["data-1a/1/remind/-27/b1"]
    assert {key.rpartition("/")[2] for key in world.round("2022-05-24") if "data-1a" in key} == {"b1"}


def test_asked_again_after_it_came_it_is_open_again(home: Home) -> None:
    world = active(*home)
    world.act(*ASK, indicator="1a", owner="w2", due="2022-05-31")
    world.act("2022-05-10", "w2", "record-result", indicator="1a", actual="45")
    world.act("2022-05-11", "co", "request-data", indicator="1a", owner="w2", due="2022-06-10", note="Igen")
    assert (world.state("data-1a"), world.on("data-1a")) == ("open", "2022-06-10")
    world.act("2022-05-12", "w2", "record-result", indicator="1a", actual="46")
    assert world.state("data-1a") == "done"
    assert [(each.get("was"), each["to"]) for each in facts(world, "result-recorded")] == [
        (None, "45"),
        ("45", "46"),
    ]


REFUSED = [
    ({"indicator": "1z", "owner": "w2", "due": "2022-05-31"}, "there are 1a, 1b, 2a"),
    ({"indicator": "1", "owner": "w2", "due": "2022-05-31"}, "takes a result"),
    ({"indicator": "1a", "owner": "w2", "due": "2022-05-02"}, "past"),
    ({"indicator": "1a", "owner": "xx", "due": "2022-05-31"}, "neither a member"),
    ({"indicator": "1a", "owner": "gone", "due": "2022-05-31"}, "neither a member"),
    ({"indicator": "1a", "owner": "subscriber", "due": "2022-05-31"}, "neither a member"),
    ({"indicator": "1a", "owner": "working-grup", "due": "2022-05-31"}, "did you mean `working-group`"),
]


@pytest.mark.parametrize(("fields", "words"), REFUSED)
def test_a_request_that_cannot_be(home: Home, fields: dict[str, str], words: str) -> None:
    said = active(*home).refused(*ASK, **fields)
    assert said is not None
    assert words in said


def test_the_same_request_twice_is_refused(home: Home) -> None:
    world = active(*home)
    world.act(*ASK, indicator="1a", owner="w2", due="2022-05-31")
    said = world.refused(*ASK, indicator="1a", owner="w2", due="2022-05-31")
    assert said is not None
    assert "already" in said


def test_it_is_done_by_its_result_alone_and_can_be_cancelled(home: Home) -> None:
    world = active(*home)
    world.act(*ASK, indicator="1a", owner="w2", due="2022-05-31")
    for by in ("w2", "co"):
        said = world.refused("2022-05-10", by, "done", milestone="data-1a")
        assert said is not None
        assert "record-result" in said
    world.act("2022-05-10", "co", "cancel", milestone="data-1a")
    assert world.state("data-1a") == "cancelled"
    world.act("2022-05-11", "co", "request-data", indicator="1a", owner="w2", due="2022-05-31")
    assert world.state("data-1a") == "open"


def test_what_the_council_decided_without_is_waited_for_no_more(home: Home) -> None:
    world = scored(*home)
    world.act("2022-06-10", "co", "request-data", indicator="1a", owner="w2", due="2022-07-20")
    world.act("2022-06-10", "co", "request-data", indicator="2a", owner="w2", due="2022-07-20")
    world.round("2022-06-10 13:00")
    world.act("2022-06-24", "c1", "decide-attainment", goal="1", value="80")
    assert (world.state("data-1a"), world.state("data-2a")) == ("cancelled", "open")
    assert "request-dropped" in world.history()
    assert "data-1a/2/cancel/-/w2" in world.round("2022-06-24 13:00")


def test_a_milestone_of_the_same_name_keeps_it(sqlite: Engine, tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "years" / "small.cycle.yaml").read_text(encoding="utf-8")
    world = active(sqlite, tmp_path, text.replace("id: notes,", "id: data-1a,"))
    world.act(*ASK, indicator="1a", owner="w2", due="2022-05-31")
    assert world.milestone("data-1a").about is None
    assert world.milestone("data-1a-2").about == "request:1a"


def test_a_request_is_no_part_of_the_plan(home: Home) -> None:
    world = active(*home)
    world.act(*ASK, indicator="1a", owner="w2", due="2022-05-31")
    with reading(world.engine) as session:
        query = select(Milestone).where(col(Milestone.about).is_not(None))
        assert [(row.slug, row.for_roles, row.state) for row in session.scalars(query)] == [
            ("data-1a", [], State.OPEN)
        ]
