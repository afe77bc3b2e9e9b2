"""Three-way merges: one side's change is taken, both sides' is left to people, and nothing is lost."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.merging import ORDER, WHOLE, Merged, merge_contracts, natural
from aarshjul.core.outline import outline
from aarshjul.core.rules import AtLeast
from aarshjul.core.text_merging import alternatives, marked_line, merge_texts
from tests.core.contracts import contracts

D = Decimal


def indicator(name: str, target: int = 60, **facts: object) -> Indicator:
    return Indicator(id=name, rule=AtLeast(target=D(target)), **facts)  # type: ignore[arg-type]


def goal(name: str, *indicators: Indicator, **facts: object) -> Goal:
    facts.setdefault("title", f"Mål {name}")
    return Goal(id=name, indicators=indicators or (indicator(f"{name}a"),), **facts)  # type: ignore[arg-type]


def contract(*goals: Goal) -> Contract:
    return Contract(id="c", title="Kontrakt", year=2023, holder="Huset", council="Rådet", goals=goals)


BASE = contract(goal("9", indicator("9a"), indicator("9b"), text="En.\nTo.\nTre."), goal("10"), goal("11"))


def changed(base: Contract, name: str, **facts: object) -> Contract:
    goals = [replace(each, **facts) if each.id == name else each for each in base.goals]  # type: ignore[arg-type]
    return replace(base, goals=tuple(goals))


def without(base: Contract, *names: str) -> Contract:
    return replace(base, goals=tuple(each for each in base.goals if each.id not in names))


def where(merged: Merged) -> list[tuple[str, str]]:
    return [("/".join(conflict.path), conflict.field) for conflict in merged.conflicts]


def test_each_takes_the_others_change_of_another_goal() -> None:
    mine, theirs = changed(BASE, "9", title="Kendskab"), changed(BASE, "10", title="Vækst")
    merged = merge_contracts(BASE, mine, theirs)
    assert not merged.conflicts
    assert merged.mine == merged.theirs == changed(mine, "10", title="Vækst")


def test_two_indicators_and_two_fields_of_one_goal_are_merged() -> None:
    mine = changed(BASE, "9", indicators=(indicator("9a", 75), indicator("9b")), focus="Vækst")
    theirs = changed(BASE, "9", indicators=(indicator("9a", source="ERST"), indicator("9b", 30)), title="Nyt")
    merged = merge_contracts(BASE, mine, theirs)
    assert not merged.conflicts
    assert merged.mine.goals[0] == goal(
        "9",
        indicator("9a", 75, source="ERST"),
        indicator("9b", 30),
        text="En.\nTo.\nTre.",
        title="Nyt",
        focus="Vækst",
    )


def test_another_id_of_the_contract_is_a_change_like_any_other() -> None:
    renamed = replace(BASE, id="d")
    assert merge_contracts(BASE, renamed, changed(BASE, "9", title="Nyt")).mine.id == "d"
    assert where(merge_contracts(BASE, renamed, replace(BASE, id="e"))) == [("", "id")]


def test_both_set_the_same_target_another_way() -> None:
    mine = changed(BASE, "9", indicators=(indicator("9a", 75), indicator("9b")))
    theirs = changed(BASE, "9", indicators=(indicator("9a", 70), indicator("9b")))
    merged = merge_contracts(BASE, mine, theirs)
    assert where(merged) == [("9/9a", "rule")]
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == tuple(
        AtLeast(target=D(target)) for target in (60, 75, 70)
    )
    assert (merged.mine, merged.theirs) == (mine, theirs)


def test_both_made_the_same_change() -> None:
    both = changed(BASE, "10", title="Vækst")
    assert merge_contracts(BASE, both, both) == Merged(mine=both, theirs=both)


def test_who_deletes_what_the_other_changed_is_asked() -> None:
    mine, theirs = without(BASE, "10"), changed(BASE, "10", title="Vækst")
    merged = merge_contracts(BASE, mine, theirs)
    assert where(merged) == [("10", WHOLE)]
    assert (merged.mine, merged.theirs) == (mine, theirs)
    assert where(merge_contracts(BASE, theirs, mine)) == [("10", WHOLE)]


def test_both_delete_the_same_goal() -> None:
    assert merge_contracts(BASE, without(BASE, "10"), without(BASE, "10")).mine == without(BASE, "10")


def test_each_adds_a_goal_at_the_end_in_the_order_of_counting() -> None:
    mine, theirs = (replace(BASE, goals=(*BASE.goals, goal(name))) for name in ("12", "9c"))
    for one, other in ((mine, theirs), (theirs, mine)):
        merged = merge_contracts(BASE, one, other)
        assert not merged.conflicts
        assert [each.id for each in merged.mine.goals] == ["9", "10", "11", "9c", "12"]


def test_both_add_a_goal_of_one_id_that_is_not_the_same() -> None:
    mine = replace(BASE, goals=(*BASE.goals, goal("12", title="Grøn omstilling")))
    theirs = replace(BASE, goals=(*BASE.goals, goal("12", title="Digitalisering")))
    assert where(merge_contracts(BASE, mine, theirs)) == [("12", "title")]


def test_one_puts_the_goals_in_another_order_and_the_other_changes_one() -> None:
    mine = replace(BASE, goals=BASE.goals[::-1])
    merged = merge_contracts(BASE, mine, changed(BASE, "9", title="Nyt"))
    assert not merged.conflicts
    assert [each.id for each in merged.mine.goals] == ["11", "10", "9"]
    assert merged.mine.goals[2].title == "Nyt"


def test_both_put_the_goals_in_another_order() -> None:
    nine, ten, eleven = BASE.goals
    mine, theirs = replace(BASE, goals=(ten, nine, eleven)), replace(BASE, goals=(nine, eleven, ten))
    merged = merge_contracts(BASE, mine, theirs)
    assert where(merged) == [("", ORDER)]
    assert (merged.mine, merged.theirs) == (mine, theirs)


def test_two_paragraphs_of_one_text_are_merged_and_one_line_is_not() -> None:
    mine, theirs = changed(BASE, "9", text="Et.\nTo.\nTre."), changed(BASE, "9", text="En.\nTo.\nTre!")
    assert merge_contracts(BASE, mine, theirs).mine.goals[0].text == "Et.\nTo.\nTre!"
    both = changed(BASE, "9", text="Een.\nTo.\nTre.")
    assert where(merge_contracts(BASE, mine, both)) == [("9", "text")]


def test_what_fits_on_either_side_and_not_together_is_a_conflict() -> None:
    theirs = replace(BASE, goals=(*BASE.goals, Goal(id="12", title="Som 11", same_as="11")))
    merged = merge_contracts(BASE, without(BASE, "11"), theirs)
    assert where(merged) == [("", WHOLE)]
    assert "11" in str(merged.conflicts[0].why)


def test_a_goal_that_is_none_once_merged_is_a_conflict_of_that_goal() -> None:
    mine = changed(BASE, "9", indicators=(indicator("9b"),))
    theirs = changed(BASE, "9", indicators=(indicator("9a"),))
    merged = merge_contracts(BASE, mine, changed(theirs, "10", title="Vækst"))
    assert where(merged) == [("9", WHOLE)]
    assert merged.mine.goals[1].title == "Vækst"


def test_sixty_and_sixty_with_a_decimal_are_not_written_alike() -> None:
    mine = changed(BASE, "10", weight=D("1.0"))
    assert str(merge_contracts(BASE, mine, BASE).mine.goals[1].weight) == "1.0"


def test_ids_are_sorted_as_people_count() -> None:
    assert sorted(["10", "9b", "9", "9a10", "9a9", "a"], key=natural) == ["9", "9a9", "9a10", "9b", "10", "a"]


@given(base=contracts(), other=contracts())
@settings(max_examples=20, deadline=None)
def test_where_one_side_did_nothing_the_other_is_the_result(base: Contract, other: Contract) -> None:
    for merged in (merge_contracts(base, other, base), merge_contracts(base, base, other)):
        assert merged == Merged(mine=other, theirs=other)
        assert repr(merged.mine) == repr(other)


@st.composite
def edited(draw: st.DrawFn, base: Contract) -> Contract:
    """The contract after a few changes, each of one goal."""
    goals = list(base.goals)
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(goals) - 1))
        match draw(st.sampled_from(["title", "text", "target", "delete", "add", "move"])):
            case "title":
                goals[place] = replace(goals[place], title=draw(st.sampled_from("ABC")))
            case "text":
                goals[place] = replace(
                    goals[place], text=draw(st.sampled_from(["x\ny", "x\nz", "w\ny", "v"]))
                )
            case "target":
                first, *rest = goals[place].indicators
                new = replace(first, rule=AtLeast(target=D(draw(st.integers(1, 4)))))
                goals[place] = replace(goals[place], indicators=(new, *rest))
            case "delete" if len(goals) > 1:
                del goals[place]
            case "add":
                name = draw(st.sampled_from(["20", "21", "22"]))
                if name not in {each.id for each in goals}:
                    goals.insert(place, goal(name, title=draw(st.sampled_from("AB"))))
            case _:
                goals.insert(draw(st.integers(0, len(goals) - 1)), goals.pop(place))
    return replace(base, goals=tuple(goals))


@given(mine=edited(BASE), theirs=edited(BASE))
@settings(max_examples=200, deadline=None)
def test_a_merge_is_symmetric(mine: Contract, theirs: Contract) -> None:
    one, other = merge_contracts(BASE, mine, theirs), merge_contracts(BASE, theirs, mine)
    assert sorted(where(one)) == sorted(where(other))
    assert (one.mine, one.theirs) == (other.theirs, other.mine)
    if not one.conflicts:
        assert one.mine == one.theirs


@given(mine=edited(BASE), theirs=edited(BASE))
@settings(max_examples=200, deadline=None)
def test_no_change_is_lost(mine: Contract, theirs: Contract) -> None:
    merged = merge_contracts(BASE, mine, theirs)
    left = {"/".join(conflict.path) for conflict in merged.conflicts}
    base = outline(BASE).by_id()
    for side, kept in ((mine, merged.mine), (theirs, merged.theirs)):
        ours, found = outline(side).by_id(), outline(kept).by_id()
        for name in {*base, *ours}:
            if base.get(name) == ours.get(name):
                continue
            if name not in ours:
                assert name not in found or {name, ""} & left
                continue
            was = base[name].fields if name in base else {}
            for field, value in ours[name].fields.items():
                if value != was.get(field) and field != "text":
                    assert found[name].fields[field] == value


# --- prose -------------------------------------------------------------------------------------------------------

lines = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n", "e\n"]), max_size=8).map("".join)


@given(base=lines, other=lines)
@settings(max_examples=100, deadline=None)
def test_of_two_texts_of_which_one_is_the_base_the_other_comes_out(base: str, other: str) -> None:
    assert merge_texts(base, other, base).text == other
    assert merge_texts(base, base, other).text == other
    assert merge_texts(base, other, other).text == other


@given(base=lines, mine=lines, theirs=lines)
@settings(max_examples=200, deadline=None)
def test_conflicts_of_texts_are_marked_and_symmetric(base: str, mine: str, theirs: str) -> None:
    one, other = merge_texts(base, mine, theirs), merge_texts(base, theirs, mine)
    assert len(one.conflicts) == len(other.conflicts)
    assert (marked_line(one.text) is None) is (not one.conflicts)
    if not one.conflicts:
        assert one.text == other.text


def test_prose_is_merged_by_line_and_marked_where_both_changed_one() -> None:
    base, mine = "# Mål\n\nEt.\n\nTo.\n", "# Mål\n\nEn.\n\nTo.\n"
    assert merge_texts(base, mine, base.replace("To.", "Tre.")).text == "# Mål\n\nEn.\n\nTre.\n"
    merged = merge_texts(base, mine, base.replace("Et.", "Eet."), ours="yours", other="version 3")
    assert merged.text == ("# Mål\n\n<<<<<<< yours\nEn.\n=======\nEet.\n>>>>>>> version 3\n\nTo.\n")
    assert marked_line(merged.text) == 3


@pytest.mark.parametrize("text", ["Mål\n=======\n\nTekst", "a <<<<<<< b", "<<<<<<<<", "", ">>>> citat"])
def test_what_markdown_has_is_no_mark(text: str) -> None:
    assert marked_line(text) is None


@pytest.mark.parametrize("text", ["x\n<<<<<<< yours\n", "x\r\n>>>>>>>\r\n", "<<<<<<< a", ">>>>>>> b"])
def test_a_mark_is_found_on_its_line(text: str) -> None:
    assert marked_line(text) == (2 if text.startswith("x") else 1)


def test_alternatives_mark_only_the_lines_that_differ() -> None:
    assert alternatives("a\nb\nc", "a\nB\nc", ours="yours", other="version 2") == (
        "a\n<<<<<<< yours\nb\n=======\nB\n>>>>>>> version 2\nc"
    )
    assert alternatives("a", "a") == "a"
