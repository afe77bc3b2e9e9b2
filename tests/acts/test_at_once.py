"""Two people act at the same moment: one wins or both count, and the history holds."""

from pathlib import Path

from sqlalchemy import Engine

from models.engine import reading
from models.proof import verify
from tests.acts.at_once import at_once
from tests.acts.situations import active, discussed
from tests.world import World


def holds(world: World) -> bool:
    with reading(world.engine) as session:
        return verify(session, "c") == []


def test_of_two_decisions_of_one_body_the_first_counts(engine: Engine, tmp_path: Path) -> None:
    world = discussed(engine, tmp_path)
    said = at_once(
        lambda: world.act("2023-02-10", "b1", "decide", body="board", outcome="approved"),
        lambda: world.act("2023-02-10", "bc", "decide", body="board", outcome="returned"),
    )
    assert [words is None for words in said].count(True) == 1
    assert len(world.decisions()) == 1
    assert holds(world)


def test_two_drafts_at_once_are_two_versions(engine: Engine, tmp_path: Path) -> None:
    world = active(engine, tmp_path)
    said = at_once(
        lambda: world.act("2022-09-01", "holder", "submit-draft", text="Mål 1"),
        lambda: world.act("2022-09-01", "w1", "submit-draft", text="Mål 2"),
    )
    assert said == [None, None]
    assert world.row().draft_version == 2
    assert holds(world)


def test_an_edit_and_an_approval_leave_no_approval_of_another_text(engine: Engine, tmp_path: Path) -> None:
    world = discussed(engine, tmp_path)
    at_once(
        lambda: world.act("2023-02-01", "b1", "decide", body="board", outcome="approved"),
        lambda: world.act("2023-02-01", "holder", "submit-draft", text="Mål 1 b"),
    )
    stands = [decision for decision in world.decisions() if decision[2]]
    version = {0: (2, "submitted"), 1: (2, "board-approved")}[len(stands)]
    assert (world.row().draft_version, world.row().stage) == version
    if stands:  # the edit came first: what was approved is the edited text
        assert ", 2, " in world.snapshot()["decision"][0]
    assert holds(world)


def test_answers_and_comments_of_many_all_count(engine: Engine, tmp_path: Path) -> None:
    world = active(engine, tmp_path)
    said = at_once(
        *[
            lambda by=by: world.act("2022-10-03", by, "answer", milestone="dialogue", reply="accepted")
            for by in ("b1", "bc", "c1", "cc")
        ],
        *[lambda by=by: world.act("2022-10-03", by, "comment", text="Fint") for by in ("w1", "w2")],
    )
    assert said == [None] * 6
    assert world.history().count("answered") == 4
    assert world.state("comments") == "done"
    assert holds(world)


def test_a_round_and_an_act_at_once_miss_nothing(engine: Engine, tmp_path: Path) -> None:
    world = active(engine, tmp_path)
    world.until("2022-10-02")
    at_once(
        lambda: world.round("2022-10-03"),
        lambda: world.act("2022-10-03", "co", "move", milestone="dialogue", to="2022-11-25"),
        lambda: world.act(
            "2022-10-03", "co", "join", person="n1", name="Ny", email="n1@example.org", roles="board"
        ),
    )
    world.round("2022-10-03 13:00")
    everything = "\n".join(world._keys())
    for person in ("b1", "bc", "bd", "c1", "cc", "holder"):
        assert f"dialogue/2/update/-/{person}" in everything
    assert "board-approval/1/invite/-/n1" in everything
    assert holds(world)
