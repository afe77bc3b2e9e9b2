"""Differences as plain values for JSON: by the names that files give the fields, whatever the reader's language."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from aarshjul.core.contract import Contract
from aarshjul.core.difference_report import value_in_words
from aarshjul.core.differences import FieldChange, PartChange, contract_differences
from aarshjul.core.outline import Value
from aarshjul.core.text_differences import Piece, passages, text_difference


def contracts_json(before: Contract, after: Contract) -> dict[str, Any]:
    """What changed in the contract itself, and goal by goal."""
    return {"goals": [_part(change) for change in contract_differences(before, after)]}


def texts_json(before: str, after: str) -> dict[str, Any]:
    """What changed in a text, by its headings."""
    found = passages(text_difference(before, after))
    return {"passages": [{"heading": each.heading, "pieces": _pieces(each.pieces)} for each in found]}


def _part(change: PartChange) -> dict[str, Any]:
    move = change.move
    return {
        "noun": change.noun,
        "id": change.id,
        "title": change.title,
        "change": change.change,
        "moved": None
        if move is None
        else {"from": move.before, "to": move.after, "left": move.left, "parent": move.parent},
        "fields": [_field(field) for field in change.fields],
        "indicators": [_part(part) for part in change.parts],
    }


def _field(field: FieldChange) -> dict[str, Any]:
    found: dict[str, Any] = {
        "field": field.field,
        "from": plain_value(field.before),
        "to": plain_value(field.after),
    }
    if isinstance(field.before, str) and isinstance(field.after, str):
        found["pieces"] = _pieces(text_difference(field.before, field.after))
    return found


def plain_value(value: Value) -> Any:
    """A field's value as JSON has it: numbers as decimal strings, rules in English words, what is not there as null."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value_in_words(value, "en")


def _pieces(pieces: Iterable[Piece]) -> list[list[str]]:
    return [[piece.mark, piece.text] for piece in pieces]
