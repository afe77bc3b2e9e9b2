"""The pages on which the draft is written, and the piece of one that says when it was saved."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fastapi import Response
from sqlalchemy import Engine

from aarshjul.core.sketch import TOP, Sketched
from aarshjul.web.doing.form import FormView, Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.drafting.copies import Copy
from aarshjul.web.drafting.field_words import LABELS
from aarshjul.web.drafting.filling import localised
from aarshjul.web.drafting.gate import is_over
from aarshjul.web.drafting.part_fields import PartView, Surroundings, goal_view, top_fields
from aarshjul.web.drafting.troubles import Wrong, shown
from aarshjul.web.drafting.views import (
    around,
    behind_in_words,
    goal_choices,
    national_views,
    saved_in_words,
    title_of,
    wrong_by_field,
)
from aarshjul.web.drafting.words import WORDS
from aarshjul.web.frame import part, seated
from models.engine import reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """How a page is shown.

    Attributes:
        now: the moment.
        beside: what another tab saved in a field, by the part's key and the field.
        newer: whether what was typed was not saved because of that.
    """

    now: datetime
    beside: Mapping[tuple[str, str], str] = field(default_factory=dict)
    newer: bool = False


def overview(engine: Engine, seat: Seat, copy: Copy, shown_as: Shown) -> Response:
    """The goals in their order, or the text; what is wrong; the national goals."""
    words = WORDS[seat.language]
    found = _found(copy, seat)
    per_goal: dict[str, int] = {}
    for each in found:
        path = copy.sketch.path_to(each.key)
        goal = path[1].key if len(path) > 1 else TOP
        per_goal[goal] = per_goal.get(goal, 0) + 1
    about = _surroundings(copy, seat, found, shown_as)
    return seated(
        "drafting/overview.html",
        seat,
        words["edit_title"],
        status=409 if shown_as.newer else 200,
        fields=top_fields(copy.sketch, about),
        goals=[
            (each, title_of(each, seat.language), per_goal.get(each.key, 0)) for each in copy.sketch.parts
        ],
        shown_goals=[each.key for each in copy.sketch.there],
        national=national_views(copy.frame.shared or (), seat.language),
        new_key=_new_key(),
        drop=_drop_form(copy, seat) if copy.revision else None,
        **_shared(engine, seat, copy, shown_as, seat.to("draft", "edit"), found),
    )


def goal_page(engine: Engine, seat: Seat, copy: Copy, goal: Sketched, shown_as: Shown) -> Response:
    """One goal with its indicators in one form."""
    found = _found(copy, seat)
    keys = {each.key for each in goal.walk()}
    here = tuple(each for each in found if each.key in keys)
    with reading(engine) as session:
        who = around(session, copy, seat.language)
    about = _surroundings(copy, seat, found, shown_as)
    view = goal_view(
        goal,
        Surroundings(
            language=seat.language,
            owners=who.owners,
            goals=goal_choices(copy, goal.key),
            wrong=about.wrong,
            beside=about.beside,
        ),
    )
    following = _next(copy.sketch, goal)
    return seated(
        "drafting/goal.html",
        seat,
        title_of(goal, seat.language),
        status=409 if shown_as.newer else 200,
        goal=view,
        following=following and (seat.to("draft", "edit", following.key), title_of(following, seat.language)),
        draw_key=_new_key,
        **_shared(engine, seat, copy, shown_as, seat.to("draft", "edit", goal.key), here),
    )


def saving(engine: Engine, seat: Seat, copy: Copy | None, page: str, typed: Typed, now: datetime) -> Response:
    """What takes its place in the page after a save while somebody writes; `copy` is None where nothing was saved."""
    words = WORDS[seat.language]
    if copy is None:
        return part("drafting/saved.html", seat, said=words["newer"], revision=None, changed=(), words=words)
    goal = copy.sketch.find(page) if page != TOP else None
    changed: list[PartView] = []
    if goal is not None:
        with reading(engine) as session:
            who = around(session, copy, seat.language)
        about = Surroundings(language=seat.language, owners=who.owners, goals=goal_choices(copy, goal.key))
        changed = _of_another_kind(goal_view(goal, about), typed)
    return part(
        "drafting/saved.html",
        seat,
        said=saved_in_words(copy, seat, now),
        revision=copy.revision,
        changed=changed,
        form=FormView(id="edit", action="", button=""),
        said_form=FORM_WORDS[seat.language],
        words=words,
        draw_key=_new_key,
        labels=LABELS[seat.language],
    )


def _of_another_kind(view: PartView, typed: Typed) -> list[PartView]:
    """The parts that the page shows with the fields of another rule than is chosen now."""
    was = typed.text(f"{view.key}.shown")
    if f"{view.key}.shown" in typed.texts and was != view.rule:
        return [view]
    return [each for below in view.parts for each in _of_another_kind(below, typed)]


def _shared(
    engine: Engine, seat: Seat, copy: Copy, shown_as: Shown, action: str, found: tuple[Wrong, ...]
) -> dict[str, Any]:
    """What both pages have."""
    words = WORDS[seat.language]
    with reading(engine) as session:
        names = around(session, copy, seat.language).names
    problems = [
        Problem(field=f"{key}.{name}", said=_beside(text, name, seat.language))
        for (key, name), text in shown_as.beside.items()
    ]
    return {
        "words": words,
        "said": FORM_WORDS[seat.language],
        "labels": LABELS[seat.language],
        "form": FormView(id="edit", action=action, button=words["save"], problems=tuple(problems)),
        "copy": copy,
        "newer": shown_as.newer,
        "saved": saved_in_words(copy, seat, shown_as.now),
        "behind": behind_in_words(copy, seat, names),
        "over": is_over(copy),
        "found": _worth_telling(found, copy),
        "tab": secrets.token_hex(8),
        "top": TOP,
    }


def _worth_telling(found: tuple[Wrong, ...], copy: Copy) -> tuple[Wrong, ...]:
    known = wrong_by_field(found, copy.sketch)
    return tuple(each for each in found if (each.key, each.field) in known)


def _found(copy: Copy, seat: Seat) -> tuple[Wrong, ...]:
    """What is wrong with the goals; a text has nothing that could be."""
    if copy.is_prose:
        return ()
    return shown(copy.drafted().troubles, copy.sketch, seat)


def _surroundings(copy: Copy, seat: Seat, found: tuple[Wrong, ...], shown_as: Shown) -> Surroundings:
    return Surroundings(
        language=seat.language,
        wrong=wrong_by_field(found, copy.sketch),
        beside={at: _beside(text, at[1], seat.language) for at, text in shown_as.beside.items()},
    )


def _beside(text: str, name: str, language: str) -> str:
    words = WORDS[language]
    return (
        words["other_tab"].format(text=localised(name, text, language)) if text else words["other_tab_empty"]
    )


def _drop_form(copy: Copy, seat: Seat) -> FormView:
    words = WORDS[seat.language]
    warning = (
        words["drop_warning_new"] if copy.base is None else words["drop_warning"].format(version=copy.base)
    )
    return FormView(
        id="drop",
        action=seat.to("draft", "drop"),
        button=words["drop"],
        title=words["drop"],
        warning=warning,
        secondary=True,
    )


def _next(sketch: Sketched, goal: Sketched) -> Sketched | None:
    """The goal after this one."""
    there = list(sketch.there)
    at = next((number for number, each in enumerate(there) if each.key == goal.key), None)
    return there[at + 1] if at is not None and at + 1 < len(there) else None


def _new_key() -> str:
    """A key for a part that may be added: drawn by the page, so that a second press adds nothing."""
    return f"n{secrets.token_hex(6)}"
