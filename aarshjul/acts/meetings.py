"""Milestones that real meetings carry: tied to one, they have its date, times and place."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.dates import ask_anew, last_told, revise_and_tell, take_along
from aarshjul.core import cycle as core
from aarshjul.core.cycle import Telling
from aarshjul.files.act_forms import NO_ONE, Anchor
from models.loading import milestone_value
from models.meeting import Meeting
from models.milestone import Milestone


def anchor(acting: Acting, form: Anchor) -> None:
    """A milestone is tied to a real meeting and takes its date, times, place and certainty; or it is let go again."""
    acting.needs(core.COORDINATOR)
    row = acting.open_milestone(form.milestone)
    if form.meeting == NO_ONE:
        _let_go(acting, row)
        return
    meeting = known_meeting(acting, form.meeting)
    if meeting.status == "cancelled":
        raise ActRefused(f"meeting {meeting.id} is cancelled: tie {row.slug} to another one, or cancel it")
    telling = telling_of(meeting, acting.view.zone)
    if telling.on is not None and telling.on < acting.today:
        raise ActRefused(f"meeting {meeting.id} was on {telling.on}, which is past")
    row.meeting_id, row.anchored = meeting.id, True
    acting.happened("anchored", milestone=row, meeting=meeting.id, to=str(telling.on))
    take_over(acting, row, telling, reason=form.reason)


def _let_go(acting: Acting, row: Milestone) -> None:
    if row.meeting_id is None:
        raise ActRefused(f"{row.slug} is tied to no meeting")
    row.meeting_id = None
    acting.happened("anchored", milestone=row, meeting=NO_ONE)


def known_meeting(acting: Acting, name: str) -> Meeting:
    """A meeting of the record.

    Raises:
        ActRefused: where there is none of that id.
    """
    meeting = acting.session.get(Meeting, name)
    if meeting is None:
        raise ActRefused(f"there is no meeting {name} here: import the body's calendar first")
    return meeting


def telling_of(meeting: Meeting, zone: ZoneInfo) -> Telling:
    """When and where a meeting is on the clocks of a cycle; an end that falls on another day there is left out."""
    if meeting.at is None:
        return Telling(on=meeting.on, place=meeting.place, status=meeting.status)
    own = ZoneInfo(meeting.timezone)
    begins = _on_clocks(meeting, meeting.at, own, zone)
    until = _on_clocks(meeting, meeting.ends, own, zone) if meeting.ends else None
    same_day = until is not None and until.date() == begins.date() and until > begins
    return Telling(
        on=begins.date(),
        at=f"{begins:%H:%M}",
        ends=f"{until:%H:%M}" if until is not None and same_day else None,
        place=meeting.place,
        status=meeting.status,
    )


def _on_clocks(meeting: Meeting, clock: str, own: ZoneInfo, zone: ZoneInfo) -> datetime:
    return core.moment(meeting.on, clock, own).astimezone(zone)


def take_over(acting: Acting, row: Milestone, telling: Telling, *, reason: str | None) -> None:
    """A milestone gets what a meeting says: one revision and one telling, and none where it says nothing new."""
    before, known = milestone_value(row).telling, last_told(row)
    row.on, row.at, row.ends = telling.on, telling.at, telling.ends
    row.last_on = telling.on or row.last_on
    row.place = telling.place if telling.place is not None else row.place
    row.tentative = telling.status == "tentative"
    after = milestone_value(row).telling
    if after == before:
        return
    revise_and_tell(acting, row, known, "anchor", root=row.slug, reason=reason)
    if (before.on, before.at, before.ends, before.place) != (after.on, after.at, after.ends, after.place):
        ask_anew(acting, row)
    if before.on != after.on and after.on is not None:
        take_along(acting, row, after.on)
