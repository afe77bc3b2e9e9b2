"""A milestone's page: what is offered, what is shown before, and what is kept of what was typed."""

import re

import pytest

from tests.acts.meetings import hold_meeting
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.milestones.pressing import (
    AS_IT_IS,
    HIDDEN,
    PAGE,
    act_in,
    attach,
    hidden,
    offered,
    row_of,
    told,
)


@pytest.mark.parametrize(
    ("slug", "acts"),
    [
        ("dialogue", {"confirm", "move", "cancel", "attach"}),
        ("start", {"move", "cancel", "attach"}),
        ("notes", {"done", "move", "cancel", "attach"}),
        ("council-approval", {"move", "cancel", "attach"}),
    ],
)
def test_a_page_has_forms_for_what_can_be_done(logins: Site, slug: str, acts: set[str]) -> None:
    logins.log_in()

    assert offered(logins.client.get(f"/cycles/c/milestones/{slug}").text) == acts


@pytest.mark.parametrize(
    ("slug", "leads"),
    [
        ("dialogue", None),
        ("notes", None),
        ("results", "goals"),
        ("draft", "draft"),
        ("council-approval", "approval"),
        ("board-approval", "approval"),
    ],
)
def test_a_page_leads_on_to_where_it_is_done(logins: Site, slug: str, leads: str | None) -> None:
    logins.log_in()

    text = logins.client.get(f"/cycles/c/milestones/{slug}").text

    assert re.findall(r'<p><a href="[^"]*cycles/c/([^"]*)">Gå til', text) == ([leads] if leads else [])


def test_a_meeting_of_the_record_is_offered_on_its_day_and_what_is_cancelled_offers_papers_alone(
    logins: Site,
) -> None:
    hold_meeting(logins.world.engine, "m1", "2022-11-25", at="10:00")
    logins.log_in()
    page = logins.client.get(PAGE).text
    assert "anchor" in offered(page)
    assert "fredag den 25. november 2022 10.00: Møde m1 (KKR)" in page

    logins.world.act("2022-05-02", "co", "cancel", milestone="dialogue")

    assert offered(logins.client.get(PAGE).text) == {"attach"}


def test_first_it_is_shown_and_a_second_press_does_it(logins: Site) -> None:
    logins.world.round("2022-04-20")
    logins.log_in()
    before = logins.world.snapshot()

    shown = logins.post(
        f"{PAGE}/move/preview", {**AS_IT_IS, "to": "2022-11-19", "reason": "<b>", "once": "a"}
    )

    assert (shown.status_code, logins.world.snapshot()) == (200, before)
    for said in ("lørdag den 19. november 2022", "Materiale", "Bestyrelsesmedlem", "en lørdag"):
        assert said in shown.text
    answer = logins.post(f"{PAGE}/move", hidden(shown.text))
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("milestones/dialogue?done=move&undo=a")
    assert (str(row_of(logins, "dialogue").on), str(row_of(logins, "papers").on)) == (
        "2022-11-19",
        "2022-11-07",
    )
    logins.world.round("2022-05-02 12:00")
    assert told(logins) == {"b1", "bc", "bd", "c1", "cc", "holder", "gone"}


def test_what_happened_between_the_two_presses_is_shown_before_anything_is_done(logins: Site) -> None:
    logins.log_in()
    shown = logins.post(f"{PAGE}/move/preview", {**AS_IT_IS, "place": "Hobro", "once": "a"})
    logins.world.act("2022-05-02", "co", "move", milestone="dialogue", to="2022-11-22")

    answer = logins.post(f"{PAGE}/move", hidden(shown.text))

    assert (answer.status_code, row_of(logins, "dialogue").place) == (409, "Aalborg")
    assert "Der er sket noget" in answer.text
    assert logins.post(f"{PAGE}/move", hidden(answer.text)).status_code == 303
    row = row_of(logins, "dialogue")
    assert (row.place, str(row.on)) == (
        "Hobro",
        "2022-11-22",
    )  # what the form did not change stays as it is now


