"""What every act works with: the cycle, locked; who acts, and in whose place; and what is written down of it."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.errors import Refused
from aarshjul.core.stages import Facts, Stage, Step, next_stage
from calendars.item import milestone_uid
from models.chain import Event
from models.cycle import Cycle, Membership
from models.loading import load_cycle, milestone_value
from models.milestone import CalendarEntry, Milestone, MilestoneRevision
from models.sharing import highest_revision, raise_together, sharers


class ActRefused(Refused):
    """A rule forbids this act, to this person, now."""


@dataclass(kw_only=True)
class Acting:
    """One act under way, in its transaction.

    Attributes:
        session: the transaction.
        cycle: the cycle's row, locked.
        by: the id of who acts; `membership` their part in the cycle.
        now: the moment, aware; `today` the day on which the cycle's people live then.
        events: what happened, to be written into the history.
        beside: the same in the other cycles, locked as well, of which a real meeting carries milestones together
            with one of this act's.
    """

    session: Session
    cycle: Cycle
    by: str
    now: datetime
    events: list[Event] = field(default_factory=list)
    beside: "dict[str, Acting]" = field(default_factory=dict, repr=False)

    @cached_property
    def view(self) -> core.Cycle:
        """The cycle as the rules read it, before this act."""
        return load_cycle(self.session, self.cycle.id)

    @property
    def today(self) -> date:
        """The cycle's own day."""
        return self.view.today(self.now)

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles of who acts; none for somebody who has left."""
        return next((m.roles for m in self.view.members if m.person == self.by and not m.left), frozenset())

    @cached_property
    def stands_in_for(self) -> frozenset[str]:
        """Those present members whose delegate, today, or else standing deputy is who acts."""
        return frozenset(
            m.person for m in self.view.members if not m.left and m.stand_in_on(self.today) == self.by
        )

    @property
    def is_coordinator(self) -> bool:
        """Whether a coordinator acts."""
        return core.COORDINATOR in self.roles

    def needs(self, *roles: str) -> None:
        """Refuse an act to somebody who has none of these roles."""
        if not self.roles & set(roles):
            raise ActRefused(f"{self.by} may not do this: it is for {' or '.join(roles)}")

    def milestone(self, slug: str) -> Milestone:
        """A milestone's row.

        Raises:
            ActRefused: where the cycle has none of that name.
        """
        query = select(Milestone).where(col(Milestone.cycle_id) == self.cycle.id, col(Milestone.slug) == slug)
        row = self.session.scalars(query).one_or_none()
        if row is None:
            known = ", ".join(m.id for m in self.view.milestones)
            raise ActRefused(f"there is no milestone {slug} in {self.cycle.id}; there are {known}")
        return row

    def open_milestone(self, slug: str) -> Milestone:
        """A milestone that is neither done nor cancelled."""
        row = self.milestone(slug)
        if row.state != core.State.OPEN:
            raise ActRefused(f"{slug} is {row.state} already")
        return row

    def milestones(self, *, done_when: str | None = None) -> list[Milestone]:
        """The rows of all milestones, or of the deadlines that a kind of act serves, in the order of their dates."""
        query = select(Milestone).where(col(Milestone.cycle_id) == self.cycle.id)
        if done_when is not None:
            query = query.where(col(Milestone.done_when) == done_when)
        return sorted(self.session.scalars(query), key=lambda row: (row.on or row.last_on, row.position))

    def member(self, person: str) -> Membership:
        """A present member's row."""
        row = self.session.get(Membership, (self.cycle.id, person))
        if row is None or row.left_at is not None:
            raise ActRefused(f"{person} is not a member of {self.cycle.id}")
        return row

    def step(self, step: Step, *, both_signed: bool = False) -> None:
        """Take the draft to its next stage, as the one table says."""
        dialogues = [
            m for m in self.view.milestones if m.phase is core.Phase.DIALOGUE and m.kind is core.Kind.MEETING
        ]
        facts = Facts(
            dialogue_held=any(m.state is core.State.DONE for m in dialogues),
            dialogue_to_come=any(m.state is core.State.OPEN for m in dialogues),
            both_signed=both_signed,
        )
        try:
            self.cycle.stage = next_stage(Stage(self.cycle.stage), step, facts)
        except Refused as refusal:
            raise ActRefused(str(refusal)) from None

    def next_revision(self, row: Milestone) -> int:
        """The revision that comes next: of an entry that milestones share, SEQUENCE goes above what any had."""
        if row.meeting_id is None:
            return row.revision + 1
        self.session.flush()
        return highest_revision(self.session, sharers(self.session, row.id or 0)) + 1

    def revise(
        self, row: Milestone, act: str, reason: str | None = None, *, revision: int | None = None
    ) -> None:
        """A milestone's next revision: what people were told of it is no longer so; of a draft they know nothing."""
        row.revision = revision or self.next_revision(row)
        row.revised_at = self.now if self.cycle.state != "draft" else None
        row.told_on = None
        keep_revision(self.session, row, act, self.now, reason)

    def happened(
        self, what: str, *, milestone: Milestone | None = None, phase: str | None = None, **facts: Any
    ) -> None:
        """Note what happened, in the past tense, for the history."""
        where = milestone.phase if milestone is not None else phase or core.phase_of(self.view.milestones)
        self.events.append(
            Event(
                type="act",
                what=what,
                phase=where,
                milestone=milestone.slug if milestone is not None else None,
                who=self.by,
                facts={key: value for key, value in facts.items() if value is not None},
            )
        )


def keep_revision(
    session: Session, row: Milestone, act: str, now: datetime, reason: str | None = None
) -> None:
    """Write down a milestone's date, time and place as they are from now on."""
    status = milestone_value(row).telling.status
    session.flush()
    session.add(
        MilestoneRevision(
            milestone_id=row.id or 0,
            revision=row.revision,
            on=row.on,
            at=row.at,
            ends=row.ends,
            place=row.place,
            status=status,
            act=act,
            reason=reason,
            made_at=now,
        )
    )
    _keep_entry(session, row, status, now)


def _keep_entry(session: Session, row: Milestone, status: str, now: datetime) -> None:
    """What calendars show of a milestone, with the moment at which that last changed."""
    shown = f"{row.title}|{row.on}|{row.at}|{row.ends}|{row.place}|{status}"
    uid = milestone_uid(row.cycle_id, row.slug)
    entry = session.get(CalendarEntry, row.id)
    if entry is None:
        entry = CalendarEntry(uid=uid, milestone_id=row.id or 0, sequence=0, content_hash="", stamp=now)
        session.add(entry)
    entry.sequence = row.revision - 1
    entry.content_hash = hashlib.sha256(shown.encode()).hexdigest()
    entry.stamp = now
    if row.meeting_id is not None:
        raise_together(session, entry)
