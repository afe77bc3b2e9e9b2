"""Whether the record of a cycle is what its history says: the chain, what it vouches for, and what rounds wrote."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.duties import DutyKind
from aarshjul.core.replay import Entry, Replayed, differences, replay
from models import chain
from models.contract import ScoringRun
from models.contract_proof import contract_problems
from models.cycle import Cycle
from models.draft import Draft
from models.evidence import Document
from models.history import HistoryEntry
from models.message import Message
from models.milestone import Milestone
from models.vouched import SHARED
from models.vouching import shares_contract, stands

_NO_ROUNDS = frozenset({DutyKind.UNDELIVERED, DutyKind.RECEIVED, DutyKind.PROPOSED, DutyKind.DIGEST})
"""Messages that the delivery and the mailbox write, beside the rounds."""


def verify(session: Session, cycle_id: str) -> list[str]:
    """What is wrong with the record of a cycle, a sentence each, which names the row; none where it holds."""
    problems = chain.verify(session, cycle_id)
    cycle = session.get(Cycle, cycle_id)
    if cycle is None:
        return problems
    entries = list(_entries(session, cycle_id))
    but = SHARED if shares_contract(session, cycle_id) else frozenset()
    state = replay((_as_said(entry) for entry in entries), but=but)
    actual = {
        name: values
        for name, values in stands(session, cycle_id).items()
        if name.partition("/")[0] not in but
    }
    found = [*state.contradictions, *differences(state, actual)]
    found += _texts(session, cycle_id)
    found += contract_problems(session, cycle)
    found += _runs(session, cycle_id, entries)
    found += _duties(session, cycle_id, entries)
    return problems + [f"{cycle_id}: {each}" for each in found]


def holds_head(session: Session, cycle_id: str, head: str) -> bool:
    """Whether a chain has an entry of this hash: one that was noted in minutes or an export stays in it for ever."""
    query = select(col(HistoryEntry.id)).where(
        col(HistoryEntry.cycle_id) == cycle_id, col(HistoryEntry.hash) == head
    )
    return session.scalars(query).first() is not None


def replayed(session: Session, cycle_id: str) -> Replayed:
    """How a cycle must stand, by its history alone."""
    return replay(_as_said(entry) for entry in _entries(session, cycle_id))


def _entries(session: Session, cycle_id: str) -> Iterator[HistoryEntry]:
    query = select(HistoryEntry).where(col(HistoryEntry.cycle_id) == cycle_id)
    yield from session.scalars(query.order_by(col(HistoryEntry.number)))


def _as_said(entry: HistoryEntry) -> Entry:
    facts = entry.facts
    return Entry(number=entry.number, changed=facts.get("changed", {}), stands=facts.get("stands"))


def _texts(session: Session, cycle_id: str) -> Iterator[str]:
    """Drafts and documents, which name their own hashes: one at a time, as they can be large."""
    versions = session.scalars(select(col(Draft.version)).where(col(Draft.cycle_id) == cycle_id)).all()
    for version in versions:
        row = session.get_one(Draft, (cycle_id, version))
        if hashlib.sha256(row.text.encode()).hexdigest() != row.hash:
            yield f"draft/{version}: the text was changed; it has another SHA-256 than it says"
    for number in session.scalars(select(col(Document.id)).where(col(Document.cycle_id) == cycle_id)).all():
        document = session.get_one(Document, number)
        if hashlib.sha256(document.content).hexdigest() != document.sha256:
            yield f"document/{document.number}: the content was changed; it has another SHA-256 than it says"
        session.expunge(document)


def _runs(session: Session, cycle_id: str, entries: list[HistoryEntry]) -> Iterator[str]:
    """Scoring runs: what went in, and that the history has each of them with what came out."""
    said = {
        (each.happened_at, each.milestone): each.facts
        for each in entries
        if each.type == "duty" and "inputs" in each.facts
    }
    query = select(ScoringRun, col(Milestone.slug)).join(
        Milestone, col(Milestone.id) == col(ScoringRun.milestone_id)
    )
    for run, slug in session.execute(query.where(col(ScoringRun.cycle_id) == cycle_id)):
        facts = said.pop((run.scored_at, slug), None)
        total = run.scores.get("total", {})
        shown = {"run": run.kind, "inputs": run.inputs_hash, "shown": total.get("shown")}
        if hashlib.sha256(run.inputs.encode()).hexdigest() != run.inputs_hash:
            yield f"scoring run {run.id}: what went into it was changed"
        if facts is None:
            yield f"scoring run {run.id} stands in the record, and the history knows nothing of it"
        elif any(facts.get(key) != value for key, value in shown.items()):
            yield f"scoring run {run.id} is another than the one that the history tells of"
    for (at, slug), _ in said.items():
        yield f"the scoring run of {at:%Y-%m-%d} at {slug} is gone from the record"


def _duties(session: Session, cycle_id: str, entries: list[HistoryEntry]) -> Iterator[str]:
    """Messages that rounds wrote stand in the history: a history cut off at its end lacks them."""
    said = {(each.happened_at, each.what, each.milestone) for each in entries if each.type == "duty"}
    columns = (col(Message.owed_at), col(Message.kind), col(Message.milestone))
    for at, kind, milestone in session.execute(
        select(*columns).where(col(Message.cycle_id) == cycle_id).distinct()
    ):
        if kind not in _NO_ROUNDS and (at, kind, milestone) not in said:
            about = f" about {milestone}" if milestone else ""
            yield f"messages ({kind}{about}) of {at:%Y-%m-%d} are in the outbox, and the history knows nothing of them"
