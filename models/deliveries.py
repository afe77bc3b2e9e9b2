"""The ledger as people ask for it: what was sent to whom, when, and what the other side answered; plain values."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session

from models.cycle import Membership
from models.loading import tables
from models.message import TO_GO, Attempt, Message
from models.milestone import Completion, Invitation, Milestone
from models.person import Person
from models.standing import CUSTOMERS_ZONE

MESSAGE, ATTEMPT, MILESTONE, INVITATION, COMPLETION, MEMBERSHIP, PERSON = tables(
    Message, Attempt, Milestone, Invitation, Completion, Membership, Person
)
_UNSAID = "needs-action"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which messages somebody asks for; what is None does not narrow.

    Attributes:
        since: owed or settled from this moment on, or still to go.
    """

    cycle: str | None = None
    person: str | None = None
    state: str | None = None
    kind: str | None = None
    since: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a message's row must fulfil."""
        named = {"cycle_id": self.cycle, "person_id": self.person, "state": self.state, "kind": self.kind}
        found = [MESSAGE.c[column] == value for column, value in named.items() if value is not None]
        if self.since is not None:
            late = MESSAGE.c.owed_at >= self.since, MESSAGE.c.settled_at >= self.since
            found.append(or_(*late, MESSAGE.c.state.in_(TO_GO)))
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class OneMessage(Wanted):
    """One message of a cycle, by its number."""

    number: int

    def conditions(self) -> list[ColumnElement[bool]]:
        """What its row must fulfil."""
        return [MESSAGE.c.id == self.number, MESSAGE.c.cycle_id == self.cycle]


