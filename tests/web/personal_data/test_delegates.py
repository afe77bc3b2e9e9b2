"""Naming a delegate, ending it, and seeing whom one acts for."""

import re

import httpx
import pytest

from models.cycle import Membership
from models.engine import reading
from tests.web.logged_in import Site
from tests.web.personal.coded import hidden
from tests.web.personal_data.own import link_of

FOR_TWO_WEEKS = {"to": "w1", "from": "2022-05-01", "until": "2022-05-14", "once": "a"}


def member(site: Site, who: str = "b1") -> Membership:
    with reading(site.world.engine) as session:
        return session.get_one(Membership, ("c", who))


def stands_in(site: Site, who: str = "b1") -> str | None:
    from models.loading import load_cycle

    with reading(site.world.engine) as session:
        view = load_cycle(session, "c")
    return view.by_person[who].stand_in_on(view.today(site.clock()))


def name(site: Site, **typed: str) -> httpx.Response:
    """Name one by link, with the code that comes by mail."""
    site.mails()
    asked = site.post(link_of("b1", "delegate"), FOR_TWO_WEEKS | typed)
    site.postman.finish()
    [mail] = site.mails()
    code = re.search(r"\d{4} \d{4}", mail.get_content())
    assert code is not None
    return site.post(link_of("b1", "delegate"), hidden(asked) | {"code": code[0]})


def test_a_delegate_is_named_between_two_dates(logins: Site) -> None:
    assert name(logins).status_code == 303

    assert stands_in(logins) == "w1"
    assert "Erhvervschef har fuldmagt" in logins.client.get(link_of("b1", "delegate")).text
    assert "Bestyrelsesmedlem, med fuldmagt" in logins.client.get(link_of("w1", "delegate")).text


def test_a_link_alone_names_nobody_and_says_what_the_code_is_for(logins: Site) -> None:
    asked = logins.post(link_of("b1", "delegate"), FOR_TWO_WEEKS)

    assert (asked.status_code, member(logins).delegate_id) == (200, None)
    for said in ("give fuldmagt", "Erhvervschef", "2022-05-14"):
        assert said in asked.text
    assert logins.post(link_of("b1", "delegate"), hidden(asked) | {"code": "1234 5678"}).status_code == 400
    assert member(logins).delegate_id is None


def test_who_is_logged_in_needs_no_code(logins: Site) -> None:
    logins.log_in("co")

    assert logins.post("/cycles/c/delegate", FOR_TWO_WEEKS).status_code == 303
    assert stands_in(logins, "co") == "w1"


@pytest.mark.parametrize("begins", ["2022-04-20", "2022-05-01", "2022-05-02", "2022-05-09", ""])
def test_it_is_ended_at_once_whenever_it_began(logins: Site, begins: str) -> None:
    name(logins, **{"from": begins})

    assert logins.post(link_of("b1", "delegate/end"), {"once": "b"}).status_code == 303

    assert stands_in(logins) is None
    assert logins.world.last_facts()["was"] == "w1"
    assert "Ingen har fuldmagt" in logins.client.get(link_of("b1", "delegate")).text
    assert (
        logins.post(link_of("b1", "delegate/end"), {"once": "c"}).headers["location"].endswith("done=already")
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"to": ""}, "to"),
        ({"to": "b1"}, "to"),
        ({"to": "co2"}, "to"),
        ({"to": "sub"}, "to"),
        ({"from": "2022-05-20"}, "until"),
        ({"until": "soon"}, "until"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_named(logins: Site, typed: dict[str, str], field: str) -> None:
    answer = logins.post(link_of("b1", "delegate"), FOR_TWO_WEEKS | typed)

    assert answer.status_code == 409
    assert f'href="#delegate-{field}"' in answer.text
    assert member(logins).delegate_id is None


def test_a_subscriber_is_shown_nobody_and_names_nobody(logins: Site) -> None:
    answer = logins.client.get(link_of("sub", "delegate"))

    assert answer.status_code == 403
    assert "Bestyrelsesmedlem" not in answer.text
    assert logins.post(link_of("sub", "delegate"), FOR_TWO_WEEKS).status_code == 403
    assert member(logins, "sub").delegate_id is None
