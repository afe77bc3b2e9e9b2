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
    quiet_of_text,
    roles_of_text,
    told_as,
)
from models.milestone import Completion, Invitation, Milestone, Notice
from models.person import Person
from models.sharing import entry_groups


def tables(*models: Any) -> list[Any]:
    """The SQLAlchemy tables behind models: rows of them cost a tenth of objects."""
    return [model.__table__ for model in models]


CYCLE, MEMBERSHIP, MILESTONE, INVITATION, COMPLETION, DECISION, NOTICE, RUN, PERSON = tables(
    Cycle, Membership, Milestone, Invitation, Completion, Decision, Notice, ScoringRun, Person
)


_UTC = ZoneInfo("UTC")
_LISTED = ("for_roles", "owed_by", "remind", "actions")
_PLAIN = (
    *("id", "slug", "phase", "state", "on", "last_on", "at", "ends", "place", "tentative", "revision"),
    *("revised_at", "told_on", "scored_on", "published_on", "meeting_id", "even_on_days_off", "about"),
)  # what the rules read of a milestone's row as it is, in the order in which `_milestone` takes it


def load_cycles(session: Session, ids: Sequence[str]) -> dict[str, core.Cycle]:
    """The cycles of these ids with all that `owed` needs, in a handful of queries.

    Where a real meeting carries milestones of others as well, theirs lead to those.
    """
    found = _load(session, ids)
    meetings = {m.meeting for cycle in found.values() for m in cycle.milestones if m.meeting is not None}
    if meetings:
        _tie(session, found, meetings)
    return found


def _tie(session: Session, found: dict[str, core.Cycle], meetings: set[str]) -> None:
    """Milestones that share a calendar entry lead to each other; the first cycle by id comes first."""
    groups = entry_groups(session, meetings)
    others = {cycle for group in groups for cycle in group.values()} - found.keys()
    known = found | (_load(session, sorted(others)) if others else {})
    by_row = {m.row: (cycle, m) for cycle in known.values() for m in cycle.milestones if m.meeting}
    for group in groups:
        rows = [by_row[row] for row in group if row in by_row]
        shares = tuple(sorted(rows, key=lambda each: (each[0].id, each[1].id)))
        for cycle, milestone in shares:
            milestone.shares = shares
            cycle.tied |= {other.id for other, _ in shares} - {cycle.id}


def _load(session: Session, ids: Sequence[str]) -> dict[str, core.Cycle]:
    rows = _load_frames(session, ids)
    zones = {row.id: ZoneInfo(row.timezone) for row in rows}
    members = _load_members(session, ids)
    milestones = _load_milestones(session, ids, zones)
    slugs = {each.row: each.id for of_cycle in milestones.values() for each in of_cycle}
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
            milestones=tuple(milestones.get(row.id, ())),
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
    query = (
        select(
            MEMBERSHIP.c.cycle_id,
            MEMBERSHIP.c.person_id,
            as_text(MEMBERSHIP.c.roles),
            as_text(PERSON.c.channels),
            PERSON.c.digest,
            MEMBERSHIP.c.left_at.is_not(None),
            MEMBERSHIP.c.delegate_id,
            MEMBERSHIP.c.delegate_from,
            MEMBERSHIP.c.delegate_until,
            MEMBERSHIP.c.deputy_id,
            MEMBERSHIP.c.subscribed,
            as_text(PERSON.c.quiet),
        )
        .join(PERSON, PERSON.c.id == MEMBERSHIP.c.person_id)
        .where(MEMBERSHIP.c.cycle_id.in_(ids))
        .order_by(MEMBERSHIP.c.cycle_id, MEMBERSHIP.c.position)
    )
    found: dict[str, list[core.Member]] = defaultdict(list)
    for (
        cycle_id,
        person,
        roles,
        channels,
        digest,
        left,
        delegate,
        since,
        until,
        deputy,
        subscribed,
        quiet,
    ) in session.execute(query).all():
        found[cycle_id].append(
            core.Member(
                person=person,
                roles=roles_of_text(roles),
                channels=channels_of_text(channels),
                digest=digest,
                left=left,
                delegate=delegate,
                delegate_from=since,
                delegate_until=until,
                deputy=deputy,
                subscribed=subscribed,
                quiet=quiet_of_text(quiet),
            )
        )
    return found


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
) -> dict[str, list[core.Milestone]]:
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
    columns = [as_text(MILESTONE.c[name]) for name in _LISTED] + [MILESTONE.c[name] for name in _PLAIN]
    query = select(MILESTONE.c.cycle_id, MILESTONE.c.kind, *columns).where(MILESTONE.c.cycle_id.in_(ids))
    found: dict[str, list[core.Milestone]] = defaultdict(list)
    for cycle_id, kind, for_roles, owed_by, remind, actions, *plain in session.execute(
        query.order_by(MILESTONE.c.cycle_id, MILESTONE.c.position)
    ).all():
        lists = lists_of_texts(kind, for_roles, owed_by, remind, actions)
        known = (invited.get(plain[0], {}), done.get(plain[0], ()), decided.get(plain[0], ()))
        found[cycle_id].append(_milestone(plain, kind, lists, zones[cycle_id], *known))
    return found


def _load_invited(session: Session, milestones: Any) -> dict[int, dict[str, core.Invited]]:
    query = select(
        INVITATION.c.milestone_id,
        INVITATION.c.person_id,
        as_text(INVITATION.c.told),
        as_text(INVITATION.c.told_on),
        INVITATION.c.partstat,
        INVITATION.c.sequence,
        INVITATION.c.withdrawn,
    ).where(INVITATION.c.milestone_id.in_(milestones))
    found: dict[int, dict[str, core.Invited]] = defaultdict(dict)
    for milestone_id, person_id, *known in session.execute(query).all():
        found[milestone_id][person_id] = invited_of_texts(*known)
    return found


def milestone_value(row: Any) -> core.Milestone:
    """A milestone as the rules read it, without who is invited or done, nor the day of its revision."""
    lists = lists_of(row.kind, row.for_roles, row.owed_by, row.remind, row.actions)
    return _milestone([getattr(row, name) for name in _PLAIN], row.kind, lists, _UTC, {}, (), ())


def _milestone(
    plain: Sequence[Any],
    kind: str,
    lists: Lists,
    zone: ZoneInfo,
    invited: dict[str, core.Invited],
    done: Iterable[str],
    decided: Iterable[str],
) -> core.Milestone:
    row, slug, phase, state, on, last_on, at, ends, place, tentative, revision, *others = plain
    revised_at, told_on, scored_on, published_on, meeting, even_off, about = others
    return core.Milestone(
        id=slug,
        row=row,
        phase=core.Phase(phase),
        kind=core.Kind(kind),
        on=on,
        last_on=last_on,
        at=at,
        ends=ends,
        place=place,
        tentative=tentative,
        state=core.State(state),
        revision=revision,
        revised_on=revised_at.astimezone(zone).date() if revised_at else None,
        told_on=told_on,
        for_=lists.for_,
        owed_by=lists.owed_by,
        remind=lists.remind,
        actions=lists.actions,
        even_on_days_off=even_off,
        scored_on=scored_on,
        published_on=published_on,
        done_by=frozenset(done),
        decided_by=frozenset(decided),
        invited=invited,
        meeting=meeting,
        about=about,
    )


def milestone_of(session: Session, cycle_id: str, slug: str) -> Milestone | None:
    """A milestone's row by its cycle and id."""
    query = select(Milestone).where(col(Milestone.cycle_id) == cycle_id, col(Milestone.slug) == slug)
    return session.scalars(query).one_or_none()
