"""Calendar feeds that people subscribe to."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.types import Moment, one_of

SCOPES = ("cycle", "role", "person", "organisation", "public")
_NAMES_WHAT_IT_NEEDS = (
    "(cycle_id IS NOT NULL) = (scope IN ('cycle', 'role', 'public')) AND (role IS NOT NULL) = (scope = 'role') "
    "AND (person_id IS NOT NULL) = (scope = 'person') AND (organisation_id IS NOT NULL) = (scope = 'organisation')"
)


class Subscription(SQLModel, table=True):
    """A feed's own secret, kept as a hash; it is not a login and can be renewed and taken back.

    Attributes:
        secret_hash: SHA-256 of the secret in the feed's address, in hexadecimal.
        scope: what it shows: a `cycle` whole, a `role` in one, what concerns a `person` or the people of an
            `organisation` in all cycles, or what a cycle shows the `public`.
        language: of the words that we put in; the person's or the cycle's where it is None.
        shows: what it holds where its address does not say otherwise, as `calendars.choice` writes it.
        renewed_at: when the address was last replaced by another.
        told_by_link: whether its present address was shown behind a personal link, which may have been passed on; else
            it was told after a login, by a command or to an API token.
    """

    __table_args__ = (
        one_of("scope", *SCOPES),
        one_of("language", "da", "en"),
        CheckConstraint(_NAMES_WHAT_IT_NEEDS, name="names_what_it_shows"),
    )

    id: int | None = Field(default=None, primary_key=True)
    secret_hash: str = Field(unique=True, max_length=64)
    scope: str = Field(max_length=12)
    cycle_id: str | None = Field(default=None, foreign_key="cycle.id", index=True)
    role: str | None = Field(default=None, max_length=80)
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    language: str | None = Field(default=None, max_length=2)
    shows: str = Field(max_length=80)
    made_at: datetime = Field(sa_type=Moment)
    renewed_at: datetime | None = Field(default=None, sa_type=Moment)
    told_by_link: bool = False
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class PublishedFeed(SQLModel, table=True):
    """What was last served of a subscription in one choice of contents: its ETag, and since when it is so.

    `built_from` names the state of the record that the bytes were made from; while that is the present one they
    are not made again.
    """

    subscription_id: int = Field(foreign_key="subscription.id", primary_key=True)
    variant: str = Field(primary_key=True, max_length=100)
    built_from: str = Field(max_length=120)
    etag: str = Field(max_length=64)
    modified_at: datetime = Field(sa_type=Moment)
