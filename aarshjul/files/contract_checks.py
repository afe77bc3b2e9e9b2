"""What must hold across a contract file, checked on its tree so that it is said together with all else."""

from collections.abc import Iterator
from typing import Any

from aarshjul.core.contract import DEEPEST, circle_in
from aarshjul.files.problems import way_round
from aarshjul.files.tree import Path, Tree


def check_contract(tree: Tree) -> None:
    """Notes duplicate ids, goals that are the same as unknown ones or as themselves, and too deep nesting."""
    goals = list(parts(tree.value, "goals"))
    check_unique(tree, [((*path, "id"), goal.get("id")) for path, goal in goals], "goal")
    indicators = []
    for path, goal in goals:
        indicators += list(_below(tree, goal, path, depth=1))
    check_unique(tree, [((*path, "id"), each.get("id")) for path, each in indicators], "indicator")
    _check_same_as(tree, goals)


def parts(node: Any, key: str, at: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The mappings in the list under a key, with their paths."""
    found = node.get(key) if isinstance(node, dict) else None
    for position, part in enumerate(found if isinstance(found, list) else ()):
        if isinstance(part, dict):
            yield (*at, key, position), part


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


def _check_same_as(tree: Tree, goals: list[tuple[Path, dict[str, Any]]]) -> None:
    ids = {str(goal["id"]) for _, goal in goals if isinstance(goal.get("id"), str)}
    follows: dict[str, str] = {}
    lines: dict[str, int] = {}
    for path, goal in goals:
        goal_id, other = goal.get("id"), goal.get("same_as")
        if not isinstance(goal_id, str) or not isinstance(other, str):
            continue
        line = tree.line_of((*path, "same_as"))
        if other not in ids:
            tree.problems.add(
                line, f"`same_as` names `{other[:80]}`, which is not a goal; must be a goal's id"
            )
        elif str(goal_id) not in follows:
            follows[str(goal_id)], lines[str(goal_id)] = str(other), line
    if circle := circle_in(follows):
        line = min(lines[name] for name in circle)
        way = way_round(circle)
        tree.problems.add(line, f"`same_as` goes in a circle: {way}; one of them must have `indicators`")
