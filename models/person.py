"""People and the organisations that they come from."""

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.types import one_of


class Organisation(SQLModel, table=True):
    """A body, municipality or business centre that people come from."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=300)


class Person(SQLModel, table=True):
    """Somebody who takes part in cycles; the id is a slug that people see, never an address."""

    __table_args__ = (one_of("language", "da", "en"),)

    id: str = Field(primary_key=True, max_length=80)
    name: str = Field(max_length=300)
    email: str = Field(max_length=254)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    language: str | None = Field(default=None, max_length=2)
    channels: list[str] = Field(default_factory=lambda: ["email"], sa_column=Column(JSON, nullable=False))
    teams: str | None = Field(default=None, max_length=300)
    digest: bool = False
