"""How results come in: what is asked of whom, and the files that prove it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.types import Moment

LARGEST_DOCUMENT = 20_000_000


class DataRequest(SQLModel, table=True):
    """What is asked for about one indicator: of whom (a person or a role), from which source, by when."""

    __table_args__ = (UniqueConstraint("cycle_id", "indicator"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    indicator: str = Field(max_length=80)
    owner: str = Field(max_length=80)
    due: date
    source: str | None = None
    note: str | None = None
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id")
    requested_by: str = Field(foreign_key="person.id")
    requested_at: datetime = Field(sa_type=Moment)


class Document(SQLModel, table=True):
    """A file that belongs to a cycle, whole, in the record: `number` counts within the cycle, `sha256` names its content.

    At most one of `indicator` and `milestone_id` says what it belongs to: the evidence of a result, or a meeting's paper.
    `closed` is why it is not to be shown to whoever asks for the records; empty where it is open.
    """

    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        CheckConstraint("size <= 20000000", name="documents_are_not_too_large"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    number: int
    name: str = Field(max_length=300)
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
    content: bytes = Field(sa_type=LargeBinary)
    indicator: str | None = Field(default=None, max_length=80)
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id")
    closed: str | None = None
    added_by: str = Field(foreign_key="person.id")
    added_at: datetime = Field(sa_type=Moment)
