"""Drafts in the making: read, saved unless somebody saved meanwhile, and thrown away."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from models.webuse import DraftEdit


def load_edit(session: Session, cycle: str, person: str) -> DraftEdit | None:
    """What somebody is writing in a cycle; None where they have begun nothing."""
    return session.get(DraftEdit, (cycle, person))


def save_edit(session: Session, edit: DraftEdit, *, seen: int) -> bool:
    """Save as revision `seen` + 1; False, and nothing is written, where that is not the one that was seen.

    `seen` is 0 for what nobody has saved before.
    """
    values: dict[str, Any] = {
        "base": edit.base,
        "content": edit.content,
        "revision": seen + 1,
        "saved_at": edit.saved_at,
    }
    if seen:
        query = update(DraftEdit).where(*_is(edit.cycle_id, edit.person_id), col(DraftEdit.revision) == seen)
        return cast("CursorResult[Any]", session.execute(query.values(values))).rowcount == 1
    try:
        with session.begin_nested():
            session.execute(
                insert(DraftEdit).values(cycle_id=edit.cycle_id, person_id=edit.person_id, **values)
            )
    except IntegrityError:
        return False
    return True


def drop_edit(session: Session, cycle: str, person: str, *, seen: int | None = None) -> bool:
    """Throw it away, where it is still the revision that was seen (any, where that is None)."""
    query = delete(DraftEdit).where(*_is(cycle, person))
    if seen is not None:
        query = query.where(col(DraftEdit.revision) == seen)
    return cast("CursorResult[Any]", session.execute(query)).rowcount == 1


def begun(cycle: str, person: str, base: int | None, content: dict[str, Any], now: datetime) -> DraftEdit:
    """A copy to save."""
    return DraftEdit(cycle_id=cycle, person_id=person, base=base, content=content, saved_at=now)


def _is(cycle: str, person: str) -> tuple[Any, ...]:
    return (col(DraftEdit.cycle_id) == cycle, col(DraftEdit.person_id) == person)
