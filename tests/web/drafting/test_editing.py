"""Writing in the forms: nothing that was typed is lost, and nothing of another tab is written over unseen."""

import re

import pytest
from sqlmodel import select

from models.engine import reading
from models.webuse import DraftEdit
from tests.web.drafting.pen import Form, Pen
from tests.web.outline import Outline

P1 = "/draft/edit/p1"


def many(goals: int, indicators: int) -> str:
    """A draft of so many goals with so many indicators each."""
    lines = ["format: aarshjul/draft@1", "goals:"]
    for goal in range(1, goals + 1):
        lines += [f'  - id: "{goal}"', "    title: Mål", "    text: Tekst", "    indicators:"]
        lines += [
            f"      - {{id: {goal}x{part}, title: Delmål, rule: {{at_least: 5}}, owner: holder, source: S}}"
            for part in range(indicators)
        ]
    return "\n".join(lines)


def edits(pen: Pen) -> list[DraftEdit]:
    with reading(pen.site.world.engine) as session:
        return list(session.exec(select(DraftEdit)))


def test_what_is_saved_stands_in_the_forms_again_and_nobody_else_sees_it(pen: Pen) -> None:
    assert pen.write(P1, {"p1.title": "Ny retning", "p2.target": "1.234,5"}).status_code == 303
    form = pen.open(P1)
    assert (form.values["p1.title"], form.values["p2.target"]) == ("Ny retning", "1.234,5")
    assert "Ny retning" not in pen.get("/draft").text
    assert Pen.by_link(pen.site, "holder").open(P1).values["p1.title"] == "Retning"


def test_the_same_copy_by_login_and_by_link_and_in_english_with_its_own_comma(pen: Pen) -> None:
    pen.write(P1, {"p2.target": "45,5"})
    mine = Pen.by_link(pen.site, "co")
    assert mine.open(f"{P1}?lang=en").values["p2.target"] == "45.5"
    mine.write(f"{P1}?lang=en", {"p2.target": "1,000.25"})
    assert pen.open(P1).values["p2.target"] == "1.000,25"


@pytest.mark.parametrize("typed", ["1.000", "mange", "-5", "99999999999999999", "٣"])
def test_a_value_that_is_none_is_kept_marked_and_only_submitting_is_refused(pen: Pen, typed: str) -> None:
    assert pen.write(P1, {"p2.target": typed}).status_code == 303
    page = pen.get(P1).text
    assert Form(page, "p1").values["p2.target"] == typed
    assert re.search(r'id="edit-p2\.target"[^>]*aria-invalid="true"', page)
    assert '#edit-p2.target"' in pen.get("/draft/submit").text
    assert "Indsend version" not in pen.get("/draft/submit").text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("p3.id", "9a", "er brugt to gange"),
        ("p1.id", "9 a", "brug bogstaver"),
        ("p1.id", "2023-01-01", "ligner en dato"),
        ("p1.title", "", "Titel mangler"),
        ("p1.title", "x" * 301, "højst 300 tegn"),
        ("p1.text", "a\x07b", "usynligt tegn"),
        ("p2.target", "", "Måltallet mangler"),
        ("p2.rule", "", "vælg, hvordan"),
        ("p2.cap", "90", "100 eller mere"),
        ("p2.rule", "parts", "mangler et delmål"),
        ("p2.rule", "bands", "ét trin"),
        ("p1.weight", "-1", "0 eller mere"),
    ],
)
def test_what_is_wrong_is_said_in_danish_at_its_field(pen: Pen, field: str, typed: str, said: str) -> None:
    pen.write(P1, {field: typed})
    page = pen.get(P1).text
    found = re.findall(r'class="form-error-message" id="([^"]*)-wrong">([^<]*)<', page)
    assert [(name, True) for name, text in found if said in text] == [(f"edit-{field}", True)], found


def test_two_tabs_of_one_goal_the_later_save_is_refused_and_shows_both(pen: Pen) -> None:
    one, two = pen.open(P1), pen.open(P1)
    assert pen.send(P1, one, {"p1.title": "Fra den ene", "p2.unit": "a"}).status_code == 303
    answer = pen.send(P1, two, {"p1.title": "Fra den anden"})
    assert answer.status_code == 409
    assert "Fra den ene" in answer.text
    form = Form(answer.text, "p1")
    assert form.values["p1.title"] == "Fra den anden"
    assert pen.open(P1).values["p1.title"] == "Fra den ene"
    assert pen.send(P1, form).status_code == 303
    assert pen.open(P1).values["p1.title"] == "Fra den anden"


def test_two_tabs_of_two_goals_do_not_meet(pen: Pen) -> None:
    one, two = pen.open(P1), pen.open("/draft/edit/p4")
    assert pen.send(P1, one, {"p1.title": "A"}).status_code == 303
    assert pen.send("/draft/edit/p4", two, {"p4.title": "B"}).status_code == 303
    assert (pen.open(P1).values["p1.title"], pen.open("/draft/edit/p4").values["p4.title"]) == ("A", "B")


