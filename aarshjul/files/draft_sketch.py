"""Drafts as their forms hold them, made from a contract's goals, and kept as plain values."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import Any

from aarshjul.core.contract import ONE, Contract, Goal, Indicator
from aarshjul.core.rules import (
    HUNDRED,
    Assessed,
    AtLeast,
    AtMost,
    Band,
    Bands,
    LessThan,
    Linear,
    MoreThan,
    Rule,
    YesNo,
)
from aarshjul.core.sketch import PARTS, SAME, TOP, Sketched

BAND = ("from", "above", "to", "below", "score")
"""The fields of one step."""
_GOAL = ("id", "title", "level", "focus", "text", "same_as", "note")
_INDICATOR = ("id", "title", "unit", "source", "evidence", "owner", "note")


def sketch_of(goals: Iterable[Goal], contract: Contract | None = None, prefix: str = "p") -> Sketched:
    """The forms filled with goals, and with what else a contract says; the same goals give the same keys.

    `prefix` begins the keys: another one where the same page could still have forms of other goals.
    """
    numbers = (f"{prefix}{number}" for number in count(1))
    head = {name: getattr(contract, name) for name in ("id", "title", "note")} if contract else {}
    return Sketched(
        key=TOP,
        fields=_filled(head),
        parts=tuple(_goal(goal, next(numbers), numbers) for goal in goals),
    )


def prose_of(text: str) -> Sketched:
    """The form of a draft that is prose."""
    return Sketched(key=TOP, fields=_filled({"kind": "text", "text": text.rstrip()}))


def as_typed(number: Decimal) -> str:
    """A number as forms have it: with a comma, as it is written in Danish."""
    return f"{number:f}".replace(".", ",")


def _goal(goal: Goal, key: str, numbers: Iterator[str]) -> Sketched:
    own = {name: getattr(goal, name) for name in _GOAL}
    kind = PARTS if goal.same_as is None else SAME
    return Sketched(
        key=key,
        fields=_filled({**own, "rule": kind, "weight": None if goal.weight == ONE else goal.weight}),
        parts=_below(goal.indicators, numbers),
    )


def _below(indicators: Iterable[Indicator], numbers: Iterator[str]) -> tuple[Sketched, ...]:
    return tuple(_indicator(each, next(numbers), numbers) for each in indicators)


def _indicator(indicator: Indicator, key: str, numbers: Iterator[str]) -> Sketched:
    own = {name: getattr(indicator, name) for name in _INDICATOR}
    rule = indicator.rule
    more = {
        "weight": None if indicator.weight == ONE else indicator.weight,
        "baseline": indicator.baseline,
        "other_measurements": "; ".join(as_typed(each) for each in indicator.other_measurements),
        "cap": None if rule is None or rule.cap == HUNDRED else rule.cap,
        **({"rule": PARTS} if rule is None else _rule(rule)),
    }
    return Sketched(
        key=key,
        fields=_filled({**own, **more}),
        bands=tuple(_band(band) for band in rule.bands) if isinstance(rule, Bands) else (),
        parts=_below(indicator.indicators, numbers),
    )


def _rule(rule: Rule) -> Mapping[str, Any]:
    match rule:
        case AtLeast(baseline=Decimal() as baseline, plus=Decimal() as plus):
            return {"rule": "rising", "rise_from": baseline, "rise_by": plus}
        case AtLeast():
            return {"rule": "at_least", "target": rule.target}
        case AtMost() | MoreThan() | LessThan():
            kinds = {AtMost: "at_most", MoreThan: "more_than", LessThan: "less_than"}
            return {"rule": kinds[type(rule)], "target": rule.limit}
        case YesNo() | Assessed():
            return {"rule": "yes_no" if isinstance(rule, YesNo) else "assessed"}
        case Linear():
            return {"rule": "linear", "zero_at": rule.zero_at, "full_at": rule.full_at}
        case Bands():
            return {"rule": "bands"}


def _band(band: Band) -> Mapping[str, str]:
    bounds = (band.from_, band.above, band.to, band.below, band.score)
    return _filled(dict(zip(BAND, bounds, strict=True)))


def _filled(values: Mapping[str, Any]) -> dict[str, str]:
    said = {
        name: as_typed(each) if isinstance(each, Decimal) else str(each)
        for name, each in values.items()
        if each is not None
    }
    return {name: each for name, each in said.items() if each}


def plain(part: Sketched) -> dict[str, Any]:
    """A sketch as values that JSON has."""
    return {
        "key": part.key,
        "fields": dict(part.fields),
        "bands": [dict(each) for each in part.bands],
        "parts": [plain(each) for each in part.parts],
        "gone": part.gone,
        "revision": part.revision,
        "tab": part.tab,
    }


def from_plain(value: Mapping[str, Any]) -> Sketched:
    """The sketch that `plain` gave these values for."""
    return Sketched(
        key=value["key"],
        fields=value["fields"],
        bands=tuple(value["bands"]),
        parts=tuple(from_plain(each) for each in value["parts"]),
        gone=value["gone"],
        revision=value["revision"],
        tab=value["tab"],
    )
