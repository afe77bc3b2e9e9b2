"""Contracts to rows and back, without loss: every digit, every rule, the order of goals and indicators."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import contract as core
from aarshjul.core import rules
from models.contract import Contract, Goal, Indicator

_RULES = {
    kind.__name__: kind
    for kind in (
        rules.AtLeast,
        rules.AtMost,
        rules.MoreThan,
        rules.LessThan,
        rules.YesNo,
        rules.Assessed,
        rules.Linear,
        rules.Bands,
    )
}


def actual_text(actual: rules.Actual | None) -> str | None:
    """An actual as its row keeps it: its digits, or `true` or `false`."""
    if actual is None:
        return None
    return str(actual).lower() if isinstance(actual, bool) else str(actual)


def actual_value(text: str | None) -> rules.Actual | None:
    """Read it back."""
    if text is None:
        return None
    return text == "true" if text in ("true", "false") else Decimal(text)


def store_contract(session: Session, contract: core.Contract) -> None:
    """Write a new contract with all its goals and indicators."""
    session.add(
        Contract(
            id=contract.id,
            title=contract.title,
            year=contract.year,
            holder=contract.holder,
            council=contract.council,
            note=contract.note,
        )
    )
    session.flush()
    for position, goal in enumerate(contract.goals):
        row = Goal(
            contract_id=contract.id,
            slug=goal.id,
            position=position,
            recommended=goal.recommended,
            decided=goal.decided,
            facts=_facts(goal, "title", "level", "focus", "text", "weight", "same_as", "reported", "note"),
        )
        session.add(row)
        session.flush()
        _store_indicators(session, contract.id, row.id or 0, goal.indicators, None)


def _store_indicators(
    session: Session,
    contract_id: str,
    goal_id: int,
    children: Sequence[core.Indicator],
    parent_id: int | None,
) -> None:
    for position, child in enumerate(children):
        row = Indicator(
            contract_id=contract_id,
            goal_id=goal_id,
            parent_id=parent_id,
            slug=child.id,
            position=position,
            owner=child.owner,
            actual=actual_text(child.actual),
            source=child.source,
            evidence=child.evidence,
            facts=_facts(
                child, "title", "weight", "unit", "baseline", "reported", "note", "other_measurements"
            )
            | ({"rule": _rule_json(child.rule)} if child.rule is not None else {}),
        )
        session.add(row)
        session.flush()
        _store_indicators(session, contract_id, goal_id, child.indicators, row.id)


def load_contract(session: Session, contract_id: str) -> core.Contract | None:
    """The contract of that id as the rules read it, with the latest actuals."""
    row = session.get(Contract, contract_id)
    if row is None:
        return None
    children: dict[tuple[int, int | None], list[Indicator]] = defaultdict(list)
    query = (
        select(Indicator).where(col(Indicator.contract_id) == contract_id).order_by(col(Indicator.position))
    )
    for indicator in session.scalars(query):
        children[indicator.goal_id, indicator.parent_id].append(indicator)
    goals = select(Goal).where(col(Goal.contract_id) == contract_id).order_by(col(Goal.position))
    return core.Contract(
        id=row.id,
        title=row.title,
        year=row.year,
        holder=row.holder,
        council=row.council,
        note=row.note,
        goals=tuple(
            core.Goal(
                id=goal.slug,
                recommended=goal.recommended,
                decided=goal.decided,
                indicators=_indicators(children, goal.id or 0, None),
                **_values(goal.facts),
            )
            for goal in session.scalars(goals)
        ),
    )


def _indicators(
    children: dict[tuple[int, int | None], list[Indicator]], goal_id: int, parent_id: int | None
) -> tuple[core.Indicator, ...]:
    return tuple(
        core.Indicator(
            id=row.slug,
            owner=row.owner,
            actual=actual_value(row.actual),
            source=row.source,
            evidence=row.evidence,
            indicators=_indicators(children, goal_id, row.id),
            **_values(row.facts),
        )
        for row in children.get((goal_id, parent_id), ())
    )


def contract_json(contract: core.Contract) -> dict[str, Any]:
    """A whole contract as JSON, every number as its digits: what a scoring run freezes."""
    return {
        "id": contract.id,
        "title": contract.title,
        "year": contract.year,
        "holder": contract.holder,
        "council": contract.council,
        "goals": [
            _facts(goal, "id", "title", "level", "focus", "text", "weight", "same_as")
            | _facts(goal, "reported", "recommended", "decided")
            | {"indicators": [_indicator_json(each) for each in goal.indicators]}
            for goal in contract.goals
        ],
    }


def _indicator_json(indicator: core.Indicator) -> dict[str, Any]:
    return (
        _facts(indicator, "id", "title", "weight", "unit", "baseline", "reported", "source", "evidence")
        | {"actual": actual_text(indicator.actual)}
        | ({"rule": _rule_json(indicator.rule)} if indicator.rule is not None else {})
        | {"indicators": [_indicator_json(each) for each in indicator.indicators]}
    )


def contract_from_json(frozen: Mapping[str, Any]) -> core.Contract:
    """Read back what `contract_json` gave: the contract as a scoring run saw it."""
    plain = ("id", "title", "year", "holder", "council")
    goals = tuple(
        core.Goal(**_values(_without(goal, "indicators")), indicators=_frozen(goal["indicators"]))
        for goal in frozen["goals"]
    )
    return core.Contract(**{name: frozen[name] for name in plain}, goals=goals)


def _frozen(indicators: Sequence[Mapping[str, Any]]) -> tuple[core.Indicator, ...]:
    return tuple(
        core.Indicator(
            **_values(_without(each, "indicators", "actual")),
            actual=actual_value(each["actual"]),
            indicators=_frozen(each["indicators"]),
        )
        for each in indicators
    )


def _without(facts: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in names}


def _facts(value: core.Goal | core.Indicator, *names: str) -> dict[str, Any]:
    return {name: _json(getattr(value, name)) for name in names if getattr(value, name) not in (None, ())}


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_json(each) for each in value]
    if isinstance(value, core.Reported):
        return {"value": str(value.value), "where": value.where}
    return value


def _values(facts: dict[str, Any]) -> dict[str, Any]:
    values = dict(facts)
    for name in values.keys() & {"weight", "baseline", "recommended", "decided"}:
        values[name] = Decimal(values[name])
    if "reported" in values:
        values["reported"] = tuple(
            core.Reported(value=Decimal(each["value"]), where=each["where"]) for each in values["reported"]
        )
    if "other_measurements" in values:
        values["other_measurements"] = tuple(Decimal(each) for each in values["other_measurements"])
    if "rule" in values:
        values["rule"] = _rule(values["rule"])
    return values


def _rule_json(rule: rules.Rule) -> dict[str, Any]:
    found: dict[str, Any] = {"is": type(rule).__name__}
    for field in fields(rule):
        value = getattr(rule, field.name)
        if isinstance(value, tuple):
            found[field.name] = [
                {part.name: _json(getattr(band, part.name)) for part in fields(band)} for band in value
            ]
        elif value is not None:
            found[field.name] = _json(value)
    return found


def _rule(facts: dict[str, Any]) -> rules.Rule:
    given = {name: _digits(value) for name, value in facts.items() if name != "is"}
    return _RULES[facts["is"]](**given)


def _digits(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(rules.Band(**{name: _digits(part) for name, part in band.items()}) for band in value)
    return None if value is None else Decimal(value)
