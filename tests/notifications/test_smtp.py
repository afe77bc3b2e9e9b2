"""What each answer of a real mail server comes to: sent, to be tried again, given up, or nobody knows."""

import pytest

from notifications.channel import Outcome, Parcel
from tests.notifications.smtp_clients import (
    ANNE,
    BO,
    CARL,
    PATIENCE,
    PERMANENT,
    SENT,
    TEMPORARY,
    UNCERTAIN,
    carrier,
    ids,
    is_down,
    mail,
    outcomes,
    parcel,
)
from tests.servers.smtp import Server

# --- it goes -------------------------------------------------------------------------------------------------------


def test_batch_goes_over_one_connection_with_the_servers_own_words(server: Server) -> None:
    with carrier(server) as opened:
        receipts = [opened.send(parcel(number))[0] for number in range(20)]
        assert not is_down(opened)
    assert outcomes(receipts) == [SENT] * 20
    assert {(receipt.code, receipt.recipient) for receipt in receipts} == {(250, ANNE)}
    assert all(receipt.text.startswith("2.0.0 queued as ") for receipt in receipts)
    assert ids(server) == [str(number) for number in range(20)]
    assert server.connections() == 1
    first = server.received()[0]
    assert (first.sender, first.recipients, first.user) == ("aarshjul@example.org", (ANNE,), "aarshjul")
    assert first.parameters == (f"SIZE={len(mail(0))}", "BODY=8BITMIME")


def test_nothing_is_connected_where_nothing_is_sent(server: Server) -> None:
    with carrier(server):
        pass
    assert server.connections() == 0


@pytest.mark.parametrize(
    "body",
    [
        "",
        ".\r\n",
        "..\r\n.\r\n.a\r\n",
        "a\r\n.\r\nMAIL FROM:<x@example.org>\r\nRCPT TO:<y@example.org>\r\nDATA\r\n",
        "blåbærgrød\r\n" * 4000,
        "no line end",
    ],
    ids=["empty", "dot", "dots", "smuggled", "long", "unended"],
)
def test_bytes_arrive_as_they_were(server: Server, body: str) -> None:
    payload = mail(body=body)
    with carrier(server) as opened:
        assert outcomes(opened.send(parcel(1, payload=payload))) == [SENT]
        assert outcomes(opened.send(parcel(2))) == [SENT]
    expected = payload if payload.endswith(b"\r\n") else payload + b"\r\n"
    assert [taken.data for taken in server.received()] == [expected, mail(2)]


@pytest.mark.parametrize("end", ["\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r.\r\n"])
def test_lone_line_ends_cannot_smuggle_a_second_mail(server: Server, end: str) -> None:
    payload = mail(body=f"a{end}MAIL FROM:<x@example.org>\r\n")
    with carrier(server) as opened:
        assert outcomes(opened.send(parcel(1, payload=payload))) == [SENT]
    assert [taken.data for taken in server.received()] == [
        mail(body="a\r\n.\r\nMAIL FROM:<x@example.org>\r\n")
    ]


# --- a recipient is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 5.1.1 no such user", PERMANENT),
        ("551 5.1.6 has moved", PERMANENT),
        ("553 5.1.3 what a name", PERMANENT),
        ("450 4.2.1 try later", TEMPORARY),
        ("452 4.5.3 too many recipients", TEMPORARY),
        ("451 4.7.1 greylisted", TEMPORARY),
    ],
)
def test_refused_recipient_is_told_apart_and_the_others_get_theirs(
    server: Server, answer: str, outcome: Outcome
) -> None:
    server.order(refuse={BO: answer})
    with carrier(server) as opened:
        receipts = opened.send(parcel(1, ANNE, BO, CARL))
        assert outcomes(opened.send(parcel(2))) == [SENT]
        assert not is_down(opened)
    assert outcomes(receipts) == [SENT, outcome, SENT]
    assert [receipt.recipient for receipt in receipts] == [ANNE, BO, CARL]
    assert f"{receipts[1].code} {receipts[1].text}" == answer
    assert [taken.recipients for taken in server.received()] == [(ANNE, CARL), (ANNE,)]


@pytest.mark.parametrize("order", ["refuse_sender", "refuse_all", "refuse_data", "refuse_mail"])
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 5.7.1 not here", PERMANENT),
        ("552 5.3.4 too big", PERMANENT),
        ("554 5.6.0 no", PERMANENT),
        ("450 4.7.25 slower", TEMPORARY),
        ("451 4.3.0 trouble", TEMPORARY),
        ("452 4.3.1 disk full", TEMPORARY),
    ],
)
def test_refusal_at_any_step_counts_for_this_mail_alone(
    server: Server, order: str, answer: str, outcome: Outcome
) -> None:
    server.order(**{order: answer}, first=2 if order == "refuse_all" else 1)
    with carrier(server) as opened:
        refused = opened.send(parcel(1, ANNE, BO))
        assert outcomes(opened.send(parcel(2, ANNE, BO))) == [SENT, SENT]
        assert not is_down(opened)
    assert outcomes(refused) == [outcome, outcome]
    assert {f"{receipt.code} {receipt.text}" for receipt in refused} == {answer}
    assert ids(server) == ["2"]
    assert server.connections() == 1


