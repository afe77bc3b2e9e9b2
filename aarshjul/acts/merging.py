"""Bringing a draft that was made from an earlier version together with what came in meanwhile."""

from dataclasses import dataclass

from sqlmodel import Session

from aarshjul.acts.acting import ActRefused
from aarshjul.acts.drafting import frame_of, shared_goals, shared_set
from aarshjul.acts.hashing import canonical
from aarshjul.core.conflict_words import conflict_in_words
from aarshjul.core.contract import Contract
from aarshjul.core.draft import Frame, Submission, own_goals
from aarshjul.core.errors import Invalid
from aarshjul.core.merging import Merged, merge_contracts
from aarshjul.core.text_merging import OURS, alternatives, marked_line, merge_texts
from aarshjul.files.draft_file import draft_from_text, dump_draft, is_structured
from models.cycle import Cycle
from models.draft import Draft
from models.draft_text import contract_in_draft, present_draft

YOURS = "yours"


@dataclass(frozen=True, kw_only=True, slots=True)
class MergedDraft:
    """A draft with both sides' changes, based on the present version.

    Attributes:
        text: the file to submit; conflicts are marked in it, and it cannot be submitted before they are settled.
        base: the version that it was made from, and `present` the one that lies before the parties.
        conflicts: a sentence each.
    """

    text: str
    base: Draft
    present: Draft
    conflicts: tuple[str, ...] = ()


def merge_draft(session: Session, cycle: Cycle, text: str, name: str, base: int | None) -> MergedDraft:
    """Merge a file with the present version; `base` where the file does not say what it was made from.

    Raises:
        ActRefused: where there is nothing to merge with, or prose and goals would have to be merged.
        FileError: where the file cannot be read.
    """
    present = present_draft(session, cycle)
    if present is None:
        raise ActRefused("there is no version of the draft yet: submit this one")
    if line := marked_line(text):
        raise ActRefused(f"{name}:{line}: marks a conflict: settle it before you merge again")
    if is_structured(text, name):
        return _goals(session, cycle, present, text, name, base)
    start = _base(session, cycle, base, None, present)
    if start.structured or present.structured:
        raise ActRefused(f"{name} is prose, and the versions that it would be merged with are not")
    other = f"version {present.version}"
    merged = merge_texts(
        canonical(start.text), canonical(text), canonical(present.text), ours=YOURS, other=other
    )
    found = tuple(f"line {line}: you and {other} changed it" for line in _marked_lines(merged.text))
    return MergedDraft(text=merged.text, base=start, present=present, conflicts=found)


def _goals(
    session: Session, cycle: Cycle, present: Draft, text: str, name: str, base: int | None
) -> MergedDraft:
    """A draft file with goals: the national ones are those of the present version on all sides."""
    frame = frame_of(cycle, shared_set(session, cycle, present))
    submission = draft_from_text(text, name, frame)
    start = _base(session, cycle, base, submission.based_on, present)
    merged = merge_goals(session, cycle, start, present, submission)
    mine, others = (
        dump_draft(own_goals(side, frame.shared), contract=side, based_on=present.version)
        for side in (merged.mine, merged.theirs)
    )
    other = f"version {present.version}"
    return MergedDraft(
        text=alternatives(mine, others, ours=YOURS, other=other),
        base=start,
        present=present,
        conflicts=tuple(conflict_in_words(conflict, other) for conflict in merged.conflicts),
    )


def merge_goals(
    session: Session, cycle: Cycle, start: Draft, present: Draft, submission: Submission
) -> Merged:
    """Merge a draft that was made from the version `start` with the present one.

    Raises:
        ActRefused: where one of the two versions is prose.
    """
    frame = frame_of(cycle, shared_set(session, cycle, present))
    was, theirs = contract_in_draft(start), contract_in_draft(present)
    if was is None or theirs is None:
        prose = start if was is None else present
        raise ActRefused(f"version {prose.version} is prose, and cannot be merged with a draft of goals")
    return merge_contracts(
        _in_frame(session, cycle, start, was, frame),
        submission.contract,
        _in_frame(session, cycle, present, theirs, frame),
    )


def _base(session: Session, cycle: Cycle, base: int | None, based_on: int | None, present: Draft) -> Draft:
    """The version that the file was made from."""
    if None not in (base, based_on) and base != based_on:
        raise ActRefused(f"the draft says `based_on: {based_on}`, and --base is {base}: say one version")
    number = base or based_on
    if number is None:
        raise ActRefused(
            "which version was it made from? Say so with --base N (or `based_on: N` in the file)"
        )
    start = session.get(Draft, (cycle.id, number))
    if start is None:
        raise ActRefused(f"there is no version {number} of the draft: the present one is {present.version}")
    return start


def _in_frame(session: Session, cycle: Cycle, start: Draft, was: Contract, frame: Frame) -> Contract:
    """A version with the national goals that the next one will have, which nobody's file can change."""
    row = shared_set(session, cycle, start) if start.national_set is not None else None
    own = own_goals(was, shared_goals(row, cycle))
    try:
        return frame.filled(own, name=was.id, title=was.title, note=was.note)
    except Invalid:
        return was


def _marked_lines(text: str) -> list[int]:
    """The lines at which conflicts begin."""
    lines = text.split("\n")
    return [number for number, line in enumerate(lines, 1) if line.startswith(f"{OURS} ")]
