"""Settling a merge: each conflict with the side, or the text, that somebody chose for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from aarshjul.core.contract import Contract
from aarshjul.core.merging import ORDER, WHOLE, Merged
from aarshjul.core.outline import Part, Value, contract_of, outline

Side = Literal["mine", "theirs"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What stands in the end: one side's, or for a text what somebody wrote out of both."""

    side: Side = "mine"
    text: str | None = None


def settled(merged: Merged, choices: Mapping[int, Choice]) -> Contract:
    """The contract with a choice for each conflict, by its number from 0; mine where none was made.

    Raises:
        ContractError: where what was chosen does not fit together.
    """
    chosen = {
        (each.path, each.field): choices.get(number, Choice()) for number, each in enumerate(merged.conflicts)
    }
    part = _part((), outline(merged.mine), outline(merged.theirs), chosen)
    assert part is not None  # noqa: S101 -- both sides have the contract itself
    return contract_of(part)


_Chosen = Mapping[tuple[tuple[str, ...], str], Choice]


def _part(path: tuple[str, ...], mine: Part | None, theirs: Part | None, chosen: _Chosen) -> Part | None:
    if (whole := chosen.get((path, WHOLE))) is not None:
        return mine if whole.side == "mine" else theirs
    if mine is None or theirs is None:
        return mine or theirs
    fields = {
        name: _value(value, theirs.fields[name], chosen.get((path, name)))
        for name, value in mine.fields.items()
    }
    return replace(mine, fields=fields, parts=_below(path, mine, theirs, chosen))


def _value(mine: Value, theirs: Value, choice: Choice | None) -> Value:
    if choice is None:
        return mine
    if choice.text is not None:
        return choice.text
    return mine if choice.side == "mine" else theirs


def _below(path: tuple[str, ...], mine: Part, theirs: Part, chosen: _Chosen) -> tuple[Part, ...]:
    """The parts below in the chosen order, or else in that of a side which has all that is kept."""
    ours, others = mine.by_id(), theirs.by_id()
    found = {
        name: _part((*path, name), ours.get(name), others.get(name), chosen) for name in {**ours, **others}
    }
    kept = {name: part for name, part in found.items() if part is not None}
    order = chosen.get((path, ORDER))
    sides = [mine, theirs] if order is None or order.side == "mine" else [theirs, mine]
    whole = [side for side in sides if kept.keys() <= side.by_id().keys()]
    if order is None and whole:
        return tuple(kept[part.id] for part in whole[0].parts if part.id in kept)
    return tuple(kept[name] for name in _joined(*sides) if name in kept)


def _joined(lead: Part, other: Part) -> list[str]:
    """The order of one side; what the other alone has stands behind what it follows there."""
    row = [part.id for part in lead.parts]
    before = None
    for part in other.parts:
        if part.id not in row:
            row.insert(0 if before is None else row.index(before) + 1, part.id)
        before = part.id
    return row
