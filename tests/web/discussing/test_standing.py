"""Where members stand: the own position, others' for whom one speaks, and only on the text that was shown."""

from sqlmodel import col, select

from models.consultation import Position
from models.engine import reading
from tests.web.approving.test_whole_approval import NEWER, door, shown, submitted
from tests.web.logged_in import Site


def positions(site: Site) -> list[tuple[str, str, str | None, str]]:
    with reading(site.world.engine) as session:
        rows = session.exec(select(Position).order_by(col(Position.person_id)))
        return [(row.person_id, row.position, row.remarks, row.given_by) for row in rows]


def said(site: Site, position: str, once: str = "a", **more: str) -> dict[str, str]:
    return {"once": once, "hash": shown(site), "position": position, **more}


def test_a_member_says_where_they_stand_and_the_page_says_it(logins: Site) -> None:
    submitted(logins)
    page = f"{door(logins, 'w1')}/consultation"

    answer = logins.post(page, said(logins, "objects", remarks="Nej, fordi <b>x</b>"))

    assert answer.status_code == 303
    assert positions(logins) == [("w1", "objects", "Nej, fordi <b>x</b>", "w1")]
    shown_now = logins.client.get(page).text
    assert "Nej, fordi &lt;b&gt;x&lt;/b&gt;" in shown_now
    assert 'value="objects" checked' in shown_now
    assert "Har ikke sagt det" in shown_now


def test_remarks_that_are_missing_are_asked_for_and_the_choice_stays(logins: Site) -> None:
    submitted(logins)

    answer = logins.post(f"{door(logins, 'w1')}/consultation", said(logins, "agrees-with-remarks"))

    assert answer.status_code == 409
    assert 'href="#own-remarks"' in answer.text
    assert 'value="agrees-with-remarks" checked' in answer.text
    assert positions(logins) == []


def test_the_coordinator_writes_down_what_a_member_said_and_another_member_may_not(logins: Site) -> None:
    submitted(logins)
    theirs = said(logins, "agrees", person="w2")

    refused = logins.post(f"{door(logins, 'w1')}/consultation", theirs)
    logins.log_in()
    nobody = logins.post("/cycles/c/consultation", said(logins, "agrees", "n", person=""))
    done = logins.post("/cycles/c/consultation", theirs | {"once": "b"})

    assert (refused.status_code, nobody.status_code, done.status_code) == (409, 409, 303)
    assert positions(logins) == [("w2", "agrees", None, "co")]
    assert "noteret af Koordinator" in logins.client.get("/cycles/c/consultation").text


def test_nobody_agrees_to_a_text_that_their_page_did_not_show(logins: Site) -> None:
    submitted(logins)
    old = said(logins, "agrees")
    logins.world.act("2022-11-21", "holder", "submit-draft", text=NEWER, base="1")

    answer = logins.post(f"{door(logins, 'w1')}/consultation", old)

    assert answer.status_code == 409
    assert "Teksten er ændret" in answer.text
    assert positions(logins) == []


def test_who_answers_after_the_deadline_is_said_to_be_late_and_a_later_version_asks_anew(
    logins: Site,
) -> None:
    submitted(logins)
    logins.world.act("2022-10-10", "w1", "respond", position="agrees")
    logins.world.act("2022-11-01", "w2", "respond", position="agrees")
    logins.log_in()

    first = logins.client.get("/cycles/c/consultation").text
    logins.world.act("2022-11-21", "holder", "submit-draft", text=NEWER, base="1")
    logins.world.act("2022-11-21", "w2", "respond", position="objects", remarks="Nej")
    second = logins.client.get("/cycles/c/consultation").text

    assert first.count("for sent") == 1
    assert "for sent" not in second
    assert "Enig om version 1, som ikke tælles nu" in second


def test_before_there_is_a_draft_nobody_is_asked(logins: Site) -> None:
    logins.log_in()

    page = logins.client.get("/cycles/c/consultation")

    assert page.status_code == 200
    assert 'name="once"' not in page.text
    assert "Der er intet udkast endnu" in page.text
    assert "Der er intet udkast endnu" in logins.client.get("/cycles/c/approval").text
