"""What stands in the calendar of a subscription, in the contents and the language that its reader chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from aarshjul.core.cycle_words import role_in_words
from calendars.choice import Choice
from calendars.item import COPENHAGEN, CalendarItem
from calendars.occasions import items_of, shared_meetings
from calendars.phases import phase_items
from calendars.rows import ORGANISATION, Frame, Row, frames_of, is_shown, meetings_of, rows_of
from calendars.scope import Scope
from calendars.task import Task
from calendars.tasks import doings_of, tasks_of
from calendars.telling import Teller
from calendars.terms import SENTENCES
from calendars.zones import shared_zone
from models.loading import CYCLE, PERSON
from models.subscription import Subscription


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """A calendar as values.

    Attributes:
        name: what a client shows; nobody is named in it, nor in `description`, a sentence about it.
        zone: the zone of its readers.
        items: in no order; the cancelled ones too.
        tasks: what its person has to do.
    """

    name: str
    description: str
    zone: str
    items: tuple[CalendarItem, ...]
    tasks: tuple[Task, ...]


def content_for(
    session: Session,
    subscription: Subscription,
    choice: Choice,
    language: str | None = None,
    web_url: str | None = None,
) -> Content:
    """What stands in the calendar of a subscription.

    Args:
        session: a look at the record; a handful of queries however many cycles it covers.
        subscription: what it is of.
        choice: what it holds.
        language: `da` or `en`; None for the subscription's own, else the person's or the cycle's.
        web_url: where our pages are, for links; None for none.
    """
    scope = Scope.of_subscription(subscription)
    return scope_content(session, scope, choice, language or subscription.language, web_url)


def scope_content(
    session: Session, scope: Scope, choice: Choice, language: str | None = None, web_url: str | None = None
) -> Content:
    """The same of a part of the record, whoever asks for it."""
    frames = frames_of(session, scope)
    spoken = language or _language(session, scope)
    tellers = {frame.id: Teller(frame=frame, language=spoken) for frame in frames}
    rows = rows_of(session, frames) if frames else []
    shown = [row for row in rows if is_shown(tellers[row.cycle_id].frame, row)]
    name, description = _called(session, scope, frames, spoken)
    return Content(
        name=name,
        description=description,
        zone=_zone(frames),
        items=tuple(_items(session, tellers, rows, shown, choice, web_url)),
        tasks=tuple(_tasks(session, scope, tellers, shown, choice, web_url)),
    )


def language_for(session: Session, subscription: Subscription, language: str | None = None) -> str:
    """The language that its reader asked for, else the subscription's own, the person's or the cycle's."""
    return language or subscription.language or _language(session, Scope.of_subscription(subscription))


def _language(session: Session, scope: Scope) -> str:
    """The person's, else the cycle's; Danish for an organisation, and for somebody who has said nothing."""
    query = select(CYCLE.c.language).where(CYCLE.c.id == scope.cycle_id)
    if scope.of == "person":
        query = select(PERSON.c.language).where(PERSON.c.id == scope.person_id)
    return session.execute(query).scalar() or "da"


def _items(
    session: Session,
    tellers: dict[str, Teller],
    rows: Sequence[Row],
    shown: Sequence[Row],
    choice: Choice,
    web_url: str | None,
) -> list[CalendarItem]:
    """The milestones of the kinds that were chosen, and the phases of the cycles that have any to be shown."""
    kinds = choice.kinds
    chosen = [row for row in shown if row.kind in kinds]
    meetings = meetings_of(session, shared_meetings(chosen))
    items = items_of(tellers, chosen, meetings, web_url, alarms=choice.alarms)
    if choice.phases:
        of_cycle: dict[str, list[Row]] = {row.cycle_id: [] for row in shown}
        for row in rows:
            if row.cycle_id in of_cycle and row.about is None:
                of_cycle[row.cycle_id].append(row)
        for cycle_id, milestones in of_cycle.items():
            items += phase_items(tellers[cycle_id], milestones, web_url)
    return items


def _tasks(
    session: Session,
    scope: Scope,
    tellers: dict[str, Teller],
    shown: Sequence[Row],
    choice: Choice,
    web_url: str | None,
) -> list[Task]:
    if not choice.tasks or scope.person_id is None or not tellers:
        return []
    doings = doings_of(session, [teller.frame for teller in tellers.values()], scope.person_id)
    return tasks_of(tellers, shown, doings, scope.person_id, web_url)


def _zone(frames: Sequence[Frame]) -> str:
    """The zone of its readers: that of the cycles where they have one in common."""
    zones = {frame.timezone for frame in frames}
    return shared_zone(zones.pop()) if len(zones) == 1 else COPENHAGEN


def _called(session: Session, scope: Scope, frames: Sequence[Frame], language: str) -> tuple[str, str]:
    """A feed's name and the sentence about it. Nobody is named, as such a feed may hang on a wall; nor is a draft."""
    say = SENTENCES[language]
    if scope.of == "person":
        return say["person"], say["about-person"]
    if scope.of == "organisation":
        query = select(ORGANISATION.c.name).where(ORGANISATION.c.id == scope.organisation_id)
        words = {"organisation": session.execute(query).scalar() or ""}
        return say["organisation"].format(**words), say["about-organisation"].format(**words)
    if not frames:
        return say["wheel"], ""
    bodies = {"holder": frames[0].holder, "council": frames[0].council}
    title = frames[0].title
    if scope.role is not None:
        title = f"{title} ({role_in_words(scope.role, language, **bodies)})"
    return title, say["milestones"].format(**bodies)
