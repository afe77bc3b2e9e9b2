"""Append-only history: one chain a cycle, each entry carrying the hash of the one before."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.types import Moment, one_of


class HistoryEntry(SQLModel, table=True):
    """One thing that happened: an act in the past tense, or a duty done. Ids and hashes of texts, never personal data."""

    __table_args__ = (UniqueConstraint("cycle_id", "number"), one_of("type", "act", "duty"))

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: str = Field(foreign_key="cycle.id")
    number: int
    happened_at: datetime = Field(sa_type=Moment)
    type: str = Field(max_length=4)
    what: str = Field(max_length=40)
    phase: str | None = Field(default=None, max_length=20)
    milestone: str | None = Field(default=None, max_length=80)
    who: str | None = None
    count: int | None = None
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


def entry_hash(values: dict[str, Any]) -> str:
    """The SHA-256 of an entry in canonical JSON; `values` are its columns but `id` and `hash`."""
    return hashlib.sha256(entry_text(values).encode()).hexdigest()


def entry_text(values: dict[str, Any]) -> str:
    """An entry in canonical JSON, as it is hashed."""
    known = {key: value for key, value in values.items() if key not in ("id", "hash")}
    known["happened_at"] = known["happened_at"].astimezone(UTC).isoformat()
    return json.dumps(known, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
