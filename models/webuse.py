"""What the pages and the API remember about their use: pressed forms, drafts in the making, codes, tokens, identities."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field, SQLModel

from models.types import Moment


class FormPress(SQLModel, table=True):
    """A form whose act was done, by the number that its page gave it: pressed twice, it is done once.

    Attributes:
        once: the number that the page drew for the form.
        act: the act's name.
        undo: the act that takes it back, as `{"do": ..., "fields": {...}}`, where one does, with marks of what it was
            about before and after the press, `was` and `is`; `typed` marks what was sent. None after a day.
        undone_at: when it was taken back by that.
    """

    once: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", index=True)
    cycle_id: str = Field(foreign_key="cycle.id")
    act: str = Field(max_length=40)
    pressed_at: datetime = Field(sa_type=Moment)
    undo: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    undone_at: datetime | None = Field(default=None, sa_type=Moment)


class DraftEdit(SQLModel, table=True):
    """What somebody is writing in the forms of the draft, before it becomes a version.

    Attributes:
        base: the version that it was begun from; None where there was none.
        content: the goals as the forms have them.
        revision: rises with every save, so that a second tab does not write over the first unseen.
    """

    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    person_id: str = Field(foreign_key="person.id", primary_key=True)
    base: int | None = None
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    revision: int = 1
    saved_at: datetime = Field(sa_type=Moment)


class OneTimeCode(SQLModel, table=True):
    """A code sent to somebody's known address, which one press of one form needs.

    Attributes:
        purpose: SHA-256 of what the press would do, in hexadecimal: a code for one thing is none for another.
        code_hash: SHA-256 of the code with its own number before it, in hexadecimal.
        tries: how often a wrong one was given.
    """

    __table_args__ = (CheckConstraint("made_at < expires_at", name="it_ends_after_it_begins"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    cycle_id: str = Field(foreign_key="cycle.id")
    purpose: str = Field(max_length=64)
    code_hash: str = Field(max_length=64)
    tries: int = 0
    made_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class ApiToken(SQLModel, table=True):
    """A secret with which a program asks the API in somebody's name.

    Attributes:
        name: what the program is, in its owner's words.
        secret_hash: SHA-256 of the secret with its purpose before it, in hexadecimal.
        scopes: what it may do, of the API's scopes.
        cycle_id: the only cycle that it reaches; None for all of the person's.
        seen_at: about when it was last used.
    """

    __table_args__ = (CheckConstraint("made_at < expires_at", name="it_ends_after_it_begins"),)

    id: int | None = Field(default=None, primary_key=True)
    secret_hash: str = Field(unique=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", index=True)
    name: str = Field(max_length=80)
    scopes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    cycle_id: str | None = Field(default=None, foreign_key="cycle.id")
    made_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    seen_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class Identity(SQLModel, table=True):
    """Who somebody is at a provider of logins (OpenID Connect): its own name for them, which no address change moves."""

    issuer: str = Field(primary_key=True, max_length=300)
    subject: str = Field(primary_key=True, max_length=255)
    person_id: str = Field(foreign_key="person.id", index=True)
    bound_at: datetime = Field(sa_type=Moment)
