"""What would have been, as `what-if --json` prints it; per cents are written as `score --json` writes them."""

from fractions import Fraction
from typing import Any

from aarshjul.core.contract import Contract
from aarshjul.core.figures import four_decimals
from aarshjul.core.rules import Actual
from aarshjul.core.score_json import figures
from aarshjul.core.scoring import Score, score
from aarshjul.core.targets import Tried
from aarshjul.core.what_if import Lift, Lifts


def changes_json(before: Contract, after: Contract) -> dict[str, Any]:
    """The goals of a contract that stand otherwise with other measurements, and the total."""
    was, now = score(before), score(after)
    return {
        "goals": [
            {"id": goal.id, "title": goal.title, **_both(was.goals[goal.id], now.goals[goal.id])}
            for goal in before.goals
            if was.goals[goal.id] != now.goals[goal.id]
        ],
        "total": _both(was.total, now.total),
    }


def _both(before: Score | None, after: Score) -> dict[str, Any]:
    return {"before": None if before is None else figures(before), "after": figures(after)}


def lifts_json(what: str, found: Lifts) -> dict[str, Any]:
    """Which one change is enough, in the order in which people are told."""
    return {
        "what": what,
        "over": four_decimals(found.over),
        "now": figures(found.now),
        "reached": found.reached,
        "enough": [_lift(lift) for lift in found.lifts if lift.to is not None],
        "not_enough": [_too_little(lift) for lift in found.lifts if lift.to is None],
    }


def _lift(lift: Lift) -> dict[str, Any]:
    return {
        "indicator": lift.indicator.id,
        "goal": lift.goal,
        "from": actual_json(lift.indicator.actual),
        "to": actual_json(lift.to),
        "change_in_per_cent_of_target": _per_cent(lift.size),
        "gives": four_decimals(lift.gives),
    }


def _too_little(lift: Lift) -> dict[str, Any]:
    return {
        "indicator": lift.indicator.id,
        "goal": lift.goal,
        "from": actual_json(lift.indicator.actual),
        "at_most": four_decimals(lift.gives),
    }


def _per_cent(share: Fraction | None) -> str | None:
    return None if share is None else four_decimals(share * 100)


def actual_json(actual: Actual | None) -> str | bool | None:
    """A measurement: a number as its digits."""
    return actual if actual is None or isinstance(actual, bool) else f"{actual:f}"


def tried_json(tried: Tried) -> dict[str, Any]:
    """A draft's targets on another contract's measurements, every goal of the draft."""
    return {
        "draft": tried.contract.id,
        "goals": [
            {
                "id": goal.id,
                "title": goal.title,
                **_both(tried.before.get(goal.id), tried.scores.goals[goal.id]),
            }
            for goal in tried.contract.goals
        ],
        "total": _both(tried.total_before, tried.scores.total),
        "no_actual": list(tried.no_actual),
        "no_target": list(tried.no_target),
        "unsuited": [{"indicator": name, "why": why} for name, why in tried.unsuited],
        "other_unit": list(tried.other_unit),
    }
