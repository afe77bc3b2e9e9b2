"""What a message tells about: milestones, decisions, scores and mail, as values ready to be put into words."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from aarshjul.core.cycle import Kind, Telling
from aarshjul.core.difference_summary import Summary
from aarshjul.core.duties import DutyKind
from aarshjul.core.stages import Outcome
from calendars.address import Address
from notifications.errors import NotificationError


class Owed(StrEnum):
    """What somebody owes at a milestone; `results`, `draft` and `comment` are a deadline's `done_when`."""

    ANSWER = "answer"
    DECISION = "decision"
    RESULTS = "results"
    DRAFT = "draft"
    COMMENT = "comment"
    DONE = "done"

    @classmethod
    def at(cls, kind: Kind, done_when: str | None = None) -> Self:
        """What those who owe at a milestone of this kind owe."""
        if kind is Kind.MEETING:
            return cls("answer")
        return cls("decision") if kind is Kind.DECISION else cls(done_when or "done")


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpFacts:
    """What a deadline that an act made waits for: a result that was asked for, or a body's condition.

    Attributes:
        text: the condition whole, or the request's note; a note may be empty.
        coordinators: who takes the answer.
        indicator: whose result is wanted, by id and title; with `unit` and `source`, which may be empty.
        body: who set the condition, on `decided_on`; empty for a request.
    """

    text: str
    coordinators: tuple[Address, ...] = ()
    indicator: str = ""
    unit: str = ""
    source: str = ""
    body: str = ""
    decided_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse what is neither or both, and a condition that nobody set on any day."""
        if bool(self.body) == bool(self.indicator) or bool(self.body) != (self.decided_on is not None):
            raise NotificationError("what is followed up is a request or a condition")


@dataclass(frozen=True, kw_only=True, slots=True)
class MilestoneFacts:
    """A milestone as one message tells of it.

    Attributes:
        telling: its date, time, place and status now; no date while a re-opened one waits for a new one.
        was: what the recipient was told before, where it has changed.
        owed: what the recipient still owes there; None for who is only told.
        days_left: from the day of the message to the date; negative when it has passed.
        reason: why it was moved or cancelled, as the coordinator wrote it.
        with_it: milestones that moved along, told in the same message.
        points: what a real meeting carries for the recipient, where that is more than this.
        owing: who has not done it yet, by name, for an escalation.
        apart: it was a point of a meeting that goes on without it, and is on another day, in an entry of its own.
        follow_up: what it waits for, where an act made it.
    """

    title: str
    kind: Kind
    telling: Telling
    was: Telling | None = None
    owed: Owed | None = None
    days_left: int | None = None
    reason: str | None = None
    with_it: tuple[Self, ...] = ()
    points: tuple[str, ...] = ()
    owing: tuple[str, ...] = ()
    apart: bool = False
    follow_up: FollowUpFacts | None = None

    @property
    def tentative(self) -> bool:
        """Whether its date is not settled."""
        return self.telling.status == "tentative"

    @property
    def retimed(self) -> bool:
        """Whether its date or time is another than the recipient was told."""
        was, now = self.was, self.telling
        return was is not None and (was.on, was.at, was.ends) != (now.on, now.at, now.ends)

    @property
    def moved(self) -> bool:
        """Whether date, time or place are others than the recipient was told; a confirmation alone is not."""
        return self.was is not None and replace(self.was, status="") != replace(self.telling, status="")

    @property
    def confirmed(self) -> bool:
        """Whether it was tentative when the recipient was told, and is settled now."""
        return self.was is not None and self.was.status == "tentative" and not self.tentative


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionFacts:
    """What a body decided.

    Attributes:
        body: `board` or `council`.
        outcome: about a draft; None for the council's decision about attainment.
        reason: the conditions, or why it was returned, postponed or rejected.
        version: the draft's, `hash` the beginning of its content hash.
        fallen: bodies whose approval fell with it.
        round: the number of the drafting round that begins, where one does.
    """

    body: str
    outcome: Outcome | None
    reason: str | None = None
    version: int | None = None
    hash: str | None = None
    fallen: tuple[str, ...] = ()
    round: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeFacts:
    """What changed between two versions of the draft.

    Attributes:
        cycle: its id, for the command that shows all of it.
        before: the version that an approval was given to, and `after` the one that took its place.
        summary: by goal, in the letter's language.
    """

    cycle: str
    before: int
    after: int
    summary: Summary


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalScore:
    """A goal's attainment in whole per cent: `shown`, or the range that it can still fall in."""

    id: str
    title: str
    shown: int | None
    low: int
    high: int

    def __post_init__(self) -> None:
        """Refuse a range that is none."""
        if self.low > self.high:
            raise NotificationError(f"goal {self.id}: its lowest score is above its highest")


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreFacts:
    """A scoring run's result; whole per cent, as the core rounded them.

    Attributes:
        contract: the title of the contract that was scored.
        provisional: whether results are missing, so that `shown` may be None.
        final: whether this is the run that goes to the council.
        findings: one sentence each, in the letter's language.
    """

    contract: str
    provisional: bool
    final: bool
    shown: int | None
    low: int
    high: int
    goals: tuple[GoalScore, ...] = ()
    findings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a final figure that is missing."""
        if self.shown is None and not self.provisional:
            raise NotificationError("a score that is not provisional has a total")


@dataclass(frozen=True, kw_only=True, slots=True)
class Undelivered:
    """A message that did not reach somebody.

    Attributes:
        person: the name of whom it was for; `address` where it was sent to.
        kind: of that message; `subject` its subject line, where it is known.
        since: the day since which it could not be delivered.
        answer: what the other side said, with its status code in front where it gave one; may be empty.
    """

    person: str
    address: str
    kind: DutyKind
    since: date
    subject: str | None = None
    answer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceivedFacts:
    """A mail that came to the mailbox and is passed on to a person.

    Attributes:
        sender: name and address as the mail gives them: anybody can have written them.
        subject: may be empty.
        why: a code for why the program did nothing with it; one that has no words says just that it did nothing.
        size: of the mail, in octets.
    """

    sender: str
    subject: str
    why: str
    size: int

    def __post_init__(self) -> None:
        """Refuse a size that no mail has."""
        if self.size < 0:
            raise NotificationError("a mail has no negative size")


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposedFacts:
    """Another time that an invitee proposes for a meeting; the letter's milestone tells the meeting as it is.

    Attributes:
        person: the invitee's name.
        telling: the proposed date and time, and the place where another one is proposed.
        comment: the invitee's own words.
    """

    person: str
    telling: Telling
    comment: str | None = None
