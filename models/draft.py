"""The draft contract: versions, comments, decisions about it, signatures."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from aarshjul.core.stages import Outcome
from models.types import Moment, one_of


class Draft(SQLModel, table=True):
    """One version of the draft, frozen when submitted; `hash` is the SHA-256 of its canonical text."""

    __table_args__ = (CheckConstraint("version >= 1", name="versions_count_from_one"),)

    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    version: int = Field(primary_key=True)
    round: int
    text: str
    hash: str = Field(max_length=64)
    submitted_by: str = Field(foreign_key="person.id")
    submitted_at: datetime = Field(sa_type=Moment)


class Comment(SQLModel, table=True):
    """What a member said about a version of the draft (or before there is one)."""

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    draft_version: int | None = None
    text: str
    person_id: str = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=Moment)


class Decision(SQLModel, table=True):
    """What a body decided about one exact version; `void_at` once an edit or a return took it away."""

    __table_args__ = (
        ForeignKeyConstraint(["cycle_id", "draft_version"], ["draft.cycle_id", "draft.version"]),
        one_of("body", "board", "council"),
        one_of("outcome", *Outcome),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id")
    milestone_revision: int | None = None
    body: str = Field(max_length=10)
    outcome: str = Field(max_length=30)
    reason: str | None = None
    minutes: str | None = None
    draft_version: int
    draft_hash: str = Field(max_length=64)
    round: int
    decided_by: str = Field(foreign_key="person.id")
    recorded_by: str | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime = Field(sa_type=Moment)
    void_at: datetime | None = Field(default=None, sa_type=Moment)


class Signature(SQLModel, table=True):
    """A chair's (or deputy chair's) confirmation of one exact text."""

    __table_args__ = (UniqueConstraint("cycle_id", "body", "draft_hash"), one_of("body", "board", "council"))

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    body: str = Field(max_length=10)
    person_id: str = Field(foreign_key="person.id")
    draft_hash: str = Field(max_length=64)
    signed_at: datetime = Field(sa_type=Moment)
