"""An acts file: what people do in a played year, in the order of time."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated, Any

from aarshjul.files.act_forms import ACT_FORMS, ActForm
from aarshjul.files.fields import Date, Id, Time, Truth, one_of
from aarshjul.files.forms import Form, parse
from aarshjul.files.tree import Path, Tree

FORMAT = "aarshjul/acts@1"
NOON = "12:00"
COMMON = ("on", "time", "by", "do", "refused")


class CommonForm(Form):
    """What every act in a file has: when, who, what, and whether it must be refused."""

    on: Date
    time: Time = NOON
    by: Id
    do: Annotated[str, one_of(*ACT_FORMS)]
    refused: Truth = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ScriptedAct:
    """One act of the file; `line` is where it stands (0 where it comes from no file)."""

    on: date
    time: str
    by: str
    do: str
    refused: bool
    fields: ActForm
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ActsFile:
    """The acts, in the order of time; `name` is the file as the user called it."""

    acts: tuple[ScriptedAct, ...]
    name: str = ""


def read_act_list(tree: Tree) -> ActsFile:
    """The acts of a tree; problems are noted in it."""
    top = tree.value if isinstance(tree.value, dict) else {}
    for key in top:
        if key not in ("format", "acts"):
            tree.problems.add(tree.line_of((key,)), f"unknown key `{key[:80]}`; must be `format` or `acts`")
    listed = top.get("acts")
    if not isinstance(listed, list) or not listed:
        tree.problems.add(tree.line_of(("acts",)), "`acts` must be a list of at least one act")
        listed = []
    acts = [act for position, node in enumerate(listed) if (act := _act(tree, node, ("acts", position)))]
    for earlier, later in pairwise(acts):
        if (later.on, later.time) < (earlier.on, earlier.time):
            when = f"{earlier.on} {earlier.time}"
            tree.problems.add(later.line, f"`on` is before the act above it ({when}); must be in time order")
    return ActsFile(acts=tuple(acts), name=tree.name)


def _act(tree: Tree, node: Any, at: Path) -> ScriptedAct | None:
    line = tree.line_of(at)
    if not isinstance(node, dict):
        tree.problems.add(line, "an act must be a mapping: `{on: 2022-06-24, by: ..., do: ...}`")
        return None
    common = parse(CommonForm, tree, {key: node[key] for key in COMMON if key in node}, at)
    form = ACT_FORMS.get(node["do"]) if isinstance(node.get("do"), str) else None
    if form is None:
        return None
    own = {key: each for key, each in node.items() if key not in COMMON}
    fields = parse(form, tree, own, at)
    if common is None or fields is None:
        return None
    return ScriptedAct(
        on=common.on,
        time=common.time,
        by=common.by,
        do=common.do,
        refused=common.refused,
        fields=fields,
        line=line,
    )
