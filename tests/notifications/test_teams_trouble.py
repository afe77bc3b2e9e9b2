"""Teams when it wants to be left alone, does not answer, or is not who it should be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aarshjul.core.errors import Invalid
from aarshjul.settings import Settings
from notifications.channel import Outcome
from notifications.teams import TeamsChannel, teams_channel
from tests.notifications.workflows import channel_at, parcel_for, path_of, sent
from tests.servers.certificates import Certificates
from tests.servers.web import Order, WebServer, nobody_there, web_server

NOON = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def server(trusted: Certificates) -> Iterator[WebServer]:
    with web_server(trusted.good) as running:
        yield running


@pytest.fixture
def channel(server: WebServer, trusted: Certificates) -> TeamsChannel:
    return channel_at({"*": server.port}, trusted.ca_file)


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


def test_only_the_workflow_that_asked_for_it_is_left_alone(server: WebServer, trusted: Certificates) -> None:
    channel = channel_at({"board": server.port, "council": server.port}, trusted.ca_file)
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
    server: WebServer, trusted: Certificates
) -> None:
    channel = channel_at({"board": server.port, "council": server.port}, trusted.ca_file, timeout=0.3)
    server.order(Order(wait=True))
    with channel.open() as carrier:
        receipts = [carrier.send(parcel_for("x", role))[0] for role in ("board", "board", "council")]
    assert [receipt.outcome for receipt in receipts] == [Outcome.UNCERTAIN, Outcome.TEMPORARY, Outcome.SENT]
    assert receipts[0].text == "no answer within the time allowed"
    assert len(server.posts) == 2


def test_server_that_is_not_there_is_tried_once_for_all_its_workflows(trusted: Certificates) -> None:
    port = nobody_there()
    with channel_at({"board": port, "council": port}, trusted.ca_file).open() as carrier:
        [first] = carrier.send(parcel_for("x", "board"))
        assert (first.outcome, first.text) == (Outcome.TEMPORARY, "cannot be reached: no connection")
        assert carrier.down
        [second] = carrier.send(parcel_for("x", "council"))
    assert second.text.startswith("not posted, as shortly before: cannot be reached")


def test_a_host_that_is_not_there_leaves_the_others_alone(server: WebServer, trusted: Certificates) -> None:
    channel = channel_at({"board": nobody_there(), "council": server.port}, trusted.ca_file)
    with channel.open() as carrier:
        outcomes = [carrier.send(parcel_for("x", role))[0].outcome for role in ("board", "council")]
        assert not carrier.down
    assert outcomes == [Outcome.TEMPORARY, Outcome.SENT]


@pytest.mark.parametrize("certificate", ["unknown", "other_host"])
def test_certificate_that_is_not_right_gets_no_card(certificate: str, trusted: Certificates) -> None:
    with web_server(getattr(trusted, certificate)) as impostor:
        [receipt] = sent(channel_at({"*": impostor.port}, trusted.ca_file), parcel_for("anna"))
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
