"""Who may open which page about oneself, in both languages, and that looking changes nothing."""

import pytest

from tests.web.logged_in import Site
from tests.web.personal_data.own import link_of

PAGES = ("preferences", "delegate", "calendars", "data", "data.json", "data.html", "data.pdf")
OPEN = dict.fromkeys(PAGES, 200)
TABLE = {  # who, by a link of theirs: what each page answers
    "co": OPEN,
    "holder": OPEN,
    "bc": OPEN,
    "b1": OPEN,
    "w1": OPEN,
    "ob": OPEN,
    "sub": OPEN | {"delegate": 403},
    "nobody": dict.fromkeys(PAGES, 404),
}


@pytest.mark.parametrize("person", TABLE)
def test_by_link(logins: Site, person: str) -> None:
    before = len(logins.world.history())

    found = {page: logins.client.get(link_of(person, page)).status_code for page in PAGES}

    assert found == TABLE[person]
    assert len(logins.world.history()) == before


def test_of_who_left_nothing_is_shown(logins: Site) -> None:
    logins.world.act("2022-04-30", "co", "leave", person="gone")

    assert {logins.client.get(link_of("gone", page)).status_code for page in PAGES} == {404}


def test_a_coordinator_has_them_behind_the_login_and_in_no_other_cycle(logins: Site) -> None:
    logins.log_in()

    assert {logins.client.get(f"/cycles/c/{page}").status_code for page in PAGES} == {200}
    assert {logins.client.get(f"/cycles/other/{page}").status_code for page in PAGES} == {404}


def test_an_old_link_opens_none_of_them(logins: Site) -> None:
    logins.clock.moment = logins.clock.moment.replace(year=2023)

    assert {logins.client.get(link_of("b1", page)).status_code for page in PAGES} == {410}


@pytest.mark.parametrize("page", ["preferences", "delegate", "calendars", "data"])
def test_they_are_in_both_languages_and_kept_by_nobody(logins: Site, page: str) -> None:
    texts = {}
    for language in ("da", "en"):
        answer = logins.client.get(link_of("b1", f"{page}?lang={language}"))
        assert answer.headers["cache-control"] == "no-store"
        assert answer.text.count("<h1>") == 1
        texts[language] = answer.text.partition("<h1>")[2].partition("</h1>")[0]
    assert texts["da"] != texts["en"]


@pytest.mark.parametrize("page", ["preferences", "preferences/news", "delegate", "delegate/end", "calendars"])
def test_a_form_of_another_site_does_nothing(logins: Site, page: str) -> None:
    before = len(logins.world.history())

    assert (
        logins.post(
            link_of("b1", page), {"digest": "true", "show": "meetings"}, sec_fetch_site="cross-site"
        ).status_code
        == 403
    )
    assert len(logins.world.history()) == before
