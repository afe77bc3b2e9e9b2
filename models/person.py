"""People and the organisations that they come from."""

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.types import Moment, one_of


class Organisation(SQLModel, table=True):
    """A body, municipality or business centre that people come from."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=300)


class Person(SQLModel, table=True):
    """Somebody who takes part in cycles; the id is a slug that people see, never an address.

    Attributes:
        teams: the name to mention in Teams.
        quiet: days on which nothing that can wait is sent: weekdays (`friday`), dates, `from..until`.
        secretary: the address of who answers invitations for them.
        bounced_at: when mail to the present address last came back.
    """

    __table_args__ = (one_of("language", "da", "en"),)

    id: str = Field(primary_key=True, max_length=80)
    name: str = Field(max_length=300)
    email: str = Field(max_length=254)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    language: str | None = Field(default=None, max_length=2)
    channels: list[str] = Field(default_factory=lambda: ["email"], sa_column=Column(JSON, nullable=False))
    teams: str | None = Field(default=None, max_length=300)
    digest: bool = False
    quiet: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]")
    )
    secretary: str | None = Field(default=None, max_length=254)
    bounced_at: datetime | None = Field(default=None, sa_type=Moment)
