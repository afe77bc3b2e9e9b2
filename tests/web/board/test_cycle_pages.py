"""The coordinators' pages: who gets which, and what stands on them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from aarshjul.acts.importing import import_cycle
from aarshjul.acts.perform import perform
from aarshjul.core.attendance import Group, Reply
from aarshjul.core.cycle import State
from aarshjul.core.duties import DutyKind
from aarshjul.core.stages import Outcome, Stage
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.read import read_cycle
from aarshjul.web import board_words, frame_words
from aarshjul.web.board import history_words
from aarshjul.web.login.words import WORDS as LOGIN_WORDS
from models.cycle import Membership
from models.engine import reading, writing
from models.meeting import Meeting
from models.message import STATES
from models.milestone import Invitation, Milestone
from tests.builders import at, d
from tests.web.logged_in import Site
from tests.web.outline import Outline


@pytest.mark.parametrize("path", ["/cycles", "/cycles/c", "/cycles/c/milestones/dialogue", "/login"])
def test_pages_are_only_looked_at_and_allow_nothing_of_others(logins: Site, path: str) -> None:
    logins.log_in()
    before = logins.world.snapshot()
    answer = logins.client.get(path)
    assert logins.world.snapshot() == before
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"(src|href|action)=\"(https?:)?//|style=|\son\w+=", answer.text)
    assert re.findall(r"<script[^>]*>[^<]*", answer.text) == re.findall(
        r'<script src="[./]*static/htmx\.[0-9a-f]{12}\.js" defer>', answer.text
    )
    for method in ("PUT", "DELETE", "PATCH"):
        assert logins.client.request(method, path).status_code == 405


def test_a_cycle_says_who_owes_what_and_leads_to_its_meetings(logins: Site) -> None:
    logins.clock.moment = at("2022-05-25")
    logins.log_in()
    text = logins.client.get("/cycles/c").text
    assert "Udkastet skrives" in text
    assert '<span class="late">Overskredet</span>' in text
    page = Outline(text)
    links = [each["href"] for each in page.of("a")]
    assert "../cycles/c/milestones/dialogue" in links
    assert "<li>Direktør</li>" in text
    assert "<li>Bestyrelsesmedlem</li>" in text


def test_a_meeting_says_who_answered_what_when_and_how(logins: Site) -> None:
    world = logins.world
    world.round("2022-04-20")
    world.act("2022-04-21 09:30", "b1", "answer", milestone="dialogue", reply="accepted")
    world.act("2022-04-22", "c1", "delegate", to="cc", from_="2022-04-22", until="2022-12-31")
    world.act("2022-04-22 14:05", "cc", "answer", milestone="dialogue", reply="declined", person="c1")
    with writing(world.engine) as session:
        row = session.get_one(Invitation, (milestone_id(logins), "bd"))
        row.partstat, row.answered_through, row.answered_at = "tentative", "mail", at("2022-04-23", "08:00")
    logins.log_in()
    rows = seats(logins.client.get("/cycles/c/milestones/dialogue").text)
    assert rows["Bestyrelsesmedlem"][2:] == ["Ja", "Torsdag den 21. april 2022 09.30", "selv"]
    assert rows["Bestyrelsesnæstformand"][2:] == ["Måske", "Lørdag den 23. april 2022 08.00", "på mail"]
    assert rows["KKR-medlem"][2:] == ["Nej", "Fredag den 22. april 2022 14.05", "af KKR-formand"]
    assert rows["Bestyrelsesformand"][2:] == ["Intet svar", "", ""]
    english = logins.client.get("/cycles/c/milestones/dialogue?lang=en").text
    assert seats(english)["KKR-medlem"][2:] == ["No", "Friday 22 April 2022 14:05", "by KKR-formand"]


def test_a_meeting_that_was_held_says_who_was_there(logins: Site) -> None:
    logins.world.round("2022-04-20")
    logins.world.act(
        "2022-11-18 13:00", "co", "hold", milestone="dialogue", minutes="Sag 1", present="b1,cc,w1"
    )
    logins.clock.moment = at("2022-11-19")
    logins.log_in()
    text = logins.client.get("/cycles/c/milestones/dialogue").text
    assert "Til stede (2)" in text
    assert "Desuden til stede (1)" in text
    assert "Bestyrelsen for Erhvervshus: 1 af " in text
    assert "<dd>Sag 1</dd>" in text


def test_a_meeting_names_the_other_cycles_that_it_carries_and_leads_to_those_of_its_reader(
    logins: Site,
) -> None:
    engine = logins.world.engine
    perform(engine, "other", "co2", "activate", parse_act("activate", {}), at("2022-04-19"))
    with writing(engine) as session:
        session.add(
            Meeting(
                id="joint",
                body="KKR",
                title="Fællesmøde",
                on=d("2022-11-18"),
                made_at=at("2022-04-19"),
                changed_at=at("2022-04-19"),
            )
        )
        session.flush()
        for row in session.exec(select(Milestone).where(Milestone.slug == "dialogue")):
            row.meeting_id = "joint"
    logins.log_in()
    text = logins.client.get("/cycles/c/milestones/dialogue").text
    assert "<h1>Fællesmøde</h1>" in text
    assert "<dd>Another contract: Dialogmøde</dd>" in text
    assert logins.client.get("/cycles/other/milestones/dialogue").status_code == 404
    with writing(engine) as session:
        session.get_one(Membership, ("other", "gone")).roles = ["coordinator"]
    logins.log_in("gone")
    links = [
        each["href"] for each in Outline(logins.client.get("/cycles/c/milestones/dialogue").text).of("a")
    ]
    assert "../../../cycles/other/milestones/dialogue" in links


def test_a_page_in_english_leads_to_pages_in_english(logins: Site) -> None:
    logins.log_in()
    page = Outline(logins.client.get("/cycles/c?lang=en").text)
    inner = [each["href"] or "" for each in page.of("a") if "cycles" in (each["href"] or "")]
    assert inner
    assert all(href.endswith("?lang=en") for href in inner)
    assert page.of("html")[0]["lang"] == "en"
    assert Outline(logins.client.get("/cycles/c?lang=xx").text).of("html")[0]["lang"] == "da"


def test_a_cycle_with_any_name_and_markup_in_its_texts_is_shown_as_text(logins: Site, tmp_path: Path) -> None:
    text = (tmp_path / "other.cycle.yaml").read_text(encoding="utf-8")
    text = text.replace("id: other", "id: third").replace(
        "title: Another contract", "title: '<script>alert(1)</script>'"
    )
    text = text.replace("title: Dialogmøde", "title: '\"><img src=x> & {{ 7*7 }}'").replace("co2", "co3")
    (tmp_path / "third.cycle.yaml").write_text(text, encoding="utf-8")
    with writing(logins.world.engine) as session:
        import_cycle(session, read_cycle(str(tmp_path / "third.cycle.yaml")), None, at("2022-04-01"))
    logins.log_in("co3")
    for path in ("/cycles", "/cycles/third", "/cycles/third/milestones/dialogue"):
        page = logins.client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;" in page


def test_style_and_letters_are_kept_for_long_and_small(logins: Site) -> None:
    page = logins.client.get("/login")
    sheets = [(each["href"] or "").removeprefix("./") for each in Outline(page.text).of("link")]
    answers = [logins.client.get(f"/{each}") for each in sheets]
    fonts = [name for each in answers for name in re.findall(r"url\(([^)]+)\)", each.text)]
    answers += [logins.client.get(f"/static/{name}") for name in fonts]
    assert [each.status_code for each in answers] == [200] * 5
    assert {each.headers["cache-control"] for each in answers} == {"public, max-age=31536000, immutable"}
    assert all(each.headers["x-content-type-options"] == "nosniff" for each in answers)
    assert sum(each.num_bytes_downloaded for each in (page, *answers)) < 300_000
    plain = logins.client.get(f"/{sheets[0]}", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == answers[0].text


def test_both_languages_say_the_same_things() -> None:
    tables = [
        *(board_words.WORDS, board_words.STAGES, board_words.STATES, board_words.REPLIES, board_words.GROUPS),
        *(board_words.BODIES, board_words.OUTCOMES),
        *(history_words.HAPPENED, history_words.SENT, history_words.FATES, history_words.DETAILS),
        *(frame_words.WORDS, LOGIN_WORDS),
    ]
    for words in tables:
        assert words["da"].keys() == words["en"].keys()
        for name, text in words["da"].items():
            assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", words["en"][name]))


def test_everything_that_can_be_said_has_a_word() -> None:
    for table, values in (
        (board_words.STAGES, Stage),
        (board_words.STATES, State),
        (board_words.REPLIES, Reply),
        (board_words.GROUPS, Group),
        (board_words.OUTCOMES, Outcome),
        (history_words.SENT, DutyKind),
    ):
        assert set(table["da"]) == {str(value) for value in values}
    assert set(history_words.FATES["da"]) == set(STATES)


def test_a_look_writes_a_sessions_use_down_once_in_a_while(logins: Site) -> None:
    logins.log_in()
    logins.client.get("/cycles")
    before = logins.world.snapshot()["loginsession"]
    logins.clock.moment += timedelta(minutes=4)
    logins.client.get("/cycles")
    assert logins.world.snapshot()["loginsession"] == before
    logins.clock.moment += timedelta(minutes=1)
    logins.client.get("/cycles")
    assert logins.world.snapshot()["loginsession"] != before


def milestone_id(site: Site) -> int:
    with reading(site.world.engine) as session:
        rows = session.exec(select(Milestone).where(Milestone.cycle_id == "c", Milestone.slug == "dialogue"))
        found = rows.one().id
    assert found is not None
    return found


def seats(text: str) -> dict[str, list[str]]:
    """The cells of each row of a meeting's page, by the name that begins it."""
    found = {}
    for row in re.findall(r'<tr role="row">\n(.*?)</tr>', text, re.DOTALL):
        cells = [
            re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        ]
        found[cells[0]] = cells
    return found