def test_pressed_again_after_it_was_done_it_is_done_once(logins: Site) -> None:
    logins.log_in()
    fields = hidden(logins.post(f"{PAGE}/move/preview", {**AS_IT_IS, "place": "Hobro", "once": "a"}).text)

    answers = [logins.post(f"{PAGE}/move", fields) for _ in range(2)]

    assert [each.headers["location"].partition("?")[2] for each in answers] == [
        "done=move&undo=a",
        "done=already",
    ]
    assert row_of(logins, "dialogue").revision == 2


@pytest.mark.parametrize("step", ["/preview", ""])
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"to": "2022-02-31"}, "to"),
        ({"to": "18/11"}, "to"),
        ({"at": "25:00"}, "at"),
        ({"to": "2021-01-01"}, ""),
        ({}, ""),
    ],
)
def test_a_date_that_cannot_be_keeps_what_was_typed(
    logins: Site, step: str, typed: dict[str, str], field: str
) -> None:
    logins.log_in()

    answer = logins.post(f"{PAGE}/move{step}", {**AS_IT_IS, "reason": "Salen\n<b>", "once": "a", **typed})

    assert (answer.status_code, str(row_of(logins, "dialogue").on)) == (409, "2022-11-18")
    assert 'role="alert"' in answer.text
    assert "Salen\n&lt;b&gt;</textarea>" in answer.text
    for value in typed.values():
        assert f'value="{value}"' in answer.text
    assert not field or f'href="#move-{field}"' in answer.text


def test_a_meeting_is_closed_with_those_who_were_there(logins: Site) -> None:
    logins.world.act("2022-05-02", "w1", "answer", milestone="start", reply="accepted")
    logins.clock.moment = at("2022-08-26")
    logins.log_in()
    page = "/cycles/c/milestones/start"
    form = logins.client.get(f"{page}/hold").text
    assert re.search(r'value="w1" checked', form)
    assert not re.search(r'value="w2" checked', form)

    answer = logins.client.post(
        f"{page}/hold/preview",
        data={"present": ["w1", "w2"], "minutes": "Sag 7", "once": "a"},
        headers={"sec-fetch-site": "same-origin"},
    )

    assert "Til stede: Erhvervschef og Kommunaldirektør" in answer.text
    assert "Det kan ikke fortrydes" in answer.text
    names = HIDDEN.findall(act_in(answer.text))
    data = {"present": [value for name, value in names if name == "present"], "minutes": "Sag 7", "once": "a"}
    headers = {"sec-fetch-site": "same-origin"}
    assert logins.client.post(f"{page}/hold", data=data, headers=headers).status_code == 303
    row = row_of(logins, "start")
    assert (row.state, row.present, row.minutes) == ("done", ["w1", "w2"], "Sag 7")


def test_each_who_owes_it_has_a_button(logins: Site) -> None:
    logins.log_in()

    logins.post("/cycles/c/milestones/notes/done", {"person": "w1", "once": "a"})

    text = logins.client.get("/cycles/c/milestones/notes").text
    assert 'name="person" value="w2"' in text
    assert 'name="person" value="w1"' not in text
    logins.post("/cycles/c/milestones/notes/done", {"once": "b"})
    assert row_of(logins, "notes").state == "done"


def test_another_regions_coordinator_finds_nothing(logins: Site) -> None:
    logins.log_in()
    attach(logins, "open.txt")
    logins.log_in("co2")
    before = logins.world.snapshot()

    for path in (PAGE, f"{PAGE}/move", "/cycles/c/documents/1"):
        assert logins.client.get(path).status_code == 404
    for path in (
        f"{PAGE}/move",
        f"{PAGE}/move/preview",
        f"{PAGE}/attach",
        "/cycles/c/undo",
        "/cycles/c/withdraw",
    ):
        assert logins.post(path, {"once": "a", "to": "2022-11-22", "press": "a"}).status_code == 404
    assert logins.world.snapshot() == before


def test_who_wants_to_correct_it_finds_what_was_typed(logins: Site) -> None:
    logins.log_in()
    shown = logins.post(
        f"{PAGE}/move/preview", {**AS_IT_IS, "place": "Hobro", "reason": "Salen", "once": "a"}
    )

    answer = logins.post(f"{PAGE}/move/preview", {**hidden(shown.text), "correct": "1"})

    assert answer.status_code == 200
    assert 'value="Hobro"' in answer.text
    assert "Salen</textarea>" in answer.text
