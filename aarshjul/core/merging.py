"""Two people's changes to one contract, by goal, indicator and field; what both changed is left to people."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aarshjul.core.contract import Contract, ContractError
from aarshjul.core.outline import Part, Value, alike, contract_of, goal_of, outline
from aarshjul.core.text_merging import merge_texts

ORDER = "order"
"""The field of a conflict about the order of the parts below."""
WHOLE = "all"
"""The field of a conflict about a part as a whole: who deleted it met who changed it, or what came out is no part."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """What both sides changed, and not alike.

    Attributes:
        path: the goal's id and those of the indicators down to the part; empty for the contract itself.
        field: its name, or `ORDER` or `WHOLE`.
        base: the value that both began from; None where there was none, or the part as a whole is at stake.
        why: what does not fit, where neither side is wrong by itself.
    """

    path: tuple[str, ...]
    field: str
    base: Value = None
    mine: Value = None
    theirs: Value = None
    why: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """Both sides' changes in one contract; where there are conflicts, one with each side's answer to all of them."""

    mine: Contract
    theirs: Contract
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Answers:
    """A part with mine where both changed something, and with theirs; None where that side has deleted it."""

    mine: Part | None
    theirs: Part | None
    conflicts: tuple[Conflict, ...] = ()


def merge_contracts(base: Contract, mine: Contract, theirs: Contract) -> Merged:
    """A three-way merge: what one side alone changed, or both alike, is taken."""
    was, own, other = outline(base), outline(mine), outline(theirs)
    answers = _merge((), was, own, other)
    try:
        ours, others = contract_of(answers.mine or own), contract_of(answers.theirs or other)
    except ContractError as error:
        conflict = Conflict(path=(), field=WHOLE, why=str(error))
        return Merged(mine=mine, theirs=theirs, conflicts=(conflict,))
    return Merged(mine=ours, theirs=others, conflicts=answers.conflicts)


def _merge(path: tuple[str, ...], base: Part | None, mine: Part | None, theirs: Part | None) -> _Answers:
    """One part and all below it."""
    if theirs in (mine, base):
        return _Answers(mine=mine, theirs=mine)
    if mine == base:
        return _Answers(mine=theirs, theirs=theirs)
    if mine is None or theirs is None:
        return _Answers(mine=mine, theirs=theirs, conflicts=(Conflict(path=path, field=WHOLE),))
    answers = _merged_part(path, base, mine, theirs)
    problem = _problem_of(path, answers)
    if problem is None:
        return answers
    return _Answers(mine=mine, theirs=theirs, conflicts=(Conflict(path=path, field=WHOLE, why=problem),))


def _merged_part(path: tuple[str, ...], base: Part | None, mine: Part, theirs: Part) -> _Answers:
    fields: tuple[dict[str, Value], dict[str, Value]] = ({}, {})
    conflicts: list[Conflict] = []
    for name in mine.fields:
        one, other, clash = _field(base, mine, theirs, name)
        fields[0][name], fields[1][name] = one, other
        if clash:
            conflicts.append(Conflict(path=path, field=name, base=_of(base, name), mine=one, theirs=other))
    below, found = _merged_below(path, base, mine, theirs)
    return _Answers(
        mine=Part(id=mine.id, fields=fields[0], parts=below[0]),
        theirs=Part(id=mine.id, fields=fields[1], parts=below[1]),
        conflicts=(*conflicts, *found),
    )


def _field(base: Part | None, mine: Part, theirs: Part, name: str) -> tuple[Value, Value, bool]:
    """Mine and theirs of one field once merged, and whether they clash; texts of several lines go by line."""
    was, ours, others = _of(base, name), mine.fields[name], theirs.fields[name]
    if alike(ours, others) or (base is not None and alike(others, was)):
        return ours, ours, False
    if base is not None and alike(ours, was):
        return others, others, False
    if isinstance(was, str) and isinstance(ours, str) and isinstance(others, str):
        merged = merge_texts(was, ours, others)
        if not merged.conflicts:
            return merged.text, merged.text, False
    return ours, others, True


def _of(part: Part | None, name: str) -> Value:
    return None if part is None else part.fields.get(name)


def _merged_below(
    path: tuple[str, ...], base: Part | None, mine: Part, theirs: Part
) -> tuple[tuple[tuple[Part, ...], tuple[Part, ...]], list[Conflict]]:
    """The parts below, each merged and in the merged order."""
    was, ours, others = ({} if base is None else base.by_id()), mine.by_id(), theirs.by_id()
    answers = {
        name: _merge((*path, name), was.get(name), ours.get(name), others.get(name))
        for name in dict.fromkeys([*was, *ours, *others])
    }
    kept = {name: each.mine for name, each in answers.items() if each.mine is not None}
    kept_there = {name: each.theirs for name, each in answers.items() if each.theirs is not None}
    orders = list(was), list(ours), list(others)
    shared = set(ours) & set(others)
    moved, moved_there = not _same_order(was, ours, shared), not _same_order(was, others, shared)
    clash = moved is moved_there and not _same_order(ours, others, shared)
    row = _order(ours, others, kept, mine_first=moved or clash)
    row_there = _order(ours, others, kept_there, mine_first=moved and not clash)
    conflicts = [conflict for each in answers.values() for conflict in each.conflicts]
    if clash:
        conflicts.append(Conflict(path=path, field=ORDER, base=orders[0], mine=orders[1], theirs=orders[2]))
    below = tuple(kept[name] for name in row), tuple(kept_there[name] for name in row_there)
    return below, conflicts


def _order(
    ours: Mapping[str, Part], others: Mapping[str, Part], kept: Mapping[str, Part], *, mine_first: bool
) -> list[str]:
    """What is kept, in one side's order; what one side alone has stands behind what it follows there."""
    shared = {name for name in kept if name in ours and name in others}
    lead = ours if mine_first else others
    row = [name for name in lead if name in shared]
    runs: dict[str, list[list[str]]] = {}
    for side in (ours, others):
        for followed, run in _runs([name for name in side if name in kept], shared):
            runs.setdefault(followed, []).append(run)
    found: list[str] = []
    for name in ["", *row]:
        found += [name] if name else []
        for run in sorted(runs.get(name, ()), key=lambda run: natural(run[0])):
            found += run
    return found


def _runs(side: Iterable[str], shared: set[str]) -> list[tuple[str, list[str]]]:
    """The stretches that this side alone has, each with what it follows ("" at the beginning)."""
    found: list[tuple[str, list[str]]] = []
    followed, run = "", list[str]()
    for name in side:
        if name in shared:
            found += [(followed, run)] if run else []
            followed, run = name, []
        else:
            run.append(name)
    return [*found, *([(followed, run)] if run else [])]


def _same_order(was: Iterable[str], now: Iterable[str], shared: set[str]) -> bool:
    """Whether the parts that are in all three stand alike."""
    known = shared & set(was)
    return [name for name in was if name in known] == [name for name in now if name in known]


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key that sorts ids as people count: 9, 9a, 10."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.findall(r"\d+|\D+", name)]


def _problem_of(path: tuple[str, ...], answers: _Answers) -> str | None:
    """Why what came out of a goal is none; of what is below it, the goal itself says so."""
    if len(path) != 1:
        return None
    try:
        for part in (answers.mine, answers.theirs):
            if part is not None:
                goal_of(part)
    except ContractError as error:
        return str(error)
    return None
