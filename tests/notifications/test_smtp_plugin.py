"""The plugin as Apprise's users meet it, and the settings as an account."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from apprise import Apprise
from apprise.plugins import N_MGR

from aarshjul.settings import Settings
from notifications.apprise_mail import NotifyAarshjulMail, register, url_of
from notifications.errors import NotificationError
from notifications.smtp import account_of, smtp_channel
from notifications.smtp_account import Account, mailbox
from notifications.smtp_carrier import SmtpChannel
from tests.notifications.smtp_clients import ANNE, BO, SENT, mail, outcomes, parcel
from tests.servers.smtp import Server

SIGNS = "p/w:ø@ %25?#&=+[]"


def made(url: str) -> NotifyAarshjulMail:
    register()
    plugin = Apprise.instantiate(url, suppress_exceptions=False)
    assert isinstance(plugin, NotifyAarshjulMail)
    return plugin


def at(server: Server, *targets: str, **query: str) -> str:
    login = f"{quote(server.user)}:{quote(server.password)}"
    asked = "&".join(f"{name}={quote(value)}" for name, value in query.items())
    return f"aarshjul://{login}@127.0.0.1:{server.port}/{'/'.join(targets)}?ca={server.ca_file}&{asked}"


def account(**changed: Any) -> Account:
    given = {"host": "mail.example.org", "port": 587, "security": "starttls", "sender": "a@example.org"}
    return Account(**{**given, **changed})


def of(**changed: Any) -> Account:
    """The account that settings come to, through the URL and Apprise."""
    channel = smtp_channel(Settings(home=Path(), **{"smtp_host": "mail.example.org", **changed}))
    assert isinstance(channel, SmtpChannel)
    return channel.account


def test_registered_once_and_known_by_both_schemas() -> None:
    register()
    before = len(N_MGR)
    register()
    assert len(N_MGR) == before
    assert N_MGR["aarshjul"] is N_MGR["aarshjuls"] is NotifyAarshjulMail


def test_apprise_can_describe_it() -> None:
    register()
    details = Apprise().details()["schemas"]
    mine = next(entry for entry in details if "aarshjul" in (entry["protocols"] or ()))
    assert list(mine["secure_protocols"]) == ["aarshjuls"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("aarshjul://mail.example.org?from=a@example.org", account(sender="a@example.org")),
        ("aarshjuls://mail.example.org/?from=a@example.org", account(port=465, security="tls")),
        ("aarshjul://mail.example.org?from=a@example.org&security=none", account(port=25, security="none")),
        ("aarshjul://[::1]:2525?from=a@example.org&timeout=2.5", account(host="::1", port=2525, timeout=2.5)),
        (
            "aarshjul://mail.example.org?from=a@example.org&timeout=soon&ca=/a%20b.pem",
            account(ca_file=Path("/a b.pem")),
        ),
    ],
)
def test_url_says_the_account(url: str, expected: Account) -> None:
    plugin = made(url)
    assert plugin.channel.account == expected
    assert made(plugin.url()).channel.account == expected


@pytest.mark.parametrize("token", [False, True])
def test_url_of_a_plugin_makes_the_same_one_again(token: bool) -> None:
    oauth = "&token_url=https://login.example.org/t&client_id=id&scope=s%20t" if token else ""
    login = f"{quote('u@example.org', safe='')}:{quote(SIGNS, safe='')}"
    plugin = made(f"aarshjuls://{login}@mail.example.org:26/{ANNE}/{BO}?from=a@example.org{oauth}")
    again = made(plugin.url())
    assert again.channel.account == plugin.channel.account
    assert again.targets == plugin.targets == (ANNE, BO)
    assert again.url() == plugin.url()
    secret = plugin.channel.account.oauth_client_secret if token else plugin.channel.account.password
    assert secret is not None
    assert secret.get_secret_value() == SIGNS
    assert quote(SIGNS, safe="") not in plugin.url(privacy=True)


def test_two_accounts_are_two_ways_out() -> None:
    first, second = (made(f"aarshjul://{host}.example.org?from=a@example.org") for host in "ab")
    assert first.url_id() != second.url_id()
    assert first.url_id() == made(first.url()).url_id()


def test_apprises_own_notify_sends_a_plain_mail(server: Server) -> None:
    apprise = Apprise()
    assert apprise.add(made(at(server, ANNE, **{"from": "aarshjul@example.org", "to": BO})))
    assert apprise.notify(body="Æblerne er røde.\n.\n", title="Frist\r\nBcc: x@example.org")
    taken = server.received()[0]
    assert taken.recipients == (ANNE, BO)
    assert b"Subject: Frist Bcc: x@example.org\r\n" in taken.data
    assert b"\r\nBcc:" not in taken.data
    assert "Æblerne er røde." in _text(taken.data)


def test_apprises_own_notify_says_when_it_did_not_go(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.order(refuse={BO: f"550 5.1.1 <{BO}> unknown"})
    assert not made(at(server, ANNE, BO, **{"from": "aarshjul@example.org"})).notify(body="Hej")
    assert "A mail did not go: permanent (550)." in caplog.text
    assert BO not in caplog.text
    assert not made(at(server, **{"from": "aarshjul@example.org"})).notify(body="Hej")


def test_batch_goes_through_the_plugin(server: Server) -> None:
    with made(at(server, **{"from": "aarshjul@example.org"})).open() as opened:
        assert outcomes(opened.send(parcel(1)) + opened.send(parcel(2))) == [SENT, SENT]
    assert [taken.data for taken in server.received()] == [mail(1), mail(2)]
    assert server.connections() == 1


# --- settings ------------------------------------------------------------------------------------------------------


def test_settings_become_the_account_through_apprise() -> None:
    found = of(
        smtp_port=2525,
        smtp_security="tls",
        smtp_user="ü@example.org",
        smtp_password=SIGNS,
        smtp_timeout=7.5,
        sender_address="arshjul@blåbær.example",
        ca_file=Path("/etc/ssl/own & only.pem"),
    )
    assert found == Account(
        host="mail.example.org",
        port=2525,
        security="tls",
        sender="arshjul@blåbær.example",
        timeout=7.5,
        user="ü@example.org",
        password=found.password,
        ca_file=Path("/etc/ssl/own & only.pem"),
    )
    assert found.password is not None
    assert found.password.get_secret_value() == SIGNS


def test_settings_with_tokens_become_an_account_without_password() -> None:
    found = of(
        smtp_user="a@example.org",
        smtp_password="unused",
        oauth_token_url="https://login.example.org/tenant/oauth2/v2.0/token?a=b&c=d",
        oauth_client_id="id",
        oauth_client_secret=SIGNS,
    )
    assert found.password is None
    assert found.oauth_client_secret is not None
    assert found.oauth_client_secret.get_secret_value() == SIGNS
    assert found.oauth_token_url == "https://login.example.org/tenant/oauth2/v2.0/token?a=b&c=d"


def test_tokens_for_the_mailbox_alone_leave_smtp_without_a_login() -> None:
    found = of(oauth_token_url="https://login.example.org/t", oauth_client_id="i", oauth_client_secret="s")
    assert (found.user, found.password, found.oauth_token_url, found.oauth_client_secret) == (None,) * 4


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"smtp_host": "mail server"}, "HOST"),
        ({"smtp_host": "mail.example.org/x"}, "HOST"),
        ({"smtp_host": "a@b"}, "HOST"),
        ({"smtp_port": 0}, "PORT"),
        ({"smtp_port": 70_000}, "PORT"),
        ({"smtp_host": "mail.example.org:25"}, "HOST"),
        ({"smtp_host": "mail.example.org?from=b@example.org"}, "HOST"),
        ({"smtp_host": "mail.example.org#x"}, "HOST"),
        ({"smtp_host": ""}, "HOST"),
        ({"smtp_timeout": float("inf")}, "TIMEOUT"),
        ({"smtp_user": "a"}, "neither AARSHJUL_SMTP_PASSWORD"),
        ({"smtp_password": "a"}, "AARSHJUL_SMTP_USER is not"),
        ({"smtp_user": "a", "smtp_password": "b", "smtp_security": "none"}, "open connection"),
        ({"sender_address": "a@b\r\nDATA"}, "SENDER"),
        ({"sender_address": "ø@example.org"}, "SENDER"),
        ({"smtp_user": "a\x00b", "smtp_password": "b"}, "control character"),
    ],
)
def test_settings_that_cannot_be_are_refused_before_anything_is_sent(
    changed: dict[str, Any], words: str
) -> None:
    with pytest.raises(NotificationError, match=words):
        of(**changed)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "[::1]", "localhost"])
def test_password_may_stay_on_this_machine_in_the_open(host: str) -> None:
    found = of(smtp_host=host, smtp_user="a", smtp_password="b", smtp_security="none")
    assert found.host == host.strip("[]")


def test_url_holds_what_is_set_alone() -> None:
    plain = account_of(Settings(home=Path(), smtp_host="mail.example.org"))
    assert url_of(plain) == "aarshjul://mail.example.org:587/?from=aarshjul%40example.org&timeout=30.0"


@pytest.mark.parametrize(
    ("address", "box"),
    [
        ("anne@example.org", "anne@example.org"),
        ("anne@BLÅBÆRGRØD.example", "anne@xn--blbrgrd-fxak7p.example"),
        ("søren@blåbærgrød.example", "søren@xn--blbrgrd-fxak7p.example"),
        ("o'brien+x@example.org", "o'brien+x@example.org"),
        ("s..ø@example.org", None),
        (".ø@example.org", None),
        ("ø @example.org", None),
        ("ø\u2028@example.org", None),
        ("ø@-@example.org", None),
        ("ø@exa mple.org", None),
    ],
)
def test_address_as_it_stands_in_an_envelope(address: str, box: str | None) -> None:
    assert mailbox(address) == box


def _text(data: bytes) -> str:
    from email import message_from_bytes, policy

    return str(message_from_bytes(data, policy=policy.default).get_content())
