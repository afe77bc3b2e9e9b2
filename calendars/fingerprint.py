"""Which state of the record a feed is made from, in one look-up: while it is the same, so are the feed's bytes."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, cast, func, literal, or_, select
from sqlmodel import Session

from models.loading import CYCLE, MEMBERSHIP, MILESTONE, PERSON, tables
from models.meeting import Meeting
from models.milestone import CalendarEntry
from models.person import Organisation
from models.subscription import Subscription

ENTRY, MEETING, ORGANISATION, SUBSCRIPTION = tables(CalendarEntry, Meeting, Organisation, Subscription)
_OF_A_HEAD = 20  # hexadecimal digits of a history's last hash: enough to tell its states apart


def fingerprint_query() -> ColumnElement[str]:
    """A value that belongs to a row of `Subscription`, to be selected with it; `fingerprint_of` shortens it.

    Every act and every round writes a history entry, so the hash of the last one names the state of a cycle; who
    belongs to an organisation, how real meetings are called and which language somebody reads stand beside it.
    """
    parts = case(
        (SUBSCRIPTION.c.scope == "person", _of_person()),
        (SUBSCRIPTION.c.scope == "organisation", _of_organisation()),
        else_=_of_cycle(),
    )
    return parts.label("fingerprint")


def fingerprint_of(raw: str | None, web_url: str | None = None) -> str:
    """The value of `fingerprint_query` as 64 characters, with what else the bytes depend on: links, this program."""
    return sha256(f"{_program()}|{web_url or ''}|{raw or ''}".encode()).hexdigest()


def fingerprint(session: Session, subscription: Subscription, web_url: str | None = None) -> str:
    """The state of the record that the bytes of a feed depend on, by one statement."""
    query = select(fingerprint_query()).where(SUBSCRIPTION.c.id == subscription.id)
    return fingerprint_of(session.execute(query).scalar_one(), web_url)


@cache
def _program() -> str:
    """Another version may write the same record otherwise."""
    return version("aarshjul")


def _head() -> ColumnElement[str]:
    head: ColumnElement[str] = CYCLE.c.id + literal(":") + func.substr(CYCLE.c.history_head, 1, _OF_A_HEAD)
    return head


def _of_cycle() -> ColumnElement[str]:
    head = select(_head()).where(CYCLE.c.id == SUBSCRIPTION.c.cycle_id)
    return _whole(_alone(head), _meetings(SUBSCRIPTION.c.cycle_id))


def _of_person() -> ColumnElement[str]:
    mine = select(MEMBERSHIP.c.cycle_id).where(MEMBERSHIP.c.person_id == SUBSCRIPTION.c.person_id)
    heads = select(_head().label("each")).where(CYCLE.c.id.in_(_inside(mine))).order_by(CYCLE.c.id)
    language = select(PERSON.c.language).where(PERSON.c.id == SUBSCRIPTION.c.person_id)
    return _whole(_together(heads), _alone(language), _meetings(_inside(mine)))


def _of_organisation() -> ColumnElement[str]:
    staff = select(PERSON.c.id).where(PERSON.c.organisation_id == SUBSCRIPTION.c.organisation_id)
    theirs = MEMBERSHIP.c.person_id.in_(_inside(staff))
    name = _alone(select(ORGANISATION.c.name).where(ORGANISATION.c.id == SUBSCRIPTION.c.organisation_id))
    parts = (
        select((MEMBERSHIP.c.cycle_id + literal("/") + MEMBERSHIP.c.person_id).label("each"))
        .where(theirs)
        .order_by(MEMBERSHIP.c.cycle_id, MEMBERSHIP.c.person_id)
    )
    joined = select(MEMBERSHIP.c.cycle_id).where(theirs)
    covered = or_(CYCLE.c.id.in_(_inside(joined)), CYCLE.c.holder == name, CYCLE.c.council == name)
    heads = select(_head().label("each")).where(covered).order_by(CYCLE.c.id)
    cycles = select(CYCLE.c.id).where(covered)
    return _whole(name, _together(parts), _together(heads), _meetings(_inside(cycles)))


def _meetings(cycles: Any) -> ColumnElement[str]:
    """What becomes of the real meetings that carry milestones of these cycles: another cycle's act moves them, too."""
    alone = cycles is SUBSCRIPTION.c.cycle_id
    within = MILESTONE.c.cycle_id == cycles if alone else MILESTONE.c.cycle_id.in_(cycles)
    state = (
        cast(func.max(MEETING.c.changed_at), Text),
        cast(func.sum(ENTRY.c.sequence), Text),
        cast(func.max(ENTRY.c.stamp), Text),
    )
    carried = MEETING.join(MILESTONE, MILESTONE.c.meeting_id == MEETING.c.id)
    carried = carried.join(ENTRY, ENTRY.c.milestone_id == MILESTONE.c.id)
    return _alone(select(state[0] + "/" + state[1] + "/" + state[2]).select_from(carried).where(within))


def _inside(query: Select[Any]) -> Select[Any]:
    return query.correlate(SUBSCRIPTION)


def _alone(query: Select[Any]) -> ColumnElement[str]:
    return _inside(query).scalar_subquery()


def _together(rows: Select[Any]) -> ColumnElement[str]:
    """All rows of one column `each` as one text, in their order."""
    ordered = _inside(rows).subquery()
    return select(func.aggregate_strings(ordered.c.each, ",")).scalar_subquery()


def _whole(*parts: ColumnElement[str]) -> ColumnElement[str]:
    whole: ColumnElement[str] = func.coalesce(parts[0], "")
    for part in parts[1:]:
        whole = whole + literal("|") + func.coalesce(part, "")
    return whole
