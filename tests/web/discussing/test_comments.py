"""Comments: who may write, reply and settle; what stands in the draft no more is kept apart; nothing typed is lost."""

import pytest
from sqlmodel import col, select

from models.consultation import Comment
from models.engine import reading
from notifications.personal_links import make_link
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.serving import SECRET

HOSTILE = "<script>alert(1)</script>\n\n<img src=x onerror=alert(2)> [a](javascript:alert(3))"
ROLES = (  # who, may read and write, may settle
    ("co", True, True),
    ("holder", True, True),
    ("bc", True, False),
    ("c1", True, False),
    ("w1", True, False),
    ("ob", True, False),
    ("sub", False, False),
)


def door(site: Site, person: str) -> str:
    """Where the pages of the cycle stand for somebody: their own link."""
    return f"/p/{make_link(SECRET.encode(), 'c', person, site.clock.moment)}"


def comments(site: Site) -> list[tuple[int, str | None, str, str]]:
    with reading(site.world.engine) as session:
        rows = session.exec(select(Comment).order_by(col(Comment.number))).all()
        return [(row.number, row.goal, row.person_id, row.state) for row in rows]


@pytest.mark.parametrize(("person", "reads", "settles"), ROLES)
def test_each_role_is_offered_what_it_may_do_and_no_more(
    logins: Site, person: str, reads: bool, settles: bool
) -> None:
    logins.world.act("2022-05-01", "w1", "comment", text="Hvorfor?")
    top = door(logins, person)

    page = logins.client.get(f"{top}/comments")
    written = logins.post(f"{top}/comments", {"once": "a", "about": "goal:1", "text": "Godt"})
    settled = logins.post(f"{top}/comments/1/settle", {"once": "b", "outcome": "accepted"})

    assert page.status_code == (200 if reads else 403)
    assert ("comments/1/settle" in page.text) is settles
    assert written.status_code == (303 if reads else 403)
    assert settled.status_code == (303 if settles else 409 if reads else 403)
    assert [row[1:] for row in comments(logins)[1:]] == ([("1", person, "open")] if reads else [])


def test_a_reply_stands_in_its_thread_and_a_declined_thread_says_why(logins: Site) -> None:
    logins.log_in()
    logins.post("/cycles/c/comments", {"once": "a", "about": "indicator:1a", "text": "For lavt"})
    logins.post("/cycles/c/comments/1/reply", {"once": "b", "text": "Enig i det"})

    without = logins.post("/cycles/c/comments/1/settle", {"once": "c", "outcome": "declined"})
    done = logins.post(
        "/cycles/c/comments/1/settle", {"once": "c", "outcome": "declined", "reason": "Tallet findes ikke"}
    )

    assert without.status_code == 409
    assert 'href="#settle-1-reason"' in without.text
    assert 'value="declined" checked' in without.text
    assert done.headers["location"].endswith("/comments?done=settle-comment#comment-1")
    page = logins.client.get("/cycles/c/comments").text
    assert "Delmål 1a" in page
    assert "Begrundelse: Tallet findes ikke" in page
    assert page.index("For lavt") < page.index('<li id="comment-2">') < page.index("Enig i det")


def test_what_was_said_of_a_goal_that_no_longer_stands_is_kept_apart(logins: Site) -> None:
    logins.world.act("2022-05-01", "w1", "comment", text="Om toeren", goal="2")
    logins.log_in()
    assert 'id="gone"' not in logins.client.get("/cycles/c/comments").text
    text = (
        "format: aarshjul/contract@1\nid: d\ntitle: Ny\nyear: 2023\nholder: Erhvervshus\ncouncil: KKR\n"
        "goals: [{id: '1', title: Kendskab, level: regional, indicators: [{id: 1a, rule: {at_least: 5}}]}]\n"
    )
    logins.world.act("2022-05-02", "holder", "submit-draft", text=text)

    page = logins.client.get("/cycles/c/comments").text

    assert page.index('id="gone"') < page.index("Om toeren")
    assert 'value="goal:2"' not in page


def test_the_page_of_a_goal_shows_its_threads_alone_and_a_comment_there_is_about_it(logins: Site) -> None:
    logins.world.act("2022-05-01", "w1", "comment", text="Om det hele")
    logins.world.act("2022-05-01", "w1", "comment", text="Om etteren", goal="1")
    logins.log_in()

    page = logins.client.get("/cycles/c/comments?goal=1").text

    assert "Om etteren" in page
    assert "Om det hele" not in page
    assert '<option value="goal:1" selected>' in page


def test_what_people_write_is_text_and_does_nothing(logins: Site) -> None:
    logins.log_in()
    answer = logins.post("/cycles/c/comments", {"once": "a", "about": "whole", "text": HOSTILE})
    refused = logins.post("/cycles/c/comments", {"once": "b", "about": "goal:<b>", "text": HOSTILE})

    page = logins.client.get("/cycles/c/comments").text

    assert answer.status_code == 303
    assert refused.status_code == 409
    for each in (page, refused.text):
        assert "<script>alert" not in each
        assert "<img src=x" not in each
        assert 'href="javascript' not in each


def test_a_comment_that_is_refused_keeps_what_was_typed_even_where_its_thread_is_none(logins: Site) -> None:
    logins.log_in()

    answer = logins.post("/cycles/c/comments/77/reply", {"once": "a", "text": "Et langt svar"})

    assert answer.status_code == 409
    assert "Et langt svar</textarea>" in answer.text
    assert 'role="alert"' in answer.text


def test_pressed_twice_it_is_said_once(logins: Site) -> None:
    logins.log_in()

    answers = [logins.post("/cycles/c/comments", {"once": "a", "text": "En gang"}) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert len(comments(logins)) == 1


def test_another_regions_coordinator_finds_nothing(logins: Site) -> None:
    logins.log_in("co2")

    assert logins.client.get("/cycles/c/comments").status_code == 404
    assert logins.post("/cycles/c/comments", {"once": "a", "text": "Fremmed"}).status_code == 404
    assert comments(logins) == []


def test_a_closed_cycle_shows_what_was_said_and_offers_nothing(logins: Site) -> None:
    logins.world.act("2022-05-01", "w1", "comment", text="Det nåede vi")
    logins.world.act("2022-05-02", "co", "close", reason="Opgivet")
    logins.log_in()

    page = logins.client.get("/cycles/c/comments").text

    assert "Det nåede vi" in page
    assert 'name="once"' not in page
    assert logins.post("/cycles/c/comments", {"once": "a", "text": "For sent"}).status_code == 409


def test_who_looks_by_link_sees_the_page_in_the_language_asked_for(logins: Site) -> None:
    made = make_link(SECRET.encode(), "c", "w1", at("2022-05-02"))

    assert "Comments on the draft" in logins.client.get(f"/p/{made}/comments?lang=en").text
