"""Contracts, cycles and acts from YAML files; every problem of a file is told at once."""

from pathlib import Path

from aarshjul.core.contract import Contract
from aarshjul.core.errors import Invalid
from aarshjul.files.contract_checks import check_contract
from aarshjul.files.contract_form import ContractForm
from aarshjul.files.forms import parse
from aarshjul.files.text import FileError, read_text
from aarshjul.files.tree import read_tree


def read_contract(path: Path | str) -> Contract:
    """The contract in a file.

    Raises:
        FileError: with all that is wrong in it.
    """
    return contract_from_text(read_text(path), str(path))


def contract_from_text(text: str, name: str) -> Contract:
    """The contract in a YAML text; `name` is what the messages call it."""
    tree = read_tree(text, name)
    form = parse(ContractForm, tree, tree.value)
    check_contract(tree)
    tree.problems.raise_if_any()
    assert form is not None  # noqa: S101 -- a form that failed has left problems
    try:
        return form.contract()
    except Invalid as error:
        raise FileError(f"{name}:1: {error}") from None
