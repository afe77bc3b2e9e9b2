"""YAML in readable block style, from plain values; it reads back as exactly what was written."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from aarshjul.files.fields import is_number, is_truth

Value = str | int | bool | Decimal | date | None | Mapping[str, "Value"] | Sequence["Value"]

_SAFE = re.compile(r"[^\W\d_][\w .;()/&+%§=–—'\"!@<>*|^~$-]*")
_WORD_OF_NULL = {"null", "Null", "NULL", "~"}
_NARROW = 88
_BLOCK = re.compile(r"[^\s\x85\xa0\u2000-\u200f\u2028\u2029\ufeff][^\r\x85\u2028\u2029]*[^\s]\n?")
"""A text that a literal block gives back as it is; what is left to be looked at are blank lines with spaces in them."""


def emit(value: Mapping[str, Value]) -> str:
    """A YAML document; what is None is left out."""
    return "".join(f"{line}\n" for line in _mapping(value, 0))


def _mapping(mapping: Mapping[str, Value], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for key, value in mapping.items():
        if value is None:
            continue
        inline = _inline(value)
        if inline is not None and len(indent) + len(key) + len(inline) < _NARROW:
            yield f"{indent}{_key(key)}: {inline}"
        elif isinstance(value, Mapping):
            yield f"{indent}{_key(key)}:"
            yield from _mapping(value, depth + 1)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield f"{indent}{_key(key)}:"
            yield from _sequence(value, depth + 1)
        elif isinstance(value, str) and _fits_a_block(value):
            body = value.removesuffix("\n")
            yield f"{indent}{_key(key)}: |{'-' if body == value else ''}"
            yield from (f"{indent}  {line}" if line else "" for line in body.split("\n"))
        else:
            yield f"{indent}{_key(key)}: {_scalar(value)}"


def _sequence(items: Sequence[Value], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for item in items:
        inline = _inline(item)
        if not isinstance(item, Mapping) or (inline is not None and len(indent) + len(inline) < _NARROW):
            yield f"{indent}- {_scalar(item) if isinstance(item, str) else inline}"
            continue
        lines = list(_mapping(item, depth + 1))
        yield f"{indent}- {lines[0].lstrip()}"
        yield from lines[1:]


def _inline(value: Value) -> str | None:
    """A value on one line; None for what reads better as a block: all that has an id."""
    if isinstance(value, Mapping):
        parts = [(key, _inline(each)) for key, each in value.items() if each is not None]
        if "id" in value or any(part is None for _, part in parts):
            return None
        return "{" + ", ".join(f"{_key(key)}: {part}" for key, part in parts) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = [_inline(each) for each in value]
        return None if None in items else "[" + ", ".join(str(item) for item in items) + "]"
    return None if isinstance(value, str) and _fits_a_block(value) else _scalar(value)


def _key(key: str) -> str:
    """A key as it is where it is a word, as a name that somebody gave may not be."""
    return key if key.isidentifier() and key.isascii() else _scalar(key)


def _fits_a_block(text: str) -> bool:
    """Whether a text of several lines can stand in lines of its own, as its author wrote it."""
    if "\n" not in text or _BLOCK.fullmatch(text) is None:
        return False
    return all(line.strip() or not line for line in text.split("\n"))


def _scalar(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str):
        return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)
    return str(value)


def _is_plain(text: str) -> bool:
    """Whether a text means itself without quotes, in a block as well as between brackets."""
    return (
        _SAFE.fullmatch(text) is not None
        and not text.endswith(" ")
        and text not in _WORD_OF_NULL
        and not is_number(text)
        and not is_truth(text)
    )
