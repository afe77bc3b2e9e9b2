"""Where members stand: who may say it, for whom, on which version."""

from pathlib import Path

from sqlalchemy import Engine, select
from sqlmodel import col

from models.consultation import Position
from models.engine import reading
from tests.dialogue.year import NEWER, drafted
from tests.world import World


def positions(world: World) -> list[tuple[int, str, str, str]]:
    with reading(world.engine) as session:
        rows = session.scalars(
            select(Position).order_by(col(Position.draft_version), col(Position.person_id))
        )
        return [(row.draft_version, row.person_id, row.position, row.given_by) for row in rows]


def test_a_position_is_an_owed_comment_done_and_only_its_own(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w1", "respond", position="agrees")
    assert world.state("comments") == "open"
    world.act("2022-10-04", "w2", "respond", position="objects", remarks="Nej")
    assert world.state("comments") == "done"


def test_a_delegate_owes_nothing_for_the_member_by_answering_for_themselves(
    sqlite: Engine, tmp_path: Path
) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "ob", "respond", position="agrees")
    world.act("2022-10-03", "w2", "respond", position="agrees")
    assert world.state("comments") == "open"
    world.act("2022-10-04", "ob", "respond", position="agrees", person="w1")
    assert world.state("comments") == "done"
    assert positions(world) == [
        (1, "ob", "agrees", "ob"),
        (1, "w1", "agrees", "ob"),
        (1, "w2", "agrees", "w2"),
    ]


def test_a_members_own_word_replaces_the_delegates_and_stays(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "ob", "respond", position="agrees", person="w1")
    world.act("2022-10-04", "w1", "respond", position="objects", remarks="Nej")
    assert "themselves" in str(world.refused("2022-10-05", "ob", "respond", position="agrees", person="w1"))
    assert positions(world) == [(1, "w1", "objects", "w1")]
    world.act("2022-10-06", "co", "respond", position="agrees", person="w1")
    assert positions(world) == [(1, "w1", "agrees", "co")]


def test_of_a_new_version_everybody_is_asked_anew(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w1", "respond", position="agrees")
    world.act("2022-10-05", "holder", "submit-draft", text=NEWER, base="1")
    world.act("2022-10-06", "ob", "respond", position="objects", remarks="Nej", person="w1")
    assert positions(world) == [(1, "w1", "agrees", "w1"), (2, "w1", "objects", "ob")]


def test_the_same_again_and_what_cannot_be_are_refused(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-03", "w1", "respond", position="agrees")
    assert "has said so of version 1 already" in str(
        world.refused("2022-10-04", "w1", "respond", position="agrees")
    )
    for person, words in (
        ("gone", "not a member"),
        ("nobody", "not a member"),
        ("sub", "not for subscribers"),
    ):
        refusal = world.refused("2022-10-04", "co", "respond", position="agrees", person=person)
        assert words in str(refusal)
    assert "does not stand in for w1" in str(
        world.refused("2022-10-04", "w2", "respond", position="agrees", person="w1")
    )


def test_a_delegation_that_ended_gives_no_word(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-10-01", "w1", "delegate", to="b1", from_="2022-10-02", until="2022-10-05")
    for day, may in (("2022-10-01", False), ("2022-10-02", True), ("2022-10-06", False)):
        refusal = world.refused(day, "b1", "respond", position="objects", remarks=day, person="w1")
        assert (refusal is None) == may


def test_once_it_is_in_force_nobody_is_asked(sqlite: Engine, tmp_path: Path) -> None:
    world = drafted(sqlite, tmp_path)
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="rejected", reason="Nej")
    assert "no longer asked" in str(world.refused("2023-02-11", "w1", "respond", position="agrees"))
