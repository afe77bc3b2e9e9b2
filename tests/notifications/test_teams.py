"""Cards on their way to Teams: what a real server with TLS gets, and what its answers come to."""

import json
import logging
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from aarshjul.settings import Settings
from notifications.card import card
from notifications.channel import Outcome
from notifications.teams import TeamsChannel, teams_channel
from tests.notifications.letters import CASES
from tests.notifications.workflows import SIG, channel_at, parcel_for, path_of, sent
from tests.servers.certificates import Certificates
from tests.servers.web import Order, WebServer, nobody_there, web_server


@pytest.fixture
def server(trusted: Certificates) -> Iterator[WebServer]:
    with web_server(trusted.good) as running:
        yield running


@pytest.fixture
def channel(server: WebServer, trusted: Certificates) -> TeamsChannel:
    return channel_at({"*": server.port}, trusted.ca_file)


# --- what is posted ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(CASES))
def test_our_card_comes_whole_and_nothing_beside_it(
    name: str, server: WebServer, channel: TeamsChannel
) -> None:
    payload = card(CASES[name])
    [receipt] = sent(channel, parcel_for("anna", payload=payload))
    assert receipt.outcome is Outcome.SENT
    [post] = server.posts
    rendered = json.loads(payload)
    assert json.loads(post.body) == {"type": "message", "attachments": rendered["attachments"]}
    assert len(post.body) < 28_000
    assert post.path == path_of("all")
    assert post.headers["content-type"] == "application/json; charset=utf-8"
    assert not {"authorization", "cookie"} & set(post.headers)


def test_mention_of_the_reader_survives_to_the_wire(server: WebServer, channel: TeamsChannel) -> None:
    sent(channel, parcel_for("board-chair", payload=card(CASES["invite.da"])))
    text = server.posts[0].body.decode("utf-8")
    assert (
        text.count("<at>Bestyrelsesformand Åse</at>") == 2
    )  # in the text and in its entity, letter by letter
    [attachment] = json.loads(text)["attachments"]
    [entity] = attachment["content"]["msteams"]["entities"]
    assert entity["mentioned"]["id"] == "formand@ehnj.example.org"


def test_a_batch_keeps_one_connection(server: WebServer, channel: TeamsChannel) -> None:
    server.order(Order(status=202), Order(status=200, body=b"taken"), Order(status=404, body=b"{}" * 100))
    sent(channel, *[parcel_for("anna")] * 6)
    assert len(server.posts) == 6
    assert {post.connection for post in server.posts} == {1}


def test_each_goes_to_the_workflow_of_person_role_or_everybody(
    server: WebServer, trusted: Certificates
) -> None:
    channel = channel_at(dict.fromkeys(("anna", "board", "*"), server.port), trusted.ca_file)
    sent(channel, parcel_for("anna", "board"), parcel_for("bent", "board"), parcel_for("carl", "council"))
    assert [post.path for post in server.posts] == [path_of("anna"), path_of("board"), path_of("all")]


def test_who_has_no_address_gets_a_permanent_receipt_and_nothing_is_posted(
    server: WebServer, trusted: Certificates
) -> None:
    channel = channel_at({"board": server.port}, trusted.ca_file)
    with channel.open() as carrier:
        [receipt] = carrier.send(parcel_for("anna", "council"))
        assert receipt.outcome is Outcome.PERMANENT
        assert "AARSHJUL_TEAMS_URLS needs one under 'anna', 'council', '*'" in receipt.text
        assert receipt.recipient == "anna@example.org"
        assert not carrier.down
    assert server.posts == []


def test_a_channel_without_any_address_is_not_down(trusted: Certificates) -> None:
    with teams_channel(Settings(teams_urls={})).open() as carrier:
        assert not carrier.down
        assert carrier.send(parcel_for("anna"))[0].outcome is Outcome.PERMANENT


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b"null", b'{"type": "message"}', b"\xff\xfe"])
def test_what_is_no_card_is_not_posted(payload: bytes, server: WebServer, channel: TeamsChannel) -> None:
    [receipt] = sent(channel, parcel_for("anna", payload=payload))
    assert (receipt.outcome, server.posts) == (Outcome.PERMANENT, [])


