"""What somebody owes, by the API: the day, and the act that answers it, which is taken as it is told."""

from typing import Any

import pytest

from aarshjul.files.act_forms import ACT_FORMS
from aarshjul.web.api.owed import ANSWERED_BY
from aarshjul.web.personal.owed import Wanted
from notifications.facts import Owed
from tests.builders import at
from tests.web.api.asking import TOP, Asking, conforms
from tests.web.approving.test_whole_approval import submitted


def owed(asking: Asking, token: str) -> list[dict[str, Any]]:
    answer = asking.get("/me/owed", token)
    conforms(asking.site.client.get(f"{TOP}/openapi.json").json(), "/me/owed", answer)
    found: list[dict[str, Any]] = answer.json()
    return found


def test_everything_that_can_be_owed_has_an_act_that_answers_it() -> None:
    assert set(ANSWERED_BY) == {*Owed, *Wanted}
    assert {act for acts in ANSWERED_BY.values() for act in acts} <= set(ACT_FORMS)


@pytest.mark.parametrize(
    ("day", "person", "milestone", "rest"),
    [
        ("2022-09-20", "holder", "draft", {"text": "# Mål\n\nEn tekst.\n"}),
        ("2022-10-20", "w1", "notes", {}),
        ("2022-11-10", "c1", "dialogue", {"reply": "accepted"}),
    ],
)
def test_an_act_that_is_named_answers_it_and_then_it_is_owed_no_more(
    asking: Asking, day: str, person: str, milestone: str, rest: dict[str, str]
) -> None:
    asking.site.clock.moment = at(day)
    token = asking.token(person)
    found = next(each for each in owed(asking, token) if each["milestone"] == milestone)
    assert (found["person"], found["waits"], found["due"] is not None) == (person, False, True)
    answer = asking.act(found["acts"][0], token, **found["fields"], **rest)
    assert answer.status_code == 200, answer.text
    assert milestone not in [each["milestone"] for each in owed(asking, token)]


def test_what_is_late_comes_first_and_others_owe_nothing_here(asking: Asking) -> None:
    asking.site.clock.moment = at("2022-10-03")
    found = owed(asking, asking.token("holder"))
    assert [each["late"] for each in found] == sorted((each["late"] for each in found), reverse=True)
    assert {each["person"] for each in found} == {"holder"}
    assert owed(asking, asking.token("sub")) == owed(asking, asking.token("holder", cycle_id="other")) == []


def test_a_decision_names_what_is_open_to_whom_and_nothing_while_the_text_has_not_come_so_far(
    asking: Asking,
) -> None:
    asking.site.clock.moment = at("2022-11-21")
    chair, member = asking.token("bc"), asking.token("b1")
    before = next(each for each in owed(asking, member) if each["milestone"] == "board-approval")
    assert (before["waits"], before["acts"], before["fields"]) == (True, [], {})
    submitted(asking.site)
    for token in (chair, member):
        found = next(each for each in owed(asking, token) if each["milestone"] == "board-approval")
        assert (found["acts"], found["fields"]) == (["decide", "vote"], {"body": "board"})
    assert asking.act("vote", member, body="board", vote="for").status_code == 200
