"""Whether a contract that is handed in as a draft has the national goals as the shared set has them."""

from collections.abc import Iterator, Mapping
from typing import Any

from aarshjul.core.contract import Contract, Goal
from aarshjul.core.national import NATIONAL
from aarshjul.files.contract_checks import parts
from aarshjul.files.tree import Tree
from aarshjul.files.write import goal_value

_SET = "the shared national goals"


def check_shared(tree: Tree, contract: Contract, shared: tuple[Goal, ...]) -> None:
    """Raise for every goal what differs from the set, at its line.

    Raises:
        FileError: where something does.
    """
    lines = {str(goal.get("id")): tree.line_of((*path, "id")) for path, goal in parts(tree.value, "goals")}
    own = {goal.id: goal for goal in contract.goals}
    for goal in shared:
        if goal.id not in own:
            tree.problems.add(tree.line_of(("goals",)), f"goal {goal.id} of {_SET} is missing; add it")
        elif what := differing(goal, own[goal.id]):
            tree.problems.add(
                lines[goal.id],
                f"goal {goal.id} differs from {_SET} in {', '.join(what)}; no house edits those",
            )
    known = {goal.id for goal in shared}
    for goal in contract.goals:
        if goal.level == NATIONAL and goal.id not in known:
            tree.problems.add(lines[goal.id], f"goal {goal.id} is not among {_SET}; remove it")
    tree.problems.raise_if_any()


def differing(one: Goal, other: Goal) -> list[str]:
    """The fields in which two goals differ, as `title` or `rule of 1a`."""
    return list(dict.fromkeys(_differing(goal_value(one), goal_value(other), "")))


def _differing(one: Mapping[str, Any], other: Mapping[str, Any], where: str) -> Iterator[str]:
    for key, value in one.items():
        if key != "indicators":
            if value != other[key]:
                yield f"`{key}`{where}"
            continue
        mine, theirs = ({part["id"]: part for part in each[key] or ()} for each in (one, other))
        for name in [*mine, *(name for name in theirs if name not in mine)]:
            if name in mine and name in theirs:
                yield from _differing(mine[name], theirs[name], f" of {name}")
            else:
                yield f"indicator {name}"
        if list(mine) != list(theirs) and mine.keys() == theirs.keys():
            yield f"the order of indicators{where}"
