"""The draft contract: versions, decisions about it, signatures."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from aarshjul.core.stages import Outcome
from models.types import Moment, one_of


class Draft(SQLModel, table=True):
    """One version of the draft, frozen when submitted; `hash` is the SHA-256 of its canonical text.

    Attributes:
        structured: the text is a whole contract in canonical YAML, national goals included; else it is prose.
        message: what its author says is new in it.
        based_on: the version that its author started from.
        national_set: the set of national goals in it, and `national_version` which version of that.
    """

    __table_args__ = (CheckConstraint("version >= 1", name="versions_count_from_one"),)

    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    version: int = Field(primary_key=True)
    round: int
    text: str
    hash: str = Field(max_length=64)
    submitted_by: str = Field(foreign_key="person.id")
    submitted_at: datetime = Field(sa_type=Moment)
    structured: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    message: str | None = None
    based_on: int | None = None
    national_set: str | None = Field(default=None, max_length=80)
    national_version: int | None = None


class Decision(SQLModel, table=True):
    """What a body decided about one exact version; `void_at` once an edit or a return took it away.

    `decided_on` is the day of the meeting, where it was written down on a later one.
    """

    __table_args__ = (
        ForeignKeyConstraint(["cycle_id", "draft_version"], ["draft.cycle_id", "draft.version"]),
        one_of("body", "board", "council"),
        one_of("outcome", *Outcome),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id")
    milestone_revision: int | None = None
    body: str = Field(max_length=10)
    outcome: str = Field(max_length=30)
    reason: str | None = None
    minutes: str | None = None
    draft_version: int
    draft_hash: str = Field(max_length=64)
    round: int
    decided_by: str = Field(foreign_key="person.id")
    recorded_by: str | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime = Field(sa_type=Moment)
    decided_on: date | None = None
    void_at: datetime | None = Field(default=None, sa_type=Moment)


class Signature(SQLModel, table=True):
    """A chair's (or deputy chair's) confirmation of one exact text.

    `name` is how the signer was called then; `service` and `receipt` what a signing service of the operator's said.
    """

    __table_args__ = (UniqueConstraint("cycle_id", "body", "draft_hash"), one_of("body", "board", "council"))

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    body: str = Field(max_length=10)
    person_id: str = Field(foreign_key="person.id")
    draft_hash: str = Field(max_length=64)
    signed_at: datetime = Field(sa_type=Moment)
    name: str | None = Field(default=None, max_length=300)
    service: str | None = Field(default=None, max_length=80)
    receipt: str | None = None
