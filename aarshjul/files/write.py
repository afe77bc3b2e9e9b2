"""Contracts, cycles and acts as YAML files; reading one back gives an equal value."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from aarshjul.core.contract import ONE, Contract, Goal, Indicator, Reported
from aarshjul.core.date_rules import AfterRule, BeforeRule, DayRule
from aarshjul.core.rules import HUNDRED, Rule
from aarshjul.files import acts_file, contract_form, cycle_form
from aarshjul.files.acts_file import ActsFile, ScriptedAct
from aarshjul.files.cycle_form import CycleForm
from aarshjul.files.emit import emit
from aarshjul.files.forms import Form
from aarshjul.files.rule_forms import form_of


def dump_contract(contract: Contract) -> str:
    """A contract file."""
    top: dict[str, Any] = {
        "format": contract_form.FORMAT,
        "id": contract.id,
        "title": contract.title,
        "year": contract.year,
        "holder": contract.holder,
        "council": contract.council,
        "note": contract.note,
        "goals": [goal_value(goal) for goal in contract.goals],
    }
    return emit(top)


def dump_cycle(form: CycleForm) -> str:
    """A cycle file."""
    return emit({"format": cycle_form.FORMAT, **_form(form)})


def dump_acts(acts: ActsFile) -> str:
    """An acts file."""
    return emit({"format": acts_file.FORMAT, "acts": [_act(act) for act in acts.acts]})


def goal_value(goal: Goal) -> dict[str, Any]:
    """A goal as plain values, by the names that files give them."""
    return {
        "id": goal.id,
        "title": goal.title,
        "level": goal.level,
        "focus": goal.focus,
        "text": goal.text,
        "weight": None if goal.weight == ONE else goal.weight,
        "same_as": goal.same_as,
        "reported": _reported(goal.reported),
        "recommended": goal.recommended,
        "decided": goal.decided,
        "note": goal.note,
        "indicators": [_indicator(each) for each in goal.indicators] or None,
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    rule = indicator.rule
    return {
        "id": indicator.id,
        "title": indicator.title,
        "rule": None if rule is None else rule_value(rule),
        "cap": None if rule is None else _cap(rule),
        "weight": None if indicator.weight == ONE else indicator.weight,
        "unit": indicator.unit,
        "baseline": indicator.baseline,
        "actual": indicator.actual,
        "reported": _reported(indicator.reported),
        "source": indicator.source,
        "evidence": indicator.evidence,
        "owner": indicator.owner,
        "note": indicator.note,
        "other_measurements": list(indicator.other_measurements) or None,
        "indicators": [_indicator(each) for each in indicator.indicators] or None,
    }


def rule_value(rule: Rule) -> dict[str, Any]:
    """A rule as plain values, without its cap, which stands beside it."""
    return _form(form_of(rule))


def _cap(rule: Rule) -> Any:
    return None if rule.cap == HUNDRED else rule.cap


def _reported(reported: tuple[Reported, ...]) -> Any:
    if len(reported) == 1 and reported[0].where is None:
        return reported[0].value
    return [{"value": each.value, "where": each.where} for each in reported] or None


def _act(act: ScriptedAct) -> dict[str, Any]:
    time = None if act.time == acts_file.NOON else act.time
    head = {"on": act.on, "time": time, "by": act.by, "do": act.do, "refused": act.refused or None}
    return {**head, **_form(act.fields)}


def _form(form: Form) -> dict[str, Any]:
    """The fields of a form that are not as when they are missing, by the names that files give them."""
    found: dict[str, Any] = {}
    for name, field in type(form).model_fields.items():
        value = getattr(form, name)
        if name != "format" and (field.is_required() or value != field.default):
            found[field.alias or name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Form):
        return _form(value)
    if isinstance(value, DayRule | BeforeRule | AfterRule):
        parts: Mapping[str, Any] = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: part for name, part in parts.items() if part is not None}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
