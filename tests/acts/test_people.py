"""Who takes part: joiners, leavers, answers, delegates; and the life of a cycle."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session, col

from models.attendance import load_roll
from models.engine import reading, writing
from models.milestone import Invitation, Milestone
from tests.acts.situations import active, draft, scored, submitted
from tests.builders import at

Home = tuple[Engine, Path]


@pytest.fixture
def home(sqlite: Engine, tmp_path: Path) -> Home:
    return sqlite, tmp_path


NEW = {"person": "n1", "name": "Ny", "email": "n1@example.org"}


def test_a_joiner_is_invited_to_what_is_to_come_and_asked_for_what_is_owed(home: Home) -> None:
    world = active(*home)
    world.until("2022-09-25")
    world.act("2022-09-26", "co", "join", **NEW, roles="working-group,board")
    assert world.round("2022-09-26") == ["board-approval/1/invite/-/n1", "dialogue/1/invite/-/n1"]
    world.until("2022-10-07")
    assert ("2022-10-07", "comments/1/remind/-7/n1") in world.heard


def test_a_joiner_is_asked_at_once_for_what_others_were_reminded_of_before(home: Home) -> None:
    world = active(*home)
    world.until("2022-10-09")
    world.act("2022-10-10", "co", "join", **NEW, roles="working-group")
    assert "comments/1/remind/-7/n1" in world.round("2022-10-10")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"person": "w1"}, "already"),
        ({"person": "unknown"}, "not known yet"),
        ({"person": "n1", "name": "Ny", "email": "n1@example.org"}, "role"),
    ],
)
def test_joiners_who_cannot(home: Home, fields: dict[str, str], words: str) -> None:
    said = active(*home).refused("2022-06-01", "co", "join", **fields)
    assert said is not None
    assert words in said


def test_a_leaver_is_taken_off_meetings_to_come_and_hears_nothing_more(home: Home) -> None:
    world = active(*home)
    world.act("2022-11-19", "co", "leave", person="c1")
    heard = world.round("2022-11-21")
    assert [key for key in heard if key.endswith("/c1")] == ["council-approval/1/cancel/-/c1"]
    world.heard.clear()
    world.act("2022-11-21", "co", "move", milestone="council-approval", to="2023-03-10")
    world.until("2023-06-01")
    assert [key for _, key in world.heard if key.endswith("/c1")] == []


def test_who_comes_back_is_invited_again(home: Home) -> None:
    world = active(*home)
    world.act("2022-06-01", "co", "leave", person="c1")
    world.round("2022-06-01")
    world.act("2022-06-08", "co", "join", person="c1")
    heard = [key for key in world.round("2022-06-08") if key.endswith("/c1")]
    assert [key.split("/")[0] for key in heard] == ["council-approval", "dialogue"]


def test_a_cycle_keeps_a_coordinator(home: Home) -> None:
    world = active(*home)
    assert world.refused("2022-06-01", "co", "leave", person="co") is not None
    world.act("2022-06-01", "co", "join", **NEW, roles="coordinator")
    assert world.refused("2022-06-01", "co", "leave", person="co") is None


# --- answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", ["accepted", "declined", "tentative"])
def test_any_answer_ends_the_reminders_of_who_gave_it(home: Home, reply: str) -> None:
    world = active(*home)
    world.act("2022-10-03", "bc", "answer", milestone="dialogue", reply=reply)
    world.until("2022-11-18")
    reminded = {key.rpartition("/")[2] for _, key in world.heard if key.startswith("dialogue/1/remind")}
    assert reminded == {"b1", "bd", "c1", "cc"}


@pytest.mark.parametrize(
    ("by", "do", "fields"), [("bc", "answer", {"reply": "declined"}), ("co", "move", {"to": "2022-11-21"})]
)
def test_how_an_answer_came_is_forgotten_with_it(
    home: Home, by: str, do: str, fields: dict[str, str]
) -> None:
    world = active(*home)
    world.act("2022-10-03", "bc", "answer", milestone="dialogue", reply="accepted")
    with writing(world.engine) as session:
        _answer(session).answered_through = "secretary"
    world.act("2022-10-04", by, do, milestone="dialogue", **fields)
    with reading(world.engine) as session:
        assert _answer(session).answered_through is None


def _answer(session: Session) -> Invitation:
    query = select(Invitation).join(Milestone, col(Milestone.id) == col(Invitation.milestone_id))
    which = col(Invitation.person_id) == "bc", col(Milestone.slug) == "dialogue"
    return session.scalars(query.where(*which)).one()


def test_a_delegate_answers_for_all_who_are_absent_unless_invited_too(home: Home) -> None:
    world = active(*home)
    world.act("2022-10-03", "ob", "answer", milestone="dialogue", reply="accepted")
    world.act("2022-10-03", "c1", "delegate", to="cc")
    world.act("2022-10-04", "cc", "answer", milestone="dialogue", reply="accepted")
    world.until("2022-11-18")
    reminded = {key.rpartition("/")[2] for _, key in world.heard if key.startswith("dialogue/1/remind")}
    assert reminded == {"bc", "bd"}


def test_nothing_is_answered_when_it_is_over(home: Home) -> None:
    world = active(*home)
    assert (
        world.refused("2022-11-18 12:00", "b1", "answer", milestone="dialogue", reply="accepted") is not None
    )
    assert world.refused("2022-11-18 11:59", "b1", "answer", milestone="dialogue", reply="accepted") is None


def test_nobody_answers_for_whom_they_do_not_stand_in(home: Home) -> None:
    said = active(*home).refused(
        "2022-10-03", "w1", "answer", milestone="dialogue", reply="accepted", person="b1"
    )
    assert said is not None


@pytest.mark.parametrize(
    "fields",
    [{"to": "b1"}, {"to": "nobody"}, {"to": "gone"}, {"to": "c1", "person": "w1"}],
)
def test_delegations_that_make_no_sense(home: Home, fields: dict[str, str]) -> None:
    assert active(*home).refused("2022-10-03", "b1", "delegate", **fields) is not None


@pytest.mark.parametrize("since", ["2022-09-01", "2022-10-03", "2022-10-04", None])
@pytest.mark.parametrize("by", ["b2", "co"])
def test_a_delegation_ends_on_the_day_on_which_it_is_ended(home: Home, since: str | None, by: str) -> None:
    world = active(*home)
    world.act("2022-09-01", "co", "join", person="b2", name="To", email="b2@example.org", roles="board")
    world.act("2022-09-01", "b2", "delegate", to="ob", **({"from": since} if since else {}))
    world.act("2022-10-03", by, "delegate", person="b2", to="none")
    assert (world.history()[-1], world.last_facts()["was"]) == ("delegation-ended", "ob")
    said = world.refused("2022-10-04", "ob", "answer", milestone="dialogue", reply="declined", person="b2")
    assert said == "ob does not stand in for b2" or "until 2022-10-02 only" in str(said)
    assert world.refused("2022-10-04", by, "delegate", person="b2", to="none") == "b2 has no delegate"


def test_who_stood_in_at_a_meeting_stays_so_when_the_delegation_ends(home: Home) -> None:
    world = active(*home)
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue", present="ob")
    with reading(world.engine) as session:
        before = load_roll(session, "c", "dialogue", at("2022-11-21"))
    world.act("2022-11-21", "b1", "delegate", to="none")
    with reading(world.engine) as session:
        assert load_roll(session, "c", "dialogue", at("2022-11-21")) == before


def test_nobody_else_ends_a_delegation(home: Home) -> None:
    world = active(*home)
    assert world.refused("2022-10-03", "ob", "delegate", person="b1", to="none") is not None
    assert world.refused("2022-10-03", "w2", "delegate", person="b1", to="none") is not None


# --- the cycle ----------------------------------------------------------------------------------------------------


def test_closing_before_force_wants_a_reason_and_empties_calendars(home: Home) -> None:
    world = active(*home)
    assert world.refused("2022-11-18 13:00", "co", "close") is not None
    world.act("2022-11-18 13:00", "co", "close", reason="Nyt forløb")
    heard = world.round("2022-11-18 13:00")
    told = {(key.split("/")[0], key.split("/")[2]) for key in heard}
    assert told == {("board-approval", "cancel"), ("council-approval", "cancel")}
    assert world.row().next_due_on is None


def test_a_draft_is_activated_once(home: Home) -> None:
    world = draft(*home)
    world.act("2022-05-02", "co", "activate")
    assert world.row().stage == "drafting"
    assert world.refused("2022-05-02", "co", "activate") is not None


# --- results and attainment ---------------------------------------------------------------------------------------


def test_the_last_result_closes_the_deadline(home: Home) -> None:
    world = active(*home)
    world.act("2022-05-10", "w1", "record-result", indicator="1a", actual="60")
    assert world.state("results") == "open"
    world.act("2022-05-11", "holder", "record-result", indicator="1b", actual="40")
    assert world.state("results") == "done"


@pytest.mark.parametrize("fields", [{"indicator": "9z", "actual": "1"}, {"indicator": "2a", "actual": "60"}])
def test_results_that_do_not_fit(home: Home, fields: dict[str, str]) -> None:
    assert active(*home).refused("2022-05-10", "co", "record-result", **fields) is not None


@pytest.mark.parametrize("value", ["-1", "100.5"])
def test_a_recommendation_is_a_per_cent(home: Home, value: str) -> None:
    assert active(*home).refused("2022-06-10", "holder", "recommend", goal="1", value=value) is not None


def test_attainment_is_decided_on_a_scoring_run_and_as_recommended(home: Home) -> None:
    early = active(*home)
    assert early.refused("2022-05-10", "c1", "decide-attainment", goal="1", value="80") is not None


def test_all_as_recommended_wants_every_recommendation_and_closes_the_decision(home: Home) -> None:
    world = scored(*home)
    said = world.refused("2022-06-24", "c1", "decide-attainment")
    assert said is not None
    assert "goal 1" in said
    world.act("2022-06-20", "holder", "recommend", goal="1", value="75")
    world.act("2022-06-24", "c1", "decide-attainment")
    assert world.state("june") == "done"
    assert world.row().stage == "drafting"  # attainment never touches the draft


def test_a_comment_serves_the_deadline_of_who_made_it(home: Home) -> None:
    world = submitted(*home)
    world.act("2022-10-03", "w1", "comment", text="Fint")
    world.act("2022-10-03", "b1", "comment", text="Også fint")
    assert world.state("comments") == "open"
    world.act("2022-10-04", "w2", "comment", text="Ja")
    assert world.state("comments") == "done"


def test_nothing_is_done_in_a_closed_cycle_and_what_can_still_be_read_is_said(home: Home) -> None:
    world = active(*home)
    world.act("2022-05-22", "co", "close", reason="slut")
    refusal = world.refused("2022-05-23", "co", "close", reason="igen")
    assert "c is closed: nothing can be done in it any more" in str(refusal)
    assert "`aarshjul status c`" in str(refusal)
    assert "`export c --all`" in str(refusal)
