"""One's own calendars: made once, shown once, and nobody else's to touch."""

import pytest
from sqlmodel import select

from models.engine import reading
from models.subscription import Subscription
from tests.web.logged_in import Site
from tests.web.personal_data.own import link_of

NEW = {"show": "meetings", "once": "a"}


def feeds(site: Site) -> list[Subscription]:
    with reading(site.world.engine) as session:
        return list(session.exec(select(Subscription).order_by(Subscription.id)))  # type: ignore[arg-type]


def secret_of(location: str) -> str:
    return location.partition("?")[0].rpartition("/")[2]


def test_one_is_made_and_its_page_is_shown_that_once(logins: Site) -> None:
    answer = logins.post(link_of("b1", "calendars"), NEW)

    assert answer.status_code == 303
    secret = secret_of(answer.headers["location"])
    assert logins.client.get(f"/calendars/{secret}").status_code == 200
    assert logins.client.get(f"/calendars/{secret}.ics").status_code == 200
    (row,) = feeds(logins)
    assert (row.scope, row.person_id, row.shows) == ("person", "b1", "meetings")
    assert secret not in logins.client.get(link_of("b1", "calendars")).text


def test_pressed_twice_there_is_one(logins: Site) -> None:
    answers = [logins.post(link_of("b1", "calendars"), NEW) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert answers[1].headers["location"].endswith("done=already")
    assert len(feeds(logins)) == 1


@pytest.mark.parametrize("show", ["", "alarms", "everything"])
def test_one_with_nothing_in_it_is_not_made(logins: Site, show: str) -> None:
    assert logins.post(link_of("b1", "calendars"), NEW | {"show": show}).status_code == 409
    assert feeds(logins) == []


def test_a_new_address_ends_the_old_one(logins: Site) -> None:
    old = secret_of(logins.post(link_of("b1", "calendars"), NEW).headers["location"])

    answer = logins.post(link_of("b1", "calendars/1/renew"), {"once": "b"})

    new = secret_of(answer.headers["location"])
    assert logins.client.get(f"/calendars/{old}").status_code == 404
    assert logins.client.get(f"/calendars/{new}").status_code == 200


def test_a_stopped_one_is_gone(logins: Site) -> None:
    secret = secret_of(logins.post(link_of("b1", "calendars"), NEW).headers["location"])

    assert logins.post(link_of("b1", "calendars/1/stop"), {"once": "b"}).status_code == 303

    assert logins.client.get(f"/calendars/{secret}").status_code == 404
    assert "calendars/1/" not in logins.client.get(link_of("b1", "calendars")).text


@pytest.mark.parametrize("deed", ["1/renew", "1/stop", "2/stop", "x/stop", "1/read", f"{2**70}/stop"])
def test_nobody_touches_anothers(logins: Site, deed: str) -> None:
    logins.post(link_of("b1", "calendars"), NEW)

    assert logins.post(link_of("w1", f"calendars/{deed}"), {"once": "b"}).status_code == 404
    (row,) = feeds(logins)
    assert (row.renewed_at, row.revoked_at) == (None, None)


def test_there_is_a_limit(logins: Site) -> None:
    for number in range(21):
        answer = logins.post(link_of("b1", "calendars"), NEW | {"once": f"n{number}"})

    assert answer.status_code == 409
    assert len(feeds(logins)) == 20