def test_refusal_of_one_and_then_of_the_mail_keep_their_own_answers(server: Server) -> None:
    server.order(refuse={ANNE: "550 5.1.1 nobody"}, refuse_mail="451 4.3.0 later")
    with carrier(server) as opened:
        receipts = opened.send(parcel(1, ANNE, BO))
    assert [(receipt.code, receipt.outcome) for receipt in receipts] == [(550, PERMANENT), (451, TEMPORARY)]


@pytest.mark.parametrize(
    "answer", ["530 5.7.0 Authentication required", "530 5.7.0 Must issue STARTTLS", "535 5.7.8 no"]
)
def test_server_that_wants_a_login_stops_the_batch_and_fails_no_mail(server: Server, answer: str) -> None:
    server.order(refuse_sender=answer)
    with carrier(server) as opened:
        assert outcomes(opened.send(parcel(1))) == [TEMPORARY]
        assert is_down(opened)


# --- the connection breaks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["connect", "mail", "rcpt", "data"])
def test_connection_lost_before_the_mail_was_handed_over(server: Server, step: str) -> None:
    server.order(drop=step, times=1)
    with carrier(server) as opened:
        lost = opened.send(parcel(1, ANNE, BO))
        assert not is_down(opened)
        assert outcomes(opened.send(parcel(2))) == [SENT]
    assert outcomes(lost) == [TEMPORARY, TEMPORARY]
    assert {receipt.code for receipt in lost} == {None}
    assert "connection lost" in lost[0].text
    assert ids(server) == ["2"]
    assert server.connections() == 2


@pytest.mark.parametrize(
    ("lines", "outcome"), [(400_000, TEMPORARY), (1, UNCERTAIN)], ids=["sending", "sent"]
)
def test_connection_lost_within_the_body_is_uncertain_once_all_of_it_was_sent(
    server: Server, lines: int, outcome: Outcome
) -> None:
    server.order(drop="body", times=1)
    with carrier(server) as opened:
        lost = opened.send(parcel(1, payload=mail(body=f"{'a' * 70}\r\n" * lines)))
        assert outcomes(opened.send(parcel(2))) == [SENT]
    assert outcomes(lost) == [outcome]
    assert ids(server) == ["2"]


def test_connection_lost_between_the_last_dot_and_the_answer_is_uncertain(server: Server) -> None:
    server.order(drop="dot", times=1, refuse={BO: "550 5.1.1 nobody"})
    with carrier(server) as opened:
        lost = opened.send(parcel(1, ANNE, BO))
        assert outcomes(opened.send(parcel(2))) == [SENT]
    assert outcomes(lost) == [UNCERTAIN, PERMANENT]
    assert "may have been taken" in lost[0].text
    assert ids(server) == ["1", "2"]


def test_no_answer_to_a_whole_mail_in_time_is_uncertain(server: Server) -> None:
    server.order(delay=20)
    with carrier(server, smtp_timeout=PATIENCE) as opened:
        late = opened.send(parcel(1))
        server.order(delay=0)
        assert outcomes(opened.send(parcel(2))) == [SENT]
    assert outcomes(late) == [UNCERTAIN]
    assert late[0].text.startswith("no answer in time after")
    assert ids(server) == ["1", "2"]


def test_server_that_says_nothing_at_all(server: Server) -> None:
    server.order(mute=True)
    with carrier(server, smtp_timeout=PATIENCE) as opened:
        first = opened.send(parcel(1))
        assert not is_down(opened)
        assert outcomes([*first, *opened.send(parcel(2))]) == [TEMPORARY, TEMPORARY]
        assert is_down(opened)
    assert first[0].text.endswith("no answer in time")


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "BODY"])
def test_server_that_shuts_down_is_left_and_called_again(server: Server, verb: str) -> None:
    server.order(closing=verb, times=1)
    with carrier(server) as opened:
        assert outcomes(opened.send(parcel(1, ANNE, BO))) == [TEMPORARY, TEMPORARY]
        assert outcomes(opened.send(parcel(2))) == [SENT]
        assert not is_down(opened)
    assert ids(server) == ["2"]
    assert server.connections() == 2


def test_so_many_mails_a_connection(server: Server) -> None:
    server.order(per_connection=2)
    with carrier(server) as opened:
        found = [opened.send(parcel(number))[0] for number in range(8)]
        assert not is_down(opened)
    assert outcomes(found) == [SENT, SENT, TEMPORARY] * 2 + [SENT, SENT]
    assert found[2].code == 421
    assert server.connections() == 3


