"""What the history vouches for: of each table the columns that acts alone change."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from models.approval import Condition, Vote
from models.consultation import Comment, Position
from models.contract import Contract, FindingResolution, Goal, Indicator, Judgement, Result
from models.cycle import Cycle, Membership
from models.dialogue import MinutesItem, Task
from models.draft import Decision, Draft, Signature
from models.evidence import DataRequest, Document
from models.milestone import Completion, Invitation, Milestone, MilestoneRevision

SHARED = frozenset({"goal", "indicator"})
"""Rows of the contract that a cycle presents: where several present it, the history of one does not tell all of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Vouched:
    """A table and what of it is vouched for.

    Attributes:
        name: what a row is called, before what tells it from others: `comment/3`.
        table: the table.
        by: the columns that tell its rows apart within a cycle; none for the rows of the cycle and the contract themselves.
        columns: those that are vouched for.
        texts: those of them that people wrote: the history has their SHA-256, not their words.
    """

    name: str
    table: Table
    by: tuple[str, ...]
    columns: tuple[str, ...]
    texts: frozenset[str]


def _vouched(name: str, model: Any, by: str, *, texts: str = "", only: str = "", but: str = "") -> Vouched:
    table: Table = model.__table__
    left_out = {"id", "cycle_id", "contract_id", *but.split(), *by.split()}
    return Vouched(
        name=name,
        table=table,
        by=tuple(by.split()),
        columns=tuple(only.split() or [each.name for each in table.columns if each.name not in left_out]),
        texts=frozenset(texts.split()),
    )


VOUCHED = (
    _vouched(
        "cycle",
        Cycle,
        "",
        texts="title holder council",
        only="state stage round draft_version contract_id became_id title contract_year holder council timezone "
        "language days_off quiet activated_at",
    ),
    _vouched("contract", Contract, "", texts="title holder council note"),
    _vouched("member", Membership, "person_id", but="position welcomed links_since"),
    _vouched(
        "milestone",
        Milestone,
        "slug",
        texts="title minutes",
        but="position told_on scored_on published_on revised_at",
    ),
    _vouched("revision", MilestoneRevision, "milestone_id revision", texts="reason"),
    _vouched("done", Completion, "milestone_id person_id"),
    _vouched("answer", Invitation, "milestone_id person_id", only="partstat answered_by"),
    _vouched("draft", Draft, "version", texts="message", but="text"),
    _vouched("comment", Comment, "number", texts="text reason"),
    _vouched("position", Position, "draft_version person_id", texts="remarks"),
    _vouched("minutes", MinutesItem, "id", texts="area said"),
    _vouched("task", Task, "number", texts="area text reason"),
    _vouched("decision", Decision, "id", texts="reason minutes"),
    _vouched("vote", Vote, "body round draft_hash person_id"),
    _vouched("condition", Condition, "number", texts="text reason"),
    _vouched("signature", Signature, "id", texts="name receipt"),
    _vouched("request", DataRequest, "indicator", texts="source note"),
    _vouched("document", Document, "number", texts="name closed", but="content"),
    _vouched("result", Result, "id", texts="source evidence"),
    _vouched("judgement", Judgement, "id", texts="reason minutes"),
    _vouched("finding", FindingResolution, "finding", texts="reason"),
    _vouched("goal", Goal, "slug", texts="facts", but="position"),
    _vouched("indicator", Indicator, "slug", texts="source evidence facts", but="position goal_id parent_id"),
)
TEXTS = {each.name: each.texts for each in VOUCHED}
