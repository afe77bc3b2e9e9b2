"""The documents of a cycle: a list without their content, and one of them whole."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.cycle import COORDINATOR, HOLDER, SUBSCRIBER
from models.evidence import Document
from models.milestone import Milestone


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A document without its content; `closed` says why it is not to be shown, `by` is a person's id."""

    number: int
    name: str
    media_type: str
    size: int
    sha256: str
    indicator: str | None
    milestone: str | None
    closed: str | None
    by: str
    at: datetime

    def is_for(self, roles: Set[str]) -> bool:
        """Whether somebody of these roles may know of it: all but subscribers; of a closed one those in charge alone."""
        return bool(roles & {COORDINATOR, HOLDER}) or (self.closed is None and bool(roles - {SUBSCRIBER}))

    def as_json(self) -> dict[str, Any]:
        """As `documents --json` has it."""
        return {
            "number": self.number,
            "name": self.name,
            "type": self.media_type,
            "size": self.size,
            "sha256": self.sha256,
            "indicator": self.indicator,
            "milestone": self.milestone,
            "closed": self.closed,
            "by": self.by,
            "at": self.at.isoformat(),
        }


def listed(session: Session, cycle_id: str) -> list[Listed]:
    """The documents of a cycle, by number; their content is not read."""
    columns = (
        *(Document.number, Document.name, Document.media_type, Document.size, Document.sha256),
        *(Document.indicator, Milestone.slug, Document.closed, Document.added_by, Document.added_at),
    )
    query = (
        select(*[col(column) for column in columns])
        .outerjoin(Milestone, col(Milestone.id) == col(Document.milestone_id))
        .where(col(Document.cycle_id) == cycle_id)
        .order_by(col(Document.number))
    )
    names = tuple(Listed.__dataclass_fields__)
    return [Listed(**dict(zip(names, row, strict=True))) for row in session.execute(query)]


def content_of(session: Session, cycle_id: str, number: int) -> bytes | None:
    """The bytes of one document; None where the cycle has none of that number."""
    query = select(col(Document.content)).where(
        col(Document.cycle_id) == cycle_id, col(Document.number) == number
    )
    return session.scalars(query).one_or_none()
