"""The mail to whose link was stopped: which calendars went, who acts for them, and what was done in their name."""

from datetime import timedelta

import pytest

from tests.web.logged_in import Site
from tests.web.personal.own import Own

DANISH = ("har trykket på »Jeg er ikke Bestyrelsesmedlem«", "gjort i dit navn i forløbet de seneste 45 dage")
ENGLISH = ("pressed “I am not Bestyrelsesmedlem”", "done in your name in the cycle in the last 45 days")


@pytest.fixture
def own(logins: Site) -> Own:
    return Own(site=logins)


def stopped_mail(own: Own, token: str) -> tuple[str, str]:
    """Its subject and text, in one line."""
    own.site.mails()
    assert own.post(token, "not-me").status_code == 200
    [mail] = own.site.mails()
    assert "b1@example.org" in str(mail["To"])
    return str(mail["Subject"]), " ".join(mail.get_content().split())


def test_before_it_is_pressed_the_page_says_what_else_ends(own: Own) -> None:
    page = own.get(own.token(), "not-me").text
    assert "kalendere, hvis adresse er vist på en side bag et link til Bestyrelsesmedlem" in page
    assert "calendars whose address was shown" in own.get(own.token(), "not-me?lang=en").text


@pytest.mark.parametrize(
    ("language", "says", "went"),
    [("da", DANISH, "link: nr. 1 og 2."), ("en", ENGLISH, "link: no. 1 and 2.")],
)
def test_it_names_what_went_what_stays_and_what_was_done(
    own: Own, language: str, says: tuple[str, str], went: str
) -> None:
    own.site.world.act("2022-05-01", "b1", "prefer", language=language)
    token = own.token()
    for _ in range(2):
        own.post(token, "calendars", show="meetings")
    own.site.world.act("2022-05-01", "b1", "delegate", to="w1")
    own.post(
        token, "preferences", channels="email", language=language, digest="false", secretary="x@example.org"
    )

    subject, text = stopped_mail(own, token)

    assert "Kontrakt 2023" in subject
    for each in (*says, went, "Erhvervschef", "x@example.org", "co@example.org", "/calendars", "/delegate"):
        assert each in text
    assert text.count(" - ") >= 3
    assert {"da": "gav fuldmagt. Til Erhvervschef", "en": "delegated. To Erhvervschef"}[language] in text


def test_it_names_nothing_that_is_not_so(own: Own) -> None:
    own.site.world.act("2022-05-01", "w1", "delegate", to="b1")
    own.site.world.act("2022-05-01", "b1", "delegate", to="w1", until="2022-05-01")

    _, text = stopped_mail(own, own.token())

    assert "kalender" not in text
    assert "har fuldmagt" not in text
    assert "tæller som dine" not in text
    assert text.count(" - ") == 1


def test_what_was_done_before_any_link_that_works_was_made_is_not_in_it(own: Own) -> None:
    own.site.world.act("2022-05-01", "b1", "prefer", digest="true")
    own.site.clock.moment += timedelta(days=46)

    _, text = stopped_mail(own, own.token())

    assert "Der er ikke gjort noget i dit navn" in text


def test_it_goes_to_who_had_enough_links_for_an_hour(own: Own) -> None:
    old = own.token(made=own.site.clock() - timedelta(days=60))
    for _ in range(6):
        own.post(old, "renew")
    assert len(own.new_links()) == 5

    own.post(own.token(), "not-me")

    [(_, new)] = own.new_links()
    assert own.get(new).status_code == 200
