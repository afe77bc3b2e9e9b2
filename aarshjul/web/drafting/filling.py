"""What came with a form of the draft, put into the sketch: by part and field, and never over what another tab wrote."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from aarshjul.core.sketch import Sketched, changed
from aarshjul.web.doing.typed import Typed

_NAME = re.compile(r"([a-z0-9-]{1,40})\.([a-z_]{1,30})")
_BAND = re.compile(r"([a-z0-9-]{1,40})\.bands\.([0-9]{1,3})\.([a-z]{1,10})")
_MOST_BANDS = 200
NUMBERS = frozenset(
    {
        "weight",
        "target",
        "rise_from",
        "rise_by",
        "zero_at",
        "full_at",
        "cap",
        "baseline",
        "other_measurements",
    }
)
"""The fields that hold numbers: between the languages their commas and points change places."""
_TEXTS = frozenset(
    {
        "id",
        "title",
        "level",
        "focus",
        "text",
        "rule",
        "same_as",
        "note",
        "unit",
        "source",
        "evidence",
        "owner",
    }
)
_SWAP = str.maketrans(".,", ",.")


def localised(name: str, text: str, language: str) -> str:
    """A field between how it is kept, with a decimal comma, and how a language writes it; the same both ways."""
    return text.translate(_SWAP) if language == "en" and name in NUMBERS else text


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """The parts of a form: the fields of each by its key, and the steps of its scale."""

    fields: Mapping[str, Mapping[str, str]]
    bands: Mapping[str, tuple[Mapping[str, str], ...]]
    revision: int
    tab: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The parts that it has anything of."""
        return tuple(dict.fromkeys((*self.fields, *self.bands)))

    def over(self, part: Sketched) -> Sketched:
        """A part with what was typed; what has no field in the form stays."""
        kept = {name: each for name, each in part.fields.items() if name not in self.fields.get(part.key, {})}
        new = {name: each for name, each in self.fields.get(part.key, {}).items() if each}
        return replace(part, fields={**kept, **new}, bands=self.bands.get(part.key, part.bands))


def sent(typed: Typed, language: str) -> Sent:
    """A form as it came."""
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    rows: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
    for name, values in typed.texts.items():
        text = values[0].strip()
        if (found := _NAME.fullmatch(name)) and found[2] in NUMBERS | _TEXTS:
            fields[found[1]][found[2]] = localised(found[2], text, language)
        elif (found := _BAND.fullmatch(name)) and int(found[2]) < _MOST_BANDS:
            rows[found[1]].setdefault(int(found[2]), {})[found[3]] = localised("target", text, language)
    return Sent(
        fields=fields,
        bands={key: _rows(each) for key, each in rows.items()},
        revision=as_count(typed.text("revision")) or 0,
        tab=typed.text("tab")[:40],
    )


def _rows(rows: Mapping[int, Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
    """The steps in their order; what was left empty is none."""
    filled = [{name: text for name, text in rows[at].items() if text} for at in sorted(rows)]
    return tuple(row for row in filled if row)


@dataclass(slots=True)
class Filling:
    """One save: what of a form was written, what met something newer, and what has no place any more.

    `press` is False for what is saved while somebody writes: it never overtakes what the same page saved by hand.
    """

    sent: Sent
    press: bool = True
    newer: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def into(self, sketch: Sketched, number: int) -> Sketched:
        """The sketch with the form in it, as save `number`; what is newer than the form's own is left and noted."""
        self.newer, self.lost = [], []
        for key in self.sent.keys:
            part = sketch.find(key)
            if part is None:
                self.lost.append(key)
                continue
            new = self.sent.over(part)
            if new.says_the_same(part):
                continue
            if part.revision > self.sent.revision and not (self.press and part.tab == self.sent.tab):
                self.newer.append(key)
                continue
            sketch = changed(sketch, key, lambda each: self._written(each, number))
        return sketch

    def _written(self, part: Sketched, number: int) -> Sketched:
        return replace(self.sent.over(part), revision=number, tab=self.sent.tab)


def as_count(text: str) -> int | None:
    """A whole number from 1; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and int(text[:10]) > 0 and len(text) < 10 else None
