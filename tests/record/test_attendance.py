"""Attendance from the record: members, delegates, leavers, late joiners, two cycles at one table; and in minutes."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from aarshjul.acts.importing import import_cycle
from aarshjul.core.roll import Roll
from aarshjul.files.read import read_contract, read_cycle
from models.attendance import load_roll
from models.cycle import Cycle
from models.engine import reading, writing
from models.meeting import Meeting
from models.milestone import Invitation, Milestone
from notifications.minutes import opening
from tests.builders import at, d
from tests.world import YEAR, YEARS, World

DAY, HELD = "2022-11-18", "2022-11-18 12:30"


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> World:
    found = World(engine=sqlite, folder=tmp_path)
    found.act("2022-04-19", "co", "activate")
    found.round("2022-04-20")
    return found


def now_of(world: World, when: str, clock: str = "15:00", slug: str = "dialogue") -> Roll:
    with reading(world.engine) as session:
        found = load_roll(session, "c", slug, at(when, clock))
    assert found is not None
    return found


def groups(found: Roll) -> dict[str, str]:
    return {seat.person.id: str(seat.group) for seat in found.attendance.seats}


def test_everyone_whom_the_meeting_concerns_is_asked_and_nobody_else(world: World) -> None:
    world.act("2022-05-01", "b1", "answer", milestone="dialogue", reply="tentative")
    world.act("2022-05-01", "c1", "answer", milestone="dialogue", reply="declined")
    world.act("2022-05-01", "cc", "answer", milestone="dialogue", reply="accepted")
    assert groups(now_of(world, "2022-05-02")) == {
        "b1": "tentative",
        "c1": "apologies",
        "cc": "accepted",
        **dict.fromkeys(("bc", "bd", "holder", "gone"), "no-answer"),
    }


def test_in_a_draft_nobody_is_invited(sqlite: Engine, tmp_path: Path) -> None:
    found = now_of(World(engine=sqlite, folder=tmp_path), "2022-04-02")
    assert set(groups(found).values()) == {"not-invited"}


def test_the_held_meeting_by_who_was_there(world: World) -> None:
    for person, reply in (("b1", "declined"), ("c1", "accepted"), ("cc", "tentative")):
        world.act("2022-05-01", person, "answer", milestone="dialogue", reply=reply)
    world.act("2022-11-10", "bc", "delegate", to="w1", from_=DAY, until=DAY)
    world.act("2022-11-10", "bd", "delegate", to="w2", from_="2022-11-19", until="2022-11-25")
    world.act(HELD, "co", "hold", milestone="dialogue", present="cc,w1,w2,holder")
    found = now_of(world, DAY)
    assert groups(found) == {
        "cc": "present",
        "holder": "present",
        "w1": "stand-in",
        "w2": "guest",
        "b1": "apologies",
        "bc": "represented",
        "bd": "absent",
        "c1": "absent",
        "gone": "absent",
    }
    counts = {
        each.body.role: (each.present, each.represented, each.members) for each in found.attendance.counts
    }
    assert counts == {"board": (0, 1, 4), "council": (1, 0, 3), "holder": (1, 0, 2)}


def test_held_without_a_list_is_not_on_record(world: World) -> None:
    world.act("2022-05-01", "cc", "answer", milestone="dialogue", reply="accepted")
    world.act(HELD, "co", "hold", milestone="dialogue")
    found = now_of(world, DAY)
    assert not found.attendance.recorded
    assert groups(found)["cc"] == "accepted"


def test_who_left_before_the_meeting_is_gone_and_who_left_after_it_stays(world: World) -> None:
    world.act("2022-11-17", "co", "leave", person="b1")
    world.act(HELD, "co", "hold", milestone="dialogue", present="cc,c1")
    world.act("2022-11-21", "co", "leave", person="c1")
    world.act("2022-11-21", "co", "leave", person="gone")
    found = groups(now_of(world, "2022-12-01"))
    assert "b1" not in found
    assert (found["c1"], found["gone"]) == ("present", "absent")


NEW = {"name": "Ny", "email": "n@example.org", "roles": "board"}


def test_who_joins_before_the_meeting_belongs_to_it_and_who_joins_after_it_does_not(world: World) -> None:
    world.act("2022-11-17", "co", "join", person="early", **NEW)
    assert groups(now_of(world, "2022-11-17"))["early"] == "not-invited"
    world.round("2022-11-18")
    assert groups(now_of(world, "2022-11-18", "08:00"))["early"] == "no-answer"
    world.act(HELD, "co", "hold", milestone="dialogue", present="early")
    world.act("2022-11-18 13:00", "co", "join", person="late", **(NEW | {"email": "l@example.org"}))
    found = groups(now_of(world, "2022-12-01"))
    assert found["early"] == "present"
    assert "late" not in found


def test_the_people_of_a_cycle_that_came_late_were_at_its_meetings(sqlite: Engine, tmp_path: Path) -> None:
    text = YEAR.replace("on: 2022-08-25", "on: 2022-03-25")
    world = World(engine=sqlite, folder=tmp_path, text=text)  # imported in April
    world.act("2022-04-19", "co", "activate")
    world.act("2022-04-19", "co", "hold", milestone="start", present="w1")
    assert groups(now_of(world, "2022-05-01", slug="start"))["w1"] == "present"


def test_a_secretary_s_and_a_delegate_s_answer_are_told_apart_from_one_s_own(world: World) -> None:
    world.act("2022-05-01", "c1", "delegate", to="w1")
    world.act("2022-05-02", "w1", "answer", milestone="dialogue", reply="declined")
    world.act("2022-05-02", "b1", "answer", milestone="dialogue", reply="accepted")
    with writing(world.engine) as session:
        row = session.scalars(select(Invitation).where(col(Invitation.partstat) == "accepted")).one()
        row.answered_through = "secretary"
    people = {seat.person.id: seat.person for seat in now_of(world, "2022-05-03").attendance.seats}
    assert (people["c1"].reply, people["c1"].by) == ("declined", "Erhvervschef")
    assert (people["b1"].by, people["b1"].through) == (None, "secretary")


def test_a_meeting_that_others_invite_to_asks_for_no_answer_and_has_its_people(world: World) -> None:
    with writing(world.engine) as session:
        session.scalars(
            select(Milestone).where(col(Milestone.slug) == "start")
        ).one().invited_elsewhere = True
    found = now_of(world, "2022-05-01", slug="start")
    assert found.elsewhere
    assert set(groups(found).values()) == {"no-answer"}
    world.act("2022-08-25 16:00", "co", "hold", milestone="start", present="w1")
    assert groups(now_of(world, "2022-08-26", slug="start")) == {
        "w1": "present",
        **dict.fromkeys(("w2", "holder", "gone"), "absent"),
    }


def test_one_meeting_of_two_cycles_has_each_person_once(engine: Engine, tmp_path: Path) -> None:
    world = _two_houses(engine, tmp_path)
    found = now_of(world, DAY)
    assert [(each.cycle, each.milestone) for each in found.carries] == [("c", "dialogue"), ("d", "dialogue")]
    people = [seat.person for seat in found.attendance.seats]
    assert len({each.id for each in people}) == len(people)
    council = {each.id: sorted(each.bodies) for each in people}["c1"]
    assert [(body.role, body.of) for body in council] == [("council", "KKR")]
    houses = {body.of for each in people for body in each.bodies if body.role == "board"}
    assert houses == {"Erhvervshus", "Andet Erhvervshus"}
    assert {each.id: each.reply for each in people}["c1"] == "accepted"  # said in the other cycle
    assert found.title == "Møde i KKR"
    assert opening(found, "da").splitlines()[2:4] == [  # alike but for whose they are
        f"Kontrakt 2023: {found.carries[0].title}",
        f"Den anden kontrakt: {found.carries[1].title}",
    ]


def test_two_cycles_of_which_one_was_recorded_and_one_cancelled(sqlite: Engine, tmp_path: Path) -> None:
    world = _two_houses(sqlite, tmp_path)
    world.act(HELD, "co", "hold", milestone="dialogue", present="c1")
    found = groups(now_of(world, DAY))
    assert found["c1"] == "present"
    assert found["e1"] in ("no-answer", "not-invited")  # nobody has written down who came of that house
    with writing(sqlite) as session:
        query = select(Milestone).where(col(Milestone.cycle_id) == "d", col(Milestone.slug) == "dialogue")
        session.scalars(query).one().state = "cancelled"
    assert "e1" not in groups(now_of(world, DAY))


def _two_houses(engine: Engine, folder: Path) -> World:
    """Cycle `d` of another house beside `c`, both before the same council."""
    world = World(engine=engine, folder=folder)
    other = YEAR.replace("id: c\n", "id: d\n").replace("holder: Erhvervshus", "holder: Andet Erhvervshus")
    other = other.replace("{id: b1,", "{id: e1,").replace("b1@", "e1@")
    other = other.replace("title: Kontrakt 2023\n", "title: Den anden kontrakt\n")
    (folder / "d.cycle.yaml").write_text(other, encoding="utf-8")
    with writing(engine) as session:
        form = read_cycle(str(folder / "d.cycle.yaml"))
        import_cycle(session, form, read_contract(str(YEARS / "small.contract.yaml")), at("2022-04-01"))
        session.add(Meeting(id="m", body="KKR", title="Møde i KKR", on=d(DAY), made_at=NOW, changed_at=NOW))
        session.flush()
        for row in session.scalars(select(Milestone).where(col(Milestone.slug) == "dialogue")):
            row.meeting_id = "m"
        session.get_one(Cycle, "d").state = "active"
        told = session.scalars(select(Milestone).where(col(Milestone.cycle_id) == "d")).all()
        of_d = next(row for row in told if row.slug == "dialogue")
        session.add(
            Invitation(
                milestone_id=of_d.id,
                person_id="c1",
                told_on=d("2022-05-01"),
                sequence=0,
                told={"on": DAY},
                partstat="accepted",
                answered_at=NOW,
                answered_by="c1",
            )
        )
    world.act("2022-04-19", "co", "activate")
    return world


NOW = at("2022-05-02")


def test_the_opening_of_minutes_in_both_languages(world: World) -> None:
    world.act("2022-05-01", "b1", "answer", milestone="dialogue", reply="declined")
    world.act("2022-11-10", "bc", "delegate", to="w1", from_=DAY, until=DAY)
    before = opening(now_of(world, "2022-11-12"), "da")
    assert before.startswith("Dialogmøde\nFredag den 18. november 2022 kl. 10.00-12.00, Aalborg\n\nAfbud\n")
    assert "Til stede" not in before
    world.act(HELD, "co", "hold", milestone="dialogue", present="cc,w1,sub")
    found = now_of(world, DAY)
    assert opening(found, "en") == (
        "Dialogmøde\n"
        "Friday 18 November 2022 at 10:00-12:00, Aalborg\n"
        "\n"
        "Present\n"
        "Without an organisation: Erhvervschef (for Bestyrelsesformand); KKR-formand\n"
        "\n"
        "Also present\n"
        "Without an organisation: Abonnent\n"
        "\n"
        "Apologies\n"
        "Without an organisation: Bestyrelsesformand (represented by Erhvervschef); Bestyrelsesmedlem\n"
        "\n"
        "Absent\n"
        "Without an organisation: Bestyrelsesnæstformand; Direktør; Forhenværende; KKR-medlem\n"
        "\n"
        "The board of Erhvervshus: 0 of 4 present, 1 represented\n"
        "KKR: 1 of 3 present\n"
    )
    danish = opening(found, "da")
    assert [danish.count(word) for word in ("\nTil stede\n", "\nAfbud\n", "\nFraværende\n")] == [1, 1, 1]
    assert "Bestyrelsen for Erhvervshus: 0 af 4 til stede, 1 repræsenteret\nKKR: 1 af 3 til stede\n" in danish


def test_nothing_that_is_not_for_minutes_leaves(world: World) -> None:
    found = now_of(world, "2022-05-02")
    assert "@" not in str(found.as_json()) + opening(found, "da")
