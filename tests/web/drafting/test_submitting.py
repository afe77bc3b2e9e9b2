"""Submitting the draft: what the page showed is what becomes a version, once; and what falls is said before."""

import pytest

from aarshjul.acts.perform import perform
from aarshjul.core.errors import Refused
from aarshjul.files.act_arguments import parse_act
from models.draft_text import contract_in_draft
from tests.builders import at
from tests.drafting.drafts import draft, national
from tests.web.drafting.pen import GOALS, Form, Pen
from tests.web.drafting.test_editing import P1, edits


def versions(pen: Pen) -> int:
    return pen.site.world.row().draft_version or 0


def test_the_copy_becomes_the_next_version_and_is_gone(pen: Pen) -> None:
    pen.write(P1, {"p1.title": "Ny retning", "p2.target": "80,5"})
    answer = pen.submit("Højere mål")
    assert answer.status_code == 303
    found = draft(pen.site.world, 2)
    contract = contract_in_draft(found)
    assert contract is not None
    goal = contract.goals[0]
    assert (found.based_on, found.message, found.submitted_by) == (1, "Højere mål", "co")
    assert (goal.title, str(goal.indicators[0].rule.target)) == ("Ny retning", "80.5")  # type: ignore[union-attr]
    assert edits(pen) == []


def test_pressed_twice_it_is_one_version_and_the_second_press_says_so(pen: Pen) -> None:
    pen.write(P1, {"p1.title": "Ny"})
    form = pen.open("/draft/submit").values
    answers = [pen.site.post("/cycles/c/draft/submit", form) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert answers[1].headers["location"].endswith("?done=already")
    assert versions(pen) == 2


def test_what_changed_after_the_page_was_shown_is_not_submitted_unseen(pen: Pen) -> None:
    pen.write(P1, {"p1.title": "Set"})
    form = pen.open("/draft/submit").values
    pen.write(P1, {"p1.title": "Ikke set"})
    answer = pen.site.post("/cycles/c/draft/submit", form)
    assert (answer.status_code, versions(pen)) == (409, 1)
    assert "ændret, siden" in answer.text


def test_what_says_the_same_as_before_has_nothing_to_press(pen: Pen) -> None:
    pen.write(P1, {"p1.title": "Ny"})
    pen.write(P1, {"p1.title": "Retning"})
    text = pen.get("/draft/submit").text
    assert "ikke noget nyt" in text
    assert "Indsend version" not in text


def test_the_first_version_begins_from_the_last_contracts_goals_or_from_nothing(pen: Pen) -> None:
    engine = pen.site.world.engine
    perform(engine, "other", "co2", "activate", parse_act("activate", {}), at("2022-08-01"))
    pen.site.log_in("co2")
    other = Pen(pen.site, "/cycles/other")
    form = other.open()
    other.send("/draft/edit", form, press=form.button("add top"))
    goal = form.button("add top").split()[2]
    path = f"/draft/edit/{goal}"
    page = other.open(path)
    other.send(path, page, {f"{goal}.title": "Goal"}, press=page.button("add"))
    part = page.button("add").split()[2]
    other.write(path, {f"{part}.rule": "yes_no"})
    assert other.submit().status_code == 303


def test_findings_lead_to_their_fields_and_do_not_keep_from_submitting(pen: Pen) -> None:
    pen.write(P1, {"p2.source": "", "p2.owner": ""})
    text = pen.get("/draft/submit").text
    assert "#edit-p2.source" in text
    assert "#edit-p2.owner" in text
    assert pen.submit().status_code == 303


def test_that_an_approval_would_fall_is_said_with_who_is_told(pen: Pen) -> None:
    world = pen.site.world
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue", minutes="x", present=["b1"])
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="approved")
    pen.site.clock.moment = at("2023-02-11")
    pen.site.log_in()
    pen.write(P1, {"p1.title": "Ny"})
    assert "falder bort" in pen.get("/draft/submit").text
    assert pen.submit().status_code == 303
    assert world.decisions() == [("board", "approved", False)]


def test_a_text_is_written_as_one_and_goals_stay_for_changing_back(pen: Pen) -> None:
    pen.write("/draft/edit", {}, press="kind text")
    assert pen.write("/draft/edit", {"top.text": "# Udkast\n\nVi <b>hjælper</b>."}).status_code == 303
    assert pen.submit().status_code == 303
    assert draft(pen.site.world, 2).text == "# Udkast\n\nVi <b>hjælper</b>.\n"
    assert pen.open().values["top.text"] == "# Udkast\n\nVi <b>hjælper</b>."
    pen.write("/draft/edit", {}, press="kind goals")
    assert "top.title" in pen.open().values


def test_an_old_version_is_gone_on_from_on_top_of_the_present_one(pen: Pen) -> None:
    pen.write(P1, {"p1.title": "Anden"})
    pen.submit()
    form = pen.open("/draft/versions", "restore").values
    assert pen.site.post("/cycles/c/draft/restore", {**form, "version": "1"}).status_code == 303
    assert pen.submit("Tilbage").status_code == 303
    assert draft(pen.site.world, 3).hash == draft(pen.site.world, 1).hash
    assert draft(pen.site.world, 3).based_on == 2


def test_newer_national_goals_are_offered_to_those_who_may_and_cannot_be_written(pen: Pen) -> None:
    world = pen.site.world
    national(world)
    form = pen.open("/draft/versions", "national").values
    assert 'id="take"' not in Pen.by_link(pen.site, "w1").get("/draft/versions").text
    assert pen.site.post("/cycles/c/draft/national", form).status_code == 303
    page = pen.get("/draft/edit").text
    assert "Mål 1: Kendskab" in page
    assert "edit/p1" in page
    assert [each["fields"]["id"] for each in _begun(pen)] == ["9", "10"]


def _begun(pen: Pen) -> list[dict[str, dict[str, str]]]:
    pen.write("/draft/edit", {"top.note": "x"})
    parts: list[dict[str, dict[str, str]]] = edits(pen)[0].content["parts"]
    return parts


def test_a_version_is_downloaded_as_it_was_frozen_and_as_a_paper(pen: Pen) -> None:
    answer = pen.get("/draft/versions/1/file")
    assert answer.content == draft(pen.site.world, 1).text.encode()
    assert answer.headers["content-disposition"] == 'attachment; filename="c-v1.yaml"'
    assert pen.get("/draft/versions/1/pdf").content.startswith(b"%PDF")
    for number in ("0", "2", "x", "-1", "²"):
        assert pen.get(f"/draft/versions/{number}/file").status_code == 404


def test_a_copy_is_thrown_away_only_as_it_was_seen(pen: Pen) -> None:
    pen.write(P1, {"p1.title": "A"})
    form = Form(pen.get("/draft/edit").text, "drop").values
    pen.write(P1, {"p1.title": "B"})
    assert pen.site.post("/cycles/c/draft/drop", form).status_code == 409
    assert pen.open(P1).values["p1.title"] == "B"
    form = Form(pen.get("/draft/edit").text, "drop").values
    assert pen.site.post("/cycles/c/draft/drop", form).status_code == 303
    assert edits(pen) == []


def test_a_cycle_that_is_over_says_so_before_anybody_writes(pen: Pen) -> None:
    pen.write(P1, {"p1.title": "A"})
    pen.site.world.act("2022-09-03", "co", "close", reason="x")
    assert "vil blive afvist" in pen.get("/draft/edit").text
    assert pen.submit().status_code == 409
    assert versions(pen) == 1
    with pytest.raises(Refused):
        pen.site.world.act("2022-09-03", "co", "submit-draft", text=GOALS, base="1")
    assert len(edits(pen)) == 1
