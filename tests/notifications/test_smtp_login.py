"""How a connection is secured and logged in to; nothing is sent where either fails, and no secret is shown."""

import logging
import socket
import ssl
from pathlib import Path

import pytest
from pydantic import SecretStr

from notifications.smtp_answers import said
from notifications.smtp_connect import _unreachable
from tests.notifications.smtp_clients import (
    SENT,
    TEMPORARY,
    carrier,
    ids,
    is_down,
    outcomes,
    parcel,
    settings,
)
from tests.servers.certificates import Certificates
from tests.servers.smtp import PASSWORD, Server, smtp_server
from tests.servers.token import CLIENT, SCOPE, SECRET, TokenServer, token_server

HOPELESS = "nothing is sent until an operator puts it right"


def refused(server: Server, **changed: object) -> str:
    """Send one mail, which does not go and ends the batch; the receipt's text."""
    with carrier(server, **changed) as opened:
        receipts = opened.send(parcel())
        assert is_down(opened)
        again = opened.send(parcel(2))
    assert outcomes([*receipts, *again]) == [TEMPORARY, TEMPORARY]
    assert again[0].text == f"not tried: {receipts[0].text}"
    assert server.received() == []
    assert PASSWORD not in receipts[0].text
    return receipts[0].text


# --- TLS -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_secured_by_starttls_or_from_the_first_byte(
    tmp_path: Path, trusted: Certificates, security: str, host: str
) -> None:
    with smtp_server(tmp_path, trusted=trusted, security=security) as server:
        with carrier(server, smtp_security=security, smtp_host=host) as opened:
            assert outcomes(opened.send(parcel())) == [SENT]
        assert ids(server) == ["1"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("certificate", "reason"),
    [("other_host", "IP address mismatch"), ("unknown", "unable to get local issuer")],
)
def test_certificate_that_nobody_vouches_for(
    tmp_path: Path, trusted: Certificates, security: str, certificate: str, reason: str
) -> None:
    with smtp_server(tmp_path, trusted=trusted, security=security, certificate=certificate) as server:
        text = refused(server, smtp_security=security)
    assert "certificate is not trusted" in text
    assert reason in text
    assert text.endswith(HOPELESS)


