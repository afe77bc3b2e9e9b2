"""Another year's cycle from one that there is: fixed dates become rules, the text's years move along."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from aarshjul.core.date_rules import WEEKDAYS, DateRule, DayRule
from aarshjul.core.deadlines import year_of
from aarshjul.core.errors import Invalid
from aarshjul.files.cycle_form import CycleForm, MilestoneForm
from aarshjul.files.forms import messages

_YEAR = re.compile(r"(?<![0-9])((?:19|20|21)[0-9]{2})(?:([-/–])([0-9]{2}))?(?![0-9])")
"""A year, perhaps with the one after it in short: `2022-23`."""
NEAR = 3  # years: a number this near the contract's year is a year of the cycle, another one is none


class CannotRenew(Invalid):
    """The new year's cycle would not be a valid one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Renewed:
    """The cycle for another year, and what was left behind, a sentence each."""

    form: CycleForm
    notices: tuple[str, ...]


def renew(form: CycleForm, year: int, *, cycle_id: str | None = None, scores: str | None = None) -> Renewed:
    """The same cycle for another contract year.

    Years in id and titles move along; real meetings stay behind. A fixed date becomes the nearest same weekday
    of the new year; rules stay. Meetings and decisions are tentative again: a rule proposes a date, a person
    confirms it. Days off and quiet periods are dates of the old year and are left out, and so is the contract
    that was scored, with the `score` actions, unless `scores` names the next one.

    Raises:
        CannotRenew: where the new values do not fit, such as an id that is too long.
    """
    ahead = year - form.contract_year
    keeps_scores = scores is not None
    changes = {
        "id": cycle_id or _new_id(form.id, form.contract_year, year),
        "title": _moved(form.title, form.contract_year, ahead),
        "contract_year": year,
        "scores": scores,
        "national_goals": None,
        "days_off": (),
        "quiet": (),
        "milestones": tuple(
            _milestone(each, form.contract_year, ahead, keeps_scores) for each in form.milestones
        ),
    }
    given = {name: getattr(form, name) for name in CycleForm.model_fields} | changes
    try:
        renewed = CycleForm.model_validate(given)
    except ValidationError as error:
        raise CannotRenew(*[f"{form.id}: {said}" for _, said in messages(error, CycleForm)]) from None
    return Renewed(form=renewed, notices=tuple(_notices(form, keeps_scores=keeps_scores)))


def _new_id(old: str, old_year: int, year: int) -> str:
    moved = _moved(old, old_year, year - old_year)
    return moved if moved != old else f"{old}-{year}"


def _moved(text: str, around: int, ahead: int) -> str:
    """The text with the years near one moved by so many."""

    def year(found: re.Match[str]) -> str:
        number, dash, short = int(found[1]), found[2] or "", found[3] or ""
        if abs(number - around) > NEAR:
            return found[0]
        if short and int(short) == (number + 1) % 100:
            short = f"{(number + ahead + 1) % 100:02}"
        return f"{number + ahead}{dash}{short}"

    return _YEAR.sub(year, text)


def _milestone(old: MilestoneForm, old_year: int, ahead: int, keeps_scores: bool) -> MilestoneForm:
    changes: dict[str, Any] = {
        "meeting": None,
        "title": _moved(old.title, old_year, ahead),
        "on": _by_rule(old.on, old_year, ahead),
    }
    if old.kind != "deadline":
        changes["status"] = "tentative"
    if not keeps_scores and old.actions is not None:
        changes["actions"] = tuple(action for action in old.actions if action != "score")
    return old.model_copy(update=changes)


def _by_rule(on: date | DateRule, old_year: int, ahead: int) -> date | DateRule:
    """A rule for a fixed date; a date at a weekend has no weekday to keep."""
    if isinstance(on, DayRule):
        return on if on.year is None else _day(on.day, on.month, on.weekday, on.year + ahead)
    if not isinstance(on, date):
        return on
    weekday = WEEKDAYS[on.weekday()] if on.weekday() < 5 else None
    as_usual = year_of(DayRule(day=on.day, month=on.month), old_year) == on.year
    return _day(on.day, on.month, weekday, None if as_usual else on.year + ahead)


def _day(day: int, month: int, weekday: str | None, year: int | None) -> DayRule:
    """A rule for a day that exists in every year: 29 February becomes the 28th."""
    if (day, month) == (29, 2):
        day = 28
    return DayRule(day=day, month=month, weekday=weekday, year=year)


def _notices(form: CycleForm, *, keeps_scores: bool) -> list[str]:
    said = []
    if form.days_off or form.quiet:
        said.append(f"days_off and quiet are those of {form.contract_year} and left out: add the new year's")
    if form.scores is not None and not keeps_scores:
        said.append(
            f"scores ({form.scores}) and the score actions are left out: name the next contract with --scores"
        )
    return said
