"""The two pages of a public body: there for everybody, honest where nothing is set, and true to the one list."""

import html
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from sqlalchemy import Engine

from aarshjul.settings import Settings
from aarshjul.web.app import create_app
from aarshjul.web.duties.accessibility import accessibility
from aarshjul.web.duties.kept_words import TABLES
from aarshjul.web.duties.privacy import how_long, privacy
from aarshjul.web.duties.privacy_words import PURPOSES, SEEN, WORDS
from models.engine import writing
from models.kept import BY_TABLE, KEPT
from models.person import Person
from notifications.unsubscribing import make_token
from tests.web.logged_in import Site
from tests.web.personal_data.own import link_of
from tests.web.serving import SECRET, Clock, client_of

PATHS = ("/accessibility", "/privacy")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["da", "en"])
def test_everybody_reads_them_in_both_languages(logins: Site, path: str, language: str) -> None:
    answer = logins.client.get(f"{path}?lang={language}")

    assert (answer.status_code, answer.headers["content-language"]) == (200, language)
    assert answer.text.count("<h1>") == 1
    assert "AARSHJUL_" not in answer.text, "how an operator sets it is not the public's"


@pytest.mark.parametrize("path", PATHS)
def test_a_coordinator_is_told_what_is_missing(logins: Site, path: str) -> None:
    logins.log_in()

    assert "AARSHJUL_" in logins.client.get(path).text


def pages() -> list[str]:
    token = make_token(SECRET.encode(), "c", "ob")
    papers = [f"/cycles/c/{each}" for each in ("draft", "results", "milestones/dialogue/agenda")]
    return [
        "/cycles",
        "/cycles/c",
        *papers,
        link_of("b1").rstrip("/"),
        link_of("b1", "data"),
        f"/unsubscribe/{token}",
    ]


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_leads_to_them_in_the_language_that_it_is_in(logins: Site, language: str) -> None:
    with writing(logins.world.engine) as session:
        for person in ("co", "b1", "ob"):
            session.get_one(Person, person).language = language
    logins.world.act("2022-05-02 07:00", "holder", "submit-draft", text="Udkast")
    logins.log_in()
    assert {page: duties_of(logins, page) for page in pages()} == {page: {language} for page in pages()}


def test_who_is_shown_nothing_of_a_cycle_is_shown_them(logins: Site) -> None:
    assert duties_of(logins, "/cycles/c") == duties_of(logins, "/cycles/c/goals") == {"da", "en"}


def duties_of(site: Site, page: str) -> set[str]:
    """The languages in which a page leads to both."""
    answer = site.client.get(page)
    hrefs = [urljoin(page, html.unescape(each)) for each in re.findall(r'href="([^"]*)"', answer.text)]
    languages = {each[-2:] for each in hrefs if each.startswith("/accessibility?lang=")}
    assert languages == {each[-2:] for each in hrefs if each.startswith("/privacy?lang=")}
    return languages


def test_what_an_operator_set_is_text_and_leads_to_no_script(sqlite: Engine, tmp_path: Path) -> None:
    settings = Settings(
        home=tmp_path,
        body_name="<b>KKR</b>",
        privacy_contact="javascript:alert(1)",
        accessibility_contact="tilgaengelig@example.org",
    )
    with client_of(create_app(settings, sqlite, Clock())) as client:
        private, accessible = client.get("/privacy").text, client.get("/accessibility").text

    assert "&lt;b&gt;KKR&lt;/b&gt; er dataansvarlig" in private
    assert 'href="javascript' not in private
    assert 'href="mailto:tilgaengelig@example.org"' in accessible


@pytest.mark.parametrize("language", ["da", "en"])
def test_everything_on_the_list_is_told_with_its_time(language: str) -> None:
    assert set(TABLES[language]) == set(BY_TABLE)
    _, _, sections = privacy(Settings(), language, False)
    told = {row[0]: row[1:] for section in sections for row in section.rows}
    for kept in KEPT:
        expected = (PURPOSES[language][kept.purpose], SEEN[language][kept.seen], how_long(kept, language))
        assert told[TABLES[language][kept.table]] == expected


def test_times_are_said_as_they_are() -> None:
    said = {kept.table: how_long(kept, "en") for kept in KEPT if kept.ends}

    assert said["loginsession"] == "Deleted 30 days after it has ended"
    assert said["apitoken"] == "Deleted 30 days after it has ended"
    assert said["onetimecode"] == said["loginlink"] == "Deleted 1 hour after it has ended"


def test_both_languages_have_the_same_words() -> None:
    for words in (WORDS, PURPOSES, SEEN, TABLES):
        assert set(words["da"]) == set(words["en"])


def test_the_list_is_there_for_programs(logins: Site) -> None:
    listed = logins.client.get("/privacy.json").json()["tables"]

    assert [each["table"] for each in listed] == [kept.table for kept in KEPT]


def test_the_statement_names_the_day_of_the_assessment_and_no_other() -> None:
    _, _, sections = accessibility(Settings(), "en", False)
    said = " ".join(sentence for each in sections for sentence in each.sentences)

    assert "23 November 2026" in html.unescape(said)
