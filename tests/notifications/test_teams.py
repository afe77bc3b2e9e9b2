"""Cards on their way to Teams: what a real server with TLS gets, and what its answers come to."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from aarshjul.core.errors import Invalid
from aarshjul.settings import Settings
from notifications.card import card
from notifications.channel import Outcome, Parcel, Receipt
from notifications.teams import TeamsChannel, teams_channel
from tests.notifications.letters import CASES
from tests.notifications.workflows import SIG, channel_at, parcel_for, path_of
from tests.servers.certificates import Certificates, certificates
from tests.servers.web import Order, WebServer, nobody_there, web_server

NOON = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def server(papers: Certificates) -> Iterator[WebServer]:
    with web_server(papers.good) as running:
        yield running


@pytest.fixture
def channel(server: WebServer, papers: Certificates) -> TeamsChannel:
    return channel_at({"*": server.port}, papers.ca_file)


def sent(channel: TeamsChannel, *parcels: Parcel) -> list[Receipt]:
    with channel.open() as carrier:
        return [receipt for parcel in parcels for receipt in carrier.send(parcel)]


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
    server: WebServer, papers: Certificates
) -> None:
    channel = channel_at(dict.fromkeys(("anna", "board", "*"), server.port), papers.ca_file)
    sent(channel, parcel_for("anna", "board"), parcel_for("bent", "board"), parcel_for("carl", "council"))
    assert [post.path for post in server.posts] == [path_of("anna"), path_of("board"), path_of("all")]


def test_who_has_no_address_gets_a_permanent_receipt_and_nothing_is_posted(
    server: WebServer, papers: Certificates
) -> None:
    channel = channel_at({"board": server.port}, papers.ca_file)
    with channel.open() as carrier:
        [receipt] = carrier.send(parcel_for("anna", "council"))
        assert receipt.outcome is Outcome.PERMANENT
        assert "AARSHJUL_TEAMS_URLS needs one under 'anna', 'council', '*'" in receipt.text
        assert receipt.recipient == "anna@example.org"
        assert not carrier.down
    assert server.posts == []


def test_a_channel_without_any_address_is_not_down(papers: Certificates) -> None:
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


def test_redirect_is_not_followed(server: WebServer, papers: Certificates, channel: TeamsChannel) -> None:
    with web_server(papers.good) as elsewhere:
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


# --- when it wants to be left alone ------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("header", "rest"),
    [
        ("17", timedelta(seconds=17)),
        ("Wed, 01 Jun 2022 12:01:30 GMT", timedelta(seconds=90)),
        ("1000000", timedelta(days=1)),
        ("9" * 5000, timedelta(days=1)),
        ("Fri, 01 Jan 2100 00:00:00 GMT", timedelta(days=1)),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("Wed, 01 Jun 2022 11:59:00 GMT", None),
        ("Wed, 99 Jun 99999 12:00:00 GMT", None),
        ("٣", None),
        ("", None),
    ],
)
def test_retry_after_is_obeyed(
    status: int, header: str, rest: timedelta | None, server: WebServer, channel: TeamsChannel
) -> None:
    server.order(Order(status=status, headers={"Retry-After": header.encode().decode("latin-1")}))
    with replace(channel, now=lambda: NOON).open() as carrier:
        [first] = carrier.send(parcel_for("anna"))
        assert (first.code, first.outcome, first.retry_after) == (status, Outcome.TEMPORARY, rest)
        assert carrier.down
        [second] = carrier.send(parcel_for("bent"))
    assert (second.code, second.outcome, second.retry_after) == (None, Outcome.TEMPORARY, rest)
    assert second.text == f"not posted, as shortly before: {first.text}"
    assert len(server.posts) == 1


def test_only_the_workflow_that_asked_for_it_is_left_alone(server: WebServer, papers: Certificates) -> None:
    channel = channel_at({"board": server.port, "council": server.port}, papers.ca_file)
    server.order(Order(status=429, headers={"Retry-After": "60"}))
    with channel.open() as carrier:
        outcomes = [carrier.send(parcel_for("x", role))[0].outcome for role in ("board", "council", "board")]
        assert outcomes == [Outcome.TEMPORARY, Outcome.SENT, Outcome.TEMPORARY]
        assert not carrier.down
    assert [post.path for post in server.posts] == [path_of("board"), path_of("council")]


def test_the_next_batch_asks_again(server: WebServer, channel: TeamsChannel) -> None:
    server.order(Order(status=429, headers={"Retry-After": "60"}))
    assert sent(channel, parcel_for("anna"))[0].outcome is Outcome.TEMPORARY
    assert sent(channel, parcel_for("anna"))[0].outcome is Outcome.SENT


def test_other_failures_do_not_hold_up_the_batch(server: WebServer, channel: TeamsChannel) -> None:
    server.order(Order(status=500), Order(status=404), Order(status=408))
    outcomes = [receipt.outcome for receipt in sent(channel, *[parcel_for("anna")] * 4)]
    assert outcomes == [Outcome.TEMPORARY, Outcome.PERMANENT, Outcome.TEMPORARY, Outcome.SENT]


# --- when no answer comes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [Order(drop=True), Order(garbage=True)], ids=["drop", "garbage"])
def test_connection_that_breaks_leaves_it_uncertain(
    order: Order, server: WebServer, channel: TeamsChannel
) -> None:
    server.order(order)
    first, second = sent(channel, *[parcel_for("anna")] * 2)
    assert (first.code, first.outcome) == (None, Outcome.UNCERTAIN)
    assert first.text == "the connection broke before an answer came"
    assert second.outcome is Outcome.TEMPORARY  # certainly not taken, as it was not posted
    assert len(server.posts) == 1


def test_no_answer_in_time_is_uncertain_and_that_workflow_is_not_waited_for_again(
    server: WebServer, papers: Certificates
) -> None:
    channel = channel_at({"board": server.port, "council": server.port}, papers.ca_file, timeout=0.3)
    server.order(Order(wait=True))
    with channel.open() as carrier:
        receipts = [carrier.send(parcel_for("x", role))[0] for role in ("board", "board", "council")]
    assert [receipt.outcome for receipt in receipts] == [Outcome.UNCERTAIN, Outcome.TEMPORARY, Outcome.SENT]
    assert receipts[0].text == "no answer within the time allowed"
    assert len(server.posts) == 2


def test_server_that_is_not_there_is_tried_once_for_all_its_workflows(papers: Certificates) -> None:
    port = nobody_there()
    with channel_at({"board": port, "council": port}, papers.ca_file).open() as carrier:
        [first] = carrier.send(parcel_for("x", "board"))
        assert (first.outcome, first.text) == (Outcome.TEMPORARY, "cannot be reached: no connection")
        assert carrier.down
        [second] = carrier.send(parcel_for("x", "council"))
    assert second.text.startswith("not posted, as shortly before: cannot be reached")


def test_a_host_that_is_not_there_leaves_the_others_alone(server: WebServer, papers: Certificates) -> None:
    channel = channel_at({"board": nobody_there(), "council": server.port}, papers.ca_file)
    with channel.open() as carrier:
        outcomes = [carrier.send(parcel_for("x", role))[0].outcome for role in ("board", "council")]
        assert not carrier.down
    assert outcomes == [Outcome.TEMPORARY, Outcome.SENT]


@pytest.mark.parametrize("certificate", ["unknown", "other_host"])
def test_certificate_that_is_not_right_gets_no_card(certificate: str, papers: Certificates) -> None:
    with web_server(getattr(papers, certificate)) as impostor:
        [receipt] = sent(channel_at({"*": impostor.port}, papers.ca_file), parcel_for("anna"))
        assert receipt.outcome is Outcome.TEMPORARY
        assert "certificate is not trusted" in receipt.text
        assert impostor.posts == []


def test_our_authority_is_trusted_only_where_it_is_named(server: WebServer) -> None:
    [receipt] = sent(channel_at({"*": server.port}, None), parcel_for("anna"))
    assert "certificate is not trusted" in receipt.text
    assert server.posts == []


@pytest.mark.parametrize("text", [None, "", "no certificate"])
def test_ca_file_without_certificates_is_refused(text: str | None, tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    if text is not None:
        file.write_text(text)
    with pytest.raises(Invalid, match="AARSHJUL_CA_FILE"):
        teams_channel(Settings(ca_file=file))


# --- secrets -----------------------------------------------------------------------------------------------------


def test_no_log_and_no_receipt_has_the_signature(
    server: WebServer, papers: Certificates, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    logging.getLogger("apprise").setLevel(1)
    server.order(Order(), Order(status=401), Order(status=500), Order(drop=True))
    there = channel_at({"*": server.port}, papers.ca_file)
    gone = channel_at({"*": nobody_there()}, papers.ca_file)
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
