"""All that was mailed in a year, replayed into a calendar program's rules: in the end everybody has what the record says."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from models.cycle import Cycle, Membership
from models.engine import reading
from models.milestone import CalendarEntry, Invitation, Milestone
from models.person import Person
from tests.interop.client import Client
from tests.interop.homes import TWO_HOUSES, YEARS, Home
from tests.interop.meaning import Meant, standing


@pytest.fixture(scope="module", params=YEARS)
def home(request: pytest.FixtureRequest, year: Callable[[str], Home]) -> Home:
    return year(request.param)


@pytest.fixture(scope="module")
def clients(home: Home) -> dict[str, Client]:
    """Everybody's calendar at the end of the year, by their address."""
    return _replayed(home)


def _replayed(home: Home) -> dict[str, Client]:
    clients: dict[str, Client] = {}
    for mail in home.mailed():
        clients.setdefault(mail.to, Client(address=mail.to)).receive(mail)
    return clients


def test_no_message_comes_too_late_to_count(clients: dict[str, Client]) -> None:
    assert clients
    assert {address: client.stale for address, client in clients.items() if client.stale} == {}


def test_everybody_has_the_meetings_that_the_record_says_they_were_told(
    home: Home, clients: dict[str, Client]
) -> None:
    engine = home.engine()
    try:
        told, entries = _told(engine), {each.uid: each for each in standing(engine)}
    finally:
        engine.dispose()
    held = {
        address: {uid: (one.start, one.end, one.status) for uid, one in client.live.items()}
        for address, client in clients.items()
    }
    meant = {address: {uid: _shown(entries[uid]) for uid in uids} for address, uids in told.items()}
    assert {address: found for address, found in held.items() if found} == meant


def _shown(meant: Meant) -> tuple[str | None, str | None, str]:
    seen = meant.seen("", "da", "REQUEST")
    return seen.start, seen.end, seen.status


def _told(engine: Engine) -> dict[str, set[str]]:
    """Who was told of which entries, and not that it is off, by the rows of the record."""
    query = (
        select(col(Person.email), col(CalendarEntry.uid), Invitation)
        .join(Invitation, col(Invitation.person_id) == col(Person.id))
        .join(CalendarEntry, col(CalendarEntry.milestone_id) == col(Invitation.milestone_id))
    )
    found: dict[str, set[str]] = defaultdict(set)
    with reading(engine) as session:
        for address, uid, row in session.execute(query):
            if row.told is not None:
                found[address].add(uid)
    return dict(found)


def test_a_meeting_of_two_cycles_stands_once_in_each_calendar(year: Callable[[str], Home]) -> None:
    """Moved by the second house and given a place by the first, which then took its point off."""
    clients = _replayed(year(TWO_HOUSES))
    assert {client.address: client.stale for client in clients.values() if client.stale} == {}
    held = {address: [*client.live.values()] for address, client in clients.items() if client.live}
    assert set(held) == {"both@example.org", "only-west@example.org"}
    for (entry,) in held.values():
        assert (entry.start, entry.end) == ("2023-02-24T12:30:00Z", "2023-02-24T14:00:00Z")
        assert (entry.place, entry.status) == ("Hobro; sal 2", "CONFIRMED")


def test_everybody_has_what_their_roles_ask_for_and_nothing_else(
    home: Home, clients: dict[str, Client]
) -> None:
    """Worked out from roles and dates alone: who was a member until it began has it, unless it was called off."""
    engine = home.engine()
    try:
        meant = _wanted(engine)
    finally:
        engine.dispose()
    held = {address: set(client.live) for address, client in clients.items() if client.live}
    assert held == meant


def _wanted(engine: Engine) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    with reading(engine) as session:
        cycle = session.scalars(select(Cycle)).one()
        people = session.execute(
            select(Person, Membership).join(Membership, col(Membership.person_id) == col(Person.id))
        ).all()
        rows = session.execute(
            select(Milestone, col(CalendarEntry.uid)).join(
                CalendarEntry, col(CalendarEntry.milestone_id) == col(Milestone.id)
            )
        ).all()
    for row, uid in rows:
        if not _invites(row) or row.state == "cancelled" or row.on is None:
            continue
        begins = datetime.combine(row.on, time.fromisoformat(row.at or "23:59"), ZoneInfo(cycle.timezone))
        for person, member in people:
            roles = _with_bodies(member.roles)
            there = member.joined_at <= begins and (member.left_at is None or member.left_at > begins)
            if there and roles & set(_invited_roles(row)):
                found[person.email].add(uid)
    return dict(found)


def _invites(row: Milestone) -> bool:
    return row.kind == "meeting" or "invite" in (row.actions or ())


def _invited_roles(row: Milestone) -> list[str]:
    """A meeting invites whom it is for and who owes it something; a decision those who decide."""
    return [*(row.for_roles if row.kind == "meeting" else ()), *(row.owed_by or ())]


def _with_bodies(roles: list[str]) -> set[str]:
    """A chair is a member as well."""
    bodies = {f"{body}-{chair}": body for body in ("board", "council") for chair in ("chair", "deputy-chair")}
    return {*roles, *(bodies[role] for role in roles if role in bodies)}
