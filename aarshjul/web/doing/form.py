"""Forms as pages show them: fields with labels, what was typed, what is wrong beside the field and on top."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from aarshjul.web.doing.typed import ONCE, Typed

Kind = Literal[
    "text", "email", "textarea", "date", "time", "number", "select", "radio", "checkbox", "file", "hidden"
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """Something that can be chosen."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A field of a form.

    Attributes:
        name: as the act names it.
        label, hint: in the page's language.
        kind: how it is filled in; `checkbox` and `radio` have `options`, of which a checkbox can have several.
        values: what stands in it, or what is chosen.
        wrong: what is wrong with it, in words; empty where nothing is.
        autocomplete: what a browser may fill in, as HTML names it (`email`, `one-time-code`).
    """

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    options: tuple[Option, ...] = ()
    values: tuple[str, ...] = ()
    required: bool = False
    wrong: str = ""
    autocomplete: str = "off"
    rows: int = 5
    accept: str = ""

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.values[0] if self.values else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What is wrong with what was typed; `field` is empty where it is none of the fields alone.

    `anew`: the form's number was used for something else, so that it needs another one.
    """

    field: str
    said: str
    anew: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FormView:
    """A form in its place.

    Attributes:
        id: what its fields' ids begin with: one of its kind on a page.
        action: where it posts to.
        button: what pressing it does, in words.
        warning: what cannot be taken back, said before it is pressed; empty where all can.
        problems: what was wrong with the last press, for the summary on top.
        once: the number that makes a second press of the same form do nothing.
        title: its heading; empty where the page has one for it.
        more: the words of a second button, named `more`, that asks for another row and does nothing else.
    """

    id: str
    action: str
    button: str
    fields: tuple[Field, ...] = ()
    title: str = ""
    intro: str = ""
    warning: str = ""
    problems: tuple[Problem, ...] = ()
    once: str = field(default_factory=lambda: secrets.token_urlsafe(15))
    secondary: bool = False
    more: str = ""

    @property
    def multipart(self) -> bool:
        """Whether it carries a file."""
        return any(each.kind == "file" for each in self.fields)

    @property
    def open(self) -> bool:
        """Whether it wants to be seen at once: something is wrong with it."""
        return bool(self.problems)

    def filled(self, typed: Typed, problems: Sequence[Problem]) -> "FormView":
        """The same with what was typed, and what is wrong with it."""
        said: Mapping[str, str] = {each.field: each.said for each in reversed(problems)}
        fields = tuple(
            each
            if each.kind == "file" or (each.kind == "hidden" and each.name not in typed.texts)
            else replace(each, values=typed.texts.get(each.name, ()))
            for each in self.fields
        )
        return replace(
            self,
            fields=tuple(replace(each, wrong=said.get(each.name, "")) for each in fields),
            problems=tuple(problems),
            once=self.once if any(each.anew for each in problems) else typed.once or self.once,
        )


def options(pairs: Mapping[str, str] | Sequence[tuple[str, str]]) -> tuple[Option, ...]:
    """Choices from values and their words."""
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    return tuple(Option(value=value, label=label) for value, label in items)


__all__ = ["ONCE", "Field", "FormView", "Option", "Problem", "options"]
