"""Feeds asked for by many at once, while somebody acts or takes an address back."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, text

from calendars.choice import NAMES, Choice
from models.engine import writing
from tests.web.serving import Feeds, built, feeds_over


@pytest.fixture
def many(feeds: Feeds) -> list[str]:
    return [feeds.subscribe(shows="meetings") for _ in range(3)]


def _at_once(work: list[threading.Thread]) -> None:
    for thread in work:
        thread.start()
    for thread in work:
        thread.join(60)
    assert not any(thread.is_alive() for thread in work)


def test_many_at_once_get_the_same_while_somebody_acts(feeds: Feeds, many: list[str]) -> None:
    seen: list[tuple[int, str | None]] = []
    base = str(feeds.client.base_url)

    def ask(secret: str) -> None:
        with httpx.Client(base_url=base, timeout=30, trust_env=False) as client:
            for _ in range(6):
                answer = client.get(f"/calendars/{secret}.ics", headers={"accept-encoding": "identity"})
                seen.append((answer.status_code, answer.headers.get("etag")))

    def act() -> None:
        for day in (26, 29, 30):
            feeds.move("2022-04-21", f"2022-08-{day}")

    _at_once(
        [threading.Thread(target=ask, args=(each,)) for each in many * 2] + [threading.Thread(target=act)]
    )
    assert {status for status, _ in seen} == {200}
    assert len({tag for _, tag in seen}) <= 4
    assert len({feeds.get(each).headers["etag"] for each in many}) == 1
    assert feeds.get(many[0]).content == built(feeds, Choice(deadlines=False, decisions=False))


def test_renewed_under_load_the_old_address_is_dead_at_once(feeds: Feeds) -> None:
    secret = feeds.subscribe()
    stop = threading.Event()
    seen: list[int] = []
    base = str(feeds.client.base_url)

    def ask() -> None:
        with httpx.Client(base_url=base, timeout=30, trust_env=False) as client:
            while not stop.is_set():
                seen.append(client.get(f"/calendars/{secret}.ics").status_code)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        assert feeds.get(secret).status_code == 200
        new = feeds.renew()
        assert feeds.get(secret).status_code == 404
        assert feeds.get(new).status_code == 200
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)
    assert set(seen) <= {200, 404}


def test_new_feeds_wait_for_a_long_act_and_keep_nobody_else_waiting(at_home: Feeds) -> None:
    secret = at_home.subscribe()
    at_home.get(secret)
    shows = [",".join(names) for n in (1, 2, 3) for names in combinations(NAMES[:-1], n)]
    paths = [f"/calendars/{secret}.ics?show={each}&lang={lang}" for each in shows for lang in ("da", "en")]
    assert len(paths) > 45  # more than there are threads

    def ask(path: str) -> int:
        with httpx.Client(base_url=at_home.client.base_url, timeout=60, trust_env=False) as client:
            return client.get(path).status_code

    with ThreadPoolExecutor(len(paths)) as askers:
        with writing(at_home.world.engine) as session:
            session.connection()  # now it holds the lock
            waiting = [askers.submit(ask, path) for path in paths]
            for path in (
                "/healthz",
                "/readyz",
                f"/calendars/{secret}",
                f"/calendars/{secret}.ics",
                "/calendars/x",
            ):
                for _ in range(3):
                    assert at_home.client.get(path, timeout=10).status_code == (
                        404 if path.endswith("/x") else 200
                    )
            assert not all(each.done() for each in waiting)
        assert {each.result(60) for each in waiting} == {200}


@pytest.mark.postgres
def test_look_ups_that_wait_for_a_locked_table_keep_nobody_else_waiting(
    postgres: Engine, tmp_path: Path
) -> None:
    """As while `db upgrade` changes it."""
    with feeds_over(postgres, tmp_path) as feeds, ThreadPoolExecutor(60) as askers:
        secret = feeds.subscribe()

        def ask(_number: int) -> int:
            with httpx.Client(base_url=feeds.client.base_url, timeout=60, trust_env=False) as client:
                return client.get(f"/calendars/{secret}.ics").status_code

        with writing(postgres) as session:
            session.execute(text("LOCK TABLE subscription IN ACCESS EXCLUSIVE MODE"))
            waiting = [askers.submit(ask, number) for number in range(60)]
            for path in ("/healthz", "/readyz", "/unsubscribe/x") * 3:
                assert feeds.client.get(path, timeout=10).status_code == (404 if path.endswith("/x") else 200)
            assert not any(each.done() for each in waiting)
        assert {each.result(60) for each in waiting} == {200}
