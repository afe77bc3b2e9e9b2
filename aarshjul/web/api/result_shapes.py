"""What the API answers about contracts, results and scores. Per cents are texts of four decimals, as "96.7856"."""

from typing import Any

from pydantic import Field

from aarshjul.web.api.shapes import Figure, Value


class Reported(Value):
    """A value as somebody reported it."""

    value: Figure
    where: str | None


class Indicator(Value):
    """An indicator of a contract; keys without a value are left out."""

    id: str
    title: str | None = None
    weight: Figure | None = None
    unit: str | None = None
    baseline: Figure | None = None
    reported: Figure | list[Reported] | None = None
    source: str | None = None
    evidence: str | None = None
    actual: str | None = Field(
        description="A decimal number as its digits, `true`, `false`; null where missing."
    )
    rule: dict[str, Any] | None = Field(None, description="Its kind in `is`, and its numbers as digits.")
    indicators: list["Indicator"]


class Goal(Value):
    """A goal of a contract; keys without a value are left out."""

    id: str
    title: str | None = None
    level: str | None = None
    focus: str | None = None
    text: str | None = None
    weight: Figure | None = None
    same_as: str | None = None
    reported: list[Reported] | None = None
    recommended: Figure | None = None
    decided: Figure | None = None
    indicators: list[Indicator]


class Contract(Value):
    """A contract with its goals and indicators."""

    id: str
    title: str
    year: int
    holder: str
    council: str
    goals: list[Goal]


class Score(Value):
    """What something has attained; between low and high while it is provisional."""

    exact: Figure | None
    shown: int | None = Field(description="Rounded half up from what is exact.")
    low: Figure
    high: Figure
    provisional: bool


class GoalScore(Score):
    """A goal's score with how it came about."""

    id: str
    same_as: str | None
    explanation: str


class Found(Value):
    """Something that a person should look at."""

    id: str
    code: str
    goal: str
    message: str


class Scores(Value):
    """As `score --json`."""

    contract: str
    total: Score
    goals: list[GoalScore]
    findings: list[Found]


class AskedFor(Value):
    """That a result was asked for: of whom, by when, from where."""

    owner: str
    due: str
    since: str
    source: str | None
    note: str | None


class Given(Value):
    """A result that came in."""

    actual: str
    source: str | None
    evidence: str | None
    by: str | None
    on: str | None


class Range(Value):
    """What the absence of a result does to the total."""

    low: Figure
    high: Figure


class ResultLine(Value):
    """Where an indicator's result stands."""

    indicator: str
    goal: str
    title: str | None
    state: str = Field(description="`received`, `waiting`, `late`, `missing` or `dropped`.")
    days_late: int
    asked: AskedFor | None
    given: Given | None
    documents: list[int]
    range: Range | None


class Judged(Value):
    """A value that somebody set, with why."""

    value: Figure
    reason: str | None
    minutes: str | None
    by: str | None
    on: str | None


class FourValues(Value):
    """A goal's four values side by side."""

    id: str
    title: str
    computed: Score
    reported: list[Reported]
    recommended: Judged | None
    decided: Judged | None


class ClosedFinding(Value):
    """Who closed a finding, when and why."""

    by: str
    on: str
    reason: str
    value: str | None


class FindingLine(Value):
    """A finding with what became of it."""

    id: str
    goal: str
    message: str | None = Field(description="Null where it is no longer found.")
    state: str = Field(description="`open` or `closed`.")
    closed: ClosedFinding | None


class Results(Value):
    """As `results --json`: what has come in, and each goal's four values."""

    cycle: str
    contract: str
    on: str
    total: Score
    decided: Score | None
    results: list[ResultLine]
    goals: list[FourValues]
    findings: list[FindingLine]


class WhatIfQuestion(Value):
    """Other results to try, and perhaps what should rise and to where."""

    set: dict[str, str | bool | None] = Field(
        default_factory=dict,
        description='By indicator: a decimal number as text ("45.5"), true or false, null for a missing one.',
        examples=[{"1a": "45.5"}],
    )
    lift: str | None = Field(None, description="A goal's id or `total`; `over` belongs to it.")
    over: str | None = Field(None, description="The per cent that it should reach, as text.", examples=["97"])


class BothScores(Value):
    """Before and after."""

    before: Score | None
    after: Score


class GoalChange(BothScores):
    """A goal that stands otherwise."""

    id: str
    title: str


class Enough(Value):
    """One change that would be enough."""

    indicator: str
    goal: str
    from_: str | bool | None = Field(alias="from")
    to: str | bool | None
    change_in_per_cent_of_target: Figure | None
    gives: Figure


class NotEnough(Value):
    """One that would not, and how far it goes."""

    indicator: str
    goal: str
    from_: str | bool | None = Field(alias="from")
    at_most: Figure


class Lifted(Value):
    """Which one change is enough."""

    what: str
    over: Figure
    now: Score
    reached: bool
    enough: list[Enough]
    not_enough: list[NotEnough]


class WhatIf(Value):
    """As `what-if --json`; nothing was written."""

    contract: str
    set: dict[str, str | bool | None]
    goals: list[GoalChange]
    total: BothScores
    lift: Lifted | None
