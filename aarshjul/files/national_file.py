"""National goals from their YAML file, and back into one."""

from pathlib import Path
from typing import Any

from aarshjul.core.errors import Invalid
from aarshjul.core.national import Level, NationalGoals
from aarshjul.core.rules import HUNDRED
from aarshjul.files.contract_checks import check_contract, leaf_ids, parts
from aarshjul.files.contract_file import tree_of, whole
from aarshjul.files.draft_file import check_results, tidied
from aarshjul.files.draft_form import NATIONAL_GOALS, NationalForm
from aarshjul.files.emit import emit
from aarshjul.files.forms import parse
from aarshjul.files.problems import clipped, did_you_mean
from aarshjul.files.text import FileError, read_text
from aarshjul.files.tree import Tree
from aarshjul.files.write import goal_value, rule_value


def read_national(path: Path | str) -> NationalGoals:
    """The national goals in a file.

    Raises:
        FileError: with all that is wrong in it.
    """
    return national_from_text(read_text(path), str(path))


def national_from_text(text: str, name: str) -> NationalGoals:
    """The national goals in a YAML text; `name` is what the messages call it."""
    return national_in(tree_of(text, name, NATIONAL_GOALS))


def national_in(tree: Tree) -> NationalGoals:
    """The national goals in a tree that says it holds some."""
    tree.value = tidied(tree.value)
    check_results(tree)
    form = parse(NationalForm, tree, tree.value)
    check_contract(tree, alone=False)
    _check_levels(tree)
    try:
        return whole(form, tree).national_goals()
    except FileError:
        raise
    except Invalid as error:
        raise FileError(f"{tree.name}:1: {error}") from None


def _check_levels(tree: Tree) -> None:
    """Notes a house's level for what is no indicator with a rule."""
    known = sorted(leaf_ids([goal for _, goal in parts(tree.value, "goals")]))
    houses = tree.value.get("levels")
    for house, levels in houses.items() if isinstance(houses, dict) else ():
        for name in levels if isinstance(levels, dict) else ():
            if name not in known:
                said = f"`levels` has {clipped(name)}, which is no indicator with a rule"
                line = tree.line_of(("levels", house, name))
                tree.problems.add(line, f"{said}; {did_you_mean(name, known)}")


def dump_national(national: NationalGoals) -> str:
    """A file of national goals; read back it gives an equal value."""
    return emit(
        {
            "format": NATIONAL_GOALS,
            "id": national.id,
            "title": national.title,
            "years": [national.first_year, national.last_year],
            "note": national.note,
            "goals": [goal_value(goal) for goal in national.goals],
            "levels": _levels(national) or None,
        }
    )


def _levels(national: NationalGoals) -> dict[str, Any]:
    return {
        house: {indicator: _level(level) for indicator, level in levels.items()}
        for house, levels in national.levels.items()
        if levels
    }


def _level(level: Level) -> dict[str, Any]:
    cap = None if level.rule.cap == HUNDRED else level.rule.cap
    return {"rule": rule_value(level.rule), "cap": cap, "baseline": level.baseline}
