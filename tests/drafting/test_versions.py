"""Submitting drafts with goals: the hash, the base, two people at once; and what becomes of them in force."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.core.errors import Invalid
from models.contract_rows import load_contract
from models.draft_text import contract_in_draft
from models.engine import reading
from tests.acts.at_once import at_once
from tests.acts.situations import NATIONAL_GOALS, OWN_GOALS, active
from tests.drafting.drafts import OTHER, based, draft, goals_of, national
from tests.world import World

THIRD = OWN_GOALS.replace("Samler", "Samler alle")
HOUSE_DRAFT = OWN_GOALS.replace("Samler", "Samler dem")


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> World:
    return active(sqlite, tmp_path)


def test_the_hash_is_that_of_the_frozen_text(world: World) -> None:
    world.act("2022-09-01", "holder", "submit-draft", text=OWN_GOALS)
    row = draft(world, 1)
    assert row.structured
    assert row.hash == hashlib.sha256(row.text.encode()).hexdigest()


def test_order_white_space_comments_and_composition_of_letters_do_not_count(world: World) -> None:
    world.act("2022-09-01", "holder", "submit-draft", text=OWN_GOALS.replace("Samler", "Måler alle"))
    same = """# en kommentar
format: aarshjul/draft@1
based_on: 1
goals:
- title:   Retning
  id: "9"
  indicators:
  - {source: S, owner: holder, rule: {yes_no: true}, id: 9a}
  text: "Ma\u030aler alle  \\n"
