"""Everything of the record that the papers of one meeting are made from."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.consultation import Stand, Thread
from aarshjul.core.findings import Finding
from aarshjul.core.focus_areas import WHOLE, Area, areas_of_contract, areas_of_prose
from aarshjul.core.languages import LANGUAGES
from aarshjul.papers.words import area_title
from models.approval import Condition, Vote
from models.consultations import comments_of
from models.consulting import people_of, stands_of, threads_of
from models.cycle import Cycle
from models.dialogue import MinutesItem, Task
from models.dialogues import minutes_of, tasks_of
from models.draft import Decision, Draft
from models.draft_text import contract_in_draft, present_draft
from models.milestone import Milestone


@dataclass(frozen=True, kw_only=True, slots=True)
class Dossier:
    """A meeting with the draft as it stands: its areas, what was said of them, what was decided.

    Attributes:
        areas: in their order; `WHOLE` is not among them.
        stands: by person, the latest position.
        findings: of the present version, in the paper's language.
        names: by person.
        made: the day on which a paper is made of it, where the cycle's people live.
    """

    cycle: Cycle
    milestone: Milestone
    draft: Draft | None
    areas: tuple[Area, ...]
    threads: Sequence[Thread]
    stands: Mapping[str, Stand]
    findings: Sequence[Finding]
    tasks: Sequence[Task]
    items: Sequence[MinutesItem]
    decisions: Sequence[Decision]
    conditions: Sequence[Condition]
    votes: Sequence[Vote]
    names: Mapping[str, str]
    made: date

    @property
    def zone(self) -> ZoneInfo:
        """On whose clocks its people live."""
        return ZoneInfo(self.cycle.timezone)

    def area_of(self, goal: str | None, title: str | None = None) -> Area:
        """Where something belongs: by the title of an area, else by its goal, else to the draft as a whole."""
        if title is not None:
            named = [each for each in self.areas if folded(title) in _titles(each)]
            if named:
                return named[0]
        return next((each for each in self.areas if each.has(goal)), WHOLE)

    def name(self, person: str) -> str:
        """What somebody is called."""
        return self.names.get(person, person)


def load_dossier(
    session: Session, cycle: Cycle, milestone: Milestone, now: datetime, findings: Iterable[Finding] = ()
) -> Dossier:
    """All of it, in a handful of queries; the findings come from whoever checks drafts.

    A year that was played is looked at from the moment up to which it was played, whatever `now` is.
    """
    names, _ = people_of(session, cycle.id)
    draft = present_draft(session, cycle)
    decisions = select(Decision).where(col(Decision.cycle_id) == cycle.id).order_by(col(Decision.id))
    conditions = select(Condition).where(col(Condition.cycle_id) == cycle.id).order_by(col(Condition.number))
    votes = select(Vote).where(col(Vote.cycle_id) == cycle.id).order_by(col(Vote.person_id))
    return Dossier(
        cycle=cycle,
        milestone=milestone,
        draft=draft,
        areas=areas_of(draft),
        threads=threads_of(comments_of(session, cycle.id), names),
        stands=stands_of(session, cycle.id, names),
        findings=tuple(findings),
        tasks=tasks_of(session, cycle.id),
        items=minutes_of(session, [milestone.id or 0]),
        decisions=list(session.scalars(decisions)),
        conditions=list(session.scalars(conditions)),
        votes=list(session.scalars(votes)),
        names=names,
        made=(cycle.played_until or now).astimezone(ZoneInfo(cycle.timezone)).date(),
    )


def areas_of(draft: Draft | None) -> tuple[Area, ...]:
    """The focus areas of a version; none before there is one, or where prose has no headings."""
    if draft is None:
        return ()
    contract = contract_in_draft(draft)
    return areas_of_contract(contract) if contract is not None else areas_of_prose(draft.text)


def folded(title: str) -> str:
    """Two ways of writing one title are one."""
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())


def _titles(area: Area) -> set[str]:
    return {folded(area_title(area, language)) for language in LANGUAGES}


def began(dossier: Dossier) -> datetime | None:
    """When the meeting began, or will; of one without a time the first moment of its day."""
    row = dossier.milestone
    return None if row.on is None else core.moment(row.on, row.at or "00:00", dossier.zone)
