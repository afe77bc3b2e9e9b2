"""The page of a cycle: its people with what they owe, its mail with its fate, its history in words, its wheel."""

import re
from html import unescape
from xml.etree import ElementTree as ET

from sqlmodel import col, select

from aarshjul.web.board.history_view import SHOWN as ENTRIES
from aarshjul.web.board.history_words import HAPPENED
from aarshjul.web.board.ledger_view import SHOWN as MESSAGES
from models.engine import reading, writing
from models.history import HistoryEntry
from models.message import Attempt, Message
from models.person import Person
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.outline import Outline


def section(site: Site, page: str, query: str = "") -> str:
    """What stands on a page of the cycle, as text with `|` for tags."""
    answer = site.client.get(f"/cycles/c/{page}{query}")
    assert answer.status_code == 200
    found = re.search(r"<h1>(.*?)</main>", answer.text, re.DOTALL)
    assert found is not None
    return re.sub(r"(\s*\|\s*)+", "|", unescape(re.sub(r"<[^>]+>", "|", found[1])))


def test_people_say_what_they_owe_the_late_first(logins: Site) -> None:
    logins.world.act("2022-04-22", "c1", "delegate", to="cc", from_="2022-04-22", until="2022-12-31")
    with writing(logins.world.engine) as session:
        session.get_one(Person, "b1").bounced_at = at("2022-05-03")
    logins.clock.moment = at("2022-05-25")
    logins.log_in()
    text = section(logins, "people")
    assert text.index("|Direktør|") < text.index("|KKR-medlem|")
    assert "|Resultater|Fredag den 20. maj 2022, 5 dage over tiden|" in text
    assert (
        "|KKR-medlem|Fuldmagt til KKR-formand, fredag den 22. april 2022 til lørdag den 31. december 2022|"
        in text
    )
    assert "|Bestyrelsesmedlem|Mails kommer retur siden tirsdag den 3. maj 2022|" in text
    assert "|Abonnent|Abonnenter|Intet|" in text
    logins.world.act("2022-05-25", "co", "leave", person="w2")
    people = re.search(r"<table.*</table>", logins.client.get("/cycles/c/people").text, re.DOTALL)
    assert people is not None
    assert "Kommunaldirektør" not in people[0]


def test_messages_say_their_fate_and_the_other_sides_words(logins: Site) -> None:
    logins.log_in()
    assert "Der er ingen mails endnu." in section(logins, "messages")
    logins.world.round("2022-04-20")
    with writing(logins.world.engine) as session:
        row = session.exec(select(Message).where(Message.person_id == "b1").order_by(col(Message.id))).first()
        assert row is not None
        assert row.id is not None
        row.state = "failed"
        session.add(
            Attempt(
                message_id=row.id,
                attempted_at=at("2022-04-20"),
                outcome="permanent",
                code=550,
                text="<b>no\nsuch</b> user",
            )
        )
    assert "|Kunne ikke leveres|550 <b>no such</b> user|" in section(logins, "messages")
    assert "|Could not be delivered|" in section(logins, "messages", "?lang=en")


def test_only_the_last_messages_and_entries_are_shown_the_newest_first(logins: Site) -> None:
    world = logins.world
    for day in ("2022-04-20", "2022-05-13", "2022-08-18", "2022-09-23", "2022-11-04", "2022-11-11"):
        world.round(day)
    for hour in range(24):
        world.act(f"2022-05-03 {hour:02}:00", "b1", "answer", milestone="dialogue", reply="accepted")
        world.act(f"2022-05-03 {hour:02}:30", "b1", "answer", milestone="dialogue", reply="declined")
    logins.log_in()
    page = logins.client.get("/cycles/c/messages").text
    history = section(logins, "history")
    assert history.count("|svarede på invitationen|") == ENTRIES
    assert history.index("23.30") < history.index("23.00")
    with reading(world.engine) as session:
        count = len(session.exec(select(Message.id).where(Message.cycle_id == "c")).all())
    messages = re.search(r'aria-labelledby="which".*?</table>', page, re.DOTALL)
    assert messages is not None
    assert len(re.findall(r'<tr role="row">\n', messages[0])) == min(count, MESSAGES)


def test_history_says_from_what_to_what_in_words(logins: Site) -> None:
    world = logins.world
    world.act("2022-04-21", "co", "move", milestone="results", to="2022-05-24")
    world.act("2022-04-22", "b1", "answer", milestone="dialogue", reply="declined")
    world.act("2022-04-23", "holder", "submit-draft", text="Et udkast")
    world.act("2022-04-24", "co", "request-data", indicator="1b", owner="w2", due="2022-05-20")
    logins.log_in()
    text = section(logins, "history")
    assert "|Koordinator|flyttede|Resultater|" in text
    assert "Dato: Fredag den 20. maj 2022 → Tirsdag den 24. maj 2022" in text
    assert "|Bestyrelsesmedlem|svarede på invitationen|Dialogmøde|Svar: Nej|" in text
    assert "|Direktør|afleverede et udkast" in text
    assert "Version 1" in text
    assert "Status: Udkastet skrives → Udkastet er afleveret" in text
    english = section(logins, "history", "?lang=en")
    assert "|Koordinator|moved|Resultater|" in english


def test_every_act_of_a_year_has_its_words(logins: Site) -> None:
    logins.world.round("2022-04-20")
    with reading(logins.world.engine) as session:
        rows = session.exec(select(HistoryEntry).where(HistoryEntry.type == "act")).all()
    assert {row.what for row in rows} <= set(HAPPENED["da"])


def test_wheel_is_a_picture_of_its_own_that_runs_nothing(logins: Site) -> None:
    logins.log_in()
    page = Outline(logins.client.get("/cycles/c?lang=en").text)
    assert page.of("img")[0]["src"] == "../cycles/c/wheel.svg?lang=en"
    assert page.of("source")[0]["srcset"] == "../cycles/c/wheel.svg?lang=en&narrow"
    wide, narrow = (logins.client.get(f"/cycles/c/wheel.svg{query}") for query in ("", "?narrow"))
    for answer in (wide, narrow):
        assert answer.headers["content-type"].startswith("image/svg+xml")
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["cache-control"] == "no-store"
        ET.fromstring(answer.text)  # noqa: S314 -- our own
        assert not re.search(r"<script|style=|href=", answer.text)
    assert wide.text != narrow.text


def test_meeting_leads_to_its_papers_and_a_deadline_or_a_cancelled_one_to_none(logins: Site) -> None:
    logins.log_in()

    def links(slug: str) -> list[str | None]:
        return [
            each["href"] for each in Outline(logins.client.get(f"/cycles/c/milestones/{slug}").text).of("a")
        ]

    assert "../../../cycles/c/milestones/dialogue/agenda" in links("dialogue")
    assert not any("agenda" in (each or "") for each in links("draft"))
    logins.world.act("2022-05-02", "co", "cancel", milestone="dialogue", reason="x")
    assert not any("agenda" in (each or "") for each in links("dialogue"))
