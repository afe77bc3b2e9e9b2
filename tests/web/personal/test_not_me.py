"""Whose link was passed on is asked what of it stays: no calendar that it told, and word of what was done by it."""

import threading
from datetime import datetime

import httpx
import pytest
from fastapi import FastAPI

from aarshjul.web.desk import desk_over
from aarshjul.web.personal.stopping import stop
from aarshjul.web.personal_data.calendars import calendars
from models.engine import reading, writing
from models.subscription import Subscription
from models.subscriptions import listed, renew, subscribe
from notifications.personal_links import PersonalLink
from tests.web.logged_in import Site
from tests.web.personal.own import Own
from tests.web.serving import Clock, client_of

NEW = {"show": "meetings"}


@pytest.fixture
def own(logins: Site) -> Own:
    return Own(site=logins)


def secret_of(answer: httpx.Response) -> str:
    """What the page of a new address has in its own."""
    assert answer.status_code == 303
    secret = answer.headers["location"].partition("?")[0].rpartition("/")[2]
    assert len(secret) == 43
    return secret


def status(own: Own, secret: str, **headers: str) -> tuple[int, int]:
    feed = own.site.client.get(f"/calendars/{secret}.ics", headers=headers)
    return feed.status_code, own.site.client.get(f"/calendars/{secret}").status_code


def made_otherwise(own: Own) -> None:
    """A calendar of the member's that no link told of."""
    with writing(own.site.world.engine) as session:
        subscribe(session, scope="person", person_id="b1", shows="meetings", now=own.site.clock())


def told_otherwise(own: Own, number: int) -> str:
    """A new address of a calendar, told by a command or to a program."""
    with writing(own.site.world.engine) as session:
        return renew(session, session.get_one(Subscription, number), own.site.clock())


def test_a_calendar_made_by_link_is_gone_at_once_though_it_was_served_just_now(own: Own) -> None:
    token = own.token()
    secret = secret_of(own.post(token, "calendars", **NEW))
    served = own.site.client.get(f"/calendars/{secret}.ics")
    tag = {"if-none-match": served.headers["etag"]}
    assert own.site.client.get(f"/calendars/{secret}.ics", headers=tag).status_code == 304

    own.post(token, "not-me")

    assert (status(own, secret), status(own, secret, **tag)) == ((404, 404), (404, 404))


def test_a_calendar_that_got_its_address_by_link_is_gone_too(own: Own) -> None:
    made_otherwise(own)
    token = own.token()
    secret = secret_of(own.post(token, "calendars", "1", "renew"))

    own.post(token, "not-me")

    assert status(own, secret) == (404, 404)


def test_a_calendar_made_after_logging_in_stays(own: Own) -> None:
    own.site.log_in("co")
    kept = secret_of(own.site.post("/cycles/c/calendars", {**NEW, "once": "a"}))
    own.post(own.token("co"), "calendars", **NEW)
    renewed = secret_of(own.site.post("/cycles/c/calendars/2/renew", {"once": "b"}))

    own.post(own.token("co"), "not-me")

    assert (status(own, kept), status(own, renewed)) == ((200, 200), (200, 200))


def test_what_stays_is_told_otherwise_or_another_ones_or_of_no_person(own: Own) -> None:
    token = own.token()
    with writing(own.site.world.engine) as session:
        named = {"shows": "meetings", "now": own.site.clock()}
        shared = subscribe(session, scope="public", cycle_id="c", **named)[1]  # type: ignore[arg-type]
    anothers = secret_of(own.post(own.token("bc"), "calendars", **NEW))
    own.post(token, "calendars", **NEW)
    renewed = told_otherwise(own, 3)

    own.post(token, "not-me")

    assert [status(own, each) for each in (shared, anothers, renewed)] == [(200, 200)] * 3


def test_a_new_address_on_the_calendars_own_page_is_known_to_who_had_the_old_one(own: Own) -> None:
    token = own.token()
    secret = secret_of(own.post(token, "calendars", **NEW))
    own.site.log_in("co")  # whoever else may be logged in there
    answer = own.site.post(f"/calendars/{secret}/renew", {"confirm": "yes"})

    own.post(token, "not-me")

    assert status(own, secret_of(answer)) == (404, 404)


def test_a_link_of_another_cycle_stops_it_as_the_calendar_is_of_both(own: Own) -> None:
    secret = secret_of(own.post(own.token(cycle="other"), "calendars", **NEW))

    own.post(own.token(), "not-me")

    assert status(own, secret) == (404, 404)
    assert own.get(own.token(cycle="other")).status_code == 200


def test_one_made_by_the_new_link_stays_until_that_is_stopped(own: Own) -> None:
    own.post(own.token(), "not-me")
    [(_, new)] = own.new_links()
    secret = secret_of(own.post(new, "calendars", **NEW))

    assert status(own, secret) == (200, 200)
    own.post(new, "not-me")
    assert status(own, secret) == (404, 404)


def test_pressed_again_the_link_is_dead_and_nobody_is_written_to(own: Own) -> None:
    token = own.token()
    own.post(token, "calendars", **NEW)

    assert [own.post(token, "not-me").status_code for _ in range(3)] == [200, 410, 410]
    assert len(own.new_links()) == 1


def test_of_presses_at_one_moment_one_stops_and_one_mail_goes(own: Own) -> None:
    token, barrier, found = own.token(), threading.Barrier(4), []

    def press() -> None:
        barrier.wait(20)
        found.append(own.post(token, "not-me").status_code)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)

    assert (len(found), set(found) <= {200, 410}) == (4, True)
    [(_, new)] = own.new_links()
    assert own.get(new).status_code == 200


@pytest.mark.parametrize("deed", ["calendars", "calendars/1/renew"])
def test_a_press_that_is_on_its_way_when_the_link_is_stopped_tells_nothing(own: Own, deed: str) -> None:
    made_otherwise(own)
    link = PersonalLink(cycle="c", person="b1", made_at=own.site.clock())
    looks: list[int] = []

    class StoppedMeanwhile(Clock):
        def __call__(self) -> datetime:
            looks.append(0)
            if len(looks) == 3:  # the door has looked twice
                with writing(own.site.world.engine) as session:
                    assert stop(session, link, self.moment) is not None
            return self.moment

    desk = desk_over(own.site.settings, own.site.world.engine, StoppedMeanwhile())
    app = FastAPI()
    app.include_router(calendars(desk))
    with client_of(app) as client:
        answer = client.post(
            f"/p/{own.token()}/{deed}", data={**NEW, "once": "z"}, headers={"sec-fetch-site": "same-origin"}
        )

    assert (answer.status_code, answer.headers["location"].rpartition("?")[2]) == (303, "done=already")
    with reading(own.site.world.engine) as session:
        (row,) = listed(session)
    assert (row.id, row.renewed_at, row.revoked_at) == (1, None, None)
