"""What an act would do, and whom it would tell: done in a transaction that is taken back."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from aarshjul.acts.locking import locked
from aarshjul.acts.perform import act
from aarshjul.core import cycle as core
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.meeting_cautions import Caution, about_plan
from aarshjul.core.meeting_plan import Follow, Plan, Planned, Proposal
from aarshjul.core.owed import due
from aarshjul.core.real_meeting import RealMeeting
from aarshjul.files.act_forms import ActForm
from models.engine import reading
from models.ledger import done_before
from models.loading import load_cycles
from models.milestone import Milestone
from models.person import Person
from models.planned import load_planned

SLACK = timedelta(days=31)
"""So far before the first and after the last date of a year, another one still belongs to it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A milestone that would be otherwise: `was` and `will` are what people know of it, and its state."""

    cycle: str
    milestone: str
    title: str
    was: core.Telling
    will: core.Telling
    closes: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Somebody who would get a message: `lines` are each kind with the title of the milestone that it is about."""

    person: str
    name: str
    lines: tuple[tuple[DutyKind, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rehearsal:
    """What an act would do.

    Attributes:
        changes: what would be otherwise; the milestone that the act is about first.
        told: who would hear of it, by name; nobody where the cycle is not activated.
        told_on: the day on which they would be told, where that is not today but the next working day.
        cautions: what to look at before; `titles` are those of the milestones that they name.
        outside: the first and the last of the cycle's other dates, where the new one lies well outside of them.
    """

    changes: tuple[Change, ...]
    told: tuple[Told, ...]
    told_on: date | None
    cautions: tuple[Caution, ...]
    titles: Mapping[str, str]
    outside: tuple[date, date] | None


def rehearse(engine: Engine, cycle_id: str, by: str, name: str, form: ActForm, now: datetime) -> Rehearsal:
    """Do an act and take it back; nothing is written, and what is owed is worked out when nobody is held up any more.

    Raises:
        Refused: where the act would be.
    """
    about = getattr(form, "milestone", None)
    with _taken_back(engine) as session:
        ids = sorted({cycle_id, *locked(session, cycle_id, name, form)})
        planned = load_planned(session, cycle_id)
        before = load_cycles(session, ids)
        act(session, cycle_id, by, name, form, now)
        session.expire_all()
        after = load_cycles(session, ids)
        titles, names = _titles(session, ids), _names(session, after)
    told = _newly_owed(engine, before, after, now)
    view = after[cycle_id]
    changes = tuple(sorted(_changes(before, after, titles), key=lambda each: each.milestone != about))
    heard = _heard_on(view, now)
    return Rehearsal(
        changes=changes,
        told=tuple(_told(told, titles, names)),
        told_on=heard if told and heard != view.today(now) else None,
        cautions=_cautions(planned, view, about, now) if about is not None else (),
        titles={slug: title for (cycle, slug), title in titles.items() if cycle == cycle_id},
        outside=_outside(before[cycle_id], view, about)
        if any(each.was.on != each.will.on for each in changes)
        else None,
    )


@contextmanager
def _taken_back(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        try:
            yield session
        finally:
            session.rollback()


def _newly_owed(
    engine: Engine, before: Mapping[str, core.Cycle], after: Mapping[str, core.Cycle], now: datetime
) -> list[Duty]:
    """What is owed after the act that was not owed before it, and that nobody was told."""
    owed = _owed(after, now)
    new = owed.keys() - _owed(before, now).keys()
    with reading(engine) as session:
        return [owed[key] for key in sorted(new - done_before(session, new))]


def _owed(cycles: Mapping[str, core.Cycle], now: datetime) -> dict[str, Duty]:
    """What the cycles owe on the first day on which all of it may be told, by its key."""
    return {
        duty.key: duty
        for view in cycles.values()
        for duty in due(view, now + (_heard_on(view, now) - view.today(now)))
    }


def _heard_on(view: core.Cycle, now: datetime) -> date:
    return view.days.working_on_or_after(view.today(now))


def _changes(
    before: Mapping[str, core.Cycle],
    after: Mapping[str, core.Cycle],
    titles: Mapping[tuple[str, str], str],
) -> Iterator[Change]:
    for cycle, view in after.items():
        for slug, now in view.by_id.items():
            known = before[cycle].by_id.get(slug)
            if known is not None and (known.telling, known.state) != (now.telling, now.state):
                yield Change(
                    cycle=cycle,
                    milestone=slug,
                    title=titles[cycle, slug],
                    was=known.telling,
                    will=now.telling,
                    closes=now.state is core.State.DONE and known.state is not core.State.DONE,
                )


def _titles(session: Session, ids: list[str]) -> dict[tuple[str, str], str]:
    query = select(col(Milestone.cycle_id), col(Milestone.slug), col(Milestone.title))
    return {
        (cycle, slug): title
        for cycle, slug, title in session.execute(query.where(col(Milestone.cycle_id).in_(ids)))
    }


def _names(session: Session, cycles: Mapping[str, core.Cycle]) -> dict[str, str]:
    people = {member.person for view in cycles.values() for member in view.members}
    query = select(col(Person.id), col(Person.name)).where(col(Person.id).in_(people))
    return dict(session.execute(query).tuples().all())


def _told(
    duties: Iterable[Duty], titles: Mapping[tuple[str, str], str], names: Mapping[str, str]
) -> Iterator[Told]:
    """Each person once, whatever they hear from how many cycles, by name."""
    lines: dict[str, dict[tuple[DutyKind, str], None]] = {}
    for duty in duties:
        if duty.person is not None:
            for each in (duty, *duty.also):
                title = titles.get((each.cycle, each.milestone or ""), "")
                lines.setdefault(duty.person, {})[each.kind, title] = None
    for person in sorted(lines, key=lambda each: (names.get(each, each).casefold(), each)):
        yield Told(person=person, name=names.get(person, person), lines=tuple(lines[person]))


def _cautions(planned: list[Planned], view: core.Cycle, about: str, now: datetime) -> tuple[Caution, ...]:
    """What stands out in where the milestone would be, as for one that is tied to a real meeting."""
    root, will = next((each for each in planned if each.id == about), None), view.by_id.get(about)
    if root is None or will is None or will.on is None or will.state is not core.State.OPEN:
        return ()
    there = RealMeeting(
        id=root.meeting or "",
        body="",
        title=root.title,
        on=will.on,
        at=will.at,
        ends=will.ends,
        place=will.place,
    )
    follows = tuple(
        Follow(milestone=each, to=to)
        for each in planned
        if each.id != about and (to := view.by_id[each.id].on) is not None and to != each.on
    )
    proposal = Proposal(milestone=root, meeting=there, follows=follows)
    plan = Plan(proposals=(proposal,), kept=(), settled=(), milestones=tuple(planned))
    return about_plan(plan, known={}, days=view.days, today=view.today(now))


def _outside(was: core.Cycle, will: core.Cycle, about: str | None) -> tuple[date, date] | None:
    days = [each.on or each.last_on for each in was.milestones if each.id != about]
    mine = will.by_id[about].on if about in will.by_id else None
    if mine is None or not days or min(days) - SLACK <= mine <= max(days) + SLACK:
        return None
    return min(days), max(days)