# --- what the answers come to ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "sent"),
        (202, "sent"),
        (204, "sent"),
        (301, "permanent"),
        (302, "permanent"),
        (307, "permanent"),
        (308, "permanent"),
        (400, "permanent"),
        (401, "permanent"),
        (403, "permanent"),
        (404, "permanent"),
        (405, "permanent"),
        (408, "temporary"),
        (410, "permanent"),
        (413, "permanent"),
        (429, "temporary"),
        (500, "temporary"),
        (502, "uncertain"),
        (503, "temporary"),
        (504, "uncertain"),
        (599, "temporary"),
    ],
)
def test_status_decides(status: int, outcome: str, server: WebServer, channel: TeamsChannel) -> None:
    server.order(
        Order(status=status, headers={"Location": "https://evil.example.org/"}, body=b"why"[:status])
    )
    [receipt] = sent(channel, parcel_for("anna"))
    assert (receipt.code, receipt.outcome) == (status, outcome)
    assert receipt.text.startswith(f"{status} " if outcome != "permanent" else "AARSHJUL_TEAMS_URLS, '*': ")
    assert len(server.posts) == 1


def test_answer_is_kept_in_its_own_words_but_bounded_and_without_the_signature(
    server: WebServer, channel: TeamsChannel
) -> None:
    told = '{"error":{"code":"WorkflowNotFound",\r\n"message":"ikke fundet: \x1b[31mæøå"}}'
    said = f"{told} {SIG} {'x' * 9000}"
    server.order(Order(status=404, body=said.encode()))
    [receipt] = sent(channel, parcel_for("anna"))
    assert "404 Not Found: the workflow was deleted or got a new address: copy it again" in receipt.text
    assert '{"error":{"code":"WorkflowNotFound", "message":"ikke fundet:' in receipt.text
    assert "æøå" in receipt.text
    assert SIG not in receipt.text
    assert receipt.text.isprintable()
    assert len(receipt.text) < 600


def test_the_run_of_the_workflow_is_kept(server: WebServer, channel: TeamsChannel) -> None:
    server.order(Order(headers={"x-ms-workflow-run-id": "08584647CU00"}))
    assert sent(channel, parcel_for("anna"))[0].text == "202 Accepted (run 08584647CU00)"


def test_redirect_is_not_followed(server: WebServer, trusted: Certificates, channel: TeamsChannel) -> None:
    with web_server(trusted.good) as elsewhere:
        location = f"https://localhost:{elsewhere.port}/collect"
        server.order(
            *(Order(status=code, headers={"Location": location}) for code in (301, 302, 303, 307, 308))
        )
        receipts = sent(channel, *[parcel_for("anna")] * 5)
        assert {receipt.outcome for receipt in receipts} == {Outcome.PERMANENT}
        assert "leads elsewhere" in receipts[0].text
        assert elsewhere.posts == []


def test_status_counts_where_its_text_breaks_off(server: WebServer, channel: TeamsChannel) -> None:
    server.order(Order(status=202, body=b"half", short=True), Order(status=404, body=b"half", short=True))
    assert [receipt.code for receipt in sent(channel, *[parcel_for("anna")] * 2)] == [202, 404]


# --- secrets -----------------------------------------------------------------------------------------------------


def test_no_log_and_no_receipt_has_the_signature(
    server: WebServer, trusted: Certificates, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    logging.getLogger("apprise").setLevel(1)
    server.order(Order(), Order(status=401), Order(status=500), Order(drop=True))
    there = channel_at({"*": server.port}, trusted.ca_file)
    gone = channel_at({"*": nobody_there()}, trusted.ca_file)
    try:
        receipts = [*sent(there, *[parcel_for("anna")] * 5), *sent(gone, parcel_for("anna"))]
    finally:
        logging.getLogger("apprise").setLevel(logging.NOTSET)
    assert len(receipts) == 6
    assert SIG not in "\n".join(receipt.text for receipt in receipts)
    assert SIG not in "\n".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)


def test_address_of_the_operator_reaches_no_further_than_its_setting() -> None:
    shown = repr(Settings(teams_urls={"*": SecretStr(f"https://logic.azure.com{path_of('all')}")}))
    assert SIG not in shown
