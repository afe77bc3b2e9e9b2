"""Pressing the buttons of the approval: on the text that was shown alone, once, and nothing that was typed gets lost."""

import re
import threading

import pytest

from tests.builders import at
from tests.web.approving.test_whole_approval import (
    NEWER,
    conditions,
    decide,
    decisions,
    door,
    shown,
    stage,
    submitted,
    votes,
)
from tests.web.logged_in import Site

PAGE = "/cycles/c/approval"
HOSTILE = "</textarea><script>alert(1)</script>"


def code_for(site: Site) -> str:
    """The one-time code that a press by link was answered with, in a mail."""
    site.postman.finish()
    found = re.search(r"\b(\d{4}) (\d{4})\b", site.mails()[-1].get_content())
    assert found is not None
    return found[1] + found[2]


def with_code(site: Site, person: str, doing: str, typed: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Where a press by link goes, and what it sends once it has the code that its page asks for."""
    path = f"{door(site, person)}/approval/{doing}"
    asked = site.post(path, typed)
    assert asked.status_code == 200, asked.text
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', asked.text))
    carried.pop("code_anew", None)  # that of the other button, which sends another code
    return path, {**carried, "code": code_for(site)}


def press_by_link(site: Site, person: str, doing: str, typed: dict[str, str]) -> int:
    """A press with its code; the last answer's status."""
    return site.post(*with_code(site, person, doing, typed)).status_code


def test_both_chairs_sign_by_link_with_a_code_and_the_contract_is_in_force(logins: Site) -> None:
    submitted(logins)
    logins.world.act("2022-11-21", "bc", "decide", body="board", outcome="approved")
    logins.world.act("2022-11-21", "cc", "decide", body="council", outcome="approved")

    for person, body in (("bd", "board"), ("cc", "council")):
        typed = {"once": body, "hash": shown(logins), "body": body}
        assert press_by_link(logins, person, "sign", typed) == 303

    assert stage(logins) == "in-force"


@pytest.mark.parametrize("doing", ["decide", "vote", "sign", "put-in-force"])
def test_who_presses_on_an_earlier_text_decides_nothing_and_is_shown_what_is_new(
    logins: Site, doing: str
) -> None:
    old = submitted(logins)
    logins.log_in()
    typed = decide(logins, "board", "approved", minutes="Punkt 4", reason="Det, jeg skrev", vote="for")
    logins.world.act("2022-11-21", "holder", "submit-draft", text=NEWER, base="1")
    new = shown(logins)
    assert old == typed["hash"] != new

    answer = logins.post(f"{PAGE}/{doing}", typed | {"person": "b1"})

    assert answer.status_code == 409
    assert "Teksten er ændret, siden du åbnede siden" in answer.text
    assert "den viste version 1" in answer.text
    assert '<ins><span class="heard"> [tilføjet: </span>meget' in answer.text
    assert f'name="hash" value="{new}"' in answer.text
    assert old not in answer.text
    assert (decisions(logins), votes(logins), stage(logins)) == ([], [], "submitted")


def test_the_form_that_comes_back_then_decides_about_the_text_that_was_shown_with_it(logins: Site) -> None:
    submitted(logins)
    logins.log_in()
    typed = decide(logins, "board", "returned", minutes="Punkt 4")
    logins.world.act("2022-11-21", "holder", "submit-draft", text=NEWER, base="1")
    logins.post(f"{PAGE}/decide", typed)

    answer = logins.post(f"{PAGE}/decide", typed | {"hash": shown(logins)})

    assert answer.status_code == 303
    assert decisions(logins) == [("board", "returned", "co")]


def test_a_form_without_the_hash_decides_nothing(logins: Site) -> None:
    submitted(logins)
    logins.log_in()
    typed = decide(logins, "board", "approved", minutes="Punkt 4")

    assert logins.post(f"{PAGE}/decide", typed | {"hash": ""}).status_code == 409
    assert decisions(logins) == []


def test_pressed_twice_and_again_after_going_back_it_is_decided_once(logins: Site) -> None:
    submitted(logins)
    logins.log_in()
    typed = decide(logins, "board", "approved", minutes="Punkt 4")

    first = logins.post(f"{PAGE}/decide", typed)
    logins.world.act("2022-11-22", "holder", "submit-draft", text=NEWER, base="1")
    second = logins.post(f"{PAGE}/decide", typed)

    assert (first.status_code, second.status_code) == (303, 303)
    assert second.headers["location"].endswith("?done=already")
    assert len(decisions(logins)) == 1


def test_chair_and_deputy_at_one_moment_decide_once_and_the_other_is_told(logins: Site) -> None:
    submitted(logins)
    barrier, found = threading.Barrier(2), []
    ready = [
        with_code(logins, who, "decide", decide(logins, "board", "approved", who)) for who in ("bc", "bd")
    ]

    def press(path: str, typed: dict[str, str]) -> None:
        barrier.wait(20)
        found.append(logins.post(path, typed).status_code)

    threads = [threading.Thread(target=press, args=each) for each in ready]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)

    assert (sorted(found), len(decisions(logins))) == ([303, 409], 1)


