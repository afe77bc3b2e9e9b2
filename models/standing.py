"""Where a cycle stands, as plain values: for the command line, the pages and the API."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func, literal, or_, select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.owing import owing
from aarshjul.core.stages import Outcome
from models.cycle import Cycle, Membership
from models.draft import Decision, Draft
from models.loading import load_cycles
from models.message import TO_GO, Message
from models.milestone import Milestone
from models.person import Person
from models.types import Moment

CUSTOMERS_ZONE = ZoneInfo("Europe/Copenhagen")
COUNTED_AS = {
    "sent": "sent",
    "failed": "failed",
    "waiting": "waiting",
    "sending": "waiting",
    "uncertain": "uncertain",
    "merged": "sent",
}
"""How the ledger's states are counted: what a digest carried was sent; what was superseded or withdrawn never went."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outbox:
    """What is on its way out of a cycle, and what stands in its way.

    Attributes:
        held: how many messages wait for their time, the first until `held_until`.
        oldest: since when the oldest waits that might have gone.
        bounced: the ids of those who take part and whose mail comes back, with since when.
    """

    held: int = 0
    held_until: datetime | None = None
    oldest: datetime | None = None
    bounced: tuple[tuple[str, datetime], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As `status --json` has it."""
        return {
            "held": self.held,
            "held_until": _local(self.held_until),
            "oldest_waiting": _local(self.oldest),
            "bounced": [person for person, _ in self.bounced],
        }


def _local(moment: datetime | None) -> str | None:
    return moment.astimezone(CUSTOMERS_ZONE).isoformat() if moment is not None else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """One cycle at a moment: its row, the cycle as the rules read it, and what was decided and delivered.

    `titles` are those of the milestones, by their ids.
    """

    row: Cycle
    titles: dict[str, str]
    view: core.Cycle
    today: date
    draft: Draft | None
    decisions: tuple[Decision, ...]
    deliveries: dict[str, int]
    outbox: Outbox

    @property
    def phase(self) -> core.Phase:
        """The phase of the earliest open or overdue milestone."""
        return core.phase_of(self.view.milestones)

    @property
    def milestones(self) -> list[core.Milestone]:
        """By date; one that waits for a date stands where it last was."""
        return sorted(self.view.milestones, key=lambda each: each.on or each.last_on)

    @property
    def overdue_round(self) -> bool:
        """Whether a cycle that runs never had a round, or a day has passed on which one was due."""
        row = self.row
        if row.state == "draft":
            return False
        return row.last_round_at is None or (row.next_due_on is not None and row.next_due_on < self.today)

    def owing(self, milestone: core.Milestone) -> list[str]:
        """The ids of those who still owe something at a milestone."""
        return [member.person for member in owing(self.view, milestone, self.today)]

    def as_json(self) -> dict[str, Any]:
        """What `status --json` promises; moments in the time of Copenhagen."""
        draft = self.draft
        return {
            "cycle": self.row.id,
            "phase": str(self.phase),
            "stage": self.row.stage,
            "round": self.row.round,
            "draft": {"version": draft.version if draft else None, "hash": draft.hash if draft else None},
            "decisions": [self._decision(each) for each in self.decisions],
            "milestones": [self._milestone(each) for each in self.milestones],
            "deliveries": dict(self.deliveries),
            "outbox": self.outbox.as_json(),
            "last_round": _local(self.row.last_round_at),
            "state": self.row.state,
            "next_due_on": self.row.next_due_on.isoformat() if self.row.next_due_on else None,
        }

    def _decision(self, decision: Decision) -> dict[str, Any]:
        on = decision.decided_on or decision.decided_at.astimezone(ZoneInfo(self.row.timezone)).date()
        return {
            "body": decision.body,
            "outcome": decision.outcome,
            "hash": decision.draft_hash,
            "on": on.isoformat(),
        }

    def _milestone(self, milestone: core.Milestone) -> dict[str, Any]:
        return {
            "id": milestone.id,
            "date": milestone.on.isoformat() if milestone.on else None,
            "status": "tentative" if milestone.tentative else "confirmed",
            "state": str(milestone.state_on(self.today)),
            "owing": self.owing(milestone),
        }


def standing(session: Session, ids: Iterable[str], now: datetime) -> list[Standing]:
    """Where cycles stand at a moment, in the order of their ids.

    Decisions are those that stand, and every return: an approval that an edit or a return took away is not
    among them, the history has it.
    """
    wanted = sorted(ids)
    rows = {row.id: row for row in session.scalars(select(Cycle).where(col(Cycle.id).in_(wanted)))}
    views = load_cycles(session, wanted)
    deliveries, titles = _deliveries(session, wanted), _titles(session, wanted)
    outboxes = _outboxes(session, wanted, now)
    drafts, decisions = _drafts(session, wanted), _decisions(session, wanted)
    return [
        Standing(
            row=rows[name],
            titles=titles[name],
            view=views[name],
            today=views[name].today(rows[name].played_until or now),
            draft=drafts.get(name),
            decisions=tuple(decisions[name]),
            deliveries=deliveries[name],
            outbox=outboxes[name],
        )
        for name in wanted
    ]


def _titles(session: Session, ids: list[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {name: {} for name in ids}
    query = select(col(Milestone.cycle_id), col(Milestone.slug), col(Milestone.title))
    for cycle_id, slug, title in session.execute(query.where(col(Milestone.cycle_id).in_(ids))):
        found[cycle_id][slug] = title
    return found


def _drafts(session: Session, ids: list[str]) -> dict[str, Draft]:
    """The last version of each cycle that has one."""
    last = col(Draft.cycle_id) == col(Cycle.id), col(Draft.version) == col(Cycle.draft_version)
    query = select(Draft).join(Cycle, and_(*last)).where(col(Cycle.id).in_(ids))
    return {draft.cycle_id: draft for draft in session.scalars(query)}


def _decisions(session: Session, ids: list[str]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {name: [] for name in ids}
    query = (
        select(Decision)
        .where(
            col(Decision.cycle_id).in_(ids),
            or_(col(Decision.void_at).is_(None), col(Decision.outcome) == Outcome.RETURNED),
        )
        .order_by(col(Decision.id))
    )
    for decision in session.scalars(query):
        found[decision.cycle_id].append(decision)
    return found


def _deliveries(session: Session, ids: list[str]) -> dict[str, dict[str, int]]:
    found = {name: dict.fromkeys(COUNTED_AS.values(), 0) for name in ids}
    query = (
        select(col(Message.cycle_id), col(Message.state), func.count())
        .where(col(Message.cycle_id).in_(ids))
        .group_by(col(Message.cycle_id), col(Message.state))
    )
    for cycle_id, state, count in session.execute(query):
        if state in COUNTED_AS:
            found[cycle_id][COUNTED_AS[state]] += count
    return found


def _outboxes(session: Session, ids: list[str], now: datetime) -> dict[str, Outbox]:
    bounced: dict[str, list[tuple[str, datetime]]] = {name: [] for name in ids}
    for cycle_id, person, since in session.execute(_bounced(ids)):
        bounced[cycle_id].append((person, since))
    # In a played year the moment is the play's.
    held = col(Message.not_before) > func.coalesce(col(Cycle.played_until), literal(now, Moment))
    query = (
        select(
            col(Message.cycle_id),
            func.count(case((held, 1))),
            func.min(case((held, col(Message.not_before)))),
            func.min(case((held, None), else_=col(Message.owed_at))),
        )
        .join(Cycle, col(Cycle.id) == col(Message.cycle_id))
        .where(col(Message.cycle_id).in_(ids), col(Message.state).in_(TO_GO))
        .group_by(col(Message.cycle_id))
    )
    found = {
        name: Outbox(held=count, held_until=until, oldest=oldest, bounced=tuple(bounced[name]))
        for name, count, until, oldest in session.execute(query)
    }
    return {name: found.get(name) or Outbox(bounced=tuple(bounced[name])) for name in ids}


def _bounced(ids: list[str]) -> Any:
    return (
        select(col(Membership.cycle_id), col(Person.id), col(Person.bounced_at))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            col(Membership.cycle_id).in_(ids),
            col(Membership.left_at).is_(None),
            col(Person.bounced_at).is_not(None),
        )
        .order_by(col(Membership.cycle_id), col(Person.id))
    )
