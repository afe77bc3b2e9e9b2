"""Cards as Teams takes them."""

import json
from dataclasses import replace
from typing import Any

import pytest

from aarshjul.core.duties import DutyKind
from notifications.card import card
from notifications.facts import GoalScore
from tests.notifications.letters import CASES, OF_MAIL_ALONE
from tests.notifications.matters import FINAL, RESULTS, letter


def envelope(name: str) -> Any:
    return json.loads(card(CASES[name]))


def facts(content: Any) -> dict[str, str]:
    return {
        fact["title"]: fact["value"]
        for each in content["body"]
        if each["type"] == "FactSet"
        for fact in each["facts"]
    }


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_card_is_a_message_with_one_adaptive_card(name: str) -> None:
    message = envelope(name)
    assert message["type"] == "message"
    assert message["duties"] == list(CASES[name].served)
    [attachment] = message["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    content = attachment["content"]
    assert (content["type"], content["version"]) == ("AdaptiveCard", "1.4")
    assert {each["type"] for each in content["body"]} <= {
        "TextBlock",
        "FactSet",
        "Container",
        "RichTextBlock",
    }


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_card_says_nothing_of_what_only_a_mail_has(name: str) -> None:
    said = card(CASES[name]).decode()
    assert not [words for words in OF_MAIL_ALONE if words in said]


def test_what_when_where_and_who_owes_stand_in_a_fact_set() -> None:
    content = envelope("remind-answer.da")["attachments"][0]["content"]
    assert facts(content) == {
        "Hvad": "Dialogmøde mellem KKR Nordjylland og bestyrelsen",
        "Tid": "fredag den 18. november 2022 kl. 10.00-12.00",
        "Sted": "Aalborg, sal 1",
        "Status": "Foreløbig – reservér datoen",
        "Vi mangler": "dit svar på invitationen",
    }
    escalated = envelope("escalate.en")["attachments"][0]["content"]
    assert facts(escalated)["Missing from"] == "Analysechef and Direktør"


def test_the_link_is_an_action_and_absent_where_there_is_none() -> None:
    with_link = envelope("remind.da")["attachments"][0]["content"]
    [action] = with_link["actions"]
    assert (action["type"], action["url"]) == (
        "Action.OpenUrl",
        "https://aarshjul.example.org/nordjylland-2023",
    )
    assert "actions" not in envelope("remind-comment.da")["attachments"][0]["content"]


def test_who_has_a_teams_name_is_mentioned() -> None:
    content = envelope("invite.da")["attachments"][0]["content"]
    [mention] = content["msteams"]["entities"]
    assert mention["mentioned"] == {"id": "formand@ehnj.example.org", "name": "Bestyrelsesformand Åse"}
    assert mention["text"] in [each.get("text") for each in content["body"]]
    assert "msteams" not in envelope("remind.da")["attachments"][0]["content"]


def test_a_title_cannot_become_a_link_or_bold() -> None:
    odd = replace(RESULTS, title="[her](https://ond.example.org) **nu** _x_ `y`")
    content = json.loads(card(letter(DutyKind.REMIND, odd)))["attachments"][0]["content"]
    assert facts(content)["Hvad"] == r"\[her\](https://ond.example.org) \*\*nu\*\* \_x\_ \`y\`"


def test_a_long_report_is_cut_but_keeps_its_total() -> None:
    goals = tuple(GoalScore(id=str(n), title="mål " * 200, shown=1, low=1, high=1) for n in range(60))
    payload = card(letter(DutyKind.SCORE, score=replace(FINAL, goals=goals, findings=("fund " * 200,) * 60)))
    assert len(payload) < 28_000
    assert facts(json.loads(payload)["attachments"][0]["content"])["Samlet"] == "97 %"


def test_the_same_letter_is_the_same_card() -> None:
    assert card(replace(CASES["score.da"])) == card(CASES["score.da"])
