"""Where a cycle stands, as plain values: for the command line, the pages and the API."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.owing import owing
from aarshjul.core.stages import Outcome
from models.cycle import Cycle
from models.draft import Decision, Draft
from models.loading import load_cycles
from models.message import Message
from models.milestone import Milestone

CUSTOMERS_ZONE = ZoneInfo("Europe/Copenhagen")
COUNTED_AS = {
    "sent": "sent",
    "failed": "failed",
    "waiting": "waiting",
    "sending": "waiting",
    "uncertain": "uncertain",
}
"""How the ledger's states are counted; what was superseded never went and is not counted."""


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
        draft, at = self.draft, self.row.last_round_at
        return {
            "cycle": self.row.id,
            "phase": str(self.phase),
            "stage": self.row.stage,
            "round": self.row.round,
            "draft": {"version": draft.version if draft else None, "hash": draft.hash if draft else None},
            "decisions": [self._decision(each) for each in self.decisions],
            "milestones": [self._milestone(each) for each in self.milestones],
            "deliveries": dict(self.deliveries),
            "last_round": at.astimezone(CUSTOMERS_ZONE).isoformat() if at else None,
            "state": self.row.state,
            "next_due_on": self.row.next_due_on.isoformat() if self.row.next_due_on else None,
        }

    def _decision(self, decision: Decision) -> dict[str, Any]:
        on = decision.decided_at.astimezone(ZoneInfo(self.row.timezone)).date()
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
    return [
        Standing(
            row=rows[name],
            titles=titles[name],
            view=views[name],
            today=views[name].today(rows[name].played_until or now),
            draft=session.get(Draft, (name, rows[name].draft_version or 0)),
            decisions=_decisions(session, name),
            deliveries=deliveries[name],
        )
        for name in wanted
    ]


def _titles(session: Session, ids: list[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {name: {} for name in ids}
    query = select(col(Milestone.cycle_id), col(Milestone.slug), col(Milestone.title))
    for cycle_id, slug, title in session.execute(query.where(col(Milestone.cycle_id).in_(ids))):
        found[cycle_id][slug] = title
    return found


def _decisions(session: Session, cycle_id: str) -> tuple[Decision, ...]:
    query = (
        select(Decision)
        .where(
            col(Decision.cycle_id) == cycle_id,
            or_(col(Decision.void_at).is_(None), col(Decision.outcome) == Outcome.RETURNED),
        )
        .order_by(col(Decision.id))
    )
    return tuple(session.scalars(query))


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
