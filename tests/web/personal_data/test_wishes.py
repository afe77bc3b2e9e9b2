"""Saying how one wants to hear: only what changed is written, and what is refused stays as it was typed."""

import pytest

from models.cycle import Membership
from models.engine import reading
from models.person import Person
from tests.web.logged_in import Site
from tests.web.personal_data.own import link_of

FORM = {"channels": "email", "digest": "false", "once": "a"}


def person(site: Site, who: str = "b1") -> Person:
    with reading(site.world.engine) as session:
        return session.get_one(Person, who)


def save(site: Site, who: str = "b1", **typed: str) -> int:
    return site.post(link_of(who, "preferences"), FORM | typed).status_code


def test_what_is_typed_becomes_the_record(logins: Site) -> None:
    typed = {"digest": "true", "language": "en", "weekdays": "friday", "quiet_from": "2022-07-04"}

    assert save(logins, **typed, quiet_until="2022-07-08", secretary="sekretær@example.org") in (303, 409)
    assert save(logins, **typed, quiet_until="2022-07-08", secretary="secretary@example.org") == 303

    found = person(logins)
    assert (found.digest, found.language, found.secretary) == (True, "en", "secretary@example.org")
    assert found.quiet == ["friday", "2022-07-04..2022-07-08"]


def test_what_stays_as_it_is_leaves_no_history(logins: Site) -> None:
    before = len(logins.world.history())

    assert save(logins) == 303
    assert len(logins.world.history()) == before


def test_only_what_changed_is_said(logins: Site) -> None:
    save(logins, digest="true")

    assert {key for key, value in logins.world.last_facts().items() if value is not None} <= {"digest"}


def test_a_tick_taken_away_ends_a_period_and_an_emptied_secretary_ends_theirs(logins: Site) -> None:
    save(logins, quiet_from="2022-07-04", secretary="secretary@example.org")
    assert save(logins, once="b") == 303

    assert (person(logins).quiet, person(logins).secretary) == ([], None)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"quiet_until": "2022-07-04"}, "quiet_from"),
        ({"quiet_from": "2022-07-08", "quiet_until": "2022-07-04"}, "quiet_from"),
        ({"quiet_from": "<b>soon</b>"}, "quiet_from"),
        ({"secretary": "not an address"}, "secretary"),
        ({"channels": "pigeon"}, "channels"),
        ({"channels": ""}, "channels"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_keeps_what_was_typed(
    logins: Site, typed: dict[str, str], field: str
) -> None:
    answer = logins.post(link_of("b1", "preferences"), FORM | {"digest": "true"} | typed)

    assert answer.status_code == 409
    assert f'href="#wishes-{field}"' in answer.text
    assert f'id="wishes-{field}-wrong"' in answer.text
    assert 'value="true" checked' in answer.text
    assert "<b>" not in answer.text
    assert person(logins).digest is False


def test_a_chair_keeps_mail_as_a_channel(logins: Site) -> None:
    answer = logins.post(link_of("bc", "preferences"), FORM | {"channels": "teams"})

    assert answer.status_code == 409
    assert person(logins, "bc").channels == ["email"]


def test_mail_for_information_is_stopped_once_and_what_goes_on_is_said(logins: Site) -> None:
    text = logins.client.get(link_of("b1", "preferences")).text
    assert "bliver ved med at komme" in text

    assert logins.post(link_of("b1", "preferences/news"), {"once": "n"}).status_code == 303

    with reading(logins.world.engine) as session:
        assert session.get_one(Membership, ("c", "b1")).subscribed is False

    again = logins.client.get(link_of("b1", "preferences")).text
    assert "Få mails til orientering igen" in again
    assert logins.post(link_of("b1", "preferences/news"), {"once": "m", "news": "true"}).status_code == 303
    with reading(logins.world.engine) as session:
        assert session.get_one(Membership, ("c", "b1")).subscribed is True


def test_who_holds_an_office_cannot_stop_it_and_is_told_so(logins: Site) -> None:
    assert "preferences/news" not in logins.client.get(link_of("cc", "preferences")).text
    assert logins.post(link_of("cc", "preferences/news"), {"once": "n"}).status_code == 409
