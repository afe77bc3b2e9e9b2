"""Sessions of coordinators: how long they last, what ends them, and that none is taken over."""

from datetime import timedelta

from tests.web.logged_in import Site
from tests.web.outline import Outline


def token_of(site: Site) -> str:
    page = Outline(site.client.get("/cycles").text)
    [token] = [each["value"] or "" for each in page.of("input") if each["name"] == "form"]
    return token


def test_logging_in_anew_ends_the_session_that_the_browser_had(logins: Site) -> None:
    logins.log_in()
    old = logins.client.cookies["aarshjul"]
    assert logins.post(logins.link()).status_code == 303
    assert logins.client.cookies["aarshjul"] != old
    assert logins.client.get("/cycles", headers={"cookie": f"aarshjul={old}"}).status_code == 303


def test_a_cookie_that_somebody_planted_is_not_taken_over(logins: Site) -> None:
    planted = "A" * 43
    answer = logins.client.post(
        logins.link(), headers={"cookie": f"aarshjul={planted}", "sec-fetch-site": "same-origin"}
    )
    assert planted not in answer.headers["set-cookie"]
    assert logins.client.get("/cycles", headers={"cookie": f"aarshjul={planted}"}).status_code == 303


def test_logging_out_wants_the_sessions_own_token_and_ends_it_for_good(logins: Site) -> None:
    logins.log_in("co2")
    foreign = token_of(logins)
    logins.log_in()
    secret = logins.client.cookies["aarshjul"]
    for token in ("", foreign, "é", secret):
        assert logins.post("/logout", {"form": token}).status_code == 403
    answer = logins.post("/logout", {"form": token_of(logins)})
    assert answer.headers["location"] == "./login"
    assert not logins.client.cookies
    assert logins.client.get("/cycles", headers={"cookie": f"aarshjul={secret}"}).status_code == 303


def test_a_session_lasts_while_it_is_used_and_no_longer_than_a_week(logins: Site) -> None:
    logins.log_in()
    for _ in range(15):
        logins.clock.moment += timedelta(hours=11)
        assert logins.client.get("/cycles").status_code == 200
    logins.clock.moment += timedelta(hours=4)
    assert logins.client.get("/cycles").status_code == 303


def test_an_idle_session_ends(logins: Site) -> None:
    logins.log_in()
    logins.clock.moment += timedelta(hours=12)
    assert logins.client.get("/cycles").status_code == 303


def test_who_leaves_sees_nothing_from_then_on(logins: Site) -> None:
    logins.log_in("gone")
    assert logins.client.get("/cycles/c").status_code == 200
    logins.world.act("2022-05-01", "co", "leave", person="gone")
    assert logins.client.get("/cycles").status_code == 303
    assert "Årshjulet står i din kalender" in logins.client.get("/cycles/c").text
