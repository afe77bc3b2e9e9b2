"""Votes: who votes for whom, that a member counts once, and that they decide nothing."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.draft import Draft
from models.engine import reading
from models.votes import tally
from tests.acts.at_once import at_once
from tests.acts.situations import board_approved, discussed
from tests.world import World

DAY = "2023-02-10"


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> World:
    """The board has the draft before it; `ob` stands in for `b1`."""
    return discussed(sqlite, tmp_path)


def counted(world: World, body: str = "board") -> dict[str, int]:
    row = world.row()
    with reading(world.engine) as session:
        return tally(session, session.get_one(Draft, ("c", row.draft_version)), body, row.round)


def vote(world: World, by: str, how: str, **fields: str) -> str | None:
    """The words of the refusal, or None."""
    return world.refused(DAY, by, "vote", body="board", vote=how, **fields)


def test_without_votes_there_is_no_tally(world: World) -> None:
    assert counted(world) == {}


def test_each_member_counts_once_and_the_last_word_of_their_own_stands(world: World) -> None:
    assert vote(world, "b1", "against") is None
    assert vote(world, "b1", "for") is None
    assert vote(world, "bc", "abstain") is None
    assert counted(world) == {"for": 1, "against": 0, "abstain": 1}


def test_the_same_vote_again_is_refused(world: World) -> None:
    assert vote(world, "b1", "for") is None
    assert "already" in str(vote(world, "b1", "for"))


def test_the_members_own_vote_replaces_the_stand_ins_and_ends_it(world: World) -> None:
    assert vote(world, "ob", "against") is None
    assert vote(world, "b1", "for") is None
    assert "b1 has done this themselves" in str(vote(world, "ob", "against", person="b1"))
    assert counted(world) == {"for": 1, "against": 0, "abstain": 0}


def test_the_roll_call_stands_before_a_stand_in_and_the_member_before_it(world: World) -> None:
    assert vote(world, "ob", "against") is None
    assert vote(world, "co", "abstain", person="b1") is None
    assert "written down by co" in str(vote(world, "ob", "against"))
    assert vote(world, "co", "against", person="b1") is None  # a slip in the roll call
    assert vote(world, "b1", "for") is None
    assert "themselves" in str(vote(world, "co", "against", person="b1"))
    assert counted(world) == {"for": 1, "against": 0, "abstain": 0}


def test_who_is_a_member_and_stands_in_votes_once_for_each(world: World) -> None:
    world.act("2023-01-02", "co", "delegate", person="b1", to="bd")
    assert vote(world, "bd", "for") is None
    assert vote(world, "bd", "against", person="b1") is None
    assert counted(world) == {"for": 1, "against": 1, "abstain": 0}


def test_who_stands_in_for_two_says_for_whom(world: World) -> None:
    world.act("2023-01-02", "co", "delegate", person="bd", to="ob")
    assert "b1 and bd" in str(vote(world, "ob", "for"))
    assert vote(world, "ob", "for", person="bd") is None


@pytest.mark.parametrize(
    ("by", "person", "words"),
    [
        ("bc", "b1", "bc does not stand in for b1"),
        ("co", "c1", "c1 is not a member of the board"),
        ("co", "gone", "gone is not a member of the board"),
        ("bc", "nobody", "nobody is not a member of the board"),
    ],
)
def test_nobody_votes_for_whom_they_do_not_stand_in(world: World, by: str, person: str, words: str) -> None:
    assert words in str(vote(world, by, "for", person=person))


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [("2023-02-11", "2023-02-20", "from 2023-02-11"), ("2023-01-01", "2023-02-09", "until 2023-02-09")],
)
def test_outside_its_dates_a_delegation_is_refused_with_them(
    world: World, since: str, until: str, words: str
) -> None:
    world.act("2023-01-02", "co", "delegate", person="b1", to="ob", from_=since, until=until)
    assert words in str(vote(world, "ob", "for", person="b1"))


def test_a_new_version_begins_without_votes(world: World) -> None:
    assert vote(world, "b1", "for") is None
    world.act("2023-02-10 13:00", "holder", "submit-draft", text="Mål 2")
    assert counted(world) == {}


def test_the_council_votes_once_the_board_has_approved(world: World, tmp_path: Path) -> None:
    assert "before the board" in str(world.refused(DAY, "c1", "vote", body="council", vote="for"))
    world.act("2023-02-10 12:30", "b1", "decide", body="board", outcome="approved")
    said = str(world.refused("2023-02-10 13:00", "bc", "vote", body="board", vote="for"))
    assert "nothing to vote on now: the board has approved" in said
    assert world.refused("2023-02-10 13:00", "c1", "vote", body="council", vote="for") is None


def test_votes_decide_nothing_and_the_decision_keeps_how_they_were(world: World) -> None:
    assert vote(world, "b1", "against") is None
    assert vote(world, "bc", "against") is None
    world.act("2023-02-10 13:00", "bd", "decide", body="board", outcome="approved")
    assert world.row().stage == "board-approved"
    assert any("{'for': 0, 'against': 2, 'abstain': 0}" in row for row in world.snapshot()["historyentry"])


def test_who_has_voted_has_nobody_decide_in_their_place(world: World) -> None:
    assert vote(world, "b1", "against") is None
    said = world.refused(DAY, "ob", "decide", body="board", outcome="approved")
    assert "b1 voted themselves" in str(said)


def test_of_a_member_and_the_stand_in_at_once_the_member_stands(engine: Engine, tmp_path: Path) -> None:
    world = discussed(engine, tmp_path)
    said = at_once(
        lambda: world.act(DAY, "ob", "vote", body="board", vote="against"),
        lambda: world.act(DAY, "b1", "vote", body="board", vote="for"),
    )
    assert said[1] is None
    assert said[0] is None or "themselves" in said[0]
    assert counted(world) == {"for": 1, "against": 0, "abstain": 0}


def test_of_two_decisions_of_the_council_at_once_one_is_told_what_stands(
    engine: Engine, tmp_path: Path
) -> None:
    world = board_approved(engine, tmp_path)
    fields = {"body": "council", "outcome": "approved"}
    said = at_once(
        lambda: world.act("2023-02-10 11:00", "co", "decide", minutes="Punkt 4", **fields),
        lambda: world.act("2023-02-10 11:00", "co", "decide", minutes="Punkt 5", **fields),
    )
    assert said.count(None) == 1
    assert "approved on 2023-02-10 (minutes 'Punkt" in next(words for words in said if words)
