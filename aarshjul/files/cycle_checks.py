"""What must hold across a cycle file, checked on its tree so that it is said together with all else."""

from typing import Any

from aarshjul.core.contract import circle_in
from aarshjul.files.contract_checks import check_unique, parts
from aarshjul.files.cycle_form import CycleForm, MeetingName
from aarshjul.files.problems import did_you_mean, way_round
from aarshjul.files.tree import Path, Tree


def check_cycle(tree: Tree) -> None:
    """Notes duplicate ids, unknown deputies, and milestones that hang on unknown ones or on themselves."""
    milestones = list(parts(tree.value, "milestones"))
    check_unique(tree, [((*path, "id"), each.get("id")) for path, each in milestones], "milestone")
    people = list(parts(tree.value, "people"))
    check_unique(tree, [((*path, "id"), each.get("id")) for path, each in people], "person")
    _check_deputies(tree, people)
    _check_anchors(tree, milestones)


def with_places(form: CycleForm, tree: Tree) -> CycleForm:
    """The form with the line of each `meeting`, for whoever looks it up in the record."""
    milestones = list(form.milestones)
    for position, each in enumerate(milestones):
        if each.meeting is not None:
            name = MeetingName(each.meeting)
            name.where = f"{tree.name}:{tree.line_of(('milestones', position, 'meeting'))}"
            milestones[position] = each.model_copy(update={"meeting": name})
    return form.model_copy(update={"milestones": tuple(milestones)})


def _check_deputies(tree: Tree, people: list[tuple[Path, dict[str, Any]]]) -> None:
    """Who stands in for somebody takes part as well."""
    ids = [str(each["id"]) for _, each in people if isinstance(each.get("id"), str)]
    known = set(ids)
    for path, person in people:
        name = person.get("deputy")
        if isinstance(name, str) and name not in known:
            hint = did_you_mean(name, ids[:50])
            message = f"`deputy` names `{name[:80]}`, who is not among the `people`; {hint}"
            tree.problems.add(tree.line_of((*path, "deputy")), message)


def _check_anchors(tree: Tree, milestones: list[tuple[Path, dict[str, Any]]]) -> None:
    ids = [str(each["id"]) for _, each in milestones if isinstance(each.get("id"), str)]
    known = set(ids)
    hangs: dict[str, str] = {}
    lines: dict[str, int] = {}
    for path, milestone in milestones:
        anchor = _anchor(milestone.get("on"))
        if anchor is None:
            continue
        key, name = anchor
        line = tree.line_of((*path, "on", key))
        if name not in known:
            unknown = f"`{key}` names `{name[:80]}`, which is not a milestone; {did_you_mean(name, ids[:50])}"
            tree.problems.add(line, unknown)
        elif isinstance(milestone.get("id"), str):
            own = str(milestone["id"])
            hangs.setdefault(own, name)
            lines.setdefault(own, line)
    if circle := circle_in(hangs):
        way = way_round(circle)
        first = min(lines[name] for name in circle)
        tree.problems.add(first, f"milestones hang on each other in a circle: {way}; give one of them a date")


def _anchor(on: Any) -> tuple[str, str] | None:
    if isinstance(on, dict):
        for key in ("before", "after"):
            if isinstance(on.get(key), str):
                return key, str(on[key])
    return None