def test_a_stand_in_votes_for_the_member_by_link_with_a_code(logins: Site) -> None:
    submitted(logins)
    logins.world.act("2022-11-20", "co", "appoint-deputy", person="b1", deputy="ob")
    typed = {"once": "v", "hash": shown(logins), "body": "board", "vote": "against", "person": "b1"}

    assert press_by_link(logins, "ob", "vote", typed) == 303
    assert votes(logins) == [("b1", "against", "ob")]


def test_what_is_missing_is_said_at_its_row_and_all_that_was_typed_stays(logins: Site) -> None:
    submitted(logins)
    logins.log_in()
    row = {"condition-1-text": HOSTILE, "condition-3-owner": "holder", "condition-3-due": "2023-06-01"}

    answer = logins.post(
        f"{PAGE}/decide", decide(logins, "board", "approved-with-conditions", minutes="P", **row)
    )

    assert answer.status_code == 409
    assert 'href="#decide-board-condition-1-owner"' in answer.text
    assert 'href="#decide-board-condition-3-text"' in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "<script>alert" not in answer.text
    assert 'name="condition-3-due" value="2023-06-01"' in answer.text
    assert decisions(logins) == []


def test_one_more_row_is_asked_for_without_scripts_and_nothing_is_decided(logins: Site) -> None:
    submitted(logins)
    logins.log_in()
    typed = decide(logins, "board", "approved", reason="Kladde", **{"condition-1-text": "Først"})

    answer = logins.post(f"{PAGE}/decide", typed | {"more": "1"})

    assert answer.status_code == 200
    assert "condition-2-text" in answer.text
    assert "Først</textarea>" in answer.text
    assert "Kladde</textarea>" in answer.text
    assert 'value="approved" checked' in answer.text
    assert (decisions(logins), conditions(logins)) == ([], [])


def test_a_coordinator_without_the_minutes_is_told_so(logins: Site) -> None:
    submitted(logins)
    logins.log_in()

    answer = logins.post(f"{PAGE}/decide", decide(logins, "board", "approved"))

    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert decisions(logins) == []


def test_a_change_that_a_meeting_wants_stands_in_the_way_and_says_so(logins: Site) -> None:
    submitted(logins)
    logins.world.act(
        "2022-11-21",
        "co",
        "minute",
        milestone="dialogue",
        area="Kendskab",
        said="Højere",
        change=["Hæv måltallet"],
    )
    logins.clock.moment = at("2022-11-22")

    page = logins.client.get(f"{door(logins, 'bc')}/approval").text

    assert "Hæv måltallet" in page
    assert 'value="approved"' not in page
    assert 'value="returned"' in page


SEEN = (  # what somebody did before version 2 came, and what its changes are said to be since
    (
        "w1",
        "respond",
        {"position": "agrees"},
        "Ændringer siden version 1, som du sidst sagde din holdning til",
    ),
    ("b1", "vote", {"body": "board", "vote": "for"}, "Ændringer siden version 1, som du sidst stemte om"),
    (
        "bc",
        "decide",
        {"body": "board", "outcome": "returned", "reason": "Nej"},
        "Ændringer siden version 1, som bestyrelsen sidst besluttede om",
    ),
    ("c1", "comment", {"text": "Hm"}, "Du har ikke taget stilling til en tidligere version."),
)


@pytest.mark.parametrize(("who", "did", "fields", "said"), SEEN)
def test_changes_are_since_what_one_or_ones_body_took_a_stand_on(
    logins: Site, who: str, did: str, fields: dict[str, str], said: str
) -> None:
    submitted(logins)
    page = logins.client.get(f"{door(logins, who)}/approval").text
    assert "Det er den første version" in page
    logins.world.act("2022-11-21", who, did, **fields)
    logins.world.act("2022-11-22", "holder", "submit-draft", text=NEWER, base="1")
    logins.clock.moment = at("2022-11-23")

    assert said in logins.client.get(f"{door(logins, who)}/approval").text
    logins.world.act("2022-11-23", who, "respond", position="agrees")
    page = logins.client.get(f"{door(logins, who)}/approval").text
    assert "Du har sagt din holdning til netop denne tekst" in page
