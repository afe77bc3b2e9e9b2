"""Tokens from a real token server: kept while they are good, fetched anew, and refused in a sentence."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aarshjul.settings import Settings
from notifications.oauth import TokenError, TokenSource, xoauth2_string
from notifications.trust import TrustError, is_loopback
from tests.servers.certificates import Certificates
from tests.servers.token import CLIENT, SCOPE, SECRET, TokenServer, token_server

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def server(tmp_path: Path, trusted: Certificates) -> Iterator[TokenServer]:
    with token_server(tmp_path, trusted=trusted) as running:
        yield running


def source(server: TokenServer, **changed: Any) -> TokenSource:
    given = {
        "home": Path(),
        "oauth_token_url": server.url,
        "oauth_client_id": CLIENT,
        "oauth_client_secret": SECRET,
        "oauth_scope": SCOPE,
        "ca_file": server.ca_file,
    }
    return TokenSource(Settings(**{**given, **changed}))


def refusal(tokens: TokenSource) -> str:
    with pytest.raises(TokenError) as caught:
        tokens.token(NOON)
    assert SECRET not in str(caught.value)
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    return str(caught.value)


@pytest.mark.parametrize(
    ("life", "seconds", "fetched"),
    [
        (3600, 0, 1),
        (3600, 3479, 1),
        (3600, 3480, 2),
        (3600, 7200, 2),
        ("3600", 3479, 1),
        (100, 49, 1),
        (100, 50, 2),
        (None, 179, 1),
        (None, 180, 2),
        ("soon", 179, 1),
        (-5, 180, 2),
        ("nan", 180, 2),
        (10**9, 86_000, 1),
        (10**9, 86_400, 2),
        (1e300, 180, 2),
    ],
)
def test_token_is_used_until_shortly_before_it_expires(
    server: TokenServer, life: Any, seconds: int, fetched: int
) -> None:
    server.life = life
    tokens = source(server)
    assert tokens.token(NOON) == "token-1"
    assert tokens.token(NOON + timedelta(seconds=seconds)) == f"token-{fetched}"
    assert len(server.forms) == fetched


def test_forgotten_token_is_fetched_anew(server: TokenServer) -> None:
    tokens = source(server)
    tokens.token(NOON)
    tokens.forget()
    assert tokens.token(NOON) == "token-2"


def test_failure_is_not_kept(server: TokenServer) -> None:
    tokens = source(server)
    server.answer = (503, b"")
    refusal(tokens)
    server.answer = None
    assert tokens.token(NOON) == "token-1"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            (401, b'{"error": "invalid_client", "error_description": "bad\\r\\n secret"}'),
            "401: invalid_client bad secret",
        ),
        ((400, f'{{"error": "you sent {SECRET}"}}'.encode()), "400: you sent ..."),
        ((500, b"<html>oops</html>"), "500: no token in its answer"),
        ((200, b"{}"), "200: no token in its answer"),
        ((200, b'{"access_token": ""}'), "200: no token in its answer"),
        ((200, b'{"access_token": 5}'), "200: no token in its answer"),
        ((200, b"[]"), "200: no token in its answer"),
        ((200, b"\xff\xfe"), "200: no token in its answer"),
        ((302, b""), "302: no token in its answer"),
        ((400, b'{"error": "' + b"a" * 5000 + b'"}'), "400: " + "a" * 300),
    ],
)
def test_answer_without_a_token_is_told_in_a_sentence(
    server: TokenServer, answer: tuple[int, bytes], words: str
) -> None:
    server.answer = answer
    assert refusal(source(server)) == f"the token server answered {words}"
    assert len(server.forms) == 1


def test_wrong_secret_is_told_and_not_shown(server: TokenServer) -> None:
    assert "invalid_client" in refusal(source(server, oauth_client_secret="wrong"))


@pytest.mark.parametrize("missing", ["oauth_client_id", "oauth_client_secret", "oauth_token_url"])
def test_missing_setting_is_named(server: TokenServer, missing: str) -> None:
    assert f"AARSHJUL_{missing.upper()}" in refusal(source(server, **{missing: None}))


@pytest.mark.parametrize(
    "url", ["http://login.example.org/token", "ftp://127.0.0.1/token", "login.example.org/token", "https://"]
)
def test_secret_is_sent_over_https_alone(server: TokenServer, url: str) -> None:
    assert refusal(source(server, oauth_token_url=url)) == "AARSHJUL_OAUTH_TOKEN_URL is not an https address"


def test_plain_http_is_for_this_machine(tmp_path: Path, trusted: Certificates) -> None:
    with token_server(tmp_path, trusted=trusted, secured=False) as server:
        assert source(server).token(NOON) == "token-1"


def test_token_server_that_nobody_vouches_for(server: TokenServer) -> None:
    assert refusal(source(server, ca_file=None)).endswith("its certificate is not trusted")
    assert server.forms == []


def test_file_of_certificates_that_is_not_there(server: TokenServer, tmp_path: Path) -> None:
    with pytest.raises(TrustError, match="AARSHJUL_CA_FILE cannot be read: No such file"):
        source(server, ca_file=tmp_path / "none.pem").token(NOON)


def test_token_server_that_is_away(tmp_path: Path, trusted: Certificates) -> None:
    with token_server(tmp_path, trusted=trusted) as server:
        tokens = source(server)
    assert refusal(tokens) == "the token server cannot be reached: no connection"


def test_token_server_that_does_not_answer(server: TokenServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifications.oauth._TIMEOUT", (1.0, 0.2))
    server.silent = True
    assert refusal(source(server)) == "the token server cannot be reached: it did not answer in time"


def test_what_a_client_says() -> None:
    said = xoauth2_string("aarshjul@example.org", "abc.def")
    assert said == "user=aarshjul@example.org\x01auth=Bearer abc.def\x01\x01"


@pytest.mark.parametrize(("user", "token"), [("a\x01auth=Bearer x", "t"), ("a", "t\x01\x01")])
def test_what_could_forge_a_field_is_refused(user: str, token: str) -> None:
    with pytest.raises(TokenError):
        xoauth2_string(user, token)


@pytest.mark.parametrize(
    ("host", "is_one"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("LOCALHOST", True),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
        ("10.0.0.1", False),
        ("", False),
    ],
)
def test_what_stays_on_this_machine(host: str, is_one: bool) -> None:
    assert is_loopback(host) is is_one
