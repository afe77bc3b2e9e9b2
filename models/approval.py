"""What goes with a body's decision: members' votes, and the conditions of an approval."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.types import Moment, one_of


class Vote(SQLModel, table=True):
    """How one member voted on one text in one round; `cast_by` is the member, or who acted for them."""

    __table_args__ = (one_of("body", "board", "council"), one_of("vote", "for", "against", "abstain"))

    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    body: str = Field(primary_key=True, max_length=10)
    round: int = Field(primary_key=True)
    draft_hash: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", primary_key=True)
    vote: str = Field(max_length=10)
    cast_by: str = Field(foreign_key="person.id")
    cast_at: datetime = Field(sa_type=Moment)


class Condition(SQLModel, table=True):
    """A condition of an approval, with who sees to it and by when; `milestone_id` is the deadline that follows it up.

    `owner` is a person or a role. It lapses with the approval that it belongs to.
    """

    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        one_of("state", "open", "met", "waived", "lapsed"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="what_is_settled_says_when"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    number: int
    decision_id: int = Field(foreign_key="decision.id")
    text: str
    owner: str = Field(max_length=80)
    due: date | None = None
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id")
    state: str = Field(default="open", max_length=10)
    reason: str | None = None
    settled_by: str | None = Field(default=None, foreign_key="person.id")
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
