"""Logging in: links that were sent, and the sessions that they opened; of every secret only a hash is kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.types import Moment


class LoginLink(SQLModel, table=True):
    """A link that logs a person in, once.

    Attributes:
        secret_hash: SHA-256 of the secret in the link, with its purpose before it, in hexadecimal.
        leads_to: the path that is shown afterwards.
        mailed: whether it went out by mail; else an operator had it printed.
        used_at: when it was pressed, or taken back because another of the person's was.
    """

    __table_args__ = (CheckConstraint("made_at < expires_at", name="it_ends_after_it_begins"),)

    id: int | None = Field(default=None, primary_key=True)
    secret_hash: str = Field(unique=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", index=True)
    leads_to: str = Field(max_length=300)
    mailed: bool
    made_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class LoginSession(SQLModel, table=True):
    """Somebody who is logged in with one browser.

    Attributes:
        secret_hash: SHA-256 of the secret in the browser's cookie, with its purpose before it, in hexadecimal.
        seen_at: about when it was last used: written once in some minutes.
        expires_at: when it ends however much it is used.
        last_here: until when the person was here before this visit; None on their first.
        way: how it was opened: `link` in a mail, or `oidc` at a provider of logins.
    """

    __table_args__ = (CheckConstraint("made_at < expires_at", name="it_ends_after_it_begins"),)

    id: int | None = Field(default=None, primary_key=True)
    secret_hash: str = Field(unique=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", index=True)
    made_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
    last_here: datetime | None = Field(default=None, sa_type=Moment)
    way: str = Field(default="link", max_length=10)
