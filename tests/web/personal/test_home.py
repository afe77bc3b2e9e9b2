"""The page of one's own: what is owed with one press each, and nothing done by looking."""

import pytest

from models.cycle import Cycle
from models.engine import writing
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.personal.own import Own


@pytest.fixture
def own(logins: Site) -> Own:
    return Own(site=logins)


def test_a_member_sees_what_they_owe_and_answers_with_one_press(own: Own) -> None:
    token = own.token()
    page = own.get(token)
    assert "Dialogmøde" in page.text
    assert "Ja, jeg kommer" in page.text

    answer = own.post(token, "answer", once="a", milestone="dialogue", reply="accepted")

    assert (answer.status_code, own.answers()) == (303, {"b1": "accepted"})
    assert answer.headers["location"].endswith(f"p/{token}?done=answer")
    assert "Dit svar: Ja." in own.get(token).text


def test_an_answer_is_changed_by_another_press(own: Own) -> None:
    token = own.token()
    own.post(token, "answer", once="a", milestone="dialogue", reply="accepted")

    own.post(token, "answer", once="b", milestone="dialogue", reply="declined", at="dialogue")

    assert own.answers() == {"b1": "declined"}
    assert "Dit svar: Nej." in own.get(token, "milestones", "dialogue").text


def test_pressed_twice_it_is_answered_once(own: Own) -> None:
    fields = {"once": "a", "milestone": "dialogue", "reply": "accepted"}
    second = [own.post(own.token(), "answer", **fields) for _ in range(2)][1]

    assert second.headers["location"].endswith("?done=already")


def test_a_deadline_is_reported_done_for_oneself_alone_even_by_a_coordinator(own: Own) -> None:
    own.site.clock.moment = at("2022-10-20")

    own.post(own.token("w1"), "done", once="a", milestone="notes")
    refused = own.post(own.token("co"), "done", once="b", milestone="notes")

    assert (own.done(), refused.status_code) == (["w1"], 409)


def test_what_is_late_stands_first_and_says_so(own: Own) -> None:
    own.site.clock.moment = at("2022-10-20")

    text = own.get(own.token("w1")).text

    assert text.index("Fristen var fredag den 14. oktober 2022") < text.index(
        "Senest fredag den 28. oktober 2022"
    )
    assert 'class="late"' in text


def test_who_stands_in_sees_and_answers_for_whom(own: Own) -> None:
    own.site.world.act("2022-05-01", "b1", "delegate", to="w1")
    token = own.token("w1")
    assert "På vegne af Bestyrelsesmedlem" in own.get(token).text

    own.post(token, "answer", once="a", milestone="dialogue", reply="declined", person="b1")

    assert own.answers() == {"b1": "declined"}


def test_nobody_answers_for_somebody_for_whom_they_do_not_stand_in(own: Own) -> None:
    answer = own.post(own.token(), "answer", once="a", milestone="dialogue", reply="accepted", person="c1")

    assert (answer.status_code, own.answers()) == (409, {})
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(("person", "said"), [("ob", "Tak for det"), ("sub", "Du følger forløbet")])
def test_who_owes_nothing_is_told_so_kindly(own: Own, person: str, said: str) -> None:
    assert said in own.get(own.token(person)).text


def test_a_subscriber_sees_dates_and_neither_the_draft_nor_who_comes(own: Own) -> None:
    own.site.world.act("2022-05-01", "holder", "submit-draft", text="A secret text")
    token = own.token("sub")

    text = own.get(token).text + own.get(token, "milestones", "dialogue").text

    assert "A secret text" not in text
    assert "Udkastet" not in text
    assert "KKR-medlem" not in text


def test_others_of_a_meeting_are_shown_to_those_of_it(own: Own) -> None:
    assert "KKR-medlem" in own.get(own.token(), "milestones", "dialogue").text
    assert "KKR-medlem" not in own.get(own.token("ob"), "milestones", "dialogue").text


@pytest.mark.parametrize(
    ("person", "milestone", "status"),
    [
        ("b1", "dialogue", 200),
        ("co", "dialogue", 200),
        ("w1", "dialogue", 403),
        ("ob", "dialogue", 403),
        ("sub", "dialogue", 403),
        ("sub", "council-approval", 403),
        ("c1", "council-approval", 200),
        ("w1", "notes", 404),
        ("b1", "nothing", 404),
    ],
)
def test_an_agenda_is_for_those_of_the_meeting(own: Own, person: str, milestone: str, status: int) -> None:
    assert own.get(own.token(person), "milestones", milestone, "agenda").status_code == status


