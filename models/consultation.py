"""What the members say of the draft: comments in threads, and where each stands in the consultation."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.types import Moment, one_of


class Comment(SQLModel, table=True):
    """What a member said about a version of the draft (or before there is one); `number` counts within a cycle.

    Attributes:
        round: the round of drafting in which it was made.
        goal: the id of the goal that it is about, and `indicator` of the indicator; the whole draft where neither.
        reply_to: the number of the comment whose thread it belongs to; a reply is never settled by itself.
        state: open, until somebody of the house or the secretariat accepts or declines it, with a reason.
        late: whether it came after the last deadline for comments.
    """

    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        ForeignKeyConstraint(["cycle_id", "reply_to"], ["comment.cycle_id", "comment.number"]),
        one_of("state", "open", "accepted", "declined"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="what_is_settled_says_when"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    number: int
    draft_version: int | None = None
    round: int = 1
    goal: str | None = Field(default=None, max_length=80)
    indicator: str | None = Field(default=None, max_length=80)
    reply_to: int | None = None
    text: str
    person_id: str = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=Moment)
    late: bool = False
    state: str = Field(default="open", max_length=10)
    reason: str | None = None
    settled_by: str | None = Field(default=None, foreign_key="person.id")
    settled_at: datetime | None = Field(default=None, sa_type=Moment)


class Position(SQLModel, table=True):
    """Where a member stands on one version of the draft; `given_by` is the member or who acts for them."""

    __table_args__ = (
        ForeignKeyConstraint(["cycle_id", "draft_version"], ["draft.cycle_id", "draft.version"]),
        one_of("position", "agrees", "agrees-with-remarks", "objects"),
    )

    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    draft_version: int = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", primary_key=True)
    position: str = Field(max_length=20)
    remarks: str | None = None
    given_by: str = Field(foreign_key="person.id")
    given_at: datetime = Field(sa_type=Moment)
