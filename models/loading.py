"""Cycles from rows, as the rules read them: sets at a time, never object by object."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.stages import Outcome
from models.contract import ScoringRun
from models.cycle import Cycle, Membership
from models.draft import Decision
from models.json_values import (
    Lists,
    as_text,
    channels_of_text,
    days_of_texts,
    invited_of_texts,
    lists_of,
    lists_of_texts,
    roles_of_text,
    told_as,
)
from models.json_values import told_json as told_json  # noqa: PLC0414 -- acts read and write tellings together
from models.milestone import Completion, Invitation, Milestone, Notice
from models.person import Person


def tables(*models: Any) -> list[Any]:
    """The SQLAlchemy tables behind models: rows of them cost a tenth of objects."""
    return [model.__table__ for model in models]


CYCLE, MEMBERSHIP, MILESTONE, INVITATION, COMPLETION, DECISION, NOTICE, RUN, PERSON = tables(
    Cycle, Membership, Milestone, Invitation, Completion, Decision, Notice, ScoringRun, Person
)


_UTC = ZoneInfo("UTC")
_LISTED = ("for_roles", "owed_by", "remind", "actions")
_UNREAD = ("title", "rule", "anchored", "done_when", "minutes", "present")  # what no rule of `owed` asks for


def load_cycles(session: Session, ids: Sequence[str]) -> dict[str, core.Cycle]:
    """The cycles of these ids with all that `owed` needs, in a handful of queries."""
    rows = _load_frames(session, ids)
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
            days=days_of_texts(row.days_off, row.quiet),
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


def _load_frames(session: Session, ids: Sequence[str]) -> Sequence[Any]:
    plain = ("id", "state", "timezone", "stage", "published_run", "published_draft", "draft_version")
    columns = [CYCLE.c[name] for name in plain] + [as_text(CYCLE.c.days_off), as_text(CYCLE.c.quiet)]
    return session.execute(select(*columns).where(CYCLE.c.id.in_(ids)).order_by(CYCLE.c.id)).all()


def _load_members(session: Session, ids: Sequence[str]) -> dict[str, list[core.Member]]:
    plain = (
        "cycle_id",
        "person_id",
        "left_at",
        "subscribed",
        "delegate_id",
        "delegate_from",
        "delegate_until",
    )
    query = (
        select(
            *(MEMBERSHIP.c[name] for name in plain),
            as_text(MEMBERSHIP.c.roles),
            as_text(PERSON.c.channels),
            PERSON.c.digest,
        )
        .join(PERSON, PERSON.c.id == MEMBERSHIP.c.person_id)
        .where(MEMBERSHIP.c.cycle_id.in_(ids))
        .order_by(MEMBERSHIP.c.cycle_id, MEMBERSHIP.c.position)
    )
    found: dict[str, list[core.Member]] = defaultdict(list)
    for row in session.execute(query).all():
        found[row.cycle_id].append(_member(row))
    return found


def _member(row: Any) -> core.Member:
    return core.Member(
        person=row.person_id,
        roles=roles_of_text(row.roles),
        channels=channels_of_text(row.channels),
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
    invited = _load_invited(session, of_cycles)
    done: dict[int, set[str]] = defaultdict(set)
    for row in session.execute(select(COMPLETION).where(COMPLETION.c.milestone_id.in_(of_cycles))):
        done[row.milestone_id].add(row.person_id)
    decided: dict[int, set[str]] = defaultdict(set)
    standing = select(DECISION.c.milestone_id, DECISION.c.body).where(
        DECISION.c.cycle_id.in_(ids), DECISION.c.void_at.is_(None), DECISION.c.outcome != Outcome.POSTPONED
    )
    for milestone_id, body in session.execute(standing):
        decided[milestone_id].add(body)
    columns = [as_text(each) if each.name in _LISTED else each for each in MILESTONE.c]
    query = select(*(each for each in columns if each.name not in _UNREAD)).where(
        MILESTONE.c.cycle_id.in_(ids)
    )
    found: dict[str, list[tuple[Any, core.Milestone]]] = defaultdict(list)
    for row in session.execute(query.order_by(MILESTONE.c.cycle_id, MILESTONE.c.position)).all():
        lists = lists_of_texts(row.kind, row.for_roles, row.owed_by, row.remind, row.actions)
        known = (invited.get(row.id, {}), done.get(row.id, ()), decided.get(row.id, ()))
        found[row.cycle_id].append((row, _milestone(row, zones[row.cycle_id], lists, *known)))
    return found


def _load_invited(session: Session, milestones: Any) -> dict[int, dict[str, core.Invited]]:
    query = select(
        INVITATION.c.milestone_id,
        INVITATION.c.person_id,
        as_text(INVITATION.c.told),
        INVITATION.c.told_on,
        INVITATION.c.partstat,
        INVITATION.c.sequence,
    ).where(INVITATION.c.milestone_id.in_(milestones))
    found: dict[int, dict[str, core.Invited]] = defaultdict(dict)
    for milestone_id, person_id, *known in session.execute(query).all():
        found[milestone_id][person_id] = invited_of_texts(*known)
    return found


def milestone_value(row: Any) -> core.Milestone:
    """A milestone as the rules read it, without who is invited or done, nor the day of its revision."""
    lists = lists_of(row.kind, row.for_roles, row.owed_by, row.remind, row.actions)
    return _milestone(row, _UTC, lists, {}, (), ())


def _milestone(
    row: Any,
    zone: ZoneInfo,
    lists: Lists,
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
        for_=lists.for_,
        owed_by=lists.owed_by,
        remind=lists.remind,
        actions=lists.actions,
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