@dataclass(frozen=True, kw_only=True, slots=True)
class Try:
    """One attempt at one recipient: the code and text are the other side's own."""

    at: datetime
    outcome: str
    code: int | None
    text: str
    recipient: str | None

    def as_json(self) -> dict[str, Any]:
        """As `deliveries --json` has it."""
        return {
            "at": _local(self.at),
            "outcome": self.outcome,
            "code": self.code,
            "text": self.text,
            "recipient": self.recipient,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What somebody did about what a message asked: a reply to an invitation, or `done`.

    `by` is who did it where that is known, `through` the way (mail, secretary) where it was not the program.
    """

    reply: str
    at: datetime | None
    by: str | None = None
    through: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As `deliveries --json` has it."""
        return {"reply": self.reply, "at": _local(self.at), "by": self.by, "through": self.through}


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One message with its attempts, in their order.

    Attributes:
        title: the milestone's.
        duties: the keys of the duties that it serves, its own first.
        tries: how often it was claimed; one try has an attempt for each of its recipients.
        carried_by: the key of the digest that carried it, and `carrier` that message's id.
        answer: what its reader did since about the milestone.
    """

    id: int
    key: str
    duties: tuple[str, ...]
    cycle: str
    milestone: str | None
    title: str | None
    revision: int | None
    kind: str
    offset: str | None
    person: str
    channel: str
    state: str
    owed_at: datetime
    not_before: datetime | None
    settled_at: datetime | None
    tries: int
    address: str | None
    reference: str | None
    carried_by: str | None
    carrier: int | None
    attempts: tuple[Try, ...]
    answer: Reply | None

    @property
    def last(self) -> Try | None:
        """The last attempt at its reader; copies to others count only where nothing else is known."""
        own = [each for each in self.attempts if each.recipient in (None, self.address)]
        return next(reversed(own or self.attempts), None)

    @property
    def doubtful(self) -> bool:
        """Whether it ever ended without an answer, so that it may have arrived more than once."""
        return self.state == "uncertain" or any(each.outcome == "uncertain" for each in self.attempts)

    def as_json(self) -> dict[str, Any]:
        """As `deliveries --json` has it; moments in the time of Copenhagen."""
        named = (
            "id",
            "key",
            "cycle",
            "milestone",
            "revision",
            "kind",
            "offset",
            "person",
            "channel",
            "state",
        )
        return {
            **{name: getattr(self, name) for name in named},
            "duties": list(self.duties),
            "owed_at": _local(self.owed_at),
            "not_before": _local(self.not_before),
            "settled_at": _local(self.settled_at),
            "tries": self.tries,
            "address": self.address,
            "reference": self.reference,
            "carried_by": self.carried_by,
            "answer": self.answer.as_json() if self.answer else None,
            "attempts": [each.as_json() for each in self.attempts],
        }


def deliveries(session: Session, wanted: Wanted) -> list[Delivery]:
    """The messages that are asked for, the newest first; their payloads stay where they are."""
    conditions = wanted.conditions()
    attempts = _attempts(session, conditions)
    carriers = _carriers(session, conditions)
    return [_delivery(row, attempts, carriers) for row in session.execute(_query(conditions))]


def bounced(session: Session, wanted: Wanted) -> list[tuple[str, str, datetime]]:
    """Whose mail comes back: id, address, since when; of a cycle those who take part, without one all."""
    query = select(PERSON.c.id, PERSON.c.email, PERSON.c.bounced_at).where(PERSON.c.bounced_at.is_not(None))
    if wanted.person is not None:
        query = query.where(PERSON.c.id == wanted.person)
    if wanted.cycle is not None:
        there = MEMBERSHIP.c.cycle_id == wanted.cycle, MEMBERSHIP.c.left_at.is_(None)
        query = query.where(PERSON.c.id.in_(select(MEMBERSHIP.c.person_id).where(*there)))
    return [(row.id, row.email, row.bounced_at) for row in session.execute(query.order_by(PERSON.c.id))]


def _query(conditions: Sequence[ColumnElement[bool]]) -> Any:
    columns = [column for column in MESSAGE.c if column.name not in ("payload", "claimed_by", "number")]
    here = and_(MILESTONE.c.cycle_id == MESSAGE.c.cycle_id, MILESTONE.c.slug == MESSAGE.c.milestone)
    theirs = [
        and_(each.c.milestone_id == MILESTONE.c.id, each.c.person_id == MESSAGE.c.person_id)
        for each in (INVITATION, COMPLETION)
    ]
    answers = [INVITATION.c[f"answered_{name}"] for name in ("at", "by", "through")]
    return (
        select(*columns, MILESTONE.c.title, INVITATION.c.partstat, *answers, COMPLETION.c.done_at)
        .select_from(MESSAGE)
        .outerjoin(MILESTONE, here)
        .outerjoin(INVITATION, theirs[0])
        .outerjoin(COMPLETION, theirs[1])
        .where(*conditions)
        .order_by(
            MESSAGE.c.owed_at.desc(), MESSAGE.c.milestone, MESSAGE.c.kind, MESSAGE.c.person_id, MESSAGE.c.id
        )
    )


def _attempts(session: Session, conditions: Sequence[ColumnElement[bool]]) -> dict[int, list[Try]]:
    found: dict[int, list[Try]] = defaultdict(list)
    query = select(ATTEMPT).where(ATTEMPT.c.message_id.in_(select(MESSAGE.c.id).where(*conditions)))
    for row in session.execute(query.order_by(ATTEMPT.c.id)):
        found[row.message_id].append(
            Try(
                at=row.attempted_at,
                outcome=row.outcome,
                code=row.code,
                text=row.text,
                recipient=row.recipient,
            )
        )
    return found


def _carriers(session: Session, conditions: Sequence[ColumnElement[bool]]) -> dict[tuple[str, str], int]:
    """The ids of the digests that carried any of them, by key and channel."""
    keys = select(MESSAGE.c.carried_by).where(*conditions, MESSAGE.c.carried_by.is_not(None))
    query = select(MESSAGE.c.key, MESSAGE.c.channel, MESSAGE.c.id).where(MESSAGE.c.key.in_(keys))
    return {(row.key, row.channel): row.id for row in session.execute(query)}


def _delivery(row: Any, attempts: dict[int, list[Try]], carriers: dict[tuple[str, str], int]) -> Delivery:
    same = ("id", "key", "milestone", "title", "revision", "kind", "offset", "channel", "state", "owed_at")
    also = ("not_before", "settled_at", "address", "reference", "carried_by")
    return Delivery(
        **{name: getattr(row, name) for name in (*same, *also)},
        cycle=row.cycle_id,
        person=row.person_id,
        duties=(row.key, *(row.facts or {}).get("also", ())),
        tries=row.attempts,
        carrier=carriers.get((row.carried_by or "", row.channel)),
        attempts=tuple(attempts.get(row.id, ())),
        answer=_reply(row),
    )


def _reply(row: Any) -> Reply | None:
    if row.partstat not in (None, _UNSAID):
        said = row.answered_at, row.answered_by, row.answered_through
        return Reply(reply=row.partstat, at=said[0], by=said[1], through=said[2])
    return Reply(reply="done", at=row.done_at) if row.done_at is not None else None


def _local(moment: datetime | None) -> str | None:
    return moment.astimezone(CUSTOMERS_ZONE).isoformat() if moment is not None else None
