"""What a meeting said of each focus area, and the changes to the draft that it wants."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.types import Moment, one_of


class MinutesItem(SQLModel, table=True):
    """One item of a meeting's minutes: what was said about a focus area."""

    __table_args__ = (UniqueConstraint("milestone_id", "area"),)

    id: int | None = Field(default=None, primary_key=True)
    milestone_id: int = Field(foreign_key="milestone.id")
    area: str = Field(max_length=300)
    said: str
    recorded_by: str = Field(foreign_key="person.id")
    recorded_at: datetime = Field(sa_type=Moment)


class Task(SQLModel, table=True):
    """A change to the draft that a meeting wants; done or declined before the draft may go to the board."""

    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        one_of("state", "open", "done", "declined"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="what_is_settled_says_when"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    number: int
    milestone_id: int = Field(foreign_key="milestone.id")
    area: str = Field(max_length=300)
    goal: str | None = Field(default=None, max_length=80)
    text: str
    made_by: str = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=Moment)
    state: str = Field(default="open", max_length=10)
    reason: str | None = None
    draft_version: int | None = None
    settled_by: str | None = Field(default=None, foreign_key="person.id")
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
