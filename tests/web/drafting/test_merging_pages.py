"""Two people on one draft: a merge with each kind of conflict ends in exactly what was chosen."""

import pytest

from models.draft_text import contract_in_draft
from tests.drafting.drafts import based, draft
from tests.web.drafting.pen import GOALS, Pen
from tests.web.drafting.test_editing import P1, edits

P4 = "/draft/edit/p4"


def theirs(pen: Pen, *swaps: tuple[str, str]) -> None:
    """The house submits another version meanwhile."""
    text = GOALS
    for was, now in swaps:
        assert was in text
        text = text.replace(was, now)
    pen.site.world.act("2022-09-02", "holder", "submit-draft", text=based(text, 1))


def merge(pen: Pen, **chosen: str) -> int:
    form = pen.open("/draft/merge").values
    return pen.site.post("/cycles/c/draft/merge", {**form, **chosen}).status_code


def result(pen: Pen) -> dict[str, object]:
    """The merged version, submitted: what each part says."""
    assert pen.submit("Samlet").status_code == 303
    contract = contract_in_draft(draft(pen.site.world, 3))
    assert contract is not None
    assert draft(pen.site.world, 3).based_on == 2
    said: dict[str, object] = {"order": [goal.id for goal in contract.goals]}
    for goal in contract.goals:
        said[goal.id] = (goal.title, goal.text)
        said |= {leaf.id: leaf.rule for leaf in goal.leaves()}
    return said


def test_what_only_one_of_both_changed_comes_together_by_itself(pen: Pen) -> None:
    pen.write(P1, {"p1.title": "Min titel", "p1.text": "Samler alle.\n\nHjælper."})
    theirs(pen, ("Hjælper.", "Hjælper nogle."), ("title: Vækst", "title: Deres"))
    assert "Saml med version 2" in pen.get("/draft/edit").text
    assert "Indsend version" not in pen.get("/draft/submit").text
    assert merge(pen) == 303
    assert result(pen) | {"9a": 0, "9b": 0, "10a": 0} == {
        "order": ["9", "10"],
        "9": ("Min titel", "Samler alle.\n\nHjælper nogle."),
        "10": ("Deres", "Vokser"),
        "9a": 0,
        "9b": 0,
        "10a": 0,
    }


@pytest.mark.parametrize(
    ("side", "title"), [("mine", "Min"), ("theirs", "Deres"), ("both", "Vores <i>fælles</i>")]
)
def test_a_title_that_both_changed_is_mine_theirs_or_written_anew(pen: Pen, side: str, title: str) -> None:
    pen.write(P1, {"p3.source": "Mit"})
    pen.write(P1, {"p1.title": "Min"})
    theirs(pen, ("title: Retning", "title: Deres"))
    assert merge(pen) == 409
    assert merge(pen, c0=side, t0="Vores <i>fælles</i>") == 303
    assert result(pen)["9"] == (title, "Samler.\n\nHjælper.")


@pytest.mark.parametrize(("side", "target"), [("mine", "70"), ("theirs", "80")])
def test_a_target_that_both_changed(pen: Pen, side: str, target: str) -> None:
    pen.write(P1, {"p3.source": "Mit"})
    pen.write(P1, {"p2.target": "70"})
    theirs(pen, ("at_least: 60", "at_least: 80"))
    assert merge(pen, c0="both") == 409
    assert merge(pen, c0=side) == 303
    assert f"target=Decimal('{target}')" in repr(result(pen)["9a"])


@pytest.mark.parametrize(("side", "there"), [("mine", False), ("theirs", True)])
def test_what_i_removed_and_they_changed(pen: Pen, side: str, there: bool) -> None:
    pen.write(P1, {"p3.source": "Mit"})
    form = pen.open()
    pen.send("/draft/edit", form, press=form.button("remove p4"))
    theirs(pen, ("title: Vækst", "title: Deres"))
    assert merge(pen, c0=side) == 303
    assert ("10" in result(pen)) is there


@pytest.mark.parametrize(("side", "there"), [("mine", True), ("theirs", False)])
def test_what_they_removed_and_i_changed(pen: Pen, side: str, there: bool) -> None:
    pen.write(P4, {"p4.title": "Min vækst"})
    pen.write(P1, {"p1.title": "Min"})
    theirs(pen, (GOALS[GOALS.index('  - {id: "10"') :], ""))
    assert merge(pen, c0=side) == 303
    found = result(pen)
    assert (found.get("10") == ("Min vækst", "Vokser")) is there
    assert found["9"] == ("Min", "Samler.\n\nHjælper.")


@pytest.mark.parametrize(("side", "order"), [("mine", ["11", "10", "9"]), ("theirs", ["10", "9", "11"])])
def test_an_order_that_both_changed(pen: Pen, side: str, order: list[str]) -> None:
    third = '  - {id: "11", title: Tredje, same_as: "9"}\n'
    pen.site.world.act("2022-09-02", "holder", "submit-draft", text=based(GOALS + third, 1))
    pen.write(P1, {"p3.source": "Mit"})
    form = pen.open()
    for press in ("down p1 0", "down p1 1", "up p6 1"):
        pen.send("/draft/edit", form, press=press)
    nine = GOALS[GOALS.index('  - id: "9"') : GOALS.index('  - {id: "10"')]
    text = GOALS.replace(nine, "") + nine + third
    pen.site.world.act("2022-09-02 13:00", "holder", "submit-draft", text=based(text, 2))
    changed = pen.open("/draft/merge").values
    assert pen.site.post("/cycles/c/draft/merge", {**changed, "c0": side}).status_code == 303
    pen.submit("Samlet")
    contract = contract_in_draft(draft(pen.site.world, 4))
    assert contract is not None
    assert [goal.id for goal in contract.goals] == order


@pytest.mark.parametrize(
    ("side", "text"), [("mine", "Et\n\nto\n"), ("theirs", "Et\n\ntre\n"), ("both", "Et\n\nfire\n")]
)
def test_prose_that_both_changed(pen: Pen, side: str, text: str) -> None:
    world = pen.site.world
    world.act("2022-09-02", "holder", "submit-draft", text="Et\n\nx\n", base="1")
    pen.write("/draft/edit", {"top.text": "Et\n\nto"})
    world.act("2022-09-02 13:00", "holder", "submit-draft", text="Et\n\ntre\n", base="2")
    assert merge(pen, c0=side, t0="Et\n\nfire") == 303
    if side != "theirs":
        assert pen.submit().status_code == 303
    assert draft(world, 3 if side == "theirs" else 4).text == text


def test_a_third_version_meanwhile_is_shown_before_anything_is_taken(pen: Pen) -> None:
    pen.write(P1, {"p1.title": "Min"})
    theirs(pen, ("title: Vækst", "title: Deres"))
    form = pen.open("/draft/merge").values
    pen.site.world.act("2022-09-02 14:00", "holder", "submit-draft", text=based(GOALS, 2))
    assert pen.site.post("/cycles/c/draft/merge", form).status_code == 409
    assert edits(pen)[0].base == 1


def test_what_is_wrong_is_put_right_first(pen: Pen) -> None:
    pen.write(P1, {"p2.target": "x"})
    theirs(pen, ("title: Vækst", "title: Deres"))
    assert "#edit-p2.target" in pen.get("/draft/merge").text
    assert pen.site.post("/cycles/c/draft/merge", {"revision": "1", "present": "2"}).status_code == 200
    assert edits(pen)[0].base == 1
