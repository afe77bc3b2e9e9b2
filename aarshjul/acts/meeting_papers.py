"""A meeting's papers from the record: the agenda before it and the minutes after it, and for whom they are."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlmodel import Session

from aarshjul.acts.checking import check
from aarshjul.core import cycle as core
from aarshjul.core.languages import Language
from aarshjul.core.roll import Roll
from aarshjul.core.whose_meeting import is_of, meets
from aarshjul.papers.agenda import agenda_json, agenda_sheet
from aarshjul.papers.dossier import Dossier, load_dossier
from aarshjul.papers.minutes import minutes_json, minutes_sheet, settled_since
from aarshjul.papers.sheet import Sheet
from models.attendance import load_roll
from models.cycle import Cycle
from models.draft_text import contract_in_draft, present_draft
from models.loading import load_cycle, milestone_of
from notifications.minutes import gathering


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A milestone at which people meet, while the record is open.

    Attributes:
        moment: what is now in the cycle: a year that was played stands where its play ended.
        language: what its papers are written in.
    """

    session: Session
    cycle: Cycle
    view: core.Cycle
    slug: str
    roll: Roll
    moment: datetime
    language: Language

    @property
    def title(self) -> str:
        """As people know it."""
        return self.roll.title

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody meets after all: then there are no papers."""
        return self.roll.state == core.State.CANCELLED

    def is_of(self, person: str) -> bool:
        """Whether its papers are for this person."""
        return is_of(self.view, self.view.by_id[self.slug], person, self.view.today(self.moment))

    def agenda(self) -> Sheet:
        """By focus area what is open in the draft, or the text to be decided on."""
        return agenda_sheet(self._dossier, gathering(self.roll.as_answered(), self.language), self.language)

    def agenda_values(self) -> dict[str, Any]:
        """The same as plain values."""
        return agenda_json(self._dossier, self.roll, self.language)

    def minutes(self) -> Sheet:
        """Who was there, what was said of each focus area, what is to change."""
        settled = settled_since(self._dossier, self.view.milestones)
        return minutes_sheet(self._dossier, gathering(self.roll, self.language), settled, self.language)

    def minutes_values(self) -> dict[str, Any]:
        """The same as plain values."""
        return minutes_json(self._dossier, self.roll, settled_since(self._dossier, self.view.milestones))

    @cached_property
    def _dossier(self) -> Dossier:
        row = milestone_of(self.session, self.cycle.id, self.slug)
        assert row is not None  # noqa: S101 -- the roll is its
        draft = present_draft(self.session, self.cycle)
        contract = contract_in_draft(draft) if draft is not None else None
        findings = () if contract is None else check(self.session, self.cycle, contract, self.language)
        return load_dossier(self.session, self.cycle, row, self.moment, findings)


def load_meeting(
    session: Session, cycle: Cycle, slug: str, moment: datetime, language: Language
) -> Meeting | None:
    """The meeting of that id in a cycle; None where there is no such milestone, or nobody meets at it."""
    view = load_cycle(session, cycle.id)
    milestone = view.by_id.get(slug)
    roll = load_roll(session, cycle.id, slug, moment) if milestone is not None and meets(milestone) else None
    if roll is None:
        return None
    return Meeting(
        session=session, cycle=cycle, view=view, slug=slug, roll=roll, moment=moment, language=language
    )
