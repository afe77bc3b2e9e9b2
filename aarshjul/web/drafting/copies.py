"""The copy of the draft that somebody is writing in: what it holds now, and saving what they typed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts.checking import frame_for_next
from aarshjul.acts.drafting import starting_goals
from aarshjul.core.draft import Frame, own_goals
from aarshjul.core.sketch import Sketched
from aarshjul.files.draft_editing import Drafted, drafted
from aarshjul.files.draft_sketch import from_plain, plain, prose_of, sketch_of
from aarshjul.web.doing.seat import Seat
from models.cycle import Cycle
from models.draft import Draft
from models.draft_edits import begun, drop_edit, load_edit, save_edit
from models.draft_text import contract_in_draft, present_draft
from models.engine import reading, writing

_TRIES = 8
Change = Callable[[Sketched, int], Sketched]
"""A change of the sketch, given the number of the save that it becomes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """What somebody is writing.

    Attributes:
        base: the version that it was begun from; None before the first.
        revision: how often it was saved; 0 where the forms show what they begin with.
        frame: what the cycle gives to the next version.
        present: the version that lies before the parties.
    """

    cycle: Cycle
    sketch: Sketched
    base: int | None
    revision: int
    saved_at: datetime | None
    frame: Frame
    present: Draft | None

    @property
    def is_prose(self) -> bool:
        """Whether it is one text, with no goals."""
        return self.sketch.get("kind") == "text"

    @property
    def is_behind(self) -> bool:
        """Whether somebody submitted a version meanwhile."""
        return self.present is not None and self.base != self.present.version

    def drafted(self) -> Drafted:
        """What its forms amount to."""
        return drafted(self.sketch, self.frame)


class OtherCopy(Exception):  # noqa: N818 -- it is caught by name, and tells a person nothing by itself
    """The copy that the page shows is there no more: it was submitted, thrown away or begun anew."""


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies in a database."""

    engine: Engine
    now: Callable[[], datetime]

    def load(self, seat: Seat) -> Copy:
        """The copy of who sits here; what the forms begin with where they have saved nothing."""
        with reading(self.engine) as session:
            return copy_in(session, seat)

    def alter(self, seat: Seat, base: int | None, change: Change) -> int:
        """Change the copy that was begun from `base`, and begin one where there is none; the revision it has then.

        Raises:
            OtherCopy: where there is one of another base, or so many save at once that none gets through.
        """
        for _ in range(_TRIES):
            with writing(self.engine) as session:
                row = load_edit(session, seat.cycle, seat.person)
                if row is not None and row.base != base:
                    raise OtherCopy
                cycle = session.get_one(Cycle, seat.cycle)
                was = from_plain(row.content) if row is not None else beginning(session, cycle, base)
                seen = row.revision if row is not None else 0
                new = change(was, seen + 1)
                if new == was and row is not None:
                    return seen
                if save_edit(
                    session, begun(seat.cycle, seat.person, base, plain(new), self.now()), seen=seen
                ):
                    return seen + 1
        raise OtherCopy

    def replace(self, seat: Seat, base: int | None, sketch: Sketched, *, seen: int) -> bool:
        """Write another sketch in its place; False where the copy is another than the one that was seen."""
        with writing(self.engine) as session:
            edit = begun(seat.cycle, seat.person, base, plain(sketch), self.now())
            return save_edit(session, edit, seen=seen)

    def drop(self, seat: Seat, *, seen: int) -> bool:
        """Throw it away; False where it is another than the one that was seen."""
        with writing(self.engine) as session:
            return drop_edit(session, seat.cycle, seat.person, seen=seen)


def copy_in(session: Session, seat: Seat) -> Copy:
    """The copy of who sits here, while the record is open."""
    cycle = session.get_one(Cycle, seat.cycle)
    present = present_draft(session, cycle)
    row = load_edit(session, seat.cycle, seat.person)
    base = row.base if row is not None else present.version if present is not None else None
    return Copy(
        cycle=cycle,
        sketch=from_plain(row.content) if row is not None else beginning(session, cycle, base),
        base=base,
        revision=row.revision if row is not None else 0,
        saved_at=row.saved_at if row is not None else None,
        frame=frame_for_next(session, cycle, present),
        present=present,
    )


def beginning(session: Session, cycle: Cycle, base: int | None) -> Sketched:
    """What the forms begin with: a version, or before the first the last contract's own goals.

    Raises:
        OtherCopy: where there is no such version.
    """
    if base is None:
        return sketch_of(starting_goals(session, cycle))
    draft = session.get(Draft, (cycle.id, base))
    if draft is None:
        raise OtherCopy
    return sketch_of_version(session, cycle, draft)


def sketch_of_version(session: Session, cycle: Cycle, draft: Draft, prefix: str = "p") -> Sketched:
    """A version as the forms have it: the house's own goals, as the national ones are nobody's to write."""
    contract = contract_in_draft(draft)
    if contract is None:
        return prose_of(draft.text)
    shared = frame_for_next(session, cycle, draft).shared if draft.national_set is not None else None
    return sketch_of(own_goals(contract, shared), contract, prefix)
