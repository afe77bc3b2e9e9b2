"""The mailbox at a real server: logging in, reading without a trace, moving without a loss."""

import json
import re
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from aarshjul.core.errors import Refused
from aarshjul.inbox.mailbox import MailboxError, NotDoneError, open_mailbox
from aarshjul.settings import Settings
from tests.inbox.mails import head, mail
from tests.servers.dovecot import PASSWORD, USER, MailServer, mail_server, token, why_not

pytestmark = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))
NOW = datetime(2022, 11, 1, 12, tzinfo=UTC)
MAILS = [mail(*head("anna@example.org", number=number)) for number in range(3)]


def settings_of(server: MailServer, home: Path, **more: Any) -> Settings:
    named: dict[str, Any] = {
        "home": home,
        "imap_host": "localhost",
        "imap_port": server.tls_port,
        "imap_user": USER,
        "imap_password": PASSWORD,
        "imap_timeout": 10,
        "ca_file": server.ca_file,
    }
    return Settings(**(named | more))


@pytest.fixture(scope="module")
def shared() -> Iterator[MailServer]:
    """A server for tests that leave nothing in it."""
    with mail_server(mechanisms="plain login xoauth2", plain=False) as server:
        yield server


# --- the way in --------------------------------------------------------------------------------------------------


def test_each_way_in_that_is_secured_opens(shared: MailServer, tmp_path: Path) -> None:
    for more in ({}, {"imap_port": shared.port, "imap_security": "starttls"}):
        with open_mailbox(settings_of(shared, tmp_path, **more), NOW) as box:
            assert box.waiting(10) == {}


REFUSED = [
    ({"imap_password": "forkert"}, "refuses the login"),
    ({"imap_password": None}, "refuses the login"),
    ({"imap_user": None}, "AARSHJUL_IMAP_USER"),
    ({"imap_user": 'a" b\\', "imap_password": 'x"\\'}, "refuses the login"),
    ({"imap_port": "plain", "imap_security": "none", "imap_password": "plain"}, "refuses the login"),
    ({"imap_port": "plain"}, "cannot be reached"),  # TLS to a port that speaks none
    ({"imap_port": 1}, "cannot be reached"),
    ({"imap_host": "nowhere.invalid"}, "cannot be reached"),
    ({"ca_file": None}, "cannot be reached"),
    ({"imap_host": "mail.example.org", "imap_security": "none"}, "in the open"),
    ({"imap_folder": "Findes ikke"}, "does not do"),
]


@pytest.mark.parametrize(("more", "words"), REFUSED)
def test_way_in_that_fails_is_said_without_a_secret(
    shared: MailServer, tmp_path: Path, more: dict[str, Any], words: str
) -> None:
    named = more | ({"imap_port": shared.port} if more.get("imap_port") == "plain" else {})
    with pytest.raises(Refused) as refusal, open_mailbox(settings_of(shared, tmp_path, **named), NOW):
        pytest.fail("it opened")
    assert words in str(refusal.value)
    assert PASSWORD not in str(refusal.value)
    assert USER not in str(refusal.value)


@pytest.mark.parametrize("certificate", ["other_host", "unknown"])
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_server_that_nobody_vouches_for_gets_no_password(
    tmp_path: Path, certificate: str, security: str
) -> None:
    with mail_server(certificate=certificate) as server:
        port = server.tls_port if security == "tls" else server.port
        settings = settings_of(server, tmp_path, imap_security=security, imap_port=port)
        with pytest.raises(MailboxError, match="cannot be reached"), open_mailbox(settings, NOW):
            pytest.fail("it opened")


def test_server_without_starttls_gets_no_password(tmp_path: Path) -> None:
    with mail_server(more="ssl = no") as server:
        settings = settings_of(server, tmp_path, imap_security="starttls", imap_port=server.port)
        with pytest.raises(MailboxError), open_mailbox(settings, NOW):
            pytest.fail("it opened")


class _Tokens(BaseHTTPRequestHandler):
    """Hands out the token of its server."""

    def do_POST(self) -> None:
        answer = json.dumps({"access_token": self.server.handed_out, "expires_in": 3600}).encode()  # type: ignore[attr-defined]
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name is http.server's
        """Say nothing."""


@pytest.mark.parametrize(("key", "opens"), [(None, True), (b"another key", False)])
def test_token_is_shown_in_place_of_a_password(
    shared: MailServer, tmp_path: Path, key: bytes | None, opens: bool
) -> None:
    tokens = ThreadingHTTPServer(("127.0.0.1", 0), _Tokens)
    tokens.handed_out = token(key=key) if key else token()  # type: ignore[attr-defined]
    thread = threading.Thread(target=tokens.serve_forever, args=(0.05,))
    thread.start()
    try:
        settings = settings_of(
            shared,
            tmp_path,
            imap_password=None,
            oauth_token_url=f"http://127.0.0.1:{tokens.server_port}/token",
            oauth_client_id="aarshjul",
            oauth_client_secret="hemmelig",
        )
        if opens:
            with open_mailbox(settings, NOW) as box:
                assert box.waiting(10) == {}
        else:
            with pytest.raises(MailboxError, match="refuses the login"), open_mailbox(settings, NOW):
                pytest.fail("it opened")
    finally:
        tokens.shutdown()
        thread.join()
        tokens.server_close()


