"""The outbox and its ledger: one row a message and channel, one row a recipient's attempt."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.types import Moment, one_of

TO_GO = ("waiting", "uncertain", "sending")
"""The states of messages that have still to go, or may have."""
STATES = (*TO_GO, "sent", "failed", "superseded", "merged", "withdrawn")


class Message(SQLModel, table=True):
    """A message to one person over one channel; `key` is its duty's key.

    States: `waiting` (to go, or to go again), `sending` (claimed, committed before the network), `sent`,
    `failed` (permanent, or given up), `uncertain` (it may have gone: sent again under the same Message-ID),
    `superseded` (the duty lapsed, or a later message says it, before it went), `merged` (a digest carried it),
    `withdrawn` (taken back before it went). `number` counts what a folder of files received.

    Attributes:
        not_before: when it may go at the earliest: after the time for taking it back, on a day on which its
            reader wants mail, or once the other side may be asked again.
        reference: the local part of its Message-ID, by which answers and bounces name it.
        address: where it was last sent to.
        carried_by: the key of the digest that carried it.
    """

    __table_args__ = (
        UniqueConstraint("key", "channel"),
        UniqueConstraint("channel", "number"),
        CheckConstraint("channel IN ('email', 'teams') OR channel LIKE 'apprise:%'", name="channel_is_known"),
        one_of("state", *STATES),
        Index("ix_message_state", "state"),
        Index("ix_message_cycle", "cycle_id"),
        Index("ix_message_reference", "reference"),
        Index(
            "ix_message_held",
            "cycle_id",
            "not_before",
            sqlite_where=text("not_before IS NOT NULL"),
            postgresql_where=text("not_before IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=300)
    channel: str = Field(max_length=40)
    cycle_id: str = Field(foreign_key="cycle.id")
    milestone: str | None = Field(default=None, max_length=80)
    revision: int | None = None
    kind: str = Field(max_length=12)
    offset: str | None = Field(default=None, max_length=10)
    person_id: str = Field(foreign_key="person.id")
    facts: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    state: str = Field(default="waiting", max_length=12)
    owed_at: datetime = Field(sa_type=Moment)
    number: int | None = None
    attempts: int = 0
    claimed_by: str | None = Field(default=None, max_length=120)
    payload: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    not_before: datetime | None = Field(default=None, sa_type=Moment)
    reference: str | None = Field(default=None, max_length=60)
    address: str | None = Field(default=None, max_length=254)
    carried_by: str | None = Field(default=None, max_length=300)


class ServedDuty(SQLModel, table=True):
    """A further duty that a message served, so that it is not owed again."""

    key: str = Field(primary_key=True, max_length=300)
    message_key: str = Field(max_length=300)


class Attempt(SQLModel, table=True):
    """One attempt to deliver a message to one recipient, with what the receiving side answered.

    Outcomes: `sent`, `temporary`, `permanent`, `uncertain` (no answer came, or its sender died before it was
    written down), `bounced` (a report came back later).
    """

    __table_args__ = (one_of("outcome", "sent", "temporary", "permanent", "uncertain", "bounced"),)

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    attempted_at: datetime = Field(sa_type=Moment)
    outcome: str = Field(max_length=12)
    code: int | None = None
    text: str
    recipient: str | None = Field(default=None, max_length=254)
