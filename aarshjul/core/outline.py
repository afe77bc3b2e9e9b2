"""A contract as a tree of parts with named fields, so that comparing and merging see every field alike."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from aarshjul.core.contract import Contract, Goal, Indicator

Value = Any
"""What a field of a contract holds: a text, a number, a rule, a tuple of these, or None."""

_PARTS = {Contract: "goals", Goal: "indicators", Indicator: "indicators"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The contract, a goal or an indicator: its own fields by name, and the parts below it in their order.

    Two parts are equal where they are written alike: `60` and `60.0` are not, as a version's hash tells them apart.
    """

    id: str
    fields: Mapping[str, Value]
    parts: tuple["Part", ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Part) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    @property
    def title(self) -> str:
        """What it is called; empty where it has only an id."""
        return str(self.fields.get("title") or "")

    def by_id(self) -> dict[str, "Part"]:
        """The parts directly below."""
        return {part.id: part for part in self.parts}


def alike(one: Value, other: Value) -> bool:
    """Whether two values are the same, and written with the same decimals."""
    return repr(one) == repr(other)


def outline(noun: Contract | Goal | Indicator) -> Part:
    """The tree of a contract, or of what is in it; the contract's id is a field, as it can be another one."""
    below = _PARTS[type(noun)]
    apart = {below} if isinstance(noun, Contract) else {below, "id"}
    own = {field.name: getattr(noun, field.name) for field in fields(noun) if field.name not in apart}
    return Part(id=noun.id, fields=own, parts=tuple(outline(part) for part in getattr(noun, below)))


def contract_of(part: Part) -> Contract:
    """The contract that a tree stands for.

    Raises:
        ContractError: where its parts do not fit together.
    """
    return Contract(goals=tuple(goal_of(goal) for goal in part.parts), **part.fields)


def goal_of(part: Part) -> Goal:
    """The goal that a tree stands for.

    Raises:
        ContractError: where its parts do not fit together.
    """
    return Goal(id=part.id, indicators=tuple(_indicator_of(each) for each in part.parts), **part.fields)


def _indicator_of(part: Part) -> Indicator:
    return Indicator(id=part.id, indicators=tuple(_indicator_of(each) for each in part.parts), **part.fields)