# --- reading -----------------------------------------------------------------------------------------------------


def test_mail_is_read_in_order_as_far_as_asked_and_stays_unread(tmp_path: Path) -> None:
    with mail_server() as server:
        server.put(*MAILS)
        with open_mailbox(settings_of(server, tmp_path), NOW) as box:
            waiting = box.waiting(10)
            assert list(box.waiting(2)) == list(waiting)[:2]
            wire = [re.sub(rb"\n", b"\r\n", raw) for raw in MAILS]
            assert list(waiting.values()) == [len(raw) for raw in wire]
            assert [box.fetch(uid, 10**6) for uid in waiting] == wire
            assert box.fetch(next(iter(waiting)), 20) == wire[0][:20]
            assert box.fetch("999", 20) is None
        assert not any("Seen" in flags for flags in server.flags("INBOX"))


# --- moving ------------------------------------------------------------------------------------------------------

BARE = "IMAP4rev1 SASL-IR NAMESPACE"
WAYS = {
    "MOVE": ("", []),
    "COPY and UID EXPUNGE": (f"imap_capability = {BARE} UIDPLUS", []),
    "COPY alone": (f"imap_capability = {BARE}", [r"\Deleted"]),
}


@pytest.mark.parametrize("way", WAYS)
def test_mail_is_moved_and_nothing_else_is_touched(tmp_path: Path, way: str) -> None:
    more, left = WAYS[way]
    with mail_server(more=more) as server:
        server.put(*MAILS)
        with server.client() as client:  # a mail that somebody else marked is not ours to take away
            client.select("INBOX")
            client.store("3", "+FLAGS.SILENT", r"(\Deleted)")
        with open_mailbox(settings_of(server, tmp_path), NOW) as box:
            waiting = list(box.waiting(10))
            assert len(waiting) == 2
            box.move(waiting[0], "Handled")
            box.move(waiting[0], "Handled")  # it has gone: nothing happens
            box.move(waiting[1], "Problems")
            assert box.waiting(10) == {}
        wire = [re.sub(rb"\n", b"\r\n", raw) for raw in MAILS]
        found = server.folders()
        remaining = wire[2:] if not left else wire
        assert found["Aarshjul/Handled"] == wire[:1]
        assert found["Aarshjul/Problems"] == wire[1:2]
        assert found["INBOX"] == remaining
        assert len(server.flags("INBOX")) == len(remaining)


@pytest.mark.parametrize(
    ("prefix", "separator", "expected"),
    [
        ("", ".", "Aarshjul.Handled"),
        ("INBOX.", ".", "INBOX.Aarshjul.Handled"),
        ("", "\\\\", "Aarshjul\\Handled"),
    ],
)
def test_folder_is_made_where_the_server_wants_folders(
    tmp_path: Path, prefix: str, separator: str, expected: str
) -> None:
    with mail_server(prefix=prefix, separator=separator) as server:
        server.put(MAILS[0])
        for _ in range(2):  # the second time it is there
            with open_mailbox(settings_of(server, tmp_path), NOW) as box:
                for uid in box.waiting(10):
                    box.move(uid, "Handled")
        with server.client() as client:
            status, count = client.select('"' + expected.replace("\\", "\\\\") + '"', readonly=True)
            assert (status, count) == ("OK", [b"1"])
            _, subscribed = client.lsub()
            assert any(expected.replace("\\", "\\\\").encode() in (line or b"") for line in subscribed)


def test_server_that_does_not_move_leaves_the_mail_where_it_is(tmp_path: Path) -> None:
    with mail_server() as server:
        server.put(MAILS[0])
        with open_mailbox(settings_of(server, tmp_path), NOW) as box:
            (uid,) = box.waiting(10)
            with pytest.raises(NotDoneError):
                box.move(uid, "x" * 300)  # longer than any folder's name
            assert list(box.waiting(10)) == [uid]
            box.move(uid, "Handled")


def test_connection_that_is_lost_is_said(shared: MailServer, tmp_path: Path) -> None:
    def read() -> None:
        with open_mailbox(settings_of(shared, tmp_path), NOW) as box:
            assert box.waiting(10) == {}
            box._box.client.socket().shutdown(socket.SHUT_RDWR)
            box.waiting(10)

    with pytest.raises(MailboxError, match="cannot be reached"):
        read()
