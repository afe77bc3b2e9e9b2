"""Milestones that real meetings carry: tied to one, they have its date, times and place."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.acts.acting import Acting, ActRefused, keep_revision
from aarshjul.acts.following import ask_anew, last_told, revise_and_tell, take_along
from aarshjul.acts.sharing import (
    Carried,
    may_change_all,
    others_at,
    others_at_the_meeting,
    part,
    take_entry,
    went_out,
)
from aarshjul.core import cycle as core
from aarshjul.core.cycle import Telling
from aarshjul.files.act_forms import NO_ONE, Anchor
from aarshjul.files.problems import did_you_mean
from models.loading import milestone_value
from models.meeting import Meeting
from models.milestone import CalendarEntry, Milestone
from models.sharing import highest_revision, raise_together, sharers


def anchor(acting: Acting, form: Anchor) -> None:
    """A milestone is tied to a real meeting and takes its date, times, place and certainty; or it is let go again."""
    row, meeting = check_anchor(acting, form)
    if meeting is None:
        _let_go(acting, row)
        return
    others = others_at(acting, row, meeting.id)
    changed = [each for each in others if _says_otherwise(each, meeting)]
    if row.meeting_id != meeting.id:
        if row.meeting_id is not None:
            part(acting, row)
        row.meeting_id = meeting.id
        take_entry(acting.session, row, meeting)
    row.anchored = True
    _take_over_all(acting, row, meeting, changed, form.reason)
    for each, mine in ((acting, row), *others):  # in their histories, too: a round under way looks again
        each.happened("anchored", milestone=mine, meeting=meeting.id, to=str(mine.on))


def check_anchor(acting: Acting, form: Anchor) -> tuple[Milestone, Meeting | None]:
    """The milestone, and the meeting that it is tied to; None where it is let go.

    Raises:
        ActRefused: where that is not possible, or not for who acts.
    """
    acting.needs(core.COORDINATOR)
    row = acting.open_milestone(form.milestone)
    if form.meeting == NO_ONE:
        if row.meeting_id is None:
            raise ActRefused(f"{row.slug} is tied to no meeting")
        _can_part(acting, row)
        return row, None
    meeting = known_meeting(acting, form.meeting)
    _can_carry(acting, meeting, row)
    is_new = row.meeting_id != meeting.id
    if is_new:
        _can_part(acting, row)
    changed = [each for each in others_at(acting, row, meeting.id) if _says_otherwise(each, meeting)]
    may_change_all(acting, row, changed)
    if not is_new and not changed and not _says_otherwise((acting, row), meeting):
        raise ActRefused(f"{row.slug} is tied to {meeting.id} already, and is when and where that is")
    return row, meeting


def _can_carry(acting: Acting, meeting: Meeting, row: Milestone) -> None:
    if row.kind == core.Kind.DEADLINE:
        raise ActRefused(f"{row.slug} is a deadline: a meeting carries meetings and decisions")
    if meeting.status == "cancelled":
        raise ActRefused(f"meeting {meeting.id} is cancelled: tie {row.slug} to another one, or cancel it")
    on = telling_of(meeting, acting.view.zone).on
    if on is not None and on < acting.today:
        raise ActRefused(f"meeting {meeting.id} was on {on}, which is past: tie {row.slug} to one to come")


def _let_go(acting: Acting, row: Milestone) -> None:
    others = others_at_the_meeting(acting, row)
    part(acting, row)
    for each, mine in ((acting, row), *others):
        each.happened("anchored", milestone=mine, meeting=mine.meeting_id or NO_ONE)


def _can_part(acting: Acting, row: Milestone) -> None:
    """Refuse to take it from its meeting where people have one entry for it and for another milestone.

    No message could make of one entry in a calendar two.
    """
    if row.meeting_id is None:
        return
    session = acting.session
    # One that was called off counts as well: what takes its entry back may be still to come.
    together = [session.get_one(Milestone, each) for each in sharers(session, row.id or 0) if each != row.id]
    if together and any(went_out(session, each) for each in (row, *together)):
        raise ActRefused(
            f"{row.slug} is one meeting with {together[0].slug} of {together[0].cycle_id}, and people are invited "
            f"to it: move it, or cancel {row.slug}"
        )


def tie(session: Session, row: Milestone, meeting: Meeting, now: datetime) -> None:
    """A milestone that nobody knows yet comes to a meeting, whose date it has."""
    row.meeting_id, row.anchored = meeting.id, True
    take_entry(session, row, meeting)
    others = [each for each in sharers(session, row.id or 0) if each != row.id]
    revision = highest_revision(session, others)
    if row.revision < revision:
        row.revision = revision
        keep_revision(session, row, "anchor", now)


def _says_otherwise(carried: Carried, meeting: Meeting) -> bool:
    acting, row = carried
    return placed(row, telling_of(meeting, acting.view.zone)) != milestone_value(row).telling


def placed(row: Milestone, told: Telling) -> Telling:
    """What a meeting makes of a milestone; its place stays where the meeting names none."""
    return replace(told, place=told.place if told.place is not None else row.place)


def _take_over_all(
    acting: Acting, row: Milestone, meeting: Meeting, changed: list[Carried], reason: str | None
) -> None:
    """One revision for all that share the entry; who comes to it last only catches up with the others."""
    session = acting.session
    session.flush()
    together = sharers(session, row.id or 0)
    others = highest_revision(session, [each for each in together if each != row.id])
    is_told = _says_otherwise((acting, row), meeting)
    revision = max(row.revision + is_told, others + bool(changed))
    if is_told:
        take_over(acting, row, telling_of(meeting, acting.view.zone), reason, revision)
    elif row.revision < revision:
        row.revision = revision
        keep_revision(session, row, "anchor", acting.now, reason)
    else:
        raise_together(session, session.get_one(CalendarEntry, row.id))
    for each, mine in changed:
        own = revision if mine.id in together else None
        take_over(each, mine, telling_of(meeting, each.view.zone), reason, own)


def take_over(
    acting: Acting, row: Milestone, told: Telling, reason: str | None, revision: int | None
) -> None:
    """A milestone gets what a meeting says: one revision and one telling; asked anew where more than certainty changed."""
    before, known = milestone_value(row).telling, last_told(row)
    set_telling(row, placed(row, told))
    after = milestone_value(row).telling
    revise_and_tell(acting, row, known, "anchor", root=row.slug, reason=reason, revision=revision)
    if replace(before, status="") != replace(after, status=""):
        ask_anew(acting, row)
    if before.on != after.on and after.on is not None:
        take_along(acting, row, after.on)


def set_telling(row: Milestone, told: Telling) -> None:
    """A milestone is then and there."""
    row.on, row.at, row.ends, row.place = told.on, told.at, told.ends, told.place
    row.last_on = told.on or row.last_on
    row.tentative = told.status == "tentative"


def go_along(row: Milestone, leader: Milestone, leads_in: ZoneInfo, zone: ZoneInfo) -> None:
    """A milestone goes where another one of the same meeting went, on its own cycle's clocks."""
    told = milestone_value(leader).telling
    if told.on is None:
        return
    on, at, ends = _between(told.on, told.at, told.ends, leads_in, zone)
    set_telling(row, replace(told, on=on, at=at, ends=ends, status=milestone_value(row).telling.status))
    row.anchored = True


