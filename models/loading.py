"""Cycles from rows, as the rules read them: sets at a time, never object by object."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.stages import Outcome
from aarshjul.core.working_days import Quiet, WorkingDays
from models.contract import ScoringRun
from models.cycle import Cycle, Membership
from models.draft import Decision
from models.milestone import Completion, Invitation, Milestone, Notice
from models.person import Person


def tables(*models: Any) -> list[Any]:
    """The SQLAlchemy tables behind models: rows of them cost a tenth of objects."""
    return [model.__table__ for model in models]


CYCLE, MEMBERSHIP, MILESTONE, INVITATION, COMPLETION, DECISION, NOTICE, RUN, PERSON = tables(
    Cycle, Membership, Milestone, Invitation, Completion, Decision, Notice, ScoringRun, Person
)


def told_as(told: dict[str, Any] | None) -> core.Telling | None:
    """A telling from its JSON."""
    if told is None:
        return None
    return core.Telling(**{**told, "on": date.fromisoformat(told["on"]) if told["on"] else None})


def told_json(telling: core.Telling) -> dict[str, Any]:
    """A telling as JSON."""
    return {
        "on": telling.on.isoformat() if telling.on else None,
        "at": telling.at,
        "ends": telling.ends,
        "place": telling.place,
        "status": telling.status,
    }


def working_days(days_off: Sequence[str], quiet: Sequence[dict[str, Any]]) -> WorkingDays:
    """A cycle's calendar from its JSON columns."""
    return WorkingDays(
        days_off=frozenset(date.fromisoformat(day) for day in days_off),
        quiet=tuple(
            Quiet(first=date.fromisoformat(period["from"]), last=date.fromisoformat(period["to"]))
            for period in quiet
        ),
    )


_PLAIN_DAYS = WorkingDays()
_UTC = ZoneInfo("UTC")


def load_cycles(session: Session, ids: Sequence[str]) -> dict[str, core.Cycle]:
    """The cycles of these ids with all that `owed` needs, in a handful of queries."""
    rows = list(session.execute(select(CYCLE).where(CYCLE.c.id.in_(ids)).order_by(CYCLE.c.id)))
    zones = {row.id: ZoneInfo(row.timezone) for row in rows}
    members = _load_members(session, ids)
    milestones = _load_milestones(session, ids, zones)
    slugs = {m.id: m.slug for pairs in milestones.values() for m, _ in pairs}
    notices: dict[str, list[core.Notice]] = defaultdict(list)
    for row in session.execute(select(NOTICE).where(NOTICE.c.cycle_id.in_(ids)).order_by(NOTICE.c.id)):
        notices[row.cycle_id].append(_notice(row, slugs[row.milestone_id]))
    latest_finals = (
        select(RUN.c.cycle_id, func.max(RUN.c.id))
        .where(RUN.c.cycle_id.in_(ids), RUN.c.kind == "final")
        .group_by(RUN.c.cycle_id)
    )
    finals = {row[0]: row[1] for row in session.execute(latest_finals)}
    found = {}
    for row in rows:
        found[row.id] = core.Cycle(
            id=row.id,
            active=row.state == "active",
            closed=row.state == "closed",
            zone=zones[row.id],
            days=working_days(row.days_off, row.quiet) if row.days_off or row.quiet else _PLAIN_DAYS,
            members=tuple(members.get(row.id, ())),
            milestones=tuple(value for _, value in milestones.get(row.id, ())),
            notices=tuple(notices.get(row.id, ())),
            publishable=_publishable(row, finals.get(row.id)),
        )
    return found


def load_cycle(session: Session, cycle_id: str) -> core.Cycle:
    """One cycle as the rules read it."""
    return load_cycles(session, [cycle_id])[cycle_id]


def _publishable(row: Any, final_run: int | None) -> bool:
    new_scores = final_run is not None and final_run != row.published_run
    approved = row.stage in ("council-approved", "in-force") and row.published_draft != row.draft_version
    return new_scores or approved


def _load_members(session: Session, ids: Sequence[str]) -> dict[str, list[core.Member]]:
    query = (
        select(MEMBERSHIP, PERSON.c.channels, PERSON.c.digest)
        .join(PERSON, PERSON.c.id == MEMBERSHIP.c.person_id)
        .where(MEMBERSHIP.c.cycle_id.in_(ids))
        .order_by(MEMBERSHIP.c.cycle_id, MEMBERSHIP.c.position)
    )
    found: dict[str, list[core.Member]] = defaultdict(list)
    for row in session.execute(query):
        found[row.cycle_id].append(_member(row))
    return found


@cache
def _roles(roles: tuple[str, ...]) -> frozenset[str]:
    return core.effective_roles(roles)


