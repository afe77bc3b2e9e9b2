"""How results come in and what comes of them, as values: what was asked, what each goal is said to be, what is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from aarshjul.core.contract import Reported
from aarshjul.core.figures import four_decimals
from aarshjul.core.languages import Language
from aarshjul.core.ranges import Reach
from aarshjul.core.score_json import figures
from aarshjul.core.scoring import Score


class Stand(StrEnum):
    """Where an indicator's result stands."""

    RECEIVED = "received"
    WAITING = "waiting"  # asked for, and there is time
    LATE = "late"
    MISSING = "missing"  # nobody has been asked
    DROPPED = "dropped"  # asked for, and not waited for any more


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What was asked: `owner` is a person's id or a role, `since` the day on which it was last asked."""

    owner: str
    due: date
    since: date
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What came: the actual as text, and where it is from; `by` is empty where the contract's file had it."""

    actual: str
    source: str | None = None
    evidence: str | None = None
    by: str | None = None
    on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultLine:
    """One indicator's result. `reach` is what its absence does to the total; None once it is there.

    `days_late` is of one that is late and of one that came late, by the day on which it first came.
    """

    indicator: str
    title: str | None
    goal: str
    unit: str | None
    stand: Stand
    days_late: int = 0
    asked: Asked | None = None
    given: Given | None = None
    documents: tuple[int, ...] = ()
    reach: Reach | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What somebody says a goal has attained; who and why are empty where the contract's file said it."""

    value: Decimal
    reason: str | None = None
    minutes: str | None = None
    by: str | None = None
    on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed:
    """Who closed a finding, when, and why."""

    by: str
    on: date
    reason: str
    value: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingLine:
    """A finding. `message` is empty where it is no longer found, but somebody has closed it."""

    id: str
    goal: str
    message: str
    closed: Closed | None = None

    @property
    def open(self) -> bool:
        """Whether a person has still to look at it."""
        return self.closed is None


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalLine:
    """A goal's four values side by side: computed, reported, recommended, decided."""

    id: str
    title: str
    computed: Score
    reported: tuple[Reported, ...] = ()
    recommended: Judged | None = None
    decided: Judged | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """All of it, as it stands on a day. `names` are those of the people, by their ids."""

    cycle: str
    contract: str
    title: str
    holder: str
    council: str
    language: Language
    on: date
    total: Score
    decided: Score | None
    lines: tuple[ResultLine, ...]
    goals: tuple[GoalLine, ...]
    findings: tuple[FindingLine, ...]
    names: Mapping[str, str]

    @property
    def lacking(self) -> tuple[ResultLine, ...]:
        """The results that are not there."""
        return tuple(line for line in self.lines if line.given is None)

    def as_json(self) -> dict[str, Any]:
        """As `results --json` has it: people by their ids, figures as `score --json` writes them."""
        return {
            "cycle": self.cycle,
            "contract": self.contract,
            "on": self.on.isoformat(),
            "total": figures(self.total),
            "decided": None if self.decided is None else figures(self.decided),
            "results": [_line(line) for line in self.lines],
            "goals": [_goal(goal) for goal in self.goals],
            "findings": [_finding(finding) for finding in self.findings],
        }


def _line(line: ResultLine) -> dict[str, Any]:
    asked, given, reach = line.asked, line.given, line.reach
    return {
        "indicator": line.indicator,
        "goal": line.goal,
        "title": line.title,
        "state": line.stand,
        "days_late": line.days_late,
        "asked": asked
        and {
            "owner": asked.owner,
            "due": asked.due.isoformat(),
            "since": asked.since.isoformat(),
            "source": asked.source,
            "note": asked.note,
        },
        "given": given
        and {
            "actual": given.actual,
            "source": given.source,
            "evidence": given.evidence,
            "by": given.by,
            "on": _day(given.on),
        },
        "documents": list(line.documents),
        "range": reach and {"low": four_decimals(reach.low), "high": four_decimals(reach.high)},
    }


def _goal(goal: GoalLine) -> dict[str, Any]:
    return {
        "id": goal.id,
        "title": goal.title,
        "computed": figures(goal.computed),
        "reported": [{"value": f"{each.value:f}", "where": each.where} for each in goal.reported],
        "recommended": _judged(goal.recommended),
        "decided": _judged(goal.decided),
    }


def _judged(judged: Judged | None) -> dict[str, Any] | None:
    if judged is None:
        return None
    return {
        "value": f"{judged.value:f}",
        "reason": judged.reason,
        "minutes": judged.minutes,
        "by": judged.by,
        "on": _day(judged.on),
    }


def _finding(finding: FindingLine) -> dict[str, Any]:
    closed = finding.closed
    return {
        "id": finding.id,
        "goal": finding.goal,
        "message": finding.message or None,
        "state": "open" if finding.open else "closed",
        "closed": closed
        and {
            "by": closed.by,
            "on": closed.on.isoformat(),
            "reason": closed.reason,
            "value": closed.value,
        },
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
