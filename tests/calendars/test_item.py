"""What can stand in a calendar at all, and under which name."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from aarshjul.core.cycle import Telling
from calendars.address import Address
from calendars.errors import CalendarError
from calendars.item import milestone_uid, occasion, uid_of
from tests.calendars.items import DIALOGUE, PAPERS

ODD = [
    ({"uid": ""}, "UID"),
    ({"uid": "a b"}, "UID"),
    ({"uid": "a\r\nX:1"}, "UID"),
    ({"sequence": -1}, "SEQUENCE"),
    ({"stamp": datetime(2022, 1, 1)}, "stamp"),  # noqa: DTZ001 -- the naive moment is what is refused
    ({"language": "sv"}, "language"),
    ({"url": "javascript:alert(1)"}, "http"),
    ({"url": "https://a b"}, "http"),
    ({"url": "https://a\r\nX:1"}, "http"),
    ({"starts": datetime(2022, 1, 1)}, "time zone"),  # noqa: DTZ001
    ({"starts": date(1995, 1, 1)}, "year"),
    ({"starts": datetime(9999, 12, 31, 23, 59, tzinfo=UTC)}, "year"),
    ({"colour": "red;X"}, "colour"),
    ({"alarm": -timedelta(hours=1)}, "alarm"),
    ({"ends": date(2022, 11, 18)}, "a date"),
    ({"ends": DIALOGUE.starts}, "ends before"),
    ({"ends": DIALOGUE.starts - timedelta(seconds=1)}, "ends before"),
]


@pytest.mark.parametrize(("changes", "why"), ODD, ids=lambda value: str(value)[:40])
def test_an_impossible_entry_is_refused_with_its_reason(changes: dict[str, object], why: str) -> None:
    with pytest.raises(CalendarError, match=why):
        replace(DIALOGUE, **changes)  # type: ignore[arg-type]


def test_a_meeting_without_an_end_lasts_an_hour() -> None:
    assert DIALOGUE.until == datetime(2022, 11, 18, 10, tzinfo=UTC)


def test_an_all_day_entry_ends_on_the_day_after_its_last() -> None:
    assert PAPERS.until == date(2022, 11, 5)
    assert replace(PAPERS, ends=date(2022, 11, 6)).until == date(2022, 11, 7)
    with pytest.raises(CalendarError, match="ends before"):
        replace(PAPERS, ends=date(2022, 11, 3))


def test_the_uid_of_a_milestone_is_readable() -> None:
    uid = milestone_uid("nordjylland-2023", "dialogue-meeting")
    assert uid == "nordjylland-2023.dialogue-meeting@aarshjul"


def test_no_two_milestones_share_a_uid() -> None:
    pairs = [
        ("a.b", "c"),
        ("a", "b.c"),
        ("a%2Eb", "c"),
        ("a", "b"),
        ("å", "b"),
        ("a" * 300, "b"),
        ("a" * 300, "c"),
    ]
    uids = [milestone_uid(cycle, milestone) for cycle, milestone in pairs]
    assert len(set(uids)) == len(pairs)
    assert all(uid.isascii() and len(uid) <= 255 for uid in uids)


def test_another_number_of_parts_is_never_a_milestones_uid() -> None:
    parts = [
        ("a", "b"),
        ("a", "b", "phase"),
        ("a", "b.phase"),
        ("a.b", "phase"),
        ("a", "b%2Ephase"),
        ("a", "b", "c", "task"),
    ]
    assert len({uid_of(*each) for each in parts}) == len(parts)


@pytest.mark.parametrize(
    ("telling", "starts", "ends"),
    [
        (Telling(on=date(2022, 6, 3)), date(2022, 6, 3), None),
        (Telling(on=date(2022, 6, 24), at="09:30"), datetime(2022, 6, 24, 7, 30, tzinfo=UTC), None),
        (
            Telling(on=date(2022, 11, 18), at="10:00", ends="12:00"),
            datetime(2022, 11, 18, 9, tzinfo=UTC),
            datetime(2022, 11, 18, 11, tzinfo=UTC),
        ),
    ],
)
def test_a_telling_becomes_a_time_in_copenhagen(telling: Telling, starts: object, ends: object) -> None:
    assert occasion(telling) == (starts, ends)


def test_what_waits_for_a_date_has_no_entry() -> None:
    with pytest.raises(CalendarError, match="no date"):
        occasion(Telling(on=None))


@pytest.mark.parametrize(
    "email",
    [
        "",
        "a",
        "@b",
        "a@",
        "a b@c.dk",
        "a@b c.dk",
        "a@b\r\nBcc: x@y.dk",
        "å@b.dk",
        "a@b@c.dk",
        "a..b@c.dk",
        ".a@c.dk",
        "a@-c.dk",
        "a@c..dk",
        "<a@c.dk>",
        "a@c.dk,b@c.dk",
        f"{'a' * 65}@c.dk",
        f"a@{'b.' * 130}dk",
        '"a b"@c.dk',
        f"a@{'å' * 70}.dk",
    ],
)
def test_an_address_that_no_server_would_take_is_refused(email: str) -> None:
    with pytest.raises(CalendarError, match="not a mail address"):
        Address(name="x", email=email)


@pytest.mark.parametrize("email", ["a@b.dk", "a.b+c@d-e.dk", "a@localhost", "o'neil@b.dk", "a@århus.dk"])
def test_an_ordinary_address_is_taken(email: str) -> None:
    assert Address(name="", email=email).wire.isascii()
    assert Address(name=" \x00", email=email).shown == email
