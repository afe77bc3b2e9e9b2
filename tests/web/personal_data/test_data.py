"""My data: whole, mine alone, without secrets, and safe to open."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.engine import writing
from models.logins import make_link as make_login
from models.own_data import plain, without
from models.person import Person
from models.received import ReceivedMail
from models.webuse import ApiToken, Identity
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.personal_data.own import link_of

HOSTILE = "</td><script>x</script>\"'"


def told(site: Site, person: str) -> dict[str, Any]:
    found: dict[str, Any] = site.client.get(link_of(person, "data.json")).json()["data"]
    return found


def busy(site: Site) -> None:
    """A year in which many did something with one another."""
    act = site.world.act
    act("2022-04-20", "co", "delegate", person="b1", to="w1", until="2022-12-01")
    act("2022-04-21", "bc", "answer", milestone="dialogue", reply="accepted")
    act("2022-04-21", "w1", "answer", milestone="dialogue", reply="declined", person="b1")
    act("2022-04-22", "holder", "submit-draft", text="One")
    act("2022-04-23", "w1", "comment", text="A comment of the first")
    act("2022-04-24", "w2", "comment", text="A comment of the second")
    act("2022-04-25", "w2", "prefer", secretary="secretary-of-w2@example.org", digest="true")
    site.world.round("2022-05-02")


def test_all_that_somebody_did_is_in_it(logins: Site) -> None:
    busy(logins)

    mine = told(logins, "w1")

    assert [each["text"] for each in mine["comment"]] == ["A comment of the first"]
    assert mine["person"][0]["email"] == "w1@example.org"
    assert {each["what"] for each in mine["historyentry"] if each["who"] == "w1"} == {"answered", "commented"}
    assert "delegate_until" in json.dumps(mine["membership"])
    assert {each["person_id"] for each in mine["message"]} == {"w1"}


def test_of_a_row_of_anothers_only_ones_own_part_is_in_it(logins: Site) -> None:
    busy(logins)

    rows = told(logins, "w1")["membership"]

    of_b1 = next(each for each in rows if each["person_id"] == "b1")
    assert set(of_b1) == {"cycle_id", "person_id", "delegate_id", "delegate_from", "delegate_until"}
    assert told(logins, "w1")["invitation"][0].keys() >= {"answered_by", "partstat"}


def test_what_a_row_holds_can_be_written_as_json() -> None:
    row = {"value": Decimal("62.50"), "at": at("2022-05-01"), "on": at("2022-05-01").date(), "none": None}
    said = json.loads(json.dumps(plain(row)))
    assert (said["value"], said["on"], said["none"]) == ("62.50", "2022-05-01", None)


@pytest.mark.parametrize("form", ["data", "data.json", "data.html"])
@pytest.mark.parametrize("person", ["b1", "w1", "sub", "ob", "bc"])
def test_nobody_finds_anothers_words_or_address(logins: Site, person: str, form: str) -> None:
    busy(logins)

    text = logins.client.get(link_of(person, form)).text

    others = ["b1", "w1", "w2", "bc", "cc", "c1", "sub", "ob", "holder"]
    assert [each for each in others if each != person and f"{each}@example.org" in text] == []
    assert "secretary-of-w2@" not in text
    assert "A comment of the second" not in text


def test_a_subscriber_learns_of_no_other_member(logins: Site) -> None:
    busy(logins)
    logins.world.act(
        "2022-05-02 08:00", "co", "move", milestone="dialogue", to="2022-05-02", at="09:00", ends="10:00"
    )
    logins.world.act("2022-05-02 12:00", "co", "hold", milestone="dialogue", minutes="x", present="b1,bc,sub")

    found = json.dumps(told(logins, "sub"))

    assert '"sub"' in found
    assert [each for each in ("b1", "bc", "w1", "cc") if f'"{each}"' in found] == []


def test_no_secret_is_in_it(logins: Site) -> None:
    with writing(logins.world.engine) as session:
        now = logins.clock()
        make_login(session, "b1", now)
        later = now.replace(year=2023)
        session.add(ApiToken(secret_hash="5ec4e7", person_id="b1", name="R", made_at=now, expires_at=later))
        session.add(Identity(issuer="https://idp.example.org", subject="me", person_id="b1", bound_at=now))

    mine = told(logins, "b1")

    assert (len(mine["loginlink"]), mine["identity"][0]["subject"]) == (1, "me")
    assert "hash" not in json.dumps({name: mine[name] for name in ("loginlink", "apitoken")})
    assert "5ec4e7" not in json.dumps(mine)


def test_a_mail_of_somebody_else_about_one_shows_neither_sender_nor_subject(logins: Site) -> None:
    with writing(logins.world.engine) as session:
        for number, sender in enumerate(("b1@example.org", "w2@example.org")):
            session.add(
                ReceivedMail(
                    fingerprint=f"f{number}", received_at=logins.clock(), outcome="answered", size=1,
                    sender=sender, subject=f"From {sender}", cycle_id="c", person_id="b1", raw=b"secret bytes",
                )
            )  # fmt: skip

    rows = told(logins, "b1")["receivedmail"]

    assert [each["sender"] for each in rows] == ["b1@example.org", None]
    assert [each["subject"] for each in rows] == ["From b1@example.org", None]
    assert "raw" not in rows[0]


def test_what_another_cycle_keeps_is_not_in_it(logins: Site) -> None:
    busy(logins)

    assert "comment" not in logins.client.get(link_of("w1", "data.json", "other")).json()["data"]


def test_hostile_names_stay_text_in_every_form(logins: Site) -> None:
    with writing(logins.world.engine) as session:
        session.get_one(Person, "b1").name = HOSTILE
        session.get_one(Person, "b1").teams = HOSTILE

    for form in ("data", "data.html", "preferences", "delegate"):
        assert "<script>x" not in logins.client.get(link_of("b1", form)).text
    answer = logins.client.get(link_of("b1", "data.html"))
    assert answer.headers["content-disposition"].startswith("attachment")
    assert told(logins, "b1")["person"][0]["name"] == HOSTILE


def test_the_document_is_a_pdf_and_who_can_correct_is_named(logins: Site) -> None:
    answer = logins.client.get(link_of("b1", "data.pdf"))

    assert answer.content.startswith(b"%PDF-")
    assert "co@example.org" in logins.client.get(link_of("b1", "data")).text


PEOPLE = st.sampled_from(["me", "x", "y"])
FACTS = st.recursive(
    PEOPLE | st.none() | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(PEOPLE.map(lambda p: f"answer/{p}"), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=3), FACTS, max_size=4))
def test_of_what_an_entry_says_nobody_else_is_left(facts: dict[str, Any]) -> None:
    left = json.dumps(without(facts, frozenset({"x", "y"})))

    assert '"x"' not in left
    assert "/y" not in left
