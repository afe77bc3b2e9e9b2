"""All cycles of somebody as the board shows them: what comes next, who is waited for, and what went wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from aarshjul.core import cycle as core
from aarshjul.core.cycle_words import PHASES
from aarshjul.web.board_words import STAGES, WORDS
from aarshjul.web.cycle_view import day_of, moment_in_words
from models.standing import Standing
from notifications.dates import joined

DATES, LATE, NAMES = 3, 3, 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Coming:
    """A date with how far it is; `names` are of those who are waited for there, in one line."""

    id: str
    title: str
    day: str
    left: str
    late: bool
    names: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardRow:
    """A cycle on the board, in words.

    Attributes:
        aside: that it is no running cycle; empty for one.
        last_round: when the latest one was, as it stands inside a sentence.
        stalled: whether a round that was due did not come.
        next: the dates that come next.
        waiting: where people are waited for: what is overdue, else what comes next.
        more_late: how many more dates are overdue than `waiting` shows.
    """

    id: str
    title: str
    year: int
    bodies: tuple[str, str]
    phase: str
    phase_name: str
    stage: str
    aside: str
    last_round: str
    stalled: bool
    next: tuple[Coming, ...]
    waiting: tuple[Coming, ...]
    more_late: int
    failed: int
    uncertain: int
    first: date

    @classmethod
    def of(cls, found: Standing, names: dict[str, str], language: str, *, stalled: bool) -> Self:
        """As a reader of the language is shown it."""
        row, words = found.row, WORDS[language]
        live = [each for each in found.milestones if each.state is core.State.OPEN and each.on is not None]
        if row.state == "closed":
            live = []
        late = [each for each in live if each.on is not None and each.on < found.today]
        ahead = [each for each in live if each not in late]
        owed = [each for each in ahead if found.owing(each)][:1]
        return cls(
            id=row.id,
            title=row.title,
            year=row.contract_year,
            bodies=(row.holder, row.council),
            phase=str(found.phase),
            phase_name=PHASES[language][found.phase],
            stage=STAGES[language][row.stage],
            aside="" if row.state == "active" else words[f"cycle_{row.state}"],
            last_round=_within(
                moment_in_words(row.last_round_at, row.timezone, language) or words["never"], language
            ),
            stalled=stalled,
            next=tuple(_coming(found, each, names, language) for each in ahead[:DATES]),
            waiting=tuple(_coming(found, each, names, language) for each in late[:LATE] or owed),
            more_late=max(len(late) - LATE, 0),
            failed=found.deliveries["failed"],
            uncertain=found.deliveries["uncertain"],
            first=min((each.on for each in live if each.on is not None), default=date.max),
        )


def _within(words: str, language: str) -> str:
    """As it stands inside a sentence: Danish writes days small there."""
    return words[:1].lower() + words[1:] if language == "da" else words


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What the board can be narrowed to, and what it is narrowed to: values with the words for them."""

    body: tuple[tuple[str, str], ...]
    year: tuple[tuple[str, str], ...]
    phase: tuple[tuple[str, str], ...]
    chosen: dict[str, str]

    @classmethod
    def of(cls, rows: Sequence[BoardRow], query: Iterable[tuple[str, str]]) -> Self:
        """Everything that occurs in these cycles; an empty choice narrows nothing."""
        bodies = sorted({body for row in rows for body in row.bodies})
        phases = {row.phase: row.phase_name for row in rows}
        return cls(
            body=tuple((each, each) for each in bodies),
            year=tuple((str(each), str(each)) for each in sorted({row.year for row in rows}, reverse=True)),
            phase=tuple((phase, phases[phase]) for phase in core.PHASES if phase in phases),
            chosen={name: value for name, value in query if value},
        )

    def shown(self, rows: Iterable[BoardRow]) -> list[BoardRow]:
        """Those that fit: the running ones first, and of these what is due first."""
        found = [row for row in rows if self._fits(row)]
        return sorted(found, key=lambda row: (row.aside != "", row.first, -row.year, row.id))

    def _fits(self, row: BoardRow) -> bool:
        known = {"body": row.bodies, "year": (str(row.year),), "phase": (row.phase,)}
        return all(value in known[name] for name, value in self.chosen.items())


def days_left(on: date, today: date, language: str) -> str:
    """How far a day is: `today`, `in 3 days`, `3 days late`."""
    words, days = WORDS[language], (on - today).days
    if days == 0:
        return words["today"]
    name = "late_by" if days < 0 else "in_days"
    return words[f"{name}_one" if abs(days) == 1 else name].format(days=abs(days))


def _coming(found: Standing, milestone: core.Milestone, names: dict[str, str], language: str) -> Coming:
    on = milestone.on or milestone.last_on
    owing = [names.get(each, each) for each in found.owing(milestone)]
    more = len(owing) - NAMES
    if more > 1:
        owing = [*owing[:NAMES], WORDS[language]["others"].format(count=more)]
    return Coming(
        id=milestone.id,
        title=found.titles[milestone.id],
        day=day_of(on, language),
        left=days_left(on, found.today, language),
        late=on < found.today,
        names=joined(owing, language),
    )
