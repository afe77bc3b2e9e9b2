"""Calendar feeds that somebody subscribes to."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.types import Moment


class Subscription(SQLModel, table=True):
    """A feed's own secret, kept as a hash; it is not a login and can be taken back."""

    secret_hash: str = Field(primary_key=True, max_length=64)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    role: str | None = Field(default=None, max_length=80)
    person_id: str | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
