"""Notes on their way through Apprise's own plugins: what a real server gets, and what is not let out."""

import json
import logging
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from aarshjul.core.errors import Invalid
from aarshjul.settings import Settings
from notifications.apprise_plugins import plugins
from notifications.apprise_service import why_not
from notifications.channel import Outcome, Parcel
from notifications.services import ServiceChannel, note, service_channel
from tests.notifications.letters import CASES, OF_MAIL_ALONE
from tests.servers.certificates import Certificates
from tests.servers.web import Order, WebServer, nobody_there, web_server

TOKEN = "T0pSecretToken"


@pytest.fixture
def server(trusted: Certificates, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted.ca_file))
    with web_server(trusted.good) as running:
        yield running


def of(**urls: str) -> ServiceChannel:
    secret = {key.replace("all", "*").replace("_", "-"): SecretStr(url) for key, url in urls.items()}
    return service_channel(Settings(services={"chat": secret}), "chat")


def url_at(port: int, path: str = TOKEN) -> str:
    return f"jsons://localhost:{port}/{path}"


def parcel_for(person: str, *roles: str, payload: bytes = b"Emne\n\nTekst\n") -> Parcel:
    return Parcel(number=1, payload=payload, person=person, roles=roles)


# --- the note ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(CASES))
def test_note_is_the_subject_an_empty_line_and_the_text(name: str) -> None:
    text = note(CASES[name]).decode("utf-8")
    subject, empty, rest = text.split("\n", 2)
    assert subject
    assert empty == ""
    assert rest.strip()
    assert text.endswith("\n")
    assert "\r" not in text
    assert not [words for words in OF_MAIL_ALONE if words in text]


# --- what is handed over -----------------------------------------------------------------------------------------


def test_service_gets_subject_and_text_letter_by_letter(server: WebServer) -> None:
    payload = "Møde: <b>nu</b> &amp; :smile: \\n\n\n*Æ* _ø_ [å](x)\n\n- et\n".encode()
    with of(all=url_at(server.port)).open() as carrier:
        [receipt] = carrier.send(parcel_for("anna", payload=payload))
    assert (receipt.outcome, receipt.recipient) == (Outcome.SENT, None)
    [post] = server.posts
    told = json.loads(post.body)
    assert told["title"] == "Møde: <b>nu</b> &amp; :smile: \\n"
    assert told["message"].strip() == "*Æ* _ø_ [å](x)\n\n- et"
    assert "attachments" not in told or told["attachments"] == []


def test_each_goes_by_person_role_or_everybody(server: WebServer) -> None:
    channel = of(
        anna=url_at(server.port, "anna"), board=url_at(server.port, "board"), all=url_at(server.port, "all")
    )
    with channel.open() as carrier:
        for parcel in (parcel_for("anna", "board"), parcel_for("bent", "board"), parcel_for("carl")):
            assert carrier.send(parcel)[0].outcome is Outcome.SENT
    assert [post.path for post in server.posts] == ["/anna", "/board", "/all"]


def test_name_that_is_not_set_is_permanent_and_says_what_to_set() -> None:
    with service_channel(Settings(), "sms").open() as carrier:
        [receipt] = carrier.send(parcel_for("anna", "board"))
        assert receipt.outcome is Outcome.PERMANENT
        assert "AARSHJUL_SERVICES, 'sms' needs one under 'anna', 'board', '*'" in receipt.text
        assert not carrier.down


def test_failure_is_temporary_with_the_last_words_of_apprise_and_no_secret(server: WebServer) -> None:
    server.order(Order(status=500, body=TOKEN.encode()))
    with of(all=url_at(server.port) + "?optional=yes&retry=3&wait=5").open() as carrier:
        [receipt] = carrier.send(parcel_for("anna"))
    assert (receipt.code, receipt.outcome) == (None, Outcome.TEMPORARY)
    assert "error=500" in receipt.text
    assert TOKEN not in receipt.text
    assert len(server.posts) == 1


def test_redirect_is_not_followed(server: WebServer, trusted: Certificates) -> None:
    with web_server(trusted.good) as elsewhere:
        there = f"https://localhost:{elsewhere.port}/"
        server.order(Order(status=307, headers={"Location": there}))
        with of(all=url_at(server.port)).open() as carrier:
            assert carrier.send(parcel_for("anna"))[0].outcome is Outcome.TEMPORARY
        assert elsewhere.posts == []


@pytest.mark.parametrize("order", [Order(drop=True), Order(wait=True), Order(garbage=True)], ids=repr)
def test_service_without_an_answer_is_temporary(order: Order, server: WebServer) -> None:
    server.order(order)
    with of(all=url_at(server.port) + "?rto=0.3").open() as carrier:
        assert carrier.send(parcel_for("anna"))[0].outcome is Outcome.TEMPORARY


