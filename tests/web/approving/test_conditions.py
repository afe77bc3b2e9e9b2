"""Conditions: who may say that one is met or waived, that both are final, and who sees which."""

import pytest

from models.conditions import conditions_of
from models.engine import reading
from tests.builders import at
from tests.web.approving.test_whole_approval import door, submitted
from tests.web.logged_in import Site

MAY = (  # who: what they are offered of a condition that the board set and member w1 sees to
    ("co", "met waived"),
    ("holder", "met"),
    ("b1", "waived"),
    ("c1", ""),
    ("w1", "met"),
    ("w2", ""),
)


def approved_on_condition(site: Site, owner: str = "w1") -> None:
    submitted(site)
    listed = f'[{{text: "Følg <b>op</b>", owner: {owner}, due: 2022-12-01}}]'
    fields = {"body": "board", "outcome": "approved-with-conditions", "conditions": listed}
    site.world.act("2022-11-21", "bc", "decide", **fields)
    site.clock.moment = at("2022-12-05")


def state(site: Site) -> str:
    with reading(site.world.engine) as session:
        return conditions_of(session, "c")[0].state


@pytest.mark.parametrize(("person", "ways"), MAY)
def test_each_is_offered_what_they_may_say_and_no_more(logins: Site, person: str, ways: str) -> None:
    approved_on_condition(logins)
    top = door(logins, person)

    page = logins.client.get(f"{top}/conditions").text
    answers = {
        way: logins.post(
            f"{top}/conditions/1/settle", {"once": way, "outcome": way, "reason": "Punkt 2"}
        ).status_code
        for way in ("waived", "met")
        if way not in ways
    }

    assert [way for way in ("met", "waived") if f'name="outcome" value="{way}"' in page] == ways.split()
    assert "Følg &lt;b&gt;op&lt;/b&gt;" in page
    assert "over tiden" in page
    assert set(answers.values()) <= {409}
    assert state(logins) == "open"
    if ways:
        first = {"once": "z", "outcome": ways.split(maxsplit=1)[0], "reason": "Punkt 2"}
        assert logins.post(f"{top}/conditions/1/settle", first).status_code == 303
        assert state(logins) == ways.split(maxsplit=1)[0]
        assert 'name="outcome"' not in logins.client.get(f"{top}/conditions").text


def test_a_condition_is_waived_only_with_a_reason_and_nothing_chosen_is_not_met(logins: Site) -> None:
    approved_on_condition(logins)
    logins.log_in()

    nothing = logins.post("/cycles/c/conditions/1/settle", {"once": "a", "reason": "Ja"})
    without = logins.post("/cycles/c/conditions/1/settle", {"once": "b", "outcome": "waived"})

    assert (nothing.status_code, without.status_code) == (409, 409)
    assert "Ja</textarea>" in nothing.text
    assert 'href="#settle-1-reason"' in without.text
    assert state(logins) == "open"


def test_who_sees_no_drafts_sees_the_conditions_that_are_theirs_alone(logins: Site) -> None:
    approved_on_condition(logins, owner="sub")
    top = door(logins, "sub")

    page = logins.client.get(f"{top}/conditions")

    assert page.status_code == 200
    assert f"{top.removeprefix('/')}/approval" not in page.text
    met = {"once": "a", "outcome": "met"}
    assert logins.post(f"{top}/conditions/1/settle", met).status_code == 303
    assert state(logins) == "met"
