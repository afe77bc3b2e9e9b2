"""A cycle's milestones as calendar items, and the feed of one role or of all."""

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from calendars.feed import feed
from calendars.item import CalendarItem, Status, occasion
from models.cycle import Cycle
from models.loading import load_cycle
from models.milestone import CalendarEntry, Milestone

_STATUS = {"tentative": Status.TENTATIVE, "confirmed": Status.CONFIRMED, "cancelled": Status.CANCELLED}
_ABOUT = {
    "da": "{holder} og {council}: årshjulets milepæle",
    "en": "{holder} and {council}: the milestones of the year",
}


def calendar_item(
    cycle: Cycle,
    row: Milestone,
    milestone: core.Milestone,
    kept: CalendarEntry,
    language: str,
    web_url: str | None,
) -> CalendarItem:
    """A milestone as it stands in calendars now; SEQUENCE and stamp come from the record, never from a clock."""
    starts, ends = occasion(milestone.telling, cycle.timezone)
    return CalendarItem(
        uid=kept.uid,
        sequence=kept.sequence,
        stamp=kept.stamp,
        title=row.title,
        description=cycle.title,
        place=milestone.place,
        starts=starts,
        ends=ends,
        status=_STATUS[milestone.telling.status],
        categories=(str(milestone.phase), str(milestone.kind)),
        url=f"{web_url.rstrip('/')}/cycles/{cycle.id}" if web_url else None,
        language=language,
        zone=cycle.timezone,
    )


def cycle_feed(session: Session, cycle_id: str, role: str | None, web_url: str | None = None) -> bytes:
    """The feed of a cycle: the milestones whose `for` or `owed_by` name the role, or all of them.

    A draft's feed is empty: nothing about a cycle leaves the system before it is activated. What waits for a
    date is left out until it has one.
    """
    cycle = session.get_one(Cycle, cycle_id)
    view = load_cycle(session, cycle_id)
    rows = {
        row.slug: (row, entry)
        for row, entry in session.execute(
            select(Milestone, CalendarEntry)
            .join(CalendarEntry, col(CalendarEntry.milestone_id) == col(Milestone.id))
            .where(col(Milestone.cycle_id) == cycle_id)
        )
    }
    shown = [
        milestone
        for milestone in view.milestones
        if milestone.on is not None
        and cycle.state != "draft"
        and (role is None or role in milestone.for_ or role in milestone.owed_by)
    ]
    items = [calendar_item(cycle, *_pair(rows[m.id], m), cycle.language, web_url) for m in shown]
    name = cycle.title if role is None else f"{cycle.title} ({role})"
    about = _ABOUT["en" if cycle.language == "en" else "da"].format(
        holder=cycle.holder, council=cycle.council
    )
    return feed(
        uid=f"{cycle_id}.{role or 'all'}@aarshjul",
        name=name,
        items=items,
        description=about,
        zone=cycle.timezone,
    )


def _pair(
    kept: tuple[Milestone, CalendarEntry], milestone: core.Milestone
) -> tuple[Milestone, core.Milestone, CalendarEntry]:
    return kept[0], milestone, kept[1]


def roles_of(session: Session, cycle_id: str) -> list[str]:
    """Every role that a milestone of the cycle names, or that somebody in it has."""
    view = load_cycle(session, cycle_id)
    named = {role for milestone in view.milestones for role in (*milestone.for_, *milestone.owed_by)}
    return sorted(named | {role for member in view.members for role in member.roles})
