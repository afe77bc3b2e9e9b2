"""Dates by rule: a weekday near a day of the year, or so many working days before or after another milestone."""

from collections.abc import Mapping
from datetime import date, timedelta

from aarshjul.core.date_rules import WEEKDAYS, AfterRule, BeforeRule, DateRule, DayRule
from aarshjul.core.errors import Invalid
from aarshjul.core.working_days import WorkingDays

FIRST_MONTH_OF_THE_YEAR_BEFORE = 5
"""May to December of a cycle lie in the year before the contract's, January to April in the contract's own."""


def year_of(rule: DayRule, contract_year: int) -> int:
    """The calendar year that a rule's month falls in."""
    if rule.year is not None:
        return rule.year
    return contract_year - 1 if rule.month >= FIRST_MONTH_OF_THE_YEAR_BEFORE else contract_year


def day_by_rule(rule: DayRule, *, contract_year: int, days: WorkingDays) -> date:
    """The weekday nearest to the day, or without one the day itself or the working day before it.

    Neither falls on a day off or in a quiet period: a weekday then goes to the next nearest week.

    Raises:
        Invalid: where the year has no such day, or no day of a whole year can be used.
    """
    wanted = _day_of_the_year(rule, year_of(rule, contract_year))
    if rule.weekday is None:
        return days.usable_on_or_before(wanted)
    ahead = (WEEKDAYS.index(rule.weekday) - wanted.weekday()) % 7
    around = [wanted + timedelta(days=ahead + 7 * week) for week in range(-52, 53)]
    around.sort(key=lambda day: abs(day - wanted))
    for day in around:
        if days.is_usable(day):
            return day
    raise Invalid(f"no usable {rule.weekday} within a year of {wanted}: look at days_off and quiet")


def _day_of_the_year(rule: DayRule, year: int) -> date:
    try:
        return date(year, rule.month, rule.day)
    except ValueError:
        raise Invalid(f"day {rule.day} of month {rule.month} does not exist in {year}") from None


def beside(rule: BeforeRule | AfterRule, anchor: date, days: WorkingDays) -> date:
    """So many working days before or after the anchor, pushed further out of a quiet period."""
    if isinstance(rule, BeforeRule):
        return days.usable_on_or_before(days.add(anchor, -rule.working_days))
    return days.usable_on_or_after(days.add(anchor, rule.working_days))


def anchor_of(rule: date | DateRule) -> str | None:
    """The milestone that a rule hangs on."""
    match rule:
        case BeforeRule():
            return rule.before
        case AfterRule():
            return rule.after
        case _:
            return None


def resolve(
    rules: Mapping[str, date | DateRule], *, contract_year: int, days: WorkingDays
) -> dict[str, date]:
    """The date of every milestone, fixed or by rule.

    Raises:
        Invalid: where a milestone hangs on an unknown one or, through others, on itself.
    """
    found: dict[str, date] = {}

    def find(name: str, path: tuple[str, ...]) -> date:
        if name in found:
            return found[name]
        if name in path:
            raise Invalid(f"milestones hang on each other in a circle: {' -> '.join((*path, name))}")
        if name not in rules:
            raise Invalid(f"milestone {path[-1]} hangs on {name}, which is not a milestone")
        rule = rules[name]
        if isinstance(rule, (BeforeRule, AfterRule)):
            found[name] = beside(rule, find(anchor_of(rule) or "", (*path, name)), days)
        elif isinstance(rule, DayRule):
            found[name] = day_by_rule(rule, contract_year=contract_year, days=days)
        else:
            found[name] = rule
        return found[name]

    for name in rules:
        find(name, ())
    return found


def followers(
    moved: str, to: date, *, rules: Mapping[str, date | DateRule], stays: frozenset[str], days: WorkingDays
) -> dict[str, date]:
    """The new dates of all milestones that hang, directly or through others, on one that moves.

    Args:
        moved: the milestone that moves.
        to: its new date.
        rules: every milestone's rule or fixed date.
        stays: milestones that follow no move: done, cancelled, or moved by themselves before.
        days: the cycle's working days.
    """
    new: dict[str, date] = {}
    front = {moved: to}
    while front:
        anchor, day = front.popitem()
        for name, rule in rules.items():
            hangs = isinstance(rule, (BeforeRule, AfterRule)) and anchor_of(rule) == anchor
            if hangs and name not in stays and name != moved and isinstance(rule, (BeforeRule, AfterRule)):
                new[name] = front[name] = beside(rule, day, days)
    return new