def test_a_cycle_that_has_not_begun_and_one_that_is_closed_say_so(own: Own) -> None:
    other = own.get(own.token("b1", "other"))
    own.site.world.act("2022-05-01", "co", "close", reason="moved")
    closed = own.get(own.token())

    assert (other.status_code, closed.status_code) == (200, 200)
    assert "not begun yet" in other.text
    assert "Forløbet er afsluttet" in closed.text
    assert own.get(own.token("b1", "other"), "milestones", "dialogue").status_code == 404
    assert (
        own.post(own.token(), "answer", once="a", milestone="dialogue", reply="accepted").status_code == 409
    )


def test_an_invitation_whose_answer_is_not_owed_can_be_answered_on_its_page(own: Own) -> None:
    token = own.token("c1")
    assert "Ja, jeg kommer" in own.get(token, "milestones", "council-approval").text

    own.post(token, "answer", once="a", milestone="council-approval", reply="declined", at="council-approval")

    assert own.answers() == {"c1": "declined"}
    assert "Ja, jeg kommer" not in own.get(own.token("w1"), "milestones", "council-approval").text


def test_an_unknown_milestone_is_none(own: Own) -> None:
    assert own.get(own.token(), "milestones", "nothing").status_code == 404
    assert own.post(own.token(), "answer", once="a", at="nothing", milestone="x").status_code in (404, 409)


def test_looking_by_any_method_changes_nothing(own: Own) -> None:
    before = own.site.world.snapshot()
    for person in ("co", "holder", "bc", "b1", "c1", "w1", "ob", "sub"):
        token = own.token(person)
        for path in ("", "milestones/dialogue", "not-me", "answer", "done", "condition", "renew"):
            for method in ("GET", "HEAD", "OPTIONS"):
                own.get(token, *([path] if path else []), method=method)

    assert own.site.world.snapshot() == before


def test_a_press_from_another_site_does_nothing(own: Own) -> None:
    path = f"/p/{own.token()}/answer"
    fields = {"once": "a", "milestone": "dialogue", "reply": "accepted"}

    assert own.site.post(path, fields, sec_fetch_site="cross-site").status_code == 403
    assert own.answers() == {}


def test_a_signature_is_asked_for_once_there_is_something_to_sign(own: Own) -> None:
    page = own.get(own.token("bc"))

    assert "Du behøver ikke gøre noget endnu" in page.text
    assert "skriv under" not in page.text


def test_a_decision_is_asked_of_a_member_once_the_text_has_come_so_far(own: Own) -> None:
    early = own.get(own.token("b1"))
    own.site.world.act("2022-05-01", "holder", "submit-draft", text="A text")
    own.site.world.act("2022-05-01", "co", "cancel", milestone="dialogue", reason="none")
    now = own.get(own.token("b1"))

    assert "tag stilling" not in early.text
    assert "Udkastet skal besluttes, når" in early.text
    assert "Læs udkastet, og tag stilling" in now.text


def test_what_a_cycle_does_not_have_is_not_linked_to(own: Own) -> None:
    assert "/goals" in own.get(own.token("b1")).text
    with writing(own.site.world.engine) as session:
        session.get_one(Cycle, "c").contract_id = None

    assert "/goals" not in own.get(own.token("b1")).text


def test_a_condition_is_said_to_be_met_by_whom_it_binds(own: Own) -> None:
    world = own.site.world
    world.act("2022-05-01", "holder", "submit-draft", text="A text")
    world.act("2022-05-01", "co", "cancel", milestone="dialogue", reason="none")
    world.act(
        "2022-05-02", "bc", "decide", body="board", outcome="approved-with-conditions", reason="More figures"
    )
    token = own.token("holder")
    assert "Betingelse 1: More figures" in own.get(token).text

    others = own.post(own.token("w1"), "condition", once="a", condition="1")
    answer = own.post(token, "condition", once="b", condition="1")

    assert (others.status_code, answer.status_code) == (409, 303)
    assert "More figures" not in own.get(token).text
