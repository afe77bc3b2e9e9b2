"""A draft from its text: prose or structured, and where it is structured, the whole contract that it makes."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from aarshjul.core.contract import Contract, Goal
from aarshjul.core.draft import Frame, Submission, own_goals
from aarshjul.core.errors import Invalid
from aarshjul.core.national import NATIONAL
from aarshjul.files.contract_checks import check_contract, parts
from aarshjul.files.contract_file import contract_in, tree_of, whole
from aarshjul.files.contract_form import FORMAT, ContractForm
from aarshjul.files.draft_form import DRAFT, DraftForm
from aarshjul.files.emit import emit
from aarshjul.files.fields import LATEST
from aarshjul.files.forms import parse
from aarshjul.files.shared_goals import check_shared
from aarshjul.files.text import FileError
from aarshjul.files.tree import Path, Plain, Tree
from aarshjul.files.write import goal_value

_FIRST = re.compile(r"""(?:\s*(?:\#.*|---.*|%.*)?\n)*[\s{]*["']?format["']?[ \t]*:""")
_ANYWHERE = re.compile(r"^format[ \t]*:[ \t]*[\"']?aarshjul/", re.MULTILINE)
_RESULTS = ("actual", "reported", "recommended", "decided")


def is_structured(text: str, name: str = "") -> bool:
    """Whether a text means to be a draft or a contract in YAML; one that does and is none is never taken as prose."""
    text = text.removeprefix("\ufeff")
    named = name.lower().endswith((".yaml", ".yml"))
    return named or _FIRST.match(text) is not None or _ANYWHERE.search(text) is not None


def draft_from_text(text: str, name: str, frame: Frame) -> Submission:
    """The draft in a YAML text, a draft file or a whole contract; `name` is what the messages call it.

    Raises:
        FileError: with all that is wrong in it.
    """
    return draft_in(tree_of(text, name, DRAFT, FORMAT), frame)


def draft_in(tree: Tree, frame: Frame) -> Submission:
    """The draft in a tree that says it is one, or a whole contract.

    Raises:
        FileError: with all that is wrong in it.
    """
    tree.value = tidied(tree.value)
    check_results(tree)
    return _contract(tree, frame) if tree.value["format"] == FORMAT else _draft(tree, frame)


def draft_alone(text: str, name: str) -> Contract:
    """The goals of a file as a contract of their own, as far as they say it without a cycle and a shared set.

    A goal that is the same as one of another file is left out.

    Raises:
        FileError: with all that is wrong in it.
    """
    tree = tree_of(text, name, DRAFT, FORMAT)
    tree.value = tidied(tree.value)
    check_results(tree)
    if tree.value["format"] == FORMAT:
        return contract_in(tree)
    form = parse(DraftForm, tree, tree.value)
    check_contract(tree, alone=False)
    goals = [each.goal() for each in whole(form, tree).goals]
    while away := [goal for goal in goals if goal.same_as not in (None, *(each.id for each in goals))]:
        goals = [goal for goal in goals if goal not in away]
    if not goals:
        raise FileError(f"{name}:{tree.line_of(('goals',))}: has no goals of its own; add at least one")
    frame = Frame(id="draft", title=name, year=LATEST, holder="-", council="-")
    return _fitting(tree, lambda: frame.filled(tuple(goals)))


def tidied(value: Any) -> Any:
    """A tree with every text as its hash sees it: composed letters, no white space at line ends or around it."""
    if isinstance(value, dict):
        return {key: tidied(each) for key, each in value.items()}
    if isinstance(value, list):
        return [tidied(each) for each in value]
    if not isinstance(value, str):
        return value
    lines = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tidy = "\n".join(line.rstrip() for line in lines).strip()
    return Plain(tidy) if isinstance(value, Plain) else tidy


def check_results(tree: Tree) -> None:
    """Notes what only a contract that has run can have."""
    for path, goal in parts(tree.value, "goals"):
        _check_part(tree, path, goal)


def _check_part(tree: Tree, path: Path, part: dict[str, Any]) -> None:
    for key in _RESULTS:
        if part.get(key) is not None:
            hint = "; where the measure stands now is `baseline`" if key == "actual" else ""
            tree.problems.add(
                tree.line_of((*path, key)), f"`{key}` is a result, and a draft has none yet; remove it{hint}"
            )
    for below, child in parts(part, "indicators", path):
        _check_part(tree, below, child)


def _draft(tree: Tree, frame: Frame) -> Submission:
    form = parse(DraftForm, tree, tree.value)
    check_contract(tree, frame.shared or ())
    if frame.shared is not None:
        _refuse_national(tree)
    elif form is not None and not form.goals:
        tree.problems.add(tree.line_of(("goals",)), "`goals` is empty; add at least one goal")
    form = whole(form, tree)
    own = tuple(each.goal() for each in form.goals)
    contract = _fitting(tree, lambda: frame.filled(own, name=form.id, title=form.title, note=form.note))
    return Submission(contract=contract, based_on=form.based_on, message=form.message)


def _refuse_national(tree: Tree) -> None:
    for path, goal in parts(tree.value, "goals"):
        if goal.get("level") == NATIONAL:
            line = tree.line_of((*path, "level"))
            tree.problems.add(
                line, "`level` is national; national goals come from the shared set, so remove this goal"
            )


def _contract(tree: Tree, frame: Frame) -> Submission:
    """A whole contract as a draft: its frame is the cycle's, and its national goals are those of the shared set."""
    form = parse(ContractForm, tree, tree.value)
    check_contract(tree)
    for key in ("year", "holder", "council"):
        wanted = getattr(frame, key)
        if form is not None and getattr(form, key) != wanted:
            said = f"`{key}` is {getattr(form, key)}; the cycle's is {wanted}"
            tree.problems.add(tree.line_of((key,)), said)
    contract = _fitting(tree, whole(form, tree).contract)
    if frame.shared is None:
        return Submission(contract=contract)
    check_shared(tree, contract, frame.shared)
    own = own_goals(contract, frame.shared)
    return Submission(contract=frame.filled(own, name=contract.id, title=contract.title, note=contract.note))


def _fitting(tree: Tree, build: Callable[[], Contract]) -> Contract:
    try:
        return build()
    except FileError:
        raise
    except Invalid as error:
        raise FileError(f"{tree.name}:1: {error}") from None


def dump_draft(
    goals: Iterable[Goal], *, contract: Contract | None = None, based_on: int | None = None
) -> str:
    """A draft file to go on working on, with these goals as the author's own, and the rest as in a contract."""
    return emit(
        {
            "format": DRAFT,
            "id": contract.id if contract is not None else None,
            "title": contract.title if contract is not None else None,
            "based_on": based_on,
            "note": contract.note if contract is not None else None,
            "goals": [goal_value(goal) for goal in goals],
        }
    )
