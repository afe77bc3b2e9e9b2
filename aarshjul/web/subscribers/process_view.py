"""The processes that a subscription shows: the wheel of its dates, the phases, and what has been published of them.

Nothing else is read: a subscriber's page is made of the milestones that stand in the feed itself, of the phases that
the feed can hold, and of the text and scores that the action `publish` has let out.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlmodel import Session

from aarshjul.core.cycle import Kind, Phase, State
from aarshjul.core.cycle_words import PHASES
from aarshjul.core.figures import half_up
from aarshjul.core.scoring import Score, score
from aarshjul.web.cycle_view import day_of
from aarshjul.web.subscribers.process_words import WORDS
from aarshjul.wheel.drawing import wheel_svg
from aarshjul.wheel.wheel import ShownWheel, Wheel, WheelMilestone
from calendars.item import CalendarItem
from calendars.phases import phase_items
from calendars.rows import Frame, Row, frames_of, is_shown, rows_of
from calendars.scope import Scope
from calendars.telling import Teller
from models.contract import ScoringRun
from models.contract_rows import contract_from_json
from models.cycle import Cycle
from models.draft import Draft
from models.subscription import Subscription

MOST_WHEELS = 4
"""Processes that one page shows: a person's or an organisation's calendar can hold many; the newest come first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseRow:
    """A phase with its first and last day in words."""

    name: str
    first: str
    last: str
    now: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Process:
    """One cycle as a subscriber is shown it.

    Attributes:
        stands: sentences: the phase of the day, and what has been published.
        text: whether there is a published text to read.
        goals: what was published of each goal: its title and its attainment.
        wide: the wheel; `narrow` is the one for telephones. Both are safe SVG.
    """

    id: str
    title: str
    wide: Markup
    narrow: Markup
    phases: tuple[PhaseRow, ...]
    stands: tuple[str, ...]
    text: bool
    goals: tuple[tuple[str, str], ...] = field(default=())


def processes(
    session: Session, subscription: Subscription, kinds: Collection[str], language: str, now: datetime
) -> tuple[Process, ...]:
    """What stands behind the dates of a feed, those of `kinds`, the newest year first; drafts are not among it."""
    frames = frames_of(session, Scope.of_subscription(subscription))
    rows = rows_of(session, frames) if frames else []
    found = []
    for frame in frames:
        plan = [row for row in rows if row.cycle_id == frame.id and row.about is None]
        shown = [row for row in plan if row.kind in kinds and is_shown(frame, row)]
        if shown:
            found.append((session.get_one(Cycle, frame.id), frame, plan, shown))
    found.sort(key=lambda each: (each[0].state == "closed", -each[0].contract_year, each[0].id))
    return tuple(_process(session, *each, language, now) for each in found[:MOST_WHEELS])


def _process(
    session: Session,
    cycle: Cycle,
    frame: Frame,
    plan: Sequence[Row],
    shown: Sequence[Row],
    language: str,
    now: datetime,
) -> Process:
    today = (cycle.played_until or now).astimezone(ZoneInfo(cycle.timezone)).date()
    phases = list(phase_items(Teller(frame=frame, language=language), plan, None))
    rows = tuple(_phase_row(item, today, language, running=cycle.state == "active") for item in phases)
    phase = next((row.name for row in rows if row.now), None)
    wheel = _wheel(cycle, shown, next((p for p, name in PHASES[language].items() if name == phase), None))
    wide, narrow = (wheel_svg(wheel, language=language, today=today, narrow=each) for each in (False, True))
    stands, goals = _stands(session, cycle, phase, language)
    return Process(
        id=cycle.id,
        title=cycle.title,
        wide=Markup(wide),  # noqa: S704 -- escaped where it was made
        narrow=Markup(narrow),  # noqa: S704 -- as above
        phases=rows,
        stands=stands,
        text=published_draft(session, cycle) is not None,
        goals=goals,
    )


def _wheel(cycle: Cycle, shown: Sequence[Row], phase: str | None) -> Wheel:
    return ShownWheel(
        id=cycle.id,
        title=cycle.title,
        holder=cycle.holder,
        council=cycle.council,
        language=cycle.language,
        zone=ZoneInfo(cycle.timezone),
        running=cycle.state != "draft",
        closed=cycle.state == "closed",
        phase=Phase(phase) if phase else None,
        milestones=tuple(
            WheelMilestone(
                id=row.slug,
                title=row.title,
                phase=Phase(row.phase),
                kind=Kind(row.kind),
                on=row.on,
                last_on=row.last_on,
                at=row.at,
                ends=row.ends,
                place=row.place,
                tentative=row.tentative,
                state=State(row.state),
            )
            for row in shown
        ),
    )


def _phase_row(item: CalendarItem, today: date, language: str, *, running: bool) -> PhaseRow:
    first, last = _day(item.starts), _day(item.ends or item.starts)
    return PhaseRow(
        name=item.categories[0],
        first=day_of(first, language),
        last=day_of(last, language),
        now=running and first <= today <= last,
    )


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _stands(
    session: Session, cycle: Cycle, phase: str | None, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    say, said = WORDS[language], []
    if cycle.state == "closed":
        said.append(say["over"])
    elif phase:
        said.append(say["now"].format(phase=phase))
    draft = published_draft(session, cycle)
    if draft is not None:
        said.append(say["text"].format(version=draft.version))
    run = session.get(ScoringRun, cycle.published_run) if cycle.published_run is not None else None
    if run is None:
        return (*said, *(() if draft else (say["nothing"],))), ()
    contract = contract_from_json(json.loads(run.inputs))
    scores = score(contract)
    about = "scored_range" if scores.total.shown is None else "scored"
    said.append(say[about].format(title=contract.title, **_figures(scores.total)))
    goals = tuple((f"{goal.id}. {goal.title}", _in_words(scores.goals[goal.id])) for goal in contract.goals)
    return tuple(said), goals


def _figures(found: Score) -> dict[str, str]:
    return {"total": str(found.shown), "low": str(half_up(found.low)), "high": str(half_up(found.high))}


def _in_words(found: Score) -> str:
    figures = _figures(found)
    return f"{figures['low']}-{figures['high']} %" if found.shown is None else f"{found.shown} %"


def published_draft(session: Session, cycle: Cycle) -> Draft | None:
    """The version that the action `publish` let out: whatever is written since then is not it."""
    return (
        session.get(Draft, (cycle.id, cycle.published_draft)) if cycle.published_draft is not None else None
    )


def published_text(session: Session, subscription: Subscription, cycle_id: str) -> Draft | None:
    """The published version of a cycle, where the feed is of it."""
    frames = frames_of(session, Scope.of_subscription(subscription))
    known = any(frame.id == cycle_id for frame in frames)
    return published_draft(session, session.get_one(Cycle, cycle_id)) if known else None
