"""Dates and rules for dates as JSON, as a milestone's row keeps them."""

from datetime import date
from typing import Any

from aarshjul.core.date_rules import AfterRule, BeforeRule, DateRule, DayRule


def rule_to_json(rule: date | DateRule) -> dict[str, Any]:
    """A fixed date or a rule as a small mapping, keyed as the cycle file keys it."""
    match rule:
        case DayRule():
            named = {"day": rule.day, "month": rule.month, "weekday": rule.weekday, "year": rule.year}
            return {key: value for key, value in named.items() if value is not None}
        case BeforeRule():
            return {"before": rule.before, "working_days": rule.working_days}
        case AfterRule():
            return {"after": rule.after, "working_days": rule.working_days}
        case date():
            return {"date": rule.isoformat()}


def rule_from_json(rule: dict[str, Any]) -> date | DateRule:
    """Read it back."""
    if "date" in rule:
        return date.fromisoformat(rule["date"])
    if "before" in rule:
        return BeforeRule(**rule)
    if "after" in rule:
        return AfterRule(**rule)
    return DayRule(**rule)
