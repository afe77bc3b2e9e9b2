"""The fields of an act from text, as the command line and web forms give them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from aarshjul.core.errors import Invalid
from aarshjul.files.act_forms import ACT_FORMS, ActForm
from aarshjul.files.forms import messages
from aarshjul.files.problems import clipped, did_you_mean
from aarshjul.files.text import UNWANTED, named
from aarshjul.files.tree import Plain, read_tree

NESTED = frozenset({"conditions"})
"""The fields that hold a list of mappings."""


class ArgumentError(Invalid):
    """The fields of an act are not what the act takes; a line `--field: what is wrong` for each problem."""


def parse_act(do: str, fields: Mapping[str, str | Sequence[str]]) -> ActForm:
    """The form of an act from its name and its fields as text.

    Numbers, dates and truth values are read from the text; lists are separated by commas, or given as such,
    which texts with commas need, mappings as YAML; an empty text is as a missing field.

    Raises:
        ArgumentError: where there is no such act, or its fields do not suit it.
    """
    form = ACT_FORMS.get(do)
    if form is None:
        raise ArgumentError(f"--do: there is no act {clipped(do)}; {did_you_mean(do, sorted(ACT_FORMS))}")
    bad = [(name, found) for name, value in _texts(fields) if (found := UNWANTED.search(value))]
    if bad:
        raise ArgumentError(*[f"--{name}: {_unwanted(found)}" for name, found in bad])
    given = {name: _nested(name, value) or _plain(value) for name, value in fields.items()}
    try:
        return form.model_validate(given, context={"shell": True}, by_alias=True, by_name=False)
    except ValidationError as error:
        problems = [f"{_option(path, do)}: {message}" for path, message in messages(error, form)]
        raise ArgumentError(*problems) from None


def _texts(fields: Mapping[str, str | Sequence[str]]) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        for text in [value] if isinstance(value, str) else value:
            yield name, text


def _nested(name: str, value: str | Sequence[str]) -> Any:
    """The value of a field that holds mappings, which a command line writes as YAML."""
    if name not in NESTED or not value or not isinstance(value, str):
        return None
    tree = read_tree(value, f"--{name}")
    tree.problems.raise_if_any()
    return tree.value


def _plain(value: str | Sequence[str]) -> Plain | list[Plain] | None:
    if isinstance(value, str):
        return Plain(value) if value else None
    return [Plain(each) for each in value]


def _unwanted(found: re.Match[str]) -> str:
    line = found.string.count("\n", 0, found.start()) + 1
    where = f" in line {line}" if "\n" in found.string else ""
    return f"holds a control character{where}, {named(found[0])}; remove it"


def _option(path: tuple[str | int, ...], do: str) -> str:
    return f"--{path[0]}" if path else do
