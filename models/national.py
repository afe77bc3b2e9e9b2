"""The national goals: one shared set for all houses, in versions, with levels per house."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.types import Moment


class NationalGoals(SQLModel, table=True):
    """One version of a set of national goals, frozen; `text` is its file in canonical YAML, `hash` the SHA-256 of that.

    It holds for contracts of the years `first_year` to `last_year`.
    """

    __table_args__ = (
        CheckConstraint("version >= 1", name="versions_count_from_one"),
        CheckConstraint("first_year <= last_year", name="years_are_in_order"),
    )

    id: str = Field(primary_key=True, max_length=80)
    version: int = Field(primary_key=True)
    title: str = Field(max_length=300)
    first_year: int
    last_year: int
    text: str
    hash: str = Field(max_length=64)
    imported_at: datetime = Field(sa_type=Moment)
