"""What a change of a date brings with it: a revision, a notice, answers that count no more, and what hangs on it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import update
from sqlmodel import col

from aarshjul.acts.acting import Acting
from aarshjul.acts.sharing import part
from aarshjul.core import cycle as core
from aarshjul.core.deadlines import followers
from aarshjul.core.duties import DutyKind
from models.json_values import told_json
from models.loading import milestone_value
from models.milestone import Invitation, Milestone, Notice
from models.rules_json import rule_from_json


def last_told(row: Milestone) -> core.Telling:
    """What people know of a milestone: one that waits for a new date had another before."""
    return replace(milestone_value(row).telling, on=row.on or row.last_on)


def revise_and_tell(
    acting: Acting,
    row: Milestone,
    was: core.Telling,
    act: str,
    *,
    root: str,
    reason: str | None = None,
    revision: int | None = None,
) -> None:
    """A new revision, and a notice for those whom no invitation tells; a draft cycle stays silent."""
    acting.revise(row, act, reason, revision=revision)
    if acting.cycle.state == "draft":
        return
    kind = DutyKind.CANCEL if row.state == core.State.CANCELLED else DutyKind.MOVED
    notice(acting, row, kind, was=was, root=root, facts={"reason": reason} if reason else {})


def notice(
    acting: Acting,
    row: Milestone,
    kind: DutyKind,
    *,
    roles: tuple[str, ...] = (),
    except_roles: tuple[str, ...] = (),
    facts: Mapping[str, object] | None = None,
    was: core.Telling | None = None,
    root: str | None = None,
    number: int | None = None,
) -> None:
    """Something that people must be told once, in the next round."""
    acting.session.add(
        Notice(
            cycle_id=acting.cycle.id,
            milestone_id=row.id or 0,
            kind=kind,
            revision=row.revision,
            roles=list(roles),
            except_roles=list(except_roles),
            facts=dict(facts or {}),
            was=told_json(was) if was else None,
            root=root,
            number=number,
        )
    )


def ask_anew(acting: Acting, row: Milestone) -> None:
    """Answers given for another date or place count no more."""
    acting.session.execute(
        update(Invitation)
        .where(col(Invitation.milestone_id) == row.id)
        .values(partstat="needs-action", answered_at=None, answered_by=None, answered_through=None)
    )


def take_along(acting: Acting, root: Milestone, to: date) -> None:
    """What hangs on a milestone follows it, unless done, cancelled or moved by itself before."""
    for row, day in _following(acting, root, to):
        known = last_told(row)
        row.on = row.last_on = day
        if known.on != day:
            revise_and_tell(acting, row, known, "follow", root=root.slug)
            ask_anew(acting, row)


def lose_date(acting: Acting, root: Milestone) -> None:
    """A milestone waits for a new date, and so does all that hangs on it: nobody can be late for it until then."""
    root.on = None
    if root.meeting_id is not None:
        part(acting, root)
    for row, _ in _following(acting, root, root.last_on):
        row.on = None


def _following(acting: Acting, root: Milestone, to: date) -> list[tuple[Milestone, date]]:
    rows = {row.slug: row for row in acting.milestones()}
    stays = frozenset(slug for slug, row in rows.items() if row.anchored or row.state != core.State.OPEN)
    rules = {slug: rule_from_json(row.rule) for slug, row in rows.items()}
    found = followers(root.slug, to, rules=rules, stays=stays, days=acting.view.days)
    return [(rows[slug], day) for slug, day in found.items()]
