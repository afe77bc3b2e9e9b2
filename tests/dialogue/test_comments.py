"""Comments in threads: what they may be about, where replies go, and what becomes of them."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from models.consultation import Comment
from models.cycle import Cycle
from models.engine import reading, writing
from tests.acts.at_once import at_once
from tests.acts.situations import active, submitted
from tests.dialogue.year import NEWER, drafted
from tests.world import World


def comments(world: World) -> list[Comment]:
    with reading(world.engine) as session:
        return list(session.scalars(select(Comment).order_by(col(Comment.number))))


def last(world: World) -> Comment:
    return comments(world)[-1]


ABOUT = """
goal=9                    9 -
goal=11                   11 -
indicator=9b              9 9b
goal=10 indicator=10a     10 10a
"""


@pytest.mark.parametrize("line", ABOUT.strip().splitlines(), ids=str.strip)
def test_a_comment_is_about_what_the_version_has(line: str, sqlite: Engine, tmp_path: Path) -> None:
    *fields, goal, indicator = line.split()
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w1", "comment", text="Nej", **dict(each.split("=") for each in fields))
    assert (last(world).goal, last(world).indicator or "-") == (goal, indicator)


REFUSED = {
    "goal=99": "the draft has no goal `99`; ",
    "goal=12": "must be one of 9, 11, 10",
    "goal=1": "the draft has no goal `1`",
    "indicator=9x": "must be one of 9a, 9b, 11a, 10a",
    "indicator=9aa": "did you mean `9a`?",
    "goal=11 indicator=9a": "indicator 9a belongs to goal 9, not to 11",
    "reply_to=7": "there is no comment 7 in c",
    "reply_to=1 goal=9": "a reply is about what comment 1 is about: leave `goal` out",
}


@pytest.mark.parametrize("given", REFUSED)
def test_what_the_draft_has_not_is_refused_and_says_what_was_meant(
    given: str, sqlite: Engine, tmp_path: Path
) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w2", "comment", text="Først")
    fields = dict(each.split("=") for each in given.split())
    assert REFUSED[given] in str(world.refused("2022-10-04", "w1", "comment", text="Nej", **fields))


def test_of_prose_the_goals_are_those_that_the_cycle_begins_with(sqlite: Engine, tmp_path: Path) -> None:
    for world in (active(sqlite, tmp_path),):
        assert world.refused("2022-09-01", "w1", "comment", text="Før", indicator="1a") is None
        world.act("2022-09-29", "holder", "submit-draft", text="Mål 1")
        assert world.refused("2022-10-01", "w1", "comment", text="Efter", goal="2") is None
        assert "no goal `9`" in str(world.refused("2022-10-01", "w1", "comment", text="Nej", goal="9"))
        assert [each.draft_version for each in comments(world)] == [None, 1]


def test_prose_without_a_contract_to_begin_with_names_no_goals(sqlite: Engine, tmp_path: Path) -> None:
    world = submitted(sqlite, tmp_path)
    with writing(sqlite) as session:
        session.get_one(Cycle, "c").contract_id = None
    assert "prose and names no goals" in str(world.refused("2022-10-01", "w1", "comment", text="A", goal="1"))
    world.act("2022-10-01", "w1", "comment", text="A")


def test_a_reply_to_a_reply_belongs_to_the_first(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w1", "comment", text="A", indicator="9b")
    world.act("2022-10-03", "w2", "comment", text="B", reply_to="1")
    world.act("2022-10-03", "w1", "comment", text="C", reply_to="2")
    assert [(each.reply_to, each.goal, each.indicator) for each in comments(world)] == [
        (None, "9", "9b"),
        (1, "9", "9b"),
        (1, "9", "9b"),
    ]


def test_a_reply_to_a_settled_thread_opens_nothing(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w1", "comment", text="A")
    world.act("2022-10-04", "holder", "settle-comment", comment="1", outcome="declined", reason="For dyrt")
    world.act("2022-10-05", "w2", "comment", text="B", reply_to="1")
    assert [each.state for each in comments(world)] == ["declined", "open"]
    refusal = world.refused("2022-10-05", "holder", "settle-comment", comment="2", outcome="accepted")
    assert "comment 2 is a reply: settle comment 1" in str(refusal)


def test_what_is_settled_anew_says_from_what_to_what(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w1", "comment", text="A")
    world.act("2022-10-04", "holder", "settle-comment", comment="1", outcome="accepted")
    assert "is accepted already" in str(
        world.refused("2022-10-04", "co", "settle-comment", comment="1", outcome="accepted")
    )
    world.act("2022-10-05", "co", "settle-comment", comment="1", outcome="declined", reason="Alligevel ikke")
    facts = world.last_facts()
    assert (facts["was"], facts["to"], facts["number"]) == ("accepted", "declined", 1)
    assert "Alligevel" not in str(facts)
    assert (last(world).settled_by, last(world).reason) == ("co", "Alligevel ikke")


def test_no_text_stands_in_the_history(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w1", "comment", text="Hemmelig bemærkning", goal="9")
    assert "Hemmelig" not in str(world.last_facts())


LATE = """
2022-10-14 False
2022-10-15 True
"""


@pytest.mark.parametrize("line", LATE.strip().splitlines())
def test_late_is_after_the_deadline(line: str, sqlite: Engine, tmp_path: Path) -> None:
    day, late = line.split()
    world = drafted(sqlite, tmp_path)
    assert world.on("comments") == "2022-10-14"
    world.act(day, "w1", "comment", text="A")
    assert str(last(world).late) == late


def test_after_a_return_old_comments_stay_with_their_round_and_new_ones_are_not_late(
    sqlite: Engine, tmp_path: Path
) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w1", "comment", text="A")
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="returned", reason="Nyt")
    world.act("2023-02-13", "w2", "comment", text="B")
    world.act("2023-02-14", "holder", "submit-draft", text=NEWER, base="1")
    world.act("2023-02-15", "w1", "comment", text="C", reply_to="1")
    assert [(each.round, each.draft_version, each.late) for each in comments(world)] == [
        (1, 1, False),
        (2, 1, False),
        (2, 2, False),
    ]


def test_numbers_of_comments_made_at_once_are_one_after_the_other(engine: Engine, tmp_path: Path) -> None:
    world = drafted(engine, tmp_path)
    people = ("w1", "w2", "holder", "co", "b1")
    said = at_once(
        *[lambda by=by: world.act("2022-10-03", by, "comment", text=by, goal="9") for by in people]
    )
    assert said == [None] * len(people)
    assert [each.number for each in comments(world)] == [1, 2, 3, 4, 5]


def test_two_who_settle_at_once_both_stand_in_the_history(engine: Engine, tmp_path: Path) -> None:
    world = drafted(engine, tmp_path)
    world.act("2022-10-03", "w1", "comment", text="A")
    said = at_once(
        lambda: world.act("2022-10-04", "co", "settle-comment", comment="1", outcome="accepted"),
        lambda: world.act("2022-10-04", "holder", "settle-comment", comment="1", outcome="accepted"),
    )
    assert sorted(words is None for words in said) == [False, True]
    assert world.history().count("comment-settled") == 1