def test_address_that_failed_three_times_in_a_row_is_left_alone(server: WebServer) -> None:
    channel = of(board=url_at(server.port, "board"), council=url_at(server.port, "council"))
    server.order(*[Order(status=500)] * 2, Order(), *[Order(status=500)] * 3)
    with channel.open() as carrier:
        told = [carrier.send(parcel_for("x", "board"))[0] for _ in range(7)]
        assert [receipt.outcome.value[0] for receipt in told] == list("ttstttt")
        assert told[-1].text == "not handed over: the service failed 3 times in a row shortly before"
        assert len(server.posts) == 6
        assert not carrier.down
        assert carrier.send(parcel_for("x", "council"))[0].outcome is Outcome.SENT


def test_all_addresses_left_alone_means_down() -> None:
    with of(all=url_at(nobody_there())).open() as carrier:
        for _ in range(3):
            assert not carrier.down
            carrier.send(parcel_for("anna"))
        assert carrier.down


def test_certificate_that_is_not_trusted_gets_nothing(
    trusted: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted.ca_file))
    with web_server(trusted.unknown) as impostor:
        with of(all=url_at(impostor.port)).open() as carrier:
            assert carrier.send(parcel_for("anna"))[0].outcome is Outcome.TEMPORARY
        assert impostor.posts == []


@pytest.mark.parametrize("payload", [b"", b"\n\n", b"only a subject", b"\xff\xfe\n\n\xff"])
def test_odd_note_is_answered(payload: bytes, server: WebServer) -> None:
    with of(all=url_at(server.port)).open() as carrier:
        [receipt] = carrier.send(parcel_for("anna", payload=payload))
    assert receipt.text


# --- what is not let out -----------------------------------------------------------------------------------------

LOCAL = ("blink1", "dbus", "gio", "glib", "gnome", "kde", "macosx", "qt", "syslog", "windows", "file")


@pytest.mark.parametrize("schema", LOCAL)
def test_service_of_this_machine_is_refused(schema: str) -> None:
    for url in (f"{schema}://", f"{schema}://_/", f"{schema.upper()}://somewhere"):
        assert str(why_not(url)).endswith("stays on this machine")


def test_no_other_service_of_apprise_does_without_a_place_to_go() -> None:
    known = plugins()
    placeless = {name for name in known.schemas() if "{schema}://" in known[name].templates}
    assert placeless == set(LOCAL) - {"file"}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "chat",
        "/etc/passwd",
        "://x",
        "http://localhost/",
        "https://localhost/hook",
        "nosuch://token",
        "slack://",
        "slack://one-token-only",
        f"aarshjul-workflow://localhost/abc/{TOKEN}",
        "aarshjulmail://localhost",
        f"workflows://prod-1.logic.azure.com/abc/{TOKEN}",
        f"https://prod-1.logic.azure.com/workflows/abc/triggers/manual/paths/invoke?sig={TOKEN}",
        f"msteams://a/b/{TOKEN}",
        f"jsons://localhost/{TOKEN}?verify=no",
    ],
)
def test_address_that_cannot_be_used_is_named_by_its_key_alone(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        of(anna=url, all="jsons://localhost/")
    [problem] = refused.value.problems
    assert refused.value.exit_code == 2
    assert problem.startswith("AARSHJUL_SERVICES: the address of 'anna' under 'chat': ")
    assert TOKEN not in problem


@pytest.mark.parametrize(
    "url",
    [
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general",
        "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "ntfys://ntfy.example.org/emne",
        "rsyslog://log.example.org",
        "jsons://localhost:8443/path",
        " jsons://localhost:8443/path\n",
    ],
)
def test_address_of_a_service_elsewhere_is_taken(url: str) -> None:
    assert of(all=url).addresses["*"].get_secret_value() == url


def test_no_log_has_a_secret(server: WebServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    logging.getLogger("apprise").setLevel(1)
    server.order(Order(), Order(status=401))
    try:
        with pytest.raises(Invalid):
            of(all=f"slack://{TOKEN}/{TOKEN}/")
        with of(all=url_at(server.port)).open() as carrier:
            for _ in range(2):
                carrier.send(parcel_for("anna"))
    finally:
        logging.getLogger("apprise").setLevel(logging.NOTSET)
    assert TOKEN not in "\n".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)


def test_channel_shows_no_secret() -> None:
    assert TOKEN not in repr(of(all=url_at(1)))
