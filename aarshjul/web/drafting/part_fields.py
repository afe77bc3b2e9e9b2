"""The fields of a goal and of an indicator: those that belong to how it is measured, and what is wrong with each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aarshjul.core.sketch import PARTS, SAME, Sketched
from aarshjul.files.draft_sketch import BAND
from aarshjul.web.doing.form import Field, Kind, Option, options
from aarshjul.web.drafting.field_words import GOAL_KINDS, HINTS, KINDS, LABELS
from aarshjul.web.drafting.filling import localised

_OF_RULE: Mapping[str, tuple[str, ...]] = {
    "at_least": ("target", "cap"),
    "rising": ("rise_from", "rise_by", "cap"),
    "at_most": ("target", "cap"),
    "more_than": ("target",),
    "less_than": ("target",),
    "assessed": ("cap",),
    "linear": ("zero_at", "full_at", "cap"),
    "bands": ("cap",),
}
_SPARE_ROWS = 2
_REQUIRED = frozenset(
    {"id", "title", "rule", "target", "rise_from", "rise_by", "zero_at", "full_at", "same_as", "score"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What the fields of one page are made with.

    Attributes:
        owners: who can be named as an indicator's owner, and `goals` which goals another can be the same as.
        wrong: what is wrong, by the part's key and the field.
        beside: what another tab has written into a field, by the same; shown beside what was typed.
    """

    language: str
    owners: tuple[Option, ...] = ()
    goals: tuple[Option, ...] = ()
    wrong: Mapping[tuple[str, str], str] = field(default_factory=dict)
    beside: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class PartView:
    """A part as its form is shown: its own fields, those of its rule, the steps of its scale, the parts below."""

    key: str
    id: str
    title: str
    gone: bool
    open: bool
    rule: str
    fields: tuple[Field, ...]
    of_rule: tuple[Field, ...]
    bands: tuple[tuple[Field, ...], ...]
    more: tuple[Field, ...]
    parts: tuple["PartView", ...]


def goal_view(goal: Sketched, around: Surroundings) -> PartView:
    """A goal with its indicators."""
    make = _maker(goal, around)
    kinds = options(GOAL_KINDS[around.language])
    rule = goal.get("rule") or PARTS
    fields = (
        make("id"),
        make("title"),
        make("text", "textarea"),
        make("focus"),
        make("level"),
        make("weight", "number"),
        make("rule", "select", choices=kinds, label="goal_rule", fallback=PARTS),
    )
    same = (make("same_as", "select", choices=_with(around.goals, goal.get("same_as"))),)
    return _view(goal, around, rule, fields, same if rule == SAME else (), (make("note", "textarea"),))


def part_view(part: Sketched, around: Surroundings) -> PartView:
    """An indicator with those below it."""
    make = _maker(part, around)
    rule = part.get("rule")
    fields = (
        make("id"),
        make("title", required=False),
        make("rule", "select", choices=options(KINDS[around.language])),
    )
    of_rule = tuple(make(name, "number") for name in _OF_RULE.get(rule, ()))
    measured = (make("unit"), make("baseline", "number")) if rule != PARTS else ()
    rare = tuple(make(each) for each in ("evidence", "other_measurements") if part.get(each))
    named = (
        make("source"),
        make("owner", "select", choices=_with(around.owners, part.get("owner"))),
        make("weight", "number"),
        make("note", "textarea"),
    )
    return _view(part, around, rule, fields, (*of_rule, *measured), (*named, *rare))


def top_fields(sketch: Sketched, around: Surroundings) -> tuple[Field, ...]:
    """The fields of the draft as a whole."""
    make = _maker(sketch, around)
    if sketch.get("kind") == "text":
        return (make("text", "textarea", rows=30),)
    return (make("title", required=False), make("note", "textarea", required=False))


def _view(
    part: Sketched,
    around: Surroundings,
    rule: str,
    fields: tuple[Field, ...],
    of_rule: tuple[Field, ...],
    more: tuple[Field, ...],
) -> PartView:
    bands = tuple(_bands(part, around)) if rule == "bands" else ()
    below = tuple(part_view(each, around) for each in part.parts) if rule == PARTS else ()
    own = any(key == part.key for key, _ in (*around.wrong, *around.beside))
    return PartView(
        key=part.key,
        id=part.get("id"),
        title=part.get("title"),
        gone=part.gone,
        open=own or not part.get("title") or any(each.open for each in below),
        rule=rule,
        fields=fields,
        of_rule=of_rule,
        bands=bands,
        more=more,
        parts=below,
    )


def _maker(part: Sketched, around: Surroundings) -> Callable[..., Field]:
    """A maker of this part's fields."""
    labels, hints = LABELS[around.language], HINTS[around.language]

    def make(
        name: str,
        kind: Kind = "text",
        *,
        choices: tuple[Option, ...] = (),
        label: str = "",
        fallback: str = "",
        required: bool | None = None,
        rows: int = 5,
    ) -> Field:
        value = localised(name, part.get(name), around.language) or fallback
        at = (part.key, name)
        hint = " ".join(each for each in (hints.get(label or name, ""), around.beside.get(at, "")) if each)
        return Field(
            name=f"{part.key}.{name}",
            label=labels[label or name],
            kind=kind,
            hint=hint,
            options=choices,
            values=(value,) if value else (),
            required=name in _REQUIRED if required is None else required,
            wrong=around.wrong.get(at, ""),
            rows=2 if name == "note" else rows,
        )

    return make


def _bands(part: Sketched, around: Surroundings) -> Sequence[tuple[Field, ...]]:
    """A row of fields for each step, and some to add."""
    labels = LABELS[around.language]
    rows = [*part.bands, *([{}] * _SPARE_ROWS)]
    return [
        tuple(
            Field(
                name=f"{part.key}.bands.{number}.{name}",
                label=f"{labels['bands'].format(number=number + 1)}: {labels[f'band_{name}'].lower()}",
                kind="number",
                values=(localised("target", row.get(name, ""), around.language),),
                wrong=around.wrong.get((part.key, f"bands.{number}.{name}"), ""),
            )
            for name in BAND
        )
        for number, row in enumerate(rows)
    ]


def _with(choices: tuple[Option, ...], value: str) -> tuple[Option, ...]:
    """The choices, and what stands there already, even where it is none of them."""
    known = {each.value for each in choices}
    return choices if not value or value in known else (*choices, Option(value=value, label=value))