"""
    said = world.refused("2022-09-02", "holder", "submit-draft", text=same)
    assert said == "this is version 1 unchanged: there is nothing new to submit"


def test_the_national_goals_come_first_and_with_the_levels_of_the_house(world: World) -> None:
    national(world)
    world.act("2022-09-01", "holder", "submit-draft", text=OWN_GOALS)
    contract = contract_in_draft(draft(world, 1))
    assert contract is not None
    assert [goal.id for goal in contract.goals] == ["1", "9"]
    leaf = contract.goals[0].indicators[0]
    assert str(leaf.rule).count("47") == 1
    assert leaf.baseline == 40
    assert (draft(world, 1).national_set, draft(world, 1).national_version) == ("national", 1)


BAD = [
    ("title: Retning", "title: Retning, level: national", "draft:3: `level` is national; national goals come from the"),
    ('id: "9"', 'id: "1"', "draft:3: the goal id `1` is one of the national goals'; choose another"),
    ("id: 9a", "id: 1a", "draft:3: the indicator id `1a` is one of the national goals'; choose another"),
    ("{id: 9a, ", "{id: 9a, actual: true, ", "draft:3: `actual` is a result, and a draft has none yet; remove it"),
    ("title: Retning", "title: Retning, decided: 90", "draft:3: `decided` is a result"),
    ("draft@1", "draft@2", "draft:1: `format` is `aarshjul/draft@2`; did you mean `aarshjul/draft@1`?"),
    ("  - {", "\t- {", "draft:3: is not YAML"),
    ("goals:", "goal:", "draft:2: unknown key `goal`; did you mean `goals`?"),
    ("text: Samler", 'text: "a\\u202Eb"', "RIGHT-TO-LEFT OVERRIDE"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now", "said"), BAD)
def test_a_draft_that_is_wrong_is_told_where(world: World, was: str, now: str, said: str) -> None:
    national(world)
    before = world.snapshot()
    with pytest.raises(Invalid, match="draft:") as problem:
        world.act("2022-09-01", "holder", "submit-draft", text=OWN_GOALS.replace(was, now))
    assert said in str(problem.value)
    assert world.snapshot() == before


def test_without_a_set_for_the_year_goals_of_any_level_are_the_authors(world: World) -> None:
    national(world, NATIONAL_GOALS.replace("[2023, 2026]", "[2024, 2026]"))
    world.act(
        "2022-09-01",
        "holder",
        "submit-draft",
        text=OWN_GOALS.replace("title: Retning", "title: R, level: national"),
    )
    assert goals_of(world, 1) == ["9"]


@pytest.mark.parametrize(("base", "ok"), [(None, False), (1, False), (2, True), (3, False)])
def test_only_what_was_made_from_the_present_version_comes_in(
    world: World, base: int | None, ok: bool
) -> None:
    world.act("2022-09-01", "holder", "submit-draft", text=OWN_GOALS)
    world.act("2022-09-02 09:30", "w1", "submit-draft", text=OTHER, base="1")
    text = THIRD if base is None else based(THIRD, base)
    said = world.refused("2022-09-03", "holder", "submit-draft", text=text)
    assert (said is None) is ok
    if said is not None:
        assert "version 2, which w1 submitted on 2022-09-02 at 09:30," in said


def test_a_base_before_the_first_version_is_refused(world: World) -> None:
    said = world.refused("2022-09-01", "holder", "submit-draft", text=OWN_GOALS, base="1")
    assert said is not None
    assert "no version 1" in said


def test_two_bases_that_differ_are_refused(world: World) -> None:
    world.act("2022-09-01", "holder", "submit-draft", text=OWN_GOALS)
    assert world.refused("2022-09-02", "holder", "submit-draft", text=based(OTHER, 1), base="2") is not None


def test_prose_needs_no_base_and_the_history_says_so(world: World) -> None:
    world.act("2022-09-01", "holder", "submit-draft", text="Mål 1")
    world.act("2022-09-02", "w1", "submit-draft", text="Mål 2", message="Nyt måltal")
    facts = world.last_facts()
    assert facts["based_on"] is None
    assert (facts["was"], facts["to"]) == (draft(world, 1).hash, draft(world, 2).hash)
    assert "Nyt" not in str(facts)
    assert draft(world, 2).message == "Nyt måltal"
    assert world.refused("2022-09-03", "w1", "submit-draft", text="Mål 3", base="1") is not None


def test_of_two_at_the_same_moment_one_wins_and_the_other_is_told(engine: Engine, tmp_path: Path) -> None:
    world = active(engine, tmp_path)
    world.act("2022-09-01", "holder", "submit-draft", text=OWN_GOALS)
    said = at_once(
        lambda: world.act("2022-09-02", "holder", "submit-draft", text=based(OTHER, 1)),
        lambda: world.act("2022-09-02", "w1", "submit-draft", text=based(THIRD, 1)),
    )
    assert said.count(None) == 1
    assert world.row().draft_version == 2
    told = next(words for words in said if words is not None)
    assert "version 2, which" in told


def test_of_two_first_versions_at_the_same_moment_one_wins(engine: Engine, tmp_path: Path) -> None:
    world = active(engine, tmp_path)
    said = at_once(
        lambda: world.act("2022-09-02", "holder", "submit-draft", text=OWN_GOALS),
        lambda: world.act("2022-09-02", "w1", "submit-draft", text=OTHER),
    )
    assert said.count(None) == 1


def test_a_whole_contract_is_taken_where_its_national_goals_are_the_sets(world: World) -> None:
    national(world)
    world.act("2022-09-01", "holder", "submit-draft", text=OWN_GOALS)
    whole = draft(world, 1).text
    other = whole.replace("Samler", "Samler alle")
    for wrong, said in (
        (other.replace("target", "x").replace("47", "48"), "goal 1 differs from the shared national goals"),
        (other.replace("year: 2023", "year: 2024"), "`year` is 2024; the cycle's is 2023"),
        (other.replace("holder: Erhvervshus", "holder: Andet"), "`holder` is Andet"),
    ):
        with pytest.raises(Invalid, match="draft:") as problem:
            world.act("2022-09-02", "holder", "submit-draft", text=wrong, base="1")
        assert said in str(problem.value)
    world.act("2022-09-02", "holder", "submit-draft", text=other, base="1")
    assert goals_of(world, 2) == ["1", "9"]


def test_an_id_that_the_record_has_is_refused(world: World) -> None:
    said = world.refused(
        "2022-09-01", "holder", "submit-draft", text=OWN_GOALS.replace("goals:", "id: k\ngoals:", 1)
    )
    assert said is not None
    assert "contract k already" in said


def approved(world: World) -> World:
    world.act("2022-09-29", "holder", "submit-draft", text=OWN_GOALS)
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="approved")
    world.act("2023-02-10 11:00", "c1", "decide", body="council", outcome="approved")
    return world


def became(session: Session, world: World) -> list[str] | None:
    contract = load_contract(session, world.row().became_id or "")
    return None if contract is None else [goal.id for goal in contract.goals]


def test_signed_by_both_the_draft_becomes_a_contract(world: World) -> None:
    national(world)
    approved(world)
    world.act("2023-02-14", "bc", "sign", body="board")
    assert world.row().became_id is None
    world.act("2023-02-15", "cc", "sign", body="council")
    assert world.row().became_id == "c-contract"
    with reading(world.engine) as session:
        assert load_contract(session, "c-contract") == contract_in_draft(draft(world, 1))
    assert world.last_facts()["contract"] == "c-contract"


def test_put_in_force_it_does_too(world: World) -> None:
    approved(world).act("2023-02-14", "co", "put-in-force")
    with reading(world.engine) as session:
        assert became(session, world) == ["9"]


def test_prose_becomes_no_contract(world: World) -> None:
    world.act("2022-09-29", "holder", "submit-draft", text="Mål 1")
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="approved")
    world.act("2023-02-10 11:00", "c1", "decide", body="council", outcome="approved")
    world.act("2023-02-14", "co", "put-in-force")
    assert world.row().became_id is None
