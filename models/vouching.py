"""What stands in the record of a cycle, and what of it an act changed, as the history writes it down."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session

from models.loading import CYCLE, MILESTONE
from models.vouched import TEXTS, VOUCHED, Vouched

Values = dict[str, Any]
Rows = dict[str, Values]
"""Rows by their names (`milestone/dialogue`, `comment/3`), each the values of its columns."""


def standing(session: Session, cycle_id: str) -> Rows:
    """What stands in the record of a cycle now; a query a table."""
    query = select(MILESTONE.c.id, MILESTONE.c.slug).where(MILESTONE.c.cycle_id == cycle_id)
    slugs = {row.id: row.slug for row in session.execute(query)}
    contract = session.scalar(select(CYCLE.c.contract_id).where(CYCLE.c.id == cycle_id))
    rows: Rows = {}
    for kept in VOUCHED:
        for found in session.execute(_query(kept, cycle_id, contract)):
            values = dict(zip((*kept.by, *kept.columns), found, strict=True))
            if values.get("milestone_id") is not None:
                values["milestone_id"] = slugs.get(values["milestone_id"], values["milestone_id"])
            name = "/".join([kept.name, *(str(values.pop(column)) for column in kept.by)])
            rows[name] = {column: None if value == [] else value for column, value in values.items()}
    return rows


def _query(kept: Vouched, cycle_id: str, contract: str | None) -> Select[Any]:
    columns = kept.table.c
    query = select(*(columns[name] for name in (*kept.by, *kept.columns)))
    if "cycle_id" in columns:
        query = query.where(columns.cycle_id == cycle_id)
    elif "milestone_id" in columns:
        milestones = select(MILESTONE.c.id).where(MILESTONE.c.cycle_id == cycle_id)
        query = query.where(columns.milestone_id.in_(milestones))
    else:
        own = contract if kept.name == "contract" else cycle_id
        query = query.where(columns.contract_id == contract if kept.by else columns.id == own)
    if kept.name == "answer":  # what nobody has answered is the rounds' own
        query = query.where(columns.partstat != "needs-action")
    return query


def shares_contract(session: Session, cycle_id: str) -> bool:
    """Whether another cycle presents the same contract: what changes there stands in that one's history."""
    presented = select(CYCLE.c.contract_id).where(CYCLE.c.id == cycle_id).scalar_subquery()
    return (session.scalar(select(func.count()).where(CYCLE.c.contract_id == presented)) or 0) > 1


def changes(before: Rows, after: Rows) -> dict[str, dict[str, Values]]:
    """What an act changed: of a row that came `to`, of one that went `was`, else both of the columns that differ."""
    names = [*before, *(name for name in after if name not in before)]
    return {
        name: _change(name, before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    }


def _change(name: str, was: Values | None, to: Values | None) -> dict[str, Values]:
    if was is None or to is None:
        return {"to": written(name, to)} if to is not None else {"was": written(name, was or {})}
    differ = [column for column in was if was[column] != to[column]]
    return {
        "was": {column: _value(name, column, was[column]) for column in differ},
        "to": {column: _value(name, column, to[column]) for column in differ},
    }


def written(name: str, values: Mapping[str, Any]) -> Values:
    """A row's values as the history has them: JSON, texts as their hashes; what is empty is left out."""
    return {column: _value(name, column, value) for column, value in values.items() if value is not None}


def stands(session: Session, cycle_id: str) -> Rows:
    """All that stands in the record of a cycle, as the history has it."""
    return {name: written(name, values) for name, values in standing(session, cycle_id).items()}


def _value(name: str, column: str, value: Any) -> Any:
    if value is not None and column in TEXTS[name.partition("/")[0]]:
        return hashed(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, date | Decimal) else value


def hashed(value: Any) -> str:
    """The SHA-256 of a text in UTF-8, or of a value in canonical JSON."""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
