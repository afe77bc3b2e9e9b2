"""A contract from its YAML file; apart from the other readers, so that scoring imports no more than it needs."""

from pathlib import Path
from typing import TypeVar

from aarshjul.core.contract import Contract
from aarshjul.core.errors import Invalid
from aarshjul.files.contract_checks import check_contract
from aarshjul.files.contract_form import FORMAT, ContractForm
from aarshjul.files.forms import parse
from aarshjul.files.problems import clipped, did_you_mean
from aarshjul.files.text import FileError, read_text
from aarshjul.files.tree import Tree, read_tree

Read = TypeVar("Read")


def read_contract(path: Path | str) -> Contract:
    """The contract in a file.

    Raises:
        FileError: with all that is wrong in it.
    """
    return contract_from_text(read_text(path), str(path))


def contract_from_text(text: str, name: str) -> Contract:
    """The contract in a YAML text; `name` is what the messages call it."""
    return contract_in(tree_of(text, name, FORMAT))


def contract_in(tree: Tree) -> Contract:
    """The contract in a tree that says it is one."""
    form = parse(ContractForm, tree, tree.value)
    check_contract(tree)
    try:
        return whole(form, tree).contract()
    except FileError:
        raise
    except Invalid as error:
        raise FileError(f"{tree.name}:1: {error}") from None


def tree_of(text: str, name: str, *formats: str) -> Tree:
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


def whole(read: Read | None, tree: Tree) -> Read:
    """What was read, where nothing was wrong with the file."""
    tree.problems.raise_if_any()
    if read is None:
        raise FileError(f"{tree.name}:1: cannot be read")
    return read
