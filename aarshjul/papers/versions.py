"""The versions of a cycle's draft: what stands on each, and what changed between two of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.difference_json import contracts_json, texts_json
from aarshjul.core.difference_report import Report, report_of_contracts, report_of_texts
from aarshjul.core.languages import Language
from aarshjul.core.stages import APPROVALS
from aarshjul.files.contract_file import contract_from_text
from aarshjul.papers.errors import PaperError
from models.draft import Decision, Draft, Signature


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionLine:
    """A version with what was decided about it and who signed it, in the order in which it happened."""

    draft: Draft
    decisions: tuple[Decision, ...] = ()
    signatures: tuple[Signature, ...] = ()


def versions_of(session: Session, cycle_id: str) -> list[VersionLine]:
    """All versions, from the first on."""
    ours = select(Draft).where(col(Draft.cycle_id) == cycle_id).order_by(col(Draft.version))
    theirs = select(Decision).where(col(Decision.cycle_id) == cycle_id).order_by(col(Decision.id))
    under = select(Signature).where(col(Signature.cycle_id) == cycle_id).order_by(col(Signature.id))
    decided, signed = defaultdict[int, list[Decision]](list), defaultdict[str, list[Signature]](list)
    for decision in session.scalars(theirs):
        decided[decision.draft_version].append(decision)
    for signature in session.scalars(under):
        signed[signature.draft_hash].append(signature)
    return [
        VersionLine(
            draft=draft, decisions=tuple(decided[draft.version]), signatures=tuple(signed[draft.hash])
        )
        for draft in session.scalars(ours)
    ]


def pair_of(
    versions: Sequence[VersionLine], start: int | None, end: int | None, *, approved: bool = False
) -> tuple[Draft, Draft]:
    """The two versions to compare: the last two, or from one to the present; from the last approved where asked for.

    Raises:
        PaperError: where there are no such versions.
    """
    drafts = {line.draft.version: line.draft for line in versions}
    if not drafts:
        raise PaperError("there is no version of the draft yet")
    last = max(drafts) if end is None else end
    first = _last_approved(versions, last) if approved else start
    if first is None and last == min(drafts):
        raise PaperError(f"version {last} is the first: there is nothing to compare it with")
    first = last - 1 if first is None else first
    for number in (first, last):
        if number not in drafts:
            raise PaperError(f"there is no version {number} of the draft: the present one is {max(drafts)}")
    return drafts[first], drafts[last]


def _last_approved(versions: Sequence[VersionLine], last: int) -> int:
    """The latest version up to that one that a body has approved, whether or not the approval still stands."""
    found = [
        line.draft.version
        for line in versions
        if line.draft.version <= last and any(row.outcome in APPROVALS for row in line.decisions)
    ]
    if not found:
        raise PaperError("no version has been approved yet: leave out --approved")
    return max(found)


def differences(before: Draft, after: Draft, language: Language) -> Report:
    """What changed between two versions: by goal where both are contracts, else as texts."""
    return _report(before.text, after.text, language, by_goal=before.structured and after.structured)


def differences_json(before: Draft, after: Draft) -> dict[str, Any]:
    """The same for programs: `goals` or, of prose, `passages`."""
    if before.structured and after.structured:
        return contracts_json(*(contract_from_text(each.text, "draft") for each in (before, after)))
    return texts_json(before.text, after.text)


@lru_cache(maxsize=8)
def _report(before: str, after: str, language: Language, *, by_goal: bool) -> Report:
    """Kept, as many readers are told of the same two versions."""
    if not by_goal:
        return report_of_texts(before, after, language)
    old, new = (contract_from_text(each, "draft") for each in (before, after))
    return report_of_contracts(old, new, language)
