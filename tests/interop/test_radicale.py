"""Radicale takes each of our entries from a CalDAV client, finds it by its time and gives it back as it was."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from tests.interop.homes import EXAMPLE, Home
from tests.interop.needs import need
from tests.interop.producers import Written, left_feeds, subscriptions, written_by
from tests.interop.pythons import KINDS, as_icalendar
from tests.interop.radicale import radicale
from tests.interop.readers import Seen

SHELVES = (EXAMPLE, "seed-2", "seed-5")


@pytest.fixture(scope="module")
def principal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Somebody's account at a real server."""
    need("radicale")
    need("caldav")
    with (
        radicale(tmp_path_factory.mktemp("radicale")) as address,
        _client(address) as client,
    ):
        yield client.principal()


def _client(address: str) -> Any:
    import caldav

    known: Any = caldav.DAVClient
    return known(address, username="kim", password="-", timeout=20, enable_rfc6764=False, require_tls=False)


def _objects(raw: bytes) -> Iterator[tuple[str, str, str]]:
    """Each entry alone with the time zones, as a client puts it: its kind, its UID and its text."""
    calendar: Any = icalendar.Calendar.from_ical(raw)
    zones = [part for part in calendar.subcomponents if part.name == "VTIMEZONE"]
    for entry in calendar.subcomponents:
        if entry.name in KINDS:
            alone = icalendar.Calendar()
            alone.add("prodid", "-//a client//EN")
            alone.add("version", "2.0")
            for part in (*zones, entry):
                alone.add_component(part)
            yield entry.name, str(entry["UID"]), alone.to_ical().decode()


def _read(text: str) -> list[Seen]:
    calendar: Any = icalendar.Calendar.from_ical(text)
    return [
        Seen(file="", **as_icalendar(calendar, entry)) for entry in calendar.walk() if entry.name in KINDS
    ]


def _put(shelf: Any, kind: str, uid: str, text: str) -> Any:
    """PUT an object of its own as it is: left alone, the client would raise its SEQUENCE."""
    import caldav

    sort: Any = caldav.Event if kind == "VEVENT" else caldav.Todo
    return sort(client=shelf.client, parent=shelf, id=uid, data=text).save(increase_seqno=False)


def _fullest(home: Home) -> Written:
    """The feed of the person with the most tasks: milestones, phases and tasks with alarms."""
    return max(
        written_by(home, subscriptions), key=lambda each: (each.raw.count(b"BEGIN:VTODO"), len(each.raw))
    )


@pytest.mark.parametrize("name", SHELVES)
def test_entries_are_taken_found_and_given_back(
    name: str, year: Callable[[str], Home], principal: Any
) -> None:
    feed = _fullest(year(name))
    shelf = principal.make_calendar(name=f"{name} – alt", cal_id=name)
    meant = [_read(text)[0] for _, _, text in _objects(feed.raw)]
    for each in _objects(feed.raw):
        _put(shelf, *each)
    kept = [
        seen for each in (*shelf.events(), *shelf.todos(include_completed=True)) for seen in _read(each.data)
    ]
    assert sorted(kept, key=repr) == sorted(meant, key=repr)
    assert len(meant) > 10


def test_the_server_knows_when_an_entry_is(year: Callable[[str], Home], principal: Any) -> None:
    """It works out our time zones by itself: a minute before the beginning finds nothing, the first one does."""
    feed = next(each for each in written_by(year("seed-5"), left_feeds) if each.file == "left-all.ics")
    shelf = principal.make_calendar(name="when", cal_id="when")
    for each in _objects(feed.raw):
        _put(shelf, *each)
    timed = [seen for seen in feed.meant if seen.start and "T" in seen.start]
    assert timed
    for seen in timed:
        begins = datetime.fromisoformat(str(seen.start))
        minute = timedelta(minutes=1)
        assert seen.uid not in _found(shelf, begins - minute, begins)
        assert seen.uid in _found(shelf, begins, begins + minute)


def _found(shelf: Any, start: datetime, end: datetime) -> set[str]:
    hits = shelf.search(start=start.astimezone(UTC), end=end.astimezone(UTC), event=True, expand=False)
    return {seen.uid for hit in hits for seen in _read(hit.data)}


def test_updates_replace_what_was_there(year: Callable[[str], Home], principal: Any) -> None:
    """All that one person was mailed, put in the place of what had that UID: once each, in the last revision."""
    home = year("seed-2")
    busiest = [mail for mail in home.mailed() if mail.to == "b2@example.org"]
    shelf = principal.make_calendar(name="mailed", cal_id="mailed")
    last: dict[str, Seen] = {}
    for mail in busiest:
        ((kind, uid, text),) = _objects(mail.raw)
        _put(shelf, kind, uid, text)
        last[uid] = _read(text)[0]
    assert any(seen.sequence > 1 for seen in last.values())
    kept = [seen for each in shelf.events() for seen in _read(each.data)]
    assert sorted(kept, key=repr) == sorted(last.values(), key=repr)
