"""Milestones, the revisions of their dates, who is done, and what people know of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from aarshjul.core.cycle import Kind, Phase
from models.types import Moment, one_of


class Milestone(SQLModel, table=True):
    """One date of a cycle. `rule` is the date's rule or fixed date as the file had it; `anchored` once moved by itself.

    `meeting_id` names the real meeting that carries it. What is `invited_elsewhere` others convene: it stands in
    calendars, and nobody is invited or asked for an answer by us. `about` says what made one that the cycle's plan has
    not: `condition:NUMBER`, `request:INDICATOR`; it binds those who are named there and stands in their calendars alone.
    """

    __table_args__ = (
        UniqueConstraint("cycle_id", "slug"),
        one_of("phase", *Phase),
        one_of("kind", *Kind),
        one_of("state", "open", "done", "cancelled"),
        one_of("done_when", "results", "draft", "comment"),
        CheckConstraint("revision >= 1", name="revisions_count_from_one"),
        CheckConstraint("\"on\" IS NOT NULL OR state = 'open'", name="only_an_open_one_waits_for_a_date"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    slug: str = Field(max_length=80)
    position: int
    title: str = Field(max_length=300)
    phase: str = Field(max_length=20)
    kind: str = Field(max_length=10)
    rule: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    anchored: bool = False
    on: date | None = None
    last_on: date
    at: str | None = Field(default=None, max_length=5)
    ends: str | None = Field(default=None, max_length=5)
    place: str | None = Field(default=None, max_length=300)
    meeting_id: str | None = Field(default=None, foreign_key="meeting.id", index=True)
    about: str | None = Field(default=None, max_length=100)
    invited_elsewhere: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    tentative: bool = False
    state: str = Field(default="open", max_length=10)
    revision: int = 1
    revised_at: datetime | None = Field(default=None, sa_type=Moment)
    told_on: date | None = None
    for_roles: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    owed_by: list[str] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    done_when: str | None = Field(default=None, max_length=10)
    remind: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    actions: list[str] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    even_on_days_off: bool = False
    scored_on: date | None = None
    published_on: date | None = None
    minutes: str | None = None
    present: list[str] | None = Field(default=None, sa_column=Column(JSON, nullable=True))


class MilestoneRevision(SQLModel, table=True):
    """What a milestone's date, time and place were at each of its revisions, and which act made it."""

    milestone_id: int = Field(foreign_key="milestone.id", primary_key=True)
    revision: int = Field(primary_key=True)
    on: date | None = None
    at: str | None = Field(default=None, max_length=5)
    ends: str | None = Field(default=None, max_length=5)
    place: str | None = Field(default=None, max_length=300)
    status: str = Field(max_length=10)
    act: str = Field(max_length=20)
    reason: str | None = None
    made_at: datetime = Field(sa_type=Moment)


class Completion(SQLModel, table=True):
    """Somebody has done a part: what was owed at a deadline."""

    milestone_id: int = Field(foreign_key="milestone.id", primary_key=True)
    person_id: str = Field(foreign_key="person.id", primary_key=True)
    done_at: datetime = Field(sa_type=Moment)


class Invitation(SQLModel, table=True):
    """What one person was told of a meeting, and the answer; `told` is empty once it was cancelled for that person.

    `answered_through` says how an answer came that was not given in the program: by the person's own `mail`, or
    by their `secretary`'s.
    """

    __table_args__ = (
        one_of("partstat", "needs-action", "accepted", "declined", "tentative"),
        one_of("answered_through", "mail", "secretary"),
    )

    milestone_id: int = Field(foreign_key="milestone.id", primary_key=True)
    person_id: str = Field(foreign_key="person.id", primary_key=True)
    told: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    told_on: date
    sequence: int
    partstat: str = Field(default="needs-action", max_length=12)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    answered_by: str | None = Field(default=None, foreign_key="person.id")
    answered_through: str | None = Field(default=None, max_length=10)
    withdrawn: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class CalendarEntry(SQLModel, table=True):
    """A milestone as calendars know it: its UID for ever, and when what they show last changed.

    Milestones of several cycles that one real meeting carries share its UID, and so their SEQUENCE.
    """

    milestone_id: int = Field(foreign_key="milestone.id", primary_key=True)
    uid: str = Field(index=True, max_length=255)
    sequence: int
    content_hash: str = Field(max_length=64)
    stamp: datetime = Field(sa_type=Moment)


class Notice(SQLModel, table=True):
    """Something that people must be told once and have not been told yet; a round takes it away."""

    __table_args__ = (Index("ix_notice_cycle", "cycle_id"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id")
    milestone_id: int = Field(foreign_key="milestone.id")
    kind: str = Field(max_length=12)
    revision: int
    root: str | None = Field(default=None, max_length=80)
    was: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    roles: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    except_roles: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    number: int | None = None
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