def test_without_the_operators_file_our_certificate_is_not_trusted(server: Server) -> None:
    assert "certificate is not trusted" in refused(server, ca_file=None)


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_file_of_certificates_that_cannot_be_read(
    server: Server, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    assert "AARSHJUL_CA_FILE cannot be read" in refused(server, ca_file=path)


def test_server_without_starttls_is_never_spoken_to_in_the_open(
    tmp_path: Path, trusted: Certificates
) -> None:
    with smtp_server(tmp_path, trusted=trusted, security="none") as server:
        assert "offers no STARTTLS" in refused(server)


def test_server_that_speaks_tls_where_starttls_is_expected(tmp_path: Path, trusted: Certificates) -> None:
    with (
        smtp_server(tmp_path, trusted=trusted, security="tls") as server,
        carrier(server, smtp_timeout=0.5) as opened,
    ):
        assert outcomes(opened.send(parcel())) == [TEMPORARY]


def test_server_that_speaks_plain_text_where_tls_is_expected(server: Server) -> None:
    with carrier(server, smtp_security="tls") as opened:
        receipts = opened.send(parcel())
    assert outcomes(receipts) == [TEMPORARY]
    assert "no secured connection" in receipts[0].text


def test_open_relay_on_this_machine(tmp_path: Path, trusted: Certificates) -> None:
    with smtp_server(tmp_path, trusted=trusted, security="none", login="none") as server:
        with carrier(server, smtp_security="none", smtp_user=None, smtp_password=None) as opened:
            assert outcomes(opened.send(parcel())) == [SENT]
        assert server.received()[0].user is None


# --- a password ----------------------------------------------------------------------------------------------------


def test_wrong_password_is_for_an_operator(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    text = refused(server, smtp_password=f"not {PASSWORD}")
    assert text == f"the mail server refused the login: 5.7.8 Authentication credentials invalid; {HOPELESS}"
    assert PASSWORD not in caplog.text
    assert server.connections() == 1  # a second try could lock the account


def test_login_that_fails_for_a_moment_is_tried_with_the_next_mail(server: Server) -> None:
    server.order(refuse_login="454 4.7.0 temporary authentication failure", first=1)
    with carrier(server) as opened:
        receipts = opened.send(parcel())
        assert outcomes([*receipts, *opened.send(parcel(2))]) == [TEMPORARY, SENT]
    assert receipts[0].code == 454


def test_server_that_wants_a_login_that_is_not_set(server: Server) -> None:
    assert "5.7.0 Authentication required" in refused(server, smtp_user=None, smtp_password=None)


def test_old_mechanism_login(tmp_path: Path, trusted: Certificates) -> None:
    with smtp_server(tmp_path, trusted=trusted, login="challenge") as server:
        with carrier(server) as opened:
            assert outcomes(opened.send(parcel())) == [SENT]
        assert server.received()[0].user == server.user
        server.forget()
        assert "refused the login" in refused(server, smtp_password="æ")


def test_password_where_only_tokens_are_taken(tmp_path: Path, trusted: Certificates) -> None:
    with smtp_server(tmp_path, trusted=trusted, login="xoauth2") as server:
        assert "offers no login with a password" in refused(server)


# --- a token -------------------------------------------------------------------------------------------------------


def with_token(tokens: TokenServer) -> dict[str, object]:
    return {
        "oauth_token_url": tokens.url,
        "oauth_client_id": CLIENT,
        "oauth_client_secret": SECRET,
        "oauth_scope": SCOPE,
        "smtp_password": None,
    }


def test_login_with_a_token(tmp_path: Path, trusted: Certificates) -> None:
    with (
        token_server(tmp_path, trusted=trusted) as tokens,
        smtp_server(tmp_path, trusted=trusted, login="xoauth2", tokens=("token-1",)) as server,
    ):
        with carrier(server, **with_token(tokens)) as opened:
            assert outcomes(opened.send(parcel())) == [SENT]
        assert server.received()[0].user == server.user
        assert len(tokens.forms) == 1


def test_token_is_kept_from_batch_to_batch_and_renewed_once_where_it_is_refused(
    tmp_path: Path, trusted: Certificates
) -> None:
    from notifications.smtp import smtp_channel

    with (
        token_server(tmp_path, trusted=trusted) as tokens,
        smtp_server(tmp_path, trusted=trusted, login="xoauth2", tokens=("token-1",)) as server,
    ):
        channel = smtp_channel(settings(server, **with_token(tokens)))
        for number in (1, 2):
            with channel.open() as opened:
                assert outcomes(opened.send(parcel(number))) == [SENT]
        assert tokens.issued == ["token-1"]
        server.order(tokens=("token-2",))
        with channel.open() as opened:
            assert outcomes(opened.send(parcel(3))) == [SENT]
        assert tokens.issued == ["token-1", "token-2"]
        server.order(tokens=())
        with channel.open() as opened:
            receipts = opened.send(parcel(4))
            assert is_down(opened)
        assert (receipts[0].outcome, receipts[0].code) == (TEMPORARY, 535)
        assert len(tokens.issued) == 3


def test_token_server_that_refuses_is_for_an_operator(
    tmp_path: Path, trusted: Certificates, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with (
        token_server(tmp_path, trusted=trusted) as tokens,
        smtp_server(tmp_path, trusted=trusted, login="xoauth2") as server,
    ):
        wrong = {**with_token(tokens), "oauth_client_secret": "wrong-secret"}
        text = refused(server, **wrong)
    assert "the token server answered 401: invalid_client AADSTS7000215: Invalid secret." in text
    assert text.endswith(HOPELESS)
    assert "wrong-secret" not in text + caplog.text


def test_token_where_only_passwords_are_taken(server: Server, tmp_path: Path, trusted: Certificates) -> None:
    with token_server(tmp_path, trusted=trusted) as tokens:
        assert "no login with a token (XOAUTH2)" in refused(server, **with_token(tokens))
        assert tokens.forms == []


# --- in words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "text", "hopeless"),
    [
        (socket.gaierror(-2, "Name or service not known"), "the name of the host is not known", False),
        (ConnectionRefusedError(111, "Connection refused"), "connection refused", False),
        (TimeoutError("timed out"), "no answer in time", False),
        (OSError(113, "No route to host"), "No route to host", False),
        (ConnectionResetError(104, "Connection reset by peer"), "Connection reset by peer", False),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong"), "no secured connection: TLS failed", False),
        (UnicodeError("label empty or too long"), "it is not the name of a host", True),
    ],
)
def test_trouble_of_the_network_in_words(problem: Exception, text: str, hopeless: bool) -> None:
    found = _unreachable("mail.example.org:587", problem)
    assert found.answer.text.startswith(f"mail.example.org:587: {text}")
    assert found.hopeless is hopeless
    assert found.answer.text.endswith(HOPELESS) is hopeless


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (b"5.1.1 no such user", "5.1.1 no such user"),
        (b"one\ntwo\r\nthree", "one two three"),
        (b"bell\x07 and \x1b[31mred", "bell and [31mred"),
        ("blåbær".encode(), "blåbær"),
        (b"bl\xe5b\xe6r", "bl\ufffdb\ufffdr"),
        ("right\u202eto left".encode(), "right to left"),
        (b"a" * 4000, "a" * 500),
        (b"", ""),
    ],
)
def test_servers_words_fit_a_ledger(words: bytes, text: str) -> None:
    assert said(words) == text


def test_secrets_are_not_in_what_is_printed_of_the_account(server: Server) -> None:
    from notifications.smtp import smtp_channel
    from notifications.smtp_carrier import SmtpChannel

    channel = smtp_channel(settings(server, smtp_password=SecretStr(PASSWORD)))
    assert isinstance(channel, SmtpChannel)
    assert PASSWORD not in repr(channel.account)
