"""One pass over the cycles that are due: the steps of the story, done in the database."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Engine

from aarshjul.collector import collector_resting
from aarshjul.core.cycle import Phase
from aarshjul.core.duties import DutyKind
from aarshjul.rounds.plans import CHUNK, Plan, Seen, chunks, due_cycles, look
from aarshjul.rounds.recording import record, settle, take_notices_away
from models.engine import reading, writing

PASS = 2_000  # cycles a pass: what is looked at together and held in memory together

TELLS = frozenset({DutyKind.MOVED, DutyKind.DECIDED, DutyKind.RETURNED, DutyKind.REOPENED})
INVITES = frozenset({DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL})
SCORES = frozenset({DutyKind.SCORE})
REMINDS = frozenset({DutyKind.REMIND, DutyKind.DIGEST})
ESCALATES = frozenset({DutyKind.ESCALATE})
PUBLISHES = frozenset({DutyKind.PUBLISH})


class Year:
    """The cycles of one pass with what they owe; every step works on sets and writes a chunk a transaction.

    Attributes:
        engine: the database.
        now: the moment of the round, in UTC.
        plans: what each cycle owes.
    """

    def __init__(self, engine: Engine, now: datetime) -> None:
        self.engine = engine
        self.now = now.astimezone(UTC)
        self.plans: list[Plan] = []

    @collector_resting()
    def look(self) -> int:
        """Find the cycles that are due and what they owe; returns how many cycles."""
        with reading(self.engine) as session:
            ids = due_cycles(session, self.now)[:PASS]
            seen: dict[str, Seen] = {}
            self.plans = [
                plan for chunk in chunks(ids, CHUNK) for plan in look(session, chunk, self.now, seen)
            ]
        return len(self.plans)

    def concerned(self, phase: Phase, kinds: frozenset[DutyKind] | None = None) -> list[Plan]:
        """The plans with something due in a phase, of these kinds where given."""
        return [
            plan
            for plan in self.plans
            if phase in plan.duties and (kinds is None or any(d.kind in kinds for d in plan.duties[phase]))
        ]

    def carry_out(self, phase: Phase, kinds: frozenset[DutyKind]) -> int:
        """Do and record what is due in a phase, of these kinds; returns how many messages were written."""
        return self._chunked(
            self.concerned(phase, kinds),
            lambda session, plans: record(session, plans, phase, kinds, self.now),
        )

    def close_chapter(self, phase: Phase) -> None:
        """What was to be told once in a phase is told now."""
        noticed = [
            plan
            for plan in self.plans
            if any(plan.cycle.by_id[n.milestone].phase is phase for n in plan.notices)
        ]
        self._chunked(noticed, lambda session, plans: take_notices_away(session, plans, phase, self.now))

    def settle(self) -> int:
        """Say when each cycle is due next; returns how many could be settled."""
        for chunk in chunks(self.plans, CHUNK):
            with writing(self.engine) as session:
                settle(session, chunk, self.now)
        return sum(1 for plan in self.plans if not plan.void and not plan.again)

    @collector_resting()
    def _chunked(self, plans: list[Plan], do: Callable[..., int]) -> int:
        count = 0
        for chunk in chunks(plans, CHUNK):
            with writing(self.engine) as session:
                count += do(session, chunk)
        return count


class PlainSteps:
    """The story's steps without Prefect: for tests, benchmarks and the round in one process."""

    def __init__(self, year: Year) -> None:
        self.year = year

    def tell(self, phase: Phase) -> None:
        """Moves, decisions, returns, re-openings."""
        self.year.carry_out(phase, TELLS)

    def invite(self, phase: Phase) -> None:
        """Invitations, updates, cancellations."""
        self.year.carry_out(phase, INVITES)

    def score(self, phase: Phase) -> None:
        """Scoring runs with their reports."""
        self.year.carry_out(phase, SCORES)

    def remind(self, phase: Phase) -> None:
        """Reminders."""
        self.year.carry_out(phase, REMINDS)

    def escalate(self, phase: Phase) -> None:
        """What was missed."""
        self.year.carry_out(phase, ESCALATES)

    def publish(self, phase: Phase) -> None:
        """What becomes visible."""
        self.year.carry_out(phase, PUBLISHES)
