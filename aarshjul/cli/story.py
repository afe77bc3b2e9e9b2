"""The story of a played year as a short table: the date, what happened, who was told."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

    from aarshjul.files.cycle_form import CycleForm

_ACTS = {
    "imported": "the cycle was set up",
    "result-recorded": "results recorded",
    "attainment-decided": "the council decided the attainment",
    "finding-resolved": "finding resolved",
    "draft-submitted": "draft submitted",
    "national-goals-taken": "the draft took up newer national goals",
    "came-into-force": "the contract came into force",
    "put-in-force": "the contract was put in force",
    "data-requested": "results asked for",
    "attached": "evidence attached",
    "responded": "answered the consultation",
    "comment-settled": "comments settled",
    "minuted": "minutes written",
    "task-settled": "changes from the meeting settled",
    "condition-set": "condition set",
    "condition-settled": "condition settled",
    "condition-lapsed": "condition lapsed",
    "deputy-appointed": "deputy appointed",
    "delegation-ended": "delegation ended",
}
_DUTIES = {
    "remind": "reminded",
    "invite": "invited",
    "update": "invitation updated",
    "cancel": "called off",
    "moved": "told of a move",
    "returned": "told that the draft was returned",
    "reopened": "told that it is open again",
    "decided": "told of the decision",
    "score": "scores sent",
    "escalate": "escalated",
    "digest": "daily digest",
    "publish": "published",
}


def story_table(form: "CycleForm", story: list[dict[str, Any]]) -> "Table":
    """A row for each thing of a day; the same act by several people is one row."""
    from rich.table import Table

    titles = {milestone.id: milestone.title for milestone in form.milestones}
    table = Table(
        title=f"{form.title}: {form.holder} and {form.council}", title_justify="left", pad_edge=False
    )
    table.add_column("Date", no_wrap=True)
    table.add_column("What happened", ratio=3)
    table.add_column("Who was told", ratio=2)
    before = ""
    for day, what, who in _rows(titles, story):
        table.add_row(day if day != before else "", what, who)
        before = day
    return table


def _rows(titles: dict[str, str], story: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    def sort_of(line: dict[str, Any]) -> tuple[Any, ...]:
        return line["date"], line["type"], line["what"], line["milestone"]

    for (day, kind, what, milestone), lines in groupby(story, key=sort_of):
        same = list(lines)
        title = f": {titles.get(milestone) or _follow_up(milestone)}" if milestone else ""
        detail = f" ({same[0]['detail']})" if len(same) == 1 and same[0].get("detail") else ""
        if kind == "act":
            yield _day(day), _ACTS.get(what, what) + detail + _by(same) + title, ""
        else:
            told = sum(line["count"] or 0 for line in same)
            what_happened = _DUTIES.get(what, what) + detail + title
            yield _day(day), what_happened, f"{told} ({same[0]['who']})" if told else ""


def _follow_up(milestone: str) -> str:
    """A deadline that no plan has, by what it waits for."""
    kind, _, about = milestone.partition("-")
    words = {"condition": "condition {}", "data": "the result of {}"}
    return words[kind].format(about) if kind in words else milestone


def _by(lines: list[dict[str, Any]]) -> str:
    people = list(dict.fromkeys(line["who"] for line in lines if line["who"]))
    if not people:
        return ""
    names = people[0] if len(people) == 1 else f"{len(people)} people"
    times = f" ({len(lines)})" if len(lines) > len(people) else ""
    return f" by {names}{times}"


def _day(day: str) -> str:
    return date.fromisoformat(day).strftime("%a %Y-%m-%d")
