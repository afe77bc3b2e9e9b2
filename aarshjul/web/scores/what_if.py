"""`/what-if`: other results, and what it would take; nothing of it is written."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from fastapi import APIRouter, Request, Response

from aarshjul.core.figures import percent
from aarshjul.core.languages import Language
from aarshjul.core.scoring import Score, Scores, score
from aarshjul.web.desk import Desk
from aarshjul.web.doing.seat import Seat
from aarshjul.web.frame import part
from aarshjul.web.scores.goal_view import Figure, figure
from aarshjul.web.scores.loading import Scored
from aarshjul.web.scores.showing import not_yours, shown, with_scores
from aarshjul.web.scores.trying import BEFORE, TOTAL, Tried, steps, tried
from aarshjul.web.scores.what_if_words import WORDS

_MOST_FIELDS, _LONGEST = 2000, 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A goal or the total before and after."""

    id: str
    title: str
    before: Figure
    after: Figure
    moved: bool
    said: str


def what_if(desk: Desk) -> APIRouter:
    """`/what-if`; a script asks for its outcome alone."""
    router = APIRouter()

    def look(request: Request, seat: Seat) -> Response:
        if not seat.sees_drafts:
            return not_yours(seat)
        asked = _asked(request)
        kept = tuple((name, value) for name, value in asked.items() if name != "lang")
        own = replace(seat, place=replace(seat.place, kept=kept))
        only_outcome = request.headers.get("hx-request") == "true"
        return with_scores(desk, own, lambda found: _page(found, asked, only_outcome=only_outcome))

    desk.doors.look(router, "/what-if", look)
    return router


def _asked(request: Request) -> dict[str, str]:
    """What the page reads of its query."""
    pairs = list(request.query_params.items())[:_MOST_FIELDS]
    return {
        name: value[:_LONGEST] for name, value in pairs if name in ("lift", "over") or name.startswith(BEFORE)
    }


def _page(found: Scored, asked: dict[str, str], *, only_outcome: bool) -> Response:
    words, result = WORDS[found.language], tried(found, asked)
    values: dict[str, Any] = {
        "words": words,
        "tried": result,
        "total": _total(found, score(result.after)),
        "changes": _changes(found, score(result.after)),
        "lifted": _lifted(found, result),
    }
    if only_outcome:
        return part("scores/outcome.html", found.seat, **values)
    goals = [
        (goal.id, words["goal_named"].format(id=goal.id, title=goal.title)) for goal in found.contract.goals
    ]
    return shown("what_if.html", found, words["what_if"], choices=[(TOTAL, words["total"]), *goals], **values)


def _total(found: Scored, after: Scores) -> Change:
    before = found.scores.total
    return _change(found, "", WORDS[found.language]["total"], before, after.total, found.best.total.high)


def _changes(found: Scored, after: Scores) -> list[Change]:
    return [
        _change(
            found,
            goal.id,
            goal.title,
            found.scores.goals[goal.id],
            after.goals[goal.id],
            found.best.goals[goal.id].high,
        )
        for goal in found.contract.goals
    ]


def _change(found: Scored, name: str, title: str, before: Score, after: Score, most: Fraction) -> Change:
    words, moved = WORDS[found.language], (before.low, before.high) != (after.low, after.high)
    said = words["same"]
    if moved and before.exact is not None and after.exact is not None:
        said = words["points"].format(points=_signed(after.exact - before.exact, found.language))
    elif moved:
        said = ""
    return Change(
        id=name,
        title=title,
        before=figure(found, before, most),
        after=figure(found, after, most),
        moved=moved,
        said=said,
    )


def _signed(value: Fraction, language: Language) -> str:
    said = percent(value, language).removesuffix(" %")
    return f"+{said}" if value > 0 else said.replace("-", "\u2212")


def _lifted(found: Scored, result: Tried) -> dict[str, object] | None:
    """What it would take, in words."""
    if result.lifted is None:
        return None
    words, every = WORDS[found.language], steps(found, result.lifted)
    over = percent(result.lifted.over, found.language)
    few = [each for each in every if each.to]
    title = words["reached"] if result.lifted.reached else words["enough"] if few else words["none"]
    return {
        "title": title.format(over=over),
        "enough": few,
        "hopeless": ", ".join(each.indicator for each in every if not each.to),
        "low": result.lifted.now.provisional,
    }