@pytest.mark.parametrize(
    "orders", [{"drop": "mail"}, {"drop": "dot"}, {"closing": "MAIL"}, {"drop": "connect"}]
)
def test_second_connection_that_comes_to_nothing_ends_the_batch(
    server: Server, orders: dict[str, str]
) -> None:
    with carrier(server) as opened:
        assert outcomes(opened.send(parcel(0))) == [SENT]
        server.order(**orders)
        if orders == {"drop": "connect"}:
            server.stop()
            server.start()
        first = opened.send(parcel(1))  # over the connection that had proven itself
        assert not is_down(opened)
        receipts = [*first, *(opened.send(parcel(number))[0] for number in (2, 3, 4))]
        assert is_down(opened)
    expected = UNCERTAIN if orders == {"drop": "dot"} else TEMPORARY
    assert outcomes(receipts) == [expected, expected, expected, TEMPORARY]
    assert receipts[-1].text.startswith("not tried: ")


def test_server_that_is_away_and_comes_back_within_the_batch(server: Server) -> None:
    server.stop()
    with carrier(server) as opened:
        away = opened.send(parcel(1))
        assert not is_down(opened)
        server.start()
        assert outcomes(opened.send(parcel(2))) == [SENT]
    assert outcomes(away) == [TEMPORARY]
    assert away[0].text == f"127.0.0.1:{server.port}: connection refused"


def test_server_that_stays_away_is_asked_twice(server: Server) -> None:
    server.stop()
    try:
        with carrier(server) as opened:
            found = [opened.send(parcel(number))[0] for number in range(5)]
            assert is_down(opened)
    finally:
        server.start()
    assert outcomes(found) == [TEMPORARY] * 5
    assert [receipt.text.startswith("not tried") for receipt in found] == [False, False, True, True, True]


@pytest.mark.parametrize("greeting", ["421 4.3.2 too busy", "450 4.7.0 slower", "554 5.3.2 no mail here"])
def test_server_that_turns_us_away_at_the_door(server: Server, greeting: str) -> None:
    server.order(greeting=greeting)
    with carrier(server) as opened:
        receipts = opened.send(parcel(1))
        assert not is_down(opened)
        opened.send(parcel(2))
        assert is_down(opened)
    assert outcomes(receipts) == [TEMPORARY]
    assert receipts[0].code == int(greeting[:3])
    assert greeting[4:] in receipts[0].text


# --- what never reaches it -----------------------------------------------------------------------------------------


def test_mail_that_is_larger_than_the_server_takes(server: Server) -> None:
    server.order(size=2000)
    with carrier(server) as opened:
        assert (
            outcomes(opened.send(parcel(1, ANNE, BO, payload=mail(body="a" * 70 + "\r\n") * 40)))
            == [PERMANENT] * 2
        )
        assert outcomes(opened.send(parcel(2))) == [SENT]
    assert ids(server) == ["2"]


@pytest.mark.parametrize(
    "address",
    [
        "anne@example.org\r\nDATA",
        "anne@example.org>\r\nRCPT TO:<bo@example.org",
        "anne@example.org\n",
        "anne\r@example.org",
        "anne@example.org> NOTIFY=NEVER",
        "anne @example.org",
        "ånne\r\n@example.org",
        "å<nne@example.org",
        "anne\x00@example.org",
        "anne",
        "@example.org",
        "anne@",
        "",
        "å" * 33 + "@example.org",
        "\ud800@example.org",
    ],
)
def test_address_that_is_none_never_reaches_the_server(server: Server, address: str) -> None:
    server.order(smtputf8=True)
    with carrier(server) as opened:
        receipts = opened.send(parcel(1, address, BO))
        assert outcomes(opened.send(parcel(2, address))) == [PERMANENT]
    assert outcomes(receipts) == [PERMANENT, SENT]
    assert receipts[0].recipient == address
    assert [taken.recipients for taken in server.received()] == [(BO,)]


def test_mail_to_nobody_has_a_receipt_too(server: Server) -> None:
    with carrier(server) as opened:
        assert outcomes(opened.send(Parcel(number=1, payload=mail()))) == [PERMANENT]
    assert server.connections() == 0


def test_national_domain_goes_in_ascii_to_every_server(server: Server) -> None:
    with carrier(server) as opened:
        assert outcomes(opened.send(parcel(1, "anne@blåbærgrød.example"))) == [SENT]
    assert server.received()[0].recipients == ("anne@xn--blbrgrd-fxak7p.example",)


@pytest.mark.parametrize(("offered", "outcome"), [(True, SENT), (False, PERMANENT)])
def test_national_letters_before_the_at_need_smtputf8(
    server: Server, offered: bool, outcome: Outcome
) -> None:
    server.order(smtputf8=offered)
    with carrier(server) as opened:
        receipts = opened.send(parcel(1, "søren@example.org", BO))
        assert outcomes(opened.send(parcel(2, "søren@example.org"))) == [outcome]
    assert outcomes(receipts) == [outcome, SENT]
    first = server.received()[0]
    assert first.recipients == (("søren@example.org", BO) if offered else (BO,))
    assert ("SMTPUTF8" in first.parameters) is offered