def test_saving_while_one_writes_goes_on_from_itself_and_stops_at_another_tab(pen: Pen) -> None:
    form, other = pen.open(P1), pen.open(P1)
    answer = pen.keep(P1, form, {"p1.title": "Et"})
    assert "Gemt kl. " in answer.text
    form.values["revision"] = Form(f'<form method="post" action="p1">{answer.text}</form>', "p1").values[
        "revision"
    ]
    assert "Gemt kl. " in pen.keep(P1, form, {"p1.title": "Et to"}).text
    assert pen.open(P1).values["p1.title"] == "Et to"
    assert "Ikke gemt" in pen.keep(P1, other, {"p1.title": "Andet"}).text
    assert pen.open(P1).values["p1.title"] == "Et to"


def test_a_late_save_of_the_same_page_does_not_overtake_a_press(pen: Pen) -> None:
    form = pen.open(P1)
    pen.send(P1, form, {"p1.title": "Færdig"})
    pen.keep(P1, form, {"p1.title": "Færd"})
    assert pen.open(P1).values["p1.title"] == "Færdig"


def test_changing_the_rule_while_writing_brings_its_fields(pen: Pen) -> None:
    answer = pen.keep(P1, pen.open(P1), {"p2.rule": "linear"})
    assert 'id="rule-p2" hx-swap-oob="true"' in answer.text
    assert 'name="p2.zero_at"' in answer.text
    assert 'name="p3.' not in answer.text


def test_the_session_ends_in_the_middle_and_what_was_typed_can_be_sent_again(pen: Pen) -> None:
    form = pen.open(P1)
    pen.site.client.cookies.clear()
    answer = pen.send(P1, form, {"p1.text": "Linje\nto <b>"})
    assert answer.status_code == 401
    again = Form(answer.text)
    assert again.values["p1.text"] == "Linje\nto <b>"
    pen.site.log_in()
    assert pen.send(P1, again).status_code == 303
    assert pen.open(P1).values["p1.text"] == "Linje\nto <b>"


def test_goals_are_added_moved_removed_and_brought_back_and_a_double_press_does_it_once(pen: Pen) -> None:
    form = pen.open()
    for _ in range(2):
        pen.send("/draft/edit", form, press=form.button("add top"))
    for _ in range(2):
        pen.send("/draft/edit", form, press=form.button("down p1"))
    pen.send("/draft/edit", form, press=form.button("remove p4"))
    found = edits(pen)[0].content["parts"]
    assert [(each["fields"]["id"], each["gone"]) for each in found] == [
        ("10", True),
        ("9", False),
        ("11", False),
    ]
    page = pen.open()
    pen.send("/draft/edit", page, press=page.button("restore p4"))
    assert [each["gone"] for each in edits(pen)[0].content["parts"]] == [False] * 3


def test_indicators_nest_and_their_ids_are_free_ones(pen: Pen) -> None:
    form = pen.open(P1)
    pen.send(P1, form, {"p2.rule": "parts"}, press=form.button("add p1 "))
    form = pen.open(P1)
    pen.send(P1, form, press=form.button("add p2"))
    goal = edits(pen)[0].content["parts"][0]
    assert [each["fields"]["id"] for each in goal["parts"]] == ["9a", "9b", "9c"]
    assert [each["fields"]["id"] for each in goal["parts"][0]["parts"]] == ["9aa"]


def test_a_form_of_a_copy_that_is_gone_shows_what_was_typed_and_writes_nothing(pen: Pen) -> None:
    form = pen.open(P1)
    pen.send(P1, form, {"p1.title": "A"})
    pen.site.post("/cycles/c/draft/restore", {"version": "1", "revision": "1"})
    answer = pen.send(P1, form, {"p1.title": "Min tekst"})
    assert answer.status_code == 409
    assert "Min tekst" in answer.text
    assert all("Min tekst" not in str(each.content) for each in edits(pen))


@pytest.mark.parametrize(
    "press", ["up", "up p1", "up p1 x", "remove", "add", "add p1 <x>", "kind", "none a b c", "remove top"]
)
def test_a_button_that_is_none_of_ours_breaks_nothing(pen: Pen, press: str) -> None:
    assert pen.write("/draft/edit", {}, press=press).status_code in (303, 409)
    assert pen.get("/draft/edit").status_code == 200


def test_hostile_texts_are_texts(pen: Pen) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=y>{{ 7*7 }}'
    names = (
        "p1.id",
        "p1.title",
        "p1.text",
        "p1.focus",
        "p2.unit",
        "p2.owner",
        "p2.rule",
        "p2.target",
        "p1.same_as",
    )
    pen.write(P1, dict.fromkeys(names, evil))
    for path in (P1, "/draft/edit", "/draft/submit", "/draft/versions"):
        answer = pen.get(path)
        assert answer.status_code == 200
        page = Outline(answer.text)
        assert {(each["src"] or "").rpartition("/")[2].partition(".")[0] for each in page.of("script")} <= {
            "htmx",
            "drafting",
        }
        assert not page.of("img")
        assert "{{ 7*7 }}" in answer.text or path == "/draft/versions"


def test_thirty_goals_with_ten_indicators_are_pages_of_a_usual_size(pen: Pen) -> None:
    pen.site.world.act("2022-09-02", "holder", "submit-draft", text=many(30, 10), base="1")
    for path in ("/draft/edit", P1, "/draft/submit", "/draft/versions"):
        answer = pen.get(path)
        assert (answer.status_code, len(answer.content) < 300_000) == (200, True)
    assert pen.write(P1, {"p1.title": "Ny"}).status_code == 303
    assert pen.submit().status_code == 303