def _member(row: Any) -> core.Member:
    return core.Member(
        person=row.person_id,
        roles=_roles(tuple(row.roles)),
        channels=tuple(row.channels),
        digest=row.digest,
        left=row.left_at is not None,
        delegate=row.delegate_id,
        delegate_from=row.delegate_from,
        delegate_until=row.delegate_until,
        subscribed=row.subscribed,
    )


def _notice(row: Any, slug: str) -> core.Notice:
    return core.Notice(
        id=row.id,
        kind=row.kind,
        milestone=slug,
        revision=row.revision,
        root=row.root,
        was=told_as(row.was),
        roles=tuple(row.roles),
        except_roles=tuple(row.except_roles),
        number=row.number,
        facts=row.facts,
    )


def _load_milestones(
    session: Session, ids: Sequence[str], zones: dict[str, ZoneInfo]
) -> dict[str, list[tuple[Any, core.Milestone]]]:
    of_cycles = select(MILESTONE.c.id).where(MILESTONE.c.cycle_id.in_(ids))
    invited: dict[int, dict[str, core.Invited]] = defaultdict(dict)
    for row in session.execute(select(INVITATION).where(INVITATION.c.milestone_id.in_(of_cycles))):
        invited[row.milestone_id][row.person_id] = core.Invited(
            told=told_as(row.told),
            told_on=row.told_on,
            answered=row.partstat != "needs-action",
            asked=row.sequence >= 0,
        )
    done: dict[int, set[str]] = defaultdict(set)
    for row in session.execute(select(COMPLETION).where(COMPLETION.c.milestone_id.in_(of_cycles))):
        done[row.milestone_id].add(row.person_id)
    decided: dict[int, set[str]] = defaultdict(set)
    standing = select(DECISION.c.milestone_id, DECISION.c.body).where(
        DECISION.c.cycle_id.in_(ids), DECISION.c.void_at.is_(None), DECISION.c.outcome != Outcome.POSTPONED
    )
    for milestone_id, body in session.execute(standing):
        decided[milestone_id].add(body)
    query = (
        select(MILESTONE)
        .where(MILESTONE.c.cycle_id.in_(ids))
        .order_by(MILESTONE.c.cycle_id, MILESTONE.c.position)
    )
    found: dict[str, list[tuple[Any, core.Milestone]]] = defaultdict(list)
    for row in session.execute(query):
        value = _milestone(
            row, zones[row.cycle_id], invited.get(row.id, {}), done.get(row.id, ()), decided.get(row.id, ())
        )
        found[row.cycle_id].append((row, value))
    return found


def milestone_value(row: Any) -> core.Milestone:
    """A milestone as the rules read it, without who is invited or done, nor the day of its revision."""
    return _milestone(row, _UTC, {}, (), ())


def default_actions(
    kind: str, remind: Sequence[int], actions: Sequence[str] | None
) -> frozenset[core.Action]:
    """What a milestone does: as its file says, else reminders where it has offsets and invitations for meetings."""
    if actions is not None:
        return frozenset(core.Action(action) for action in actions)
    found = {core.Action.REMIND} if remind else set()
    return frozenset(found | ({core.Action.INVITE} if kind == core.Kind.MEETING else set()))


def _owed_by(row: Any) -> tuple[str, ...]:
    """Who owes; at a meeting whose file does not say, all whom it is for owe an answer."""
    if row.owed_by is None:
        return tuple(row.for_roles) if row.kind == core.Kind.MEETING else ()
    return tuple(row.owed_by)


def _milestone(
    row: Any,
    zone: ZoneInfo,
    invited: dict[str, core.Invited],
    done: Iterable[str],
    decided: Iterable[str],
) -> core.Milestone:
    return core.Milestone(
        id=row.slug,
        row=row.id,
        phase=core.Phase(row.phase),
        kind=core.Kind(row.kind),
        on=row.on,
        last_on=row.last_on,
        at=row.at,
        ends=row.ends,
        place=row.place,
        tentative=row.tentative,
        state=core.State(row.state),
        revision=row.revision,
        revised_on=row.revised_at.astimezone(zone).date() if row.revised_at else None,
        told_on=row.told_on,
        for_=tuple(row.for_roles),
        owed_by=_owed_by(row),
        remind=tuple(row.remind),
        actions=default_actions(row.kind, row.remind, row.actions),
        even_on_days_off=row.even_on_days_off,
        scored_on=row.scored_on,
        published_on=row.published_on,
        done_by=frozenset(done),
        decided_by=frozenset(decided),
        invited=invited,
    )


def milestone_of(session: Session, cycle_id: str, slug: str) -> Milestone | None:
    """A milestone's row by its cycle and id."""
    query = select(Milestone).where(col(Milestone.cycle_id) == cycle_id, col(Milestone.slug) == slug)
    return session.scalars(query).one_or_none()
