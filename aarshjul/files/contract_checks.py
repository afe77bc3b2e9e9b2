"""What must hold across a contract file, checked on its tree so that it is said together with all else."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from aarshjul.core.contract import DEEPEST, Goal, Indicator, circle_in
from aarshjul.files.problems import way_round
from aarshjul.files.tree import Path, Tree


def check_contract(tree: Tree, shared: Sequence[Goal] = (), *, alone: bool = True) -> None:
    """Notes duplicate ids, goals that are the same as unknown ones or as themselves, and too deep nesting.

    `shared` are goals that the contract has beside those of the file. Where the file is not `alone`, it can be the same
    as goals of another one.
    """
    goals = list(parts(tree.value, "goals"))
    check_unique(tree, [((*path, "id"), goal.get("id")) for path, goal in goals], "goal")
    indicators = []
    for path, goal in goals:
        indicators += list(_below(tree, goal, path, depth=1))
    check_unique(tree, [((*path, "id"), each.get("id")) for path, each in indicators], "indicator")
    _check_apart(tree, goals, {goal.id for goal in shared}, "goal")
    _check_apart(tree, indicators, _ids(each for goal in shared for each in goal.indicators), "indicator")
    _check_same_as(tree, goals, shared, alone=alone)


def _ids(indicators: Iterable[Indicator]) -> set[str]:
    return {name for each in indicators for name in (each.id, *_ids(each.indicators))}


def _check_apart(
    tree: Tree, found: list[tuple[Path, dict[str, Any]]], taken: Collection[str], kind: str
) -> None:
    for path, part in found:
        if isinstance(part.get("id"), str) and part["id"] in taken:
            line = tree.line_of((*path, "id"))
            said = f"the {kind} id `{part['id'][:80]}` is one of the national goals'; choose another"
            tree.problems.add(line, said)


def parts(node: Any, key: str, at: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The mappings in the list under a key, with their paths."""
    found = node.get(key) if isinstance(node, dict) else None
    for position, part in enumerate(found if isinstance(found, list) else ()):
        if isinstance(part, dict):
            yield (*at, key, position), part


def leaf_ids(found: Iterable[dict[str, Any]]) -> set[str]:
    """The ids of the indicators with a rule, at any depth below these goals."""
    below = [each for part in found for _, each in parts(part, "indicators")]
    own = {str(each["id"]) for each in below if isinstance(each.get("id"), str) and "rule" in each}
    return own | leaf_ids(below) if below else own


def check_unique(tree: Tree, ids: list[tuple[Path, Any]], kind: str) -> None:
    """Notes every id that an earlier part of the same kind has already."""
    first: dict[str, int] = {}
    for path, each in ids:
        if not isinstance(each, str):
            continue
        line = tree.line_of(path)
        if each in first:
            tree.problems.add(
                line, f"the {kind} id `{each[:80]}` is used in line {first[each]} too; must be unique"
            )
        else:
            first[each] = line


def _below(tree: Tree, node: dict[str, Any], at: Path, depth: int) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path, part in parts(node, "indicators", at):
        if depth > DEEPEST:
            line = tree.line_of(path)
            tree.problems.add(line, f"indicators are nested too deep; must be at most {DEEPEST} levels")
            return
        yield path, part
        yield from _below(tree, part, path, depth + 1)


def _check_same_as(
    tree: Tree, goals: list[tuple[Path, dict[str, Any]]], shared: Sequence[Goal], *, alone: bool
) -> None:
    ids = {str(goal["id"]) for _, goal in goals if isinstance(goal.get("id"), str)}
    ids |= {goal.id for goal in shared}
    follows = {goal.id: goal.same_as for goal in shared if goal.same_as is not None}
    lines = dict.fromkeys(follows, tree.line_of(("goals",)))
    for name, copied in follows.items():
        if copied not in ids:
            why = f"the national goal {name} is the same as goal {copied}, which is missing; add it"
            tree.problems.add(lines[name], why)
    for path, goal in goals:
        goal_id, other = goal.get("id"), goal.get("same_as")
        if not isinstance(goal_id, str) or not isinstance(other, str):
            continue
        line = tree.line_of((*path, "same_as"))
        if other not in ids and alone:
            tree.problems.add(
                line, f"`same_as` names `{other[:80]}`, which is not a goal; must be a goal's id"
            )
        elif str(goal_id) not in follows:
            follows[str(goal_id)], lines[str(goal_id)] = str(other), line
    if circle := circle_in(follows):
        line = min(lines[name] for name in circle)
        way = way_round(circle)
        tree.problems.add(line, f"`same_as` goes in a circle: {way}; one of them must have `indicators`")
