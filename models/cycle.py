"""The cycle itself: its frame, its stage, and what the rounds need to find it again."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index
from sqlmodel import Field, SQLModel

from aarshjul.core.stages import Stage
from models.types import Moment, one_of


class Cycle(SQLModel, table=True):
    """One year's process.

    `next_due_on` is the first day on which a round may have something to do. An act raises `round_wanted`;
    a round that read a lower figure goes again. `history_head` is the hash of the last history entry, which
    an act or a round locks with this row. `played_acts` counts the acts that a played year has done,
    `played_source` says which play it is, `played_until` up to which virtual moment it went. `contract_id` is the
    contract whose attainment is presented, `became_id` the one that the approved draft became.
    """

    __table_args__ = (
        one_of("state", "draft", "active", "closed"),
        one_of("stage", *Stage),
        CheckConstraint("round >= 1", name="rounds_count_from_one"),
        Index("ix_cycle_due", "state", "next_due_on"),
    )

    id: str = Field(primary_key=True, max_length=80)
    title: str = Field(max_length=300)
    contract_year: int
    holder: str = Field(max_length=300)
    council: str = Field(max_length=300)
    timezone: str = Field(max_length=60)
    language: str = Field(max_length=2)
    contract_id: str | None = Field(default=None, foreign_key="contract.id")
    scores_file: str | None = Field(default=None, max_length=300)
    national_file: str | None = Field(default=None, max_length=300)
    days_off: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    quiet: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    state: str = Field(default="draft", max_length=10)
    stage: str = Field(default=Stage.NOT_STARTED, max_length=20)
    round: int = 1
    draft_version: int | None = None
    activated_at: datetime | None = Field(default=None, sa_type=Moment)
    last_round_at: datetime | None = Field(default=None, sa_type=Moment)
    next_due_on: date | None = None
    round_wanted: int = 0
    held_until: datetime | None = Field(default=None, sa_type=Moment)
    history_length: int = 0
    history_head: str = Field(default="", max_length=64)
    published_run: int | None = None
    published_draft: int | None = None
    source_hash: str = Field(default="", max_length=64)
    played_acts: int = 0
    played_source: str = Field(default="", max_length=64)
    became_id: str | None = Field(default=None, foreign_key="contract.id")
    played_until: datetime | None = Field(default=None, sa_type=Moment)


class Membership(SQLModel, table=True):
    """A person's part in a cycle: roles, delegate between two dates, standing deputy, when joined and left.

    `links_since`: links to the person's own page that were made before then lead nowhere any more.
    """

    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    person_id: str = Field(foreign_key="person.id", primary_key=True, index=True)
    position: int
    roles: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    joined_at: datetime = Field(sa_type=Moment)
    left_at: datetime | None = Field(default=None, sa_type=Moment)
    delegate_id: str | None = Field(default=None, foreign_key="person.id")
    delegate_from: date | None = None
    delegate_until: date | None = None
    deputy_id: str | None = Field(default=None, foreign_key="person.id")
    subscribed: bool = True
    welcomed: bool = False
    links_since: datetime | None = Field(default=None, sa_type=Moment)
