"""Contracts, cycles and acts from YAML files; every problem of a file is told at once."""

from pathlib import Path

from aarshjul.core.contract import Contract
from aarshjul.core.national import NationalGoals
from aarshjul.files import acts_file, contract_form, cycle_form, draft_form, meetings_yaml
from aarshjul.files.acts_file import ActsFile, read_act_list
from aarshjul.files.contract_file import contract_from_text, contract_in, read_contract, tree_of, whole
from aarshjul.files.cycle_checks import check_cycle, with_places
from aarshjul.files.cycle_form import CycleForm
from aarshjul.files.forms import parse
from aarshjul.files.national_file import national_in
from aarshjul.files.text import FileError, read_text
from aarshjul.files.tree import Tree

FORMATS = (
    contract_form.FORMAT,
    cycle_form.FORMAT,
    acts_file.FORMAT,
    meetings_yaml.FORMAT,
    draft_form.NATIONAL_GOALS,
    draft_form.DRAFT,
)

__all__ = [
    "FORMATS",
    "acts_from_text",
    "contract_from_text",
    "cycle_from_text",
    "read_acts",
    "read_any",
    "read_contract",
    "read_cycle",
]


def read_cycle(path: Path | str) -> CycleForm:
    """The cycle in a file.

    Raises:
        FileError: with all that is wrong in it.
    """
    return cycle_from_text(read_text(path), str(path))


def cycle_from_text(text: str, name: str) -> CycleForm:
    """The cycle in a YAML text; `name` is what the messages call it."""
    return _cycle(tree_of(text, name, cycle_form.FORMAT))


def read_acts(path: Path | str) -> ActsFile:
    """The acts in a file.

    Raises:
        FileError: with all that is wrong in it.
    """
    return acts_from_text(read_text(path), str(path))


def acts_from_text(text: str, name: str) -> ActsFile:
    """The acts in a YAML text; `name` is what the messages call it."""
    return _acts(tree_of(text, name, acts_file.FORMAT))


def read_any(path: Path | str) -> Contract | CycleForm | ActsFile | NationalGoals:
    """What a file holds, by its `format`; meetings are read by `aarshjul.files.meetings`, which knows them by their head.

    Raises:
        FileError: with all that is wrong in it.
    """
    tree = tree_of(read_text(path), str(path), *FORMATS)
    if tree.value["format"] == meetings_yaml.FORMAT:
        line = tree.line_of(("format",))
        raise FileError(
            f"{path}:{line}: `format` stands too far down for a calendar of meetings; put it first"
        )
    if tree.value["format"] == draft_form.DRAFT:
        line, way = (
            tree.line_of(("format",)),
            f"`aarshjul act CYCLE --by PERSON --do submit-draft --file {path}`",
        )
        raise FileError(f"{path}:{line}: is a draft, which somebody submits: {way}")
    if tree.value["format"] == draft_form.NATIONAL_GOALS:
        return national_in(tree)
    if tree.value["format"] == contract_form.FORMAT:
        return contract_in(tree)
    return _cycle(tree) if tree.value["format"] == cycle_form.FORMAT else _acts(tree)


def _cycle(tree: Tree) -> CycleForm:
    form = parse(CycleForm, tree, tree.value)
    check_cycle(tree)
    return with_places(whole(form, tree), tree)


def _acts(tree: Tree) -> ActsFile:
    return whole(read_act_list(tree), tree)
