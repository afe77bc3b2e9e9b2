"""Logging in at a provider: who gets in, who does not, and what a provider that lies, hangs or floods brings about."""

import time
from datetime import timedelta
from typing import Any

import pytest

from tests.web.identity.elsewhere import Elsewhere
from tests.web.logged_in import Site


def test_a_coordinator_logs_in_by_an_address_once_and_by_the_provider_s_name_for_ever(
    elsewhere: Elsewhere,
) -> None:
    assert "Prøvekommunen" in elsewhere.site.client.get("/login").text
    answer = elsewhere.log_in("?next=/cycles/c")
    assert (answer.status_code, answer.headers["location"]) == (303, "../cycles/c")
    assert elsewhere.is_in()
    assert (elsewhere.ways(), elsewhere.identities()) == (["oidc"], [("s-1", "co")])
    elsewhere.provider.user = {"sub": "s-1", "email": "new@example.org"}
    elsewhere.site.client.cookies.clear()
    assert elsewhere.log_in().status_code == 303
    assert elsewhere.is_in()


def test_without_a_provider_there_is_no_button_and_no_way(logins: Site) -> None:
    assert "oidc" not in logins.client.get("/login").text
    assert logins.client.get("/oidc/start").status_code == 404


@pytest.mark.parametrize(
    "user",
    [
        {"sub": "s-2", "email": "b1@example.org", "email_verified": True},
        {"sub": "s-2", "email": "nobody@example.org", "email_verified": True},
        {"sub": "s-2", "email": "co@example.org"},
        {"sub": "s-2", "email": "co@example.org", "email_verified": "true"},
        {"sub": "s-2", "preferred_username": "co@example.org"},
        {"sub": "s-2"},
    ],
)
def test_who_is_no_coordinator_or_not_vouched_for_gets_one_page_and_no_session(
    elsewhere: Elsewhere, user: dict[str, Any]
) -> None:
    elsewhere.provider.user = user
    answer = elsewhere.log_in()
    assert (answer.status_code, elsewhere.ways(), elsewhere.identities()) == (403, [], [])
    assert "co@example.org" not in answer.text
    assert not elsewhere.is_in()


def test_an_address_that_somebody_else_was_given_later_opens_nothing(elsewhere: Elsewhere) -> None:
    elsewhere.log_in()
    elsewhere.site.client.cookies.clear()
    elsewhere.provider.user["sub"] = "s-9"
    assert elsewhere.log_in().status_code == 403


def test_who_left_is_logged_in_no_more(elsewhere: Elsewhere) -> None:
    elsewhere.log_in()
    elsewhere.site.client.cookies.clear()
    elsewhere.site.world.act("2022-05-02", "co", "leave", person="co")
    assert elsewhere.log_in().status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example.org"},
        {"aud": "another"},
        {"aud": ["aarshjul", "another"], "azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": "soon"},
        {"exp": None},
        {"sub": None},
        {"sub": ""},
        {"sub": {"a": 1}},
        {"iat": 99999999999},
    ],
)
def test_an_identity_that_is_not_for_us_now_opens_nothing(
    elsewhere: Elsewhere, claims: dict[str, Any]
) -> None:
    elsewhere.provider.lies.claims = claims
    answer = elsewhere.log_in()
    assert (answer.status_code, elsewhere.ways()) == (502, [])
    assert "<h1>" in answer.text


@pytest.mark.parametrize("algorithm", ["none", "HS256", "stranger"])
def test_a_signature_that_is_not_the_provider_s_opens_nothing(elsewhere: Elsewhere, algorithm: str) -> None:
    if algorithm == "stranger":
        elsewhere.provider.lies.stranger = True
    else:
        elsewhere.provider.lies.algorithm = algorithm
    assert (elsewhere.log_in().status_code, elsewhere.ways()) == (502, [])


def test_new_keys_are_asked_for(elsewhere: Elsewhere) -> None:
    elsewhere.log_in()
    elsewhere.provider.keys = [elsewhere.provider.new_key()]
    elsewhere.site.client.cookies.clear()
    assert elsewhere.log_in().status_code == 303


def test_a_code_works_once_and_in_the_browser_that_began(elsewhere: Elsewhere) -> None:
    path = elsewhere.at_provider(elsewhere.start())
    mine = dict(elsewhere.site.client.cookies)
    elsewhere.site.client.cookies.clear()
    assert elsewhere.site.client.get(path).status_code == 502  # a link that somebody was lured to
    elsewhere.site.client.cookies.update(mine)
    assert elsewhere.site.client.get(path).status_code == 303
    elsewhere.site.client.cookies.clear()
    elsewhere.site.client.cookies.update(mine)
    assert elsewhere.site.client.get(path).status_code == 502
    assert elsewhere.ways() == ["oidc"]


def test_an_altered_state_or_a_late_return_opens_nothing(elsewhere: Elsewhere) -> None:
    path = elsewhere.at_provider(elsewhere.start())
    assert elsewhere.site.client.get(path.replace("state=", "state=x")).status_code == 502
    path = elsewhere.at_provider(elsewhere.start())
    elsewhere.site.clock.moment += timedelta(minutes=11)
    assert elsewhere.site.client.get(path).status_code == 502
    elsewhere.start()
    assert elsewhere.site.client.get("/oidc/back?error=access_denied").status_code == 502
    assert elsewhere.ways() == []


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://other.example.org"},
        {"authorization_endpoint": "http://other.example.org/authorize"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "http://127.0.0.1:1/keys"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_points_elsewhere_is_not_followed(
    elsewhere: Elsewhere, about: dict[str, Any]
) -> None:
    elsewhere.provider.lies.about = about
    assert elsewhere.start().status_code == 502


@pytest.mark.parametrize("path", ["/token", "/keys", "/.well-known/openid-configuration"])
@pytest.mark.parametrize("how", ["large", "moved"])
def test_huge_answers_and_redirects_log_nobody_in(elsewhere: Elsewhere, path: str, how: str) -> None:
    if how == "large":
        elsewhere.provider.lies.large = {path}
    else:
        elsewhere.provider.lies.moved = {path: f"{elsewhere.provider.issuer}/other"}
    answer = elsewhere.start() if path != "/token" else elsewhere.log_in()
    assert (answer.status_code, elsewhere.ways()) == (502, [])
    assert "/other" not in elsewhere.provider.asked


@pytest.mark.parametrize("how", ["silent", "drips"])
def test_nobody_waits_longer_than_ten_seconds(elsewhere: Elsewhere, how: str) -> None:
    getattr(elsewhere.provider.lies, how).add("/token")
    path = elsewhere.at_provider(elsewhere.start())
    began = time.monotonic()
    assert elsewhere.site.client.get(path).status_code == 502
    assert time.monotonic() - began < 10
