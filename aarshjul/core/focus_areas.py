"""The focus areas of a draft: what a meeting takes up one by one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from aarshjul.core.contract import Contract, Goal

NATIONAL = "national"
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(```|~~~)")


class Kind(StrEnum):
    """What makes an area one."""

    FOCUS = "focus"  # goals that name the same focus area
    GOAL = "goal"  # a goal that names none
    NATIONAL = "national"  # the goals that no house edits, together
    HEADING = "heading"  # a part of a draft in prose
    WHOLE = "whole"  # the draft as such, and all that fits nowhere else


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """One focus area; the national goals and the whole draft have no title of their own."""

    kind: Kind
    title: str = ""
    goals: tuple[Goal, ...] = ()
    text: str = ""

    def has(self, goal: str | None) -> bool:
        """Whether a goal belongs to it."""
        return any(each.id == goal for each in self.goals)


WHOLE = Area(kind=Kind.WHOLE)


def areas_of_contract(contract: Contract) -> tuple[Area, ...]:
    """By focus area in the order in which the goals name them; the national goals come last, as they are given."""
    own = [goal for goal in contract.goals if goal.level != NATIONAL]
    shared = tuple(goal for goal in contract.goals if goal.level == NATIONAL)
    together: dict[tuple[Kind, str], list[Goal]] = {}
    for goal in own:
        key = (Kind.FOCUS, goal.focus) if goal.focus else (Kind.GOAL, goal.id)
        together.setdefault(key, []).append(goal)
    found = [
        Area(kind=kind, title=name if kind is Kind.FOCUS else goals[0].title, goals=tuple(goals))
        for (kind, name), goals in together.items()
    ]
    return (*found, *([Area(kind=Kind.NATIONAL, goals=shared)] if shared else []))


def areas_of_prose(text: str) -> tuple[Area, ...]:
    """The parts under a text's highest headings; where one heading stands above all, those below it."""
    headings = list(_headings(text))
    levels = [level for level, _, _ in headings]
    top = min(levels, default=0)
    if levels.count(top) == 1 and len(levels) > 1:
        top = min(level for level in levels if level > top) if any(level > top for level in levels) else top
    lines = text.split("\n")
    starts = [(line, title) for level, line, title in headings if level == top]
    ends = [line for level, line, _ in headings if level <= top]
    found = []
    for line, title in starts:
        until = min((end for end in ends if end > line), default=len(lines))
        part = "\n".join(lines[line + 1 : until]).strip()
        found.append(Area(kind=Kind.HEADING, title=title, text=part))
    return tuple(found)


def _headings(text: str) -> Iterable[tuple[int, int, str]]:
    """Level, line and title of each heading outside of code."""
    fence = ""
    for number, line in enumerate(text.split("\n")):
        if found := _FENCE.match(line):
            fence = "" if fence == found[1] else fence or found[1]
        elif not fence and (heading := _HEADING.fullmatch(line)):
            yield len(heading[1]), number, heading[2]
