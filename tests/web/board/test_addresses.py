"""Who gets which of the coordinators' pages: a table written by hand, every page by every kind of person."""

import pytest
from sqlmodel import col, select

from models.cycle import Membership
from models.engine import reading, writing
from models.history import HistoryEntry
from tests.web.logged_in import Site

# Every page, by who asks: nobody, the cycle's coordinator, another cycle's, a board member with a link.
# 200n is the neutral page that says nothing of any cycle.
# `left` coordinated the cycle, is still logged in, and takes part no more.
TABLE = [
    # path                                     nobody   co     co2    bc     left
    ("/login", "200", "200", "200", "200", "200"),
    ("/login?sent=1", "200", "200", "200", "200", "200"),
    ("/login/none", "404", "404", "404", "404", "404"),
    ("/logout", "405", "405", "405", "405", "405"),
    ("/cycles", "303", "200", "200", "303", "303"),
    ("/cycles?year=2023&phase=drafting&body=KKR", "303", "200", "200", "303", "303"),
    ("/cycles/c", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c?login", "303", "200", "404n", "303", "303"),
    ("/cycles/other", "200n", "404n", "200", "200n", "200n"),
    ("/cycles/none", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/wheel.svg", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/wheel.svg?narrow", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/other/wheel.svg", "200n", "404n", "200", "200n", "200n"),
    ("/cycles/none/wheel.svg", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/draft", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/draft?login", "303", "200", "404n", "303", "303"),
    ("/cycles/c/draft?version=1", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/draft?from=1&to=2", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/other/draft", "200n", "404n", "200", "200n", "200n"),
    ("/cycles/none/draft", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/results", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/other/results", "200n", "404n", "200", "200n", "200n"),
    ("/cycles/none/results", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/milestones/dialogue", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/milestones/draft", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/milestones/none", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/other/milestones/dialogue", "200n", "404n", "200", "200n", "200n"),
    ("/cycles/none/milestones/none", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/milestones/dialogue/agenda", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/milestones/dialogue/agenda?login", "303", "200", "404n", "303", "303"),
    ("/cycles/c/milestones/dialogue/minutes", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/milestones/draft/agenda", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/milestones/none/minutes", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/other/milestones/dialogue/agenda", "200n", "404n", "200", "200n", "200n"),
    ("/cycles/none/milestones/none/minutes", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/people", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/people?login", "303", "200", "404n", "303", "303"),
    ("/cycles/other/people", "200n", "404n", "200", "200n", "200n"),
    ("/cycles/none/people", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/people/b1", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/people/none", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/people/co2", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/people/join", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/messages", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/messages?after=x&state=none", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/messages?after=99999999999999999999", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/other/messages", "200n", "404n", "200", "200n", "200n"),
    ("/cycles/c/messages/1000000", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/messages/x", "200n", "404n", "404n", "200n", "200n"),
    ("/cycles/c/history", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/history?before=2", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/history?before=0", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/c/history?before=x", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/other/history", "200n", "404n", "200", "200n", "200n"),
    ("/cycles/c/activate", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/other/activate", "200n", "404n", "200", "200n", "200n"),
    ("/cycles/c/close", "200n", "200", "404n", "200n", "200n"),
    ("/cycles/none/close", "200n", "404n", "404n", "200n", "200n"),
    ("/static/none.css", "404", "404", "404", "404", "404"),
    ("/static/..%2Fpages%2Fframe.html", "404", "404", "404", "404", "404"),
]
NEUTRAL = "Årshjulet står i din kalender"


def somebody(site: Site, person: str | None) -> None:
    """Be somebody; a board member has no session, however they come by a link."""
    site.client.cookies.clear()
    if person == "bc":
        assert site.post(site.link("bc")).status_code == 404
    elif person == "left":
        with writing(site.world.engine) as session:
            session.get_one(Membership, ("c", "gone")).roles = ["coordinator"]
        site.log_in("gone")
        assert site.client.get("/cycles/c").status_code == 200
        site.world.act("2022-05-02", "co", "leave", person="gone")
    elif person is not None:
        site.log_in(person)


@pytest.mark.parametrize(("column", "person"), list(enumerate([None, "co", "co2", "bc", "left"])))
def test_everybody_gets_what_the_table_says(logins: Site, column: int, person: str | None) -> None:
    somebody(logins, person)
    found, wanted = [], []
    for path, *statuses in TABLE:
        for method in ("GET", "HEAD"):
            answer = logins.client.request(method, path)
            neutral = (
                "n" if statuses[column].endswith("n") and (method == "HEAD" or NEUTRAL in answer.text) else ""
            )
            found.append((method, path, f"{answer.status_code}{neutral}"))
            wanted.append((method, path, statuses[column]))
            if not path.startswith("/static"):
                assert answer.headers["cache-control"] == "no-store"
                assert answer.headers["referrer-policy"] == "no-referrer"
    assert found == wanted


def test_what_is_refused_is_the_same_whether_it_exists_or_not(logins: Site) -> None:
    for person in (None, "co2"):
        somebody(logins, person)
        pages = {
            logins.client.get(path).text.replace("../", "")  # how deep it was asked for is no news
            for path in (
                "/cycles/c",
                "/cycles/none",
                "/cycles/c/milestones/dialogue",
                "/cycles/x/milestones/y",
                "/cycles/c/draft",
                "/cycles/x/draft?from=1&to=2",
                "/cycles/c/results",
                "/cycles/c/wheel.svg",
                "/cycles/c/milestones/dialogue/agenda",
                "/cycles/c/milestones/x/minutes",
                "/cycles/c/people",
                "/cycles/x/people/b1",
                "/cycles/c/messages/1",
                "/cycles/x/history",
                "/cycles/c/activate",
            )
        }
        assert len(pages) == 1


# What each button answers by who presses it; whoever may gets the form again, as it lacks something, or is done.
PRESSES = [
    # path                           nobody  co     co2    bc     left
    ("/cycles/c/people/join", 401, 409, 404, 401, 401),
    ("/cycles/c/people/b1/leave", 401, 303, 404, 401, 401),
    ("/cycles/c/people/c1/address", 401, 409, 404, 401, 401),
    ("/cycles/c/people/c1/none", 401, 404, 404, 401, 401),
    ("/cycles/c/messages/1000000/resend", 401, 404, 404, 401, 401),
    ("/cycles/c/history/verify", 401, 200, 404, 401, 401),
    ("/cycles/c/activate", 401, 409, 404, 401, 401),
    ("/cycles/c/close", 401, 409, 404, 401, 401),
    ("/cycles/other/close", 401, 404, 409, 401, 401),
    ("/cycles/other/activate", 401, 404, 303, 401, 401),
]


@pytest.mark.parametrize(("column", "person"), list(enumerate([None, "co", "co2", "bc", "left"])))
def test_only_a_coordinator_of_the_cycle_presses_anything(
    logins: Site, column: int, person: str | None
) -> None:
    somebody(logins, person)
    before = entries(logins)
    found = [
        (path, logins.post(path, {"once": f"{number}"}).status_code)
        for number, (path, *_) in enumerate(PRESSES)
    ]
    assert found == [(path, statuses[column]) for path, *statuses in PRESSES]
    done = sum(status == 303 for _, status in found)
    assert (entries(logins) > before) == (done > 0)


def test_no_button_is_pressed_from_another_site_or_by_a_personal_link(logins: Site) -> None:
    logins.log_in()
    before = entries(logins)
    for path, *_ in PRESSES:
        assert logins.post(path, {"once": "a"}, sec_fetch_site="cross-site").status_code == 403
    assert entries(logins) == before


def entries(site: Site) -> int:
    with reading(site.world.engine) as session:
        return len(session.exec(select(col(HistoryEntry.id))).all())
