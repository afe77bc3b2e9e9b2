"""Contracts with their goals and indicators, the results that come in, and what is said of a goal's attainment."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.types import Exact, Moment, one_of


class Contract(SQLModel, table=True):
    """A yearly performance contract between a contract holder and a council."""

    id: str = Field(primary_key=True, max_length=80)
    title: str = Field(max_length=300)
    year: int
    holder: str = Field(max_length=300)
    council: str = Field(max_length=300)
    note: str | None = None


class Goal(SQLModel, table=True):
    """A goal of a contract, in its order; `facts` are the rest of what its file says."""

    __table_args__ = (UniqueConstraint("contract_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    contract_id: str = Field(foreign_key="contract.id", index=True)
    slug: str = Field(max_length=80)
    position: int
    recommended: Decimal | None = Field(default=None, sa_type=Exact)
    decided: Decimal | None = Field(default=None, sa_type=Exact)
    facts: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class Indicator(SQLModel, table=True):
    """An indicator, or a part with indicators of its own; `actual` is the number, or true or false, as it was given."""

    __table_args__ = (
        UniqueConstraint("contract_id", "slug"),
        CheckConstraint("parent_id <> id", name="no_indicator_is_its_own_parent"),
    )

    id: int | None = Field(default=None, primary_key=True)
    contract_id: str = Field(foreign_key="contract.id", index=True)
    goal_id: int = Field(foreign_key="goal.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="indicator.id")
    slug: str = Field(max_length=80)
    position: int
    owner: str | None = Field(default=None, max_length=200)
    actual: str | None = Field(default=None, max_length=60)
    source: str | None = None
    evidence: str | None = None
    facts: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class Result(SQLModel, table=True):
    """One result as it came in; the indicator holds the latest."""

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    actual: str = Field(max_length=60)
    source: str | None = None
    evidence: str | None = None
    recorded_by: str = Field(foreign_key="person.id")
    recorded_at: datetime = Field(sa_type=Moment)


class ScoringRun(SQLModel, table=True):
    """A frozen snapshot: inputs, the version of the rules, the scores with their explanation, findings in both languages."""

    __table_args__ = (
        UniqueConstraint("milestone_id", "revision", "scored_at"),
        one_of("kind", "provisional", "final"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    milestone_id: int = Field(foreign_key="milestone.id")
    revision: int
    kind: str = Field(max_length=12)
    scored_at: datetime = Field(sa_type=Moment)
    rules_version: str = Field(max_length=40)
    inputs: str
    inputs_hash: str = Field(max_length=64)
    scores: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    findings: dict[str, list[str]] = Field(sa_column=Column(JSON, nullable=False))


class Judgement(SQLModel, table=True):
    """What the house recommends, or the council decides, for a goal, bound to the scoring run that it saw."""

    __table_args__ = (one_of("kind", "recommended", "decided"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    goal_id: int = Field(foreign_key="goal.id")
    kind: str = Field(max_length=12)
    value: Decimal = Field(sa_type=Exact)
    reason: str | None = None
    minutes: str | None = None
    scoring_run_id: int | None = Field(default=None, foreign_key="scoringrun.id")
    person_id: str = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=Moment)


class FindingResolution(SQLModel, table=True):
    """A person's answer to a finding: never silently, always with a reason."""

    __table_args__ = (UniqueConstraint("cycle_id", "finding"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id", index=True)
    finding: str = Field(max_length=200)
    value: str | None = Field(default=None, max_length=60)
    reason: str
    person_id: str = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=Moment)
