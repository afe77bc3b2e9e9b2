"""A coordinator's cycles, and one of them, as their pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.cycle_words import KINDS, PHASES
from aarshjul.web.board_words import STAGES, STATES, WORDS
from models.person import Person
from models.standing import Standing
from notifications.dates import clock, day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A milestone in a table, in words; `owing` are the names of those who still owe something.

    `over`: done or cancelled, so that nobody looks for it first.
    """

    id: str
    title: str
    day: str
    time: str
    kind: str
    state: str
    late: bool
    cancelled: bool
    over: bool
    tentative: bool
    owing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CycleView:
    """A cycle in words.

    Attributes:
        stalled: whether rounds that should have run did not.
        results: whether there is a contract whose results it presents.
    """

    id: str
    title: str
    year: int
    holder: str
    council: str
    phase: str
    stage: str
    draft: str
    last_round: str
    stalled: bool
    results: bool
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, found: Standing, names: dict[str, str], language: str, *, stalled: bool) -> Self:
        """As a reader of the language is shown it; `names` are of the people by their ids."""
        row, words = found.row, WORDS[language]
        rows = tuple(_row(found, each, names, language) for each in found.milestones)
        said = words["version"].format(version=row.draft_version, round=row.round)
        return cls(
            id=row.id,
            title=row.title,
            year=row.contract_year,
            holder=row.holder,
            council=row.council,
            phase=PHASES[language][found.phase],
            stage=STAGES[language][row.stage],
            draft=said if row.draft_version else words["no_draft"],
            last_round=moment_in_words(row.last_round_at, row.timezone, language) or words["never"],
            stalled=stalled,
            results=row.contract_id is not None,
            rows=rows,
        )


def names_in(session: Session, found: list[Standing]) -> dict[str, str]:
    """The names of all who take part in these cycles, by their ids."""
    people = {member.person for each in found for member in each.view.members}
    query = select(col(Person.id), col(Person.name)).where(col(Person.id).in_(people))
    return {person: name for person, name in session.execute(query).tuples()}  # noqa: C416


def day_of(on: date | None, language: str) -> str:
    """A day in words, as a sentence begins; that there is none."""
    words = day_in_words(on, language) if on else WORDS[language]["no_date"]
    return words[:1].upper() + words[1:]


def hours(at: str | None, ends: str | None, language: str) -> str:
    """`10.00-12.00`, `10.00`, or nothing."""
    return "-".join(clock(each, language) for each in (at, ends) if each)


def moment_in_words(moment: datetime | None, zone: str, language: str) -> str:
    """Day and time where the cycle is; nothing for none."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{day_of(local.date(), language)} {clock(local.strftime('%H:%M'), language)}"


def _row(found: Standing, milestone: core.Milestone, names: dict[str, str], language: str) -> Row:
    state = milestone.state_on(found.today)
    return Row(
        id=milestone.id,
        title=found.titles[milestone.id],
        day=day_of(milestone.on, language),
        time=hours(milestone.at, milestone.ends, language),
        kind=KINDS[language][milestone.kind],
        state=STATES[language][state],
        late=state is core.State.OVERDUE,
        cancelled=state is core.State.CANCELLED,
        over=state in (core.State.DONE, core.State.CANCELLED),
        tentative=milestone.tentative,
        owing=tuple(names.get(each, each) for each in found.owing(milestone)),
    )
