"""What the API answers about cycles, as its description says it; every field is always there unless it says otherwise."""

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Each = TypeVar("Each")
Figure = str
"""A decimal number as its digits, so that none is lost on the way."""


class Value(BaseModel):
    """A part of an answer; it holds what is described and nothing else."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Listing(Value, Generic[Each]):
    """Some of many, in their order."""

    items: list[Each]
    total: int = Field(description="How many there are in all.")
    limit: int
    offset: int = Field(description="How many stand before these.")


class CycleBrief(Value):
    """A cycle that the token reaches."""

    id: str
    title: str
    contract_year: int
    state: str = Field(description="`draft`, `active` or `closed`.")
    language: str
    timezone: str
    roles: list[str] = Field(description="What the token's person is in it.")


class Me(Value):
    """Who the token stands for, and what it may."""

    person: str
    name: str
    token: str = Field(description="The token's own name.")
    scopes: list[str]
    cycle: str | None = Field(description="The only cycle that it reaches; null for all of the person's.")
    expires_at: str
    cycles: list[CycleBrief]


class DraftName(Value):
    """What names a version of the draft; null before the first."""

    version: int | None
    hash: str | None


class StandingDecision(Value):
    """A decision that stands, or a return."""

    body: str
    outcome: str
    hash: str = Field(description="SHA-256 of the text that it is about.")
    on: str


class MilestoneBrief(Value):
    """A milestone on the day of the question."""

    id: str
    date: str | None = Field(description="Null while it waits for a date.")
    status: str = Field(description="`tentative` or `confirmed`.")
    state: str = Field(description="`open`, `overdue`, `done` or `cancelled`.")
    owing: list[str] = Field(
        description="The ids of those who still owe something; for who is no coordinator, whether they do."
    )


class Outbox(Value):
    """What is on its way out."""

    held: int
    held_until: str | None
    oldest_waiting: str | None
    bounced: list[str]


class Standing(Value):
    """Where a cycle stands, as `status --json`; what was delivered is for coordinators, null for others."""

    cycle: str
    phase: str
    stage: str
    round: int
    draft: DraftName
    decisions: list[StandingDecision]
    milestones: list[MilestoneBrief]
    deliveries: dict[str, int] | None
    outbox: Outbox | None
    last_round: str | None
    state: str
    next_due_on: str | None


class Milestone(Value):
    """A milestone with all that is planned about it."""

    id: str
    title: str
    phase: str
    kind: str = Field(description="`deadline`, `meeting` or `decision`.")
    date: str | None
    at: str | None
    ends: str | None
    place: str | None
    status: str
    state: str
    revision: int = Field(description="Rises with every confirmation, move and cancellation.")
    for_: list[str] = Field(alias="for", description="The roles that it concerns.")
    owed_by: list[str] = Field(description="The roles that must do something.")
    owing: list[str] | None = Field(
        description="People who still do, others than oneself for coordinators alone; null for subscribers."
    )


class Person(Value):
    """Somebody of the cycle, and what they owe."""

    person: str
    name: str
    organisation: str | None
    roles: list[str]
    email: str | None = Field(description="For coordinators, and of oneself; else null.")
    left: bool
    delegate: str | None
    deputy: str | None
    owes: list[str] = Field(
        description="The ids of the milestones at which they still owe something; of others for coordinators."
    )


class Point(Value):
    """A milestone that a meeting carries."""

    cycle: str
    milestone: str
    title: str
    minutes: str | None


class BodyCount(Value):
    """How many of a body there are, were there, or were stood in for."""

    role: str
    of: str
    members: int
    present: int
    represented: int


class SeatRole(Value):
    """A role, and whose body it is of."""

    role: str
    of: str


class Seat(Value):
    """Somebody of a meeting."""

    person: str
    name: str
    organisation: str | None
    roles: list[SeatRole]
    group: str
    invited: bool
    reply: str
    by: str | None
    through: str | None
    stands_for: list[str]
    stood_for_by: list[str]


class Attendance(Value):
    """Who comes to a meeting, or who was there."""

    cycle: str
    milestone: str
    title: str
    date: str | None
    at: str | None
    ends: str | None
    place: str | None
    status: str
    state: str
    invited_elsewhere: bool
    carries: list[Point]
    recorded: bool = Field(description="Whether it is written down who was there.")
    bodies: list[BodyCount]
    people: list[Seat]


class Attempt(Value):
    """One attempt at one recipient, with the other side's own answer."""

    at: str
    outcome: str
    code: int | None
    text: str
    recipient: str | None


class Answered(Value):
    """What the reader did about it since."""

    reply: str
    at: str | None
    by: str | None
    through: str | None


class Message(Value):
    """A message and its fate."""

    id: int
    key: str
    cycle: str
    milestone: str | None
    revision: int | None
    kind: str
    offset: str | None
    person: str
    channel: str
    state: str
    duties: list[str]
    owed_at: str
    not_before: str | None
    settled_at: str | None
    tries: int
    address: str | None
    reference: str | None
    carried_by: str | None
    answer: Answered | None
    attempts: list[Attempt]


class HistoryLine(Value):
    """An entry of the history; texts stand there as their hashes."""

    number: int
    type: str
    what: str
    phase: str | None
    milestone: str | None
    who: str | None
    count: int | None
    facts: dict[str, Any]
    hash: str = Field(description="Carries that of the entry before.")
    at: str


class Verified(Value):
    """Whether the history's chain holds, and the record is what it says."""

    cycle: str
    entries: int
    head: str
    problems: list[str] = Field(description="Empty where all is whole.")


class Feed(Value):
    """A calendar feed of one's own; its address is a secret that nobody knows any more."""

    id: int
    scope: str
    show: list[str]
    language: str | None
    made: str
    renewed: str | None
    revoked: str | None
