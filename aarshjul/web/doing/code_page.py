"""The page that asks for a code: what is about to be done, everything that was typed kept, and one field."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fastapi import Response

from aarshjul.web.doing.code_words import FIELDS, VALUES, WORDS
from aarshjul.web.doing.form import ONCE, Field, FormView, Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated

_OURS = frozenset({ONCE, "code", "code_about", "code_anew"})


@dataclass(frozen=True, kw_only=True, slots=True)
class CodePage:
    """What the page shows.

    Attributes:
        do, fields: the act that is about to be done.
        address: where the code went, as its owner knows it again.
        purpose: what the code is for.
        draft: number and hash of the version that it is about; None where it is about none.
    """

    do: str
    fields: Mapping[str, str | Sequence[str]]
    address: str
    purpose: str
    draft: tuple[int, str] | None


def code_page(seat: Seat, typed: Typed, view: CodePage, *, wrong: str, status: int) -> Response:
    """The page, with what is wrong beside the field and on top."""
    words = WORDS[seat.language]
    problems = (Problem(field="code", said=words[f"is_{wrong}"]),) if wrong else ()
    return seated(
        "personal/code.html",
        seat,
        words["title"],
        status=status,
        words=words,
        said=FORM_WORDS[seat.language],
        does=words[view.do],
        facts=tuple(_facts(seat.language, view)),
        sent=words["sent"].format(address=view.address),
        form=_form(seat, typed, view, problems),
        anew=_anew(seat, typed, view),
    )


def _form(seat: Seat, typed: Typed, view: CodePage, problems: tuple[Problem, ...]) -> FormView:
    words = WORDS[seat.language]
    code = Field(
        name="code",
        label=words["code"],
        hint=words["code_hint"],
        values=(typed.text("code"),),
        required=True,
        wrong=problems[0].said if problems else "",
        autocomplete="one-time-code",
    )
    return FormView(
        id="code",
        action=seat.place.in_this,
        button=words["button"],
        fields=(*_kept(typed, view), code),
        warning=words["warning"],
        problems=problems,
        once=typed.once or secrets.token_urlsafe(15),
    )


def _anew(seat: Seat, typed: Typed, view: CodePage) -> FormView:
    words = WORDS[seat.language]
    fields = (*_kept(typed, view), Field(name="code_anew", label="", kind="hidden", values=("1",)))
    return FormView(
        id="anew",
        action=seat.place.in_this,
        button=words["anew"],
        fields=fields,
        secondary=True,
        once=typed.once or secrets.token_urlsafe(15),
    )


def _kept(typed: Typed, view: CodePage) -> tuple[Field, ...]:
    """Everything that was typed, unseen, and what the code is for."""
    kept = tuple(
        Field(name=name, label="", kind="hidden", values=(value,))
        for name, values in typed.texts.items()
        if name not in _OURS
        for value in values
    )
    return (*kept, Field(name="code_about", label="", kind="hidden", values=(view.purpose,)))


def _facts(language: str, view: CodePage) -> Iterator[tuple[str, str]]:
    """What is about to be done, in words."""
    for name, value in view.fields.items():
        texts = (value,) if isinstance(value, str) else tuple(value)
        said = ", ".join(VALUES[language].get(text, text) for text in texts if text)
        if said:
            yield FIELDS[language].get(name, name), said
    if view.draft is not None:
        number, content = view.draft
        yield WORDS[language]["draft"], WORDS[language]["version"].format(number=number, hash=content[:12])
