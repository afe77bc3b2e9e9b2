"""Contracts, cycles and acts from YAML files; every problem of a file is told at once."""

from pathlib import Path
from typing import TypeVar

from aarshjul.core.contract import Contract
from aarshjul.core.errors import Invalid
from aarshjul.files import acts_file, contract_form, cycle_form
from aarshjul.files.acts_file import ActsFile, read_act_list
from aarshjul.files.contract_checks import check_contract
from aarshjul.files.contract_form import ContractForm
from aarshjul.files.cycle_checks import check_cycle
from aarshjul.files.cycle_form import CycleForm
from aarshjul.files.forms import parse
from aarshjul.files.problems import clipped, did_you_mean
from aarshjul.files.text import FileError, read_text
from aarshjul.files.tree import Tree, read_tree

FORMATS = (contract_form.FORMAT, cycle_form.FORMAT, acts_file.FORMAT)

Read = TypeVar("Read")


def read_contract(path: Path | str) -> Contract:
    """The contract in a file.

    Raises:
        FileError: with all that is wrong in it.
    """
    return contract_from_text(read_text(path), str(path))


def contract_from_text(text: str, name: str) -> Contract:
    """The contract in a YAML text; `name` is what the messages call it."""
    return _contract(_tree_of(text, name, contract_form.FORMAT))


def read_cycle(path: Path | str) -> CycleForm:
    """The cycle in a file.

    Raises:
        FileError: with all that is wrong in it.
    """
    return cycle_from_text(read_text(path), str(path))


def cycle_from_text(text: str, name: str) -> CycleForm:
    """The cycle in a YAML text; `name` is what the messages call it."""
    return _cycle(_tree_of(text, name, cycle_form.FORMAT))


def read_acts(path: Path | str) -> ActsFile:
    """The acts in a file.

    Raises:
        FileError: with all that is wrong in it.
    """
    return acts_from_text(read_text(path), str(path))


def acts_from_text(text: str, name: str) -> ActsFile:
    """The acts in a YAML text; `name` is what the messages call it."""
    return _acts(_tree_of(text, name, acts_file.FORMAT))


def read_any(path: Path | str) -> Contract | CycleForm | ActsFile:
    """What a file holds, by its `format`.

    Raises:
        FileError: with all that is wrong in it.
    """
    tree = _tree_of(read_text(path), str(path), *FORMATS)
    if tree.value["format"] == contract_form.FORMAT:
        return _contract(tree)
    return _cycle(tree) if tree.value["format"] == cycle_form.FORMAT else _acts(tree)


def _tree_of(text: str, name: str, *formats: str) -> Tree:
    """The tree of a file that says that it has one of these formats."""
    tree = read_tree(text, name)
    wanted = " or ".join(f"`format: {each}`" for each in formats)
    if not isinstance(tree.value, dict):
        tree.problems.add(1, f"must be a mapping that begins with {wanted}")
    elif tree.value.get("format") is None:
        tree.problems.add(1, f"`format` is missing; must be {wanted}")
    elif tree.value["format"] not in formats:
        said = clipped(str(tree.value["format"]))
        tree.problems.add(
            tree.line_of(("format",)), f"`format` is {said}; {did_you_mean(said, list(formats))}"
        )
    else:
        return tree
    tree.problems.raise_if_any()
    raise AssertionError(name)


def _contract(tree: Tree) -> Contract:
    form = parse(ContractForm, tree, tree.value)
    check_contract(tree)
    try:
        return _whole(form, tree).contract()
    except FileError:
        raise
    except Invalid as error:
        raise FileError(f"{tree.name}:1: {error}") from None


def _cycle(tree: Tree) -> CycleForm:
    form = parse(CycleForm, tree, tree.value)
    check_cycle(tree)
    return _whole(form, tree)


def _acts(tree: Tree) -> ActsFile:
    return _whole(read_act_list(tree), tree)


def _whole(read: Read | None, tree: Tree) -> Read:
    tree.problems.raise_if_any()
    if read is None:
        raise FileError(f"{tree.name}:1: cannot be read")
    return read
