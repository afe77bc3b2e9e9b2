"""What keeps a draft from being submitted, in the words of its forms and with the way to the field."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aarshjul.core.sketch import PARTS, TOP, Sketched
from aarshjul.files.draft_editing import Trouble, is_ambiguous
from aarshjul.web.doing.seat import Seat
from aarshjul.web.drafting.field_words import LABELS, WRONG
from aarshjul.web.drafting.filling import NUMBERS, localised

_CAUSES: tuple[tuple[str, str], ...] = (
    (r"is used in line", "taken"),
    (r"is one of the national goals'", "national"),
    (r"national goals come from the shared set", "level"),
    (r"holds the control character", "control"),
    (r"more than one line|must be a line of at most", "line"),
    (r"^`id` is the date", "date"),
    (r"^`id` .*must be", "id"),
    (r"is missing; add it$", "copied"),
    (r"goes in a circle", "circle"),
    (r"`goals` is empty", "no_goals"),
    (r"only parts with `weight: 0`", "weights"),
    (r"`weight` is -", "negative"),
    (r"neither `indicators` nor", "no_parts"),
    (r"neither `rule` nor", "no_rule"),
    (r"`same_as`", "same_as"),
    (r"must be above 0|must be 0 or more", "above_zero"),
    (r"`cap` is", "cap"),
    (r"they must differ", "differ"),
    (r"a band's `score`", "score"),
    (r"holds no value", "empty_band"),
    (r"a band needs at least one|`bands`.*is empty; it needs", "needs_band"),
    (r"is missing; add", "missing"),
    (r"must be a number|must be a finite", "number"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrong:
    """Something to put right: which part and field, where that is, and what to do."""

    key: str
    field: str
    where: str
    said: str
    address: str


def shown(troubles: Sequence[Trouble], sketch: Sketched, seat: Seat) -> tuple[Wrong, ...]:
    """The troubles as pages list them."""
    return tuple(_wrong(each, sketch, seat) for each in troubles)


def _wrong(trouble: Trouble, sketch: Sketched, seat: Seat) -> Wrong:
    part = sketch.find(trouble.key) or sketch
    name = _field(trouble, part)
    return Wrong(
        key=part.key,
        field=name,
        where=where_of(sketch, part.key, seat.language),
        said=_said(trouble, part, seat.language),
        address=address_of(sketch, part.key, name, seat),
    )


def _field(trouble: Trouble, part: Sketched) -> str:
    """The field that a problem is shown at: one that the form has."""
    name = trouble.field
    if name == "parts" or (name == "rule" and part.get("rule") == "parts"):
        return "rule"
    if re.fullmatch(r"bands\.[0-9]+", name):
        return f"{name}.score"
    return ("bands.0.score" if part.bands else "rule") if name == "bands" else name


def _said(trouble: Trouble, part: Sketched, language: str) -> str:
    words, typed = WRONG[language], _typed(part, trouble.field)
    cause = next((code for found, code in _CAUSES if re.search(found, trouble.said)), "other")
    if typed and is_ambiguous(typed):
        cause = "unsure"
    if cause == "no_rule" and part.get("rule") == PARTS:
        cause = "no_parts"
    if cause == "number" and not typed:
        cause = "missing"
    if trouble.field.startswith("bands.") and cause in ("missing", "needs_band"):
        cause = "band"
    label, _, number = trouble.field.partition(".")
    name = number.partition(".")[2]
    shown_as = LABELS[language].get(f"band_{name}" if name else label, "")
    text = (
        trouble.said if cause == "other" else localised("target" if _counts(trouble) else "", typed, language)
    )
    at = f"{int(number.partition('.')[0]) + 1}" if label == "bands" and number else ""
    return words[cause].format(label=shown_as or words["whole"], text=text, number=at)


def _counts(trouble: Trouble) -> bool:
    return trouble.field in NUMBERS or trouble.field.startswith("bands.")


def _typed(part: Sketched, name: str) -> str:
    if name.startswith("bands."):
        _, number, *rest = name.split(".")
        return part.bands[int(number)].get(rest[0], "") if rest and int(number) < len(part.bands) else ""
    return part.get(name)


def where_of(sketch: Sketched, key: str, language: str) -> str:
    """Which part, in a few words: `Mål 9, 9a`."""
    ids = [each.get("id") or "?" for each in sketch.path_to(key)[1:]]
    words = WRONG[language]
    return ", ".join([words["at"].format(id=ids[0]), *ids[1:]]) if ids else words["whole"]


def address_of(sketch: Sketched, key: str, name: str, seat: Seat) -> str:
    """The way to a field: the page of its goal, or that of the whole draft."""
    path = sketch.path_to(key)
    if len(path) < 2:
        anchor = f"#edit-{TOP}.{name}" if name in ("title", "note") else ""
        return seat.to("draft", "edit") + anchor
    anchor = f"edit-{key}.{name}" if name else f"part-{key}"
    return f"{seat.to('draft', 'edit', path[1].key)}#{anchor}"
