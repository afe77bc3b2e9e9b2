"""Real meetings of a body, as its own calendar has them; milestones of several cycles can be carried by one."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.types import Moment, one_of


class Meeting(SQLModel, table=True):
    """A real meeting that milestones can be anchored to.

    Attributes:
        body: whose meeting it is, by its own name (`KKR Nordjylland`).
        on: its day; `at` and `ends` are times of day there (`HH:MM`), as `timezone` has them.
        uid: the UID of the calendar entry of all milestones that it carries; the first one's, from then on.
        source: what the calendar that it was imported from calls it, so that the same one is known again.
    """

    __table_args__ = (
        one_of("status", "tentative", "confirmed", "cancelled"),
        CheckConstraint('"ends" IS NULL OR "at" IS NOT NULL', name="an_end_has_a_beginning"),
    )

    id: str = Field(primary_key=True, max_length=80)
    body: str = Field(max_length=300, index=True)
    title: str = Field(max_length=300)
    on: date
    at: str | None = Field(default=None, max_length=5)
    ends: str | None = Field(default=None, max_length=5)
    place: str | None = Field(default=None, max_length=300)
    status: str = Field(default="confirmed", max_length=10)
    timezone: str = Field(default="Europe/Copenhagen", max_length=60)
    uid: str | None = Field(default=None, unique=True, max_length=255)
    source: str | None = Field(default=None, max_length=500)
    made_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)