def note_in_meeting(acting: Acting, row: Milestone) -> None:
    """The real meeting is as its milestones are, so that what is tied to it later comes to where they are."""
    if row.meeting_id is None or row.on is None:
        return
    meeting = acting.session.get_one(Meeting, row.meeting_id)
    zone = ZoneInfo(meeting.timezone)
    meeting.on, meeting.at, meeting.ends = _between(row.on, row.at, row.ends, acting.view.zone, zone)
    meeting.place, meeting.status = row.place, "tentative" if row.tentative else "confirmed"
    meeting.changed_at = acting.now


def known_meeting(acting: Acting, name: str) -> Meeting:
    """A meeting of the record.

    Raises:
        ActRefused: where there is none of that id.
    """
    meeting = acting.session.get(Meeting, name)
    if meeting is None:
        raise ActRefused(f"there is no meeting {name} here{_what_then(acting.session, name)}")
    return meeting


def _what_then(session: Session, name: str) -> str:
    """The one that was meant, where an id is nearly that of a meeting; there can be too many to name them all."""
    hint = did_you_mean(name, list(session.scalars(select(col(Meeting.id)))))
    return f"; {hint}" if hint.startswith("did") else ": import the body's calendar first"


def telling_of(meeting: Meeting, zone: ZoneInfo) -> Telling:
    """When and where a meeting is on the clocks of a cycle."""
    on, at, ends = _between(meeting.on, meeting.at, meeting.ends, ZoneInfo(meeting.timezone), zone)
    return Telling(on=on, at=at, ends=ends, place=meeting.place, status=meeting.status)


def _between(
    on: date, at: str | None, ends: str | None, own: ZoneInfo, zone: ZoneInfo
) -> tuple[date, str | None, str | None]:
    """A day with its times, as the clocks of another zone show it; an end on another day there is left out."""
    if at is None or own == zone:
        return on, at, ends
    begins = core.moment(on, at, own).astimezone(zone)
    until = core.moment(on, ends, own).astimezone(zone) if ends else None
    same_day = until is not None and until.date() == begins.date()
    return begins.date(), f"{begins:%H:%M}", f"{until:%H:%M}" if until is not None and same_day else None
