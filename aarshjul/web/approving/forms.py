"""The forms of the approval: vote, decide, sign, put in force; each carries the hash of the text on its page."""

import json
import re

from aarshjul.core.stages import Outcome
from aarshjul.web.approving.form_words import WORDS
from aarshjul.web.approving.words import WORDS as PAGE
from aarshjul.web.discussing.opened import HASH
from aarshjul.web.discussing.shared_words import WORDS as SHARED
from aarshjul.web.doing.form import Field, FormView, Option, Problem, options
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.undoing import warning_for
from models.draft import Draft
from models.votes import WAYS

_ROW = re.compile(r"condition-([1-9][0-9]{0,2})-(?:text|owner|due)")
_PARTS = ("text", "owner", "due")
MORE = "more"


def _hidden(name: str, value: str) -> Field:
    return Field(name=name, label="", kind="hidden", values=(value,))


def _body(seat: Seat, body: str, council: str) -> str:
    return council if body == "council" else PAGE[seat.language]["board"]


def voting(seat: Seat, draft: Draft, body: str, whom: tuple[Option, ...], council: str) -> FormView:
    """A vote: one's own, or that of one of those who can be chosen."""
    words = WORDS[seat.language]
    choices = options([(way, words[f"vote_{way}"]) for way in WAYS])
    fields = [
        _hidden(HASH, draft.hash),
        _hidden("body", body),
        Field(name="vote", label=words["vote_label"], kind="radio", options=choices, required=True),
    ]
    if [each.value for each in whom] != [seat.person]:
        mine = (seat.person,) if seat.person in {each.value for each in whom} else ()
        label = SHARED[seat.language]["whom"]
        person = Field(name="person", label=label, kind="select", options=whom, values=mine, required=True)
        fields.insert(2, person)
    return FormView(
        id=f"vote-{body}",
        action=seat.to("approval", "vote"),
        button=words["vote_button"],
        title=words["vote_title"].format(body=_body(seat, body, council)),
        intro=words["vote_intro"].format(version=draft.version),
        fields=tuple(fields),
        secondary=True,
    )


def deciding(
    seat: Seat,
    draft: Draft,
    body: str,
    outcomes: tuple[str, ...],
    *,
    recorded: bool,
    council: str,
    owners: tuple[Option, ...],
    rows: int,
) -> FormView:
    """What a body decides, with a row for each condition; `recorded` where the minutes must be named."""
    words = WORDS[seat.language]
    ways = options([(each, words[each]) for each in outcomes])
    warning = " ".join(
        each
        for each in (
            warning_for("decide", seat.language),
            words["final"] if Outcome.REJECTED in outcomes else "",
        )
        if each
    )
    with_conditions = Outcome.APPROVED_WITH_CONDITIONS in outcomes
    return FormView(
        id=f"decide-{body}",
        action=seat.to("approval", "decide"),
        button=words["decide_button"],
        title=words["decide_title"].format(body=_body(seat, body, council)),
        intro=words["decide_intro_recorded" if recorded else "decide_intro"].format(version=draft.version),
        warning=warning,
        fields=(
            _hidden(HASH, draft.hash),
            _hidden("body", body),
            Field(name="outcome", label=words["outcome"], kind="radio", options=ways, required=True),
            Field(name="reason", label=words["reason"], kind="textarea", hint=words["reason_hint"], rows=4),
            Field(name="minutes", label=words["minutes"], required=recorded),
            Field(name="decided_on", label=words["decided_on"], kind="date", hint=words["decided_on_hint"]),
            *(_rows(seat, rows, owners) if with_conditions else ()),
        ),
        more=words["more"] if with_conditions else "",
    )


def _rows(seat: Seat, rows: int, owners: tuple[Option, ...]) -> tuple[Field, ...]:
    words = WORDS[seat.language]
    return tuple(
        field
        for number in range(1, rows + 1)
        for field in (
            Field(
                name=f"condition-{number}-text",
                label=words["condition_text"].format(number=number),
                kind="textarea",
                rows=2,
            ),
            Field(
                name=f"condition-{number}-owner",
                label=words["condition_owner"].format(number=number),
                kind="select",
                options=owners,
            ),
            Field(
                name=f"condition-{number}-due",
                label=words["condition_due"].format(number=number),
                kind="date",
            ),
        )
    )


def signing(seat: Seat, draft: Draft, body: str, council: str) -> FormView:
    """A chair's signature."""
    words = WORDS[seat.language]
    return FormView(
        id=f"sign-{body}",
        action=seat.to("approval", "sign"),
        button=words["sign_button"],
        title=words["sign_title"].format(body=_body(seat, body, council)),
        intro=words["sign_intro"].format(version=draft.version, hash=draft.hash),
        warning=warning_for("sign", seat.language),
        fields=(_hidden(HASH, draft.hash), _hidden("body", body)),
    )


def putting_in_force(seat: Seat, draft: Draft) -> FormView:
    """In force without signatures of ours."""
    words = WORDS[seat.language]
    return FormView(
        id="put-in-force",
        action=seat.to("approval", "put-in-force"),
        button=words["put_button"],
        title=words["put_title"],
        intro=words["put_intro"].format(version=draft.version, hash=draft.hash),
        warning=warning_for("put-in-force", seat.language),
        fields=(_hidden(HASH, draft.hash), Field(name="reason", label=words["put_reason"], kind="textarea")),
    )


def rows_typed(typed: Typed) -> int:
    """How many rows of conditions a form had, and one more where that was asked for."""
    numbers = (int(found[1]) for name in typed.texts if (found := _ROW.fullmatch(name)))
    return max(numbers, default=1) + (1 if typed.text(MORE) else 0)


def conditions_typed(typed: Typed, language: str) -> tuple[str, tuple[Problem, ...]]:
    """The rows that something stands in, as the act takes them, and what is missing in them."""
    words, found, problems = WORDS[language], [], []
    for number in range(1, rows_typed(typed) + 1):
        row = {part: typed.text(f"condition-{number}-{part}") for part in _PARTS}
        if not any(row.values()):
            continue
        found.append({part: value for part, value in row.items() if value})
        problems += [
            Problem(
                field=f"condition-{number}-{part}",
                said=words[f"condition_{part}_missing"].format(number=number),
            )
            for part in ("text", "owner")
            if not row[part]
        ]
    return (json.dumps(found, ensure_ascii=False) if found else ""), tuple(problems)
