"""The forms of acts on results and attainment, and what is wrong with what was typed before an act is asked."""

from dataclasses import dataclass

from aarshjul.core.contract import Goal, Indicator
from aarshjul.core.figures import percent, written
from aarshjul.core.languages import Language
from aarshjul.core.rules import Assessed, YesNo
from aarshjul.papers.results_words import WORDS as PAPER_WORDS
from aarshjul.web.doing.form import Field, FormView, Option, Problem, options
from aarshjul.web.doing.seat import SUBSCRIBER
from aarshjul.web.doing.typed import Typed
from aarshjul.web.scores.loading import Scored
from aarshjul.web.scores.numbers import typed_number
from aarshjul.web.scores.values_view import FindingView
from aarshjul.web.scores.words import WORDS
from models.contract_rows import actual_text


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A typed form: the fields of the act, and what is wrong already."""

    fields: dict[str, str]
    problems: tuple[Problem, ...] = ()


def read_fields(
    typed: Typed, language: Language, *names: str, number: str = "", needs: tuple[tuple[str, str], ...] = ()
) -> Read:
    """What was typed as an act's fields; `needs` are fields that must be there, with the words that say so."""
    fields, words = typed.fields(*names), WORDS[language]
    problems = [Problem(field=name, said=words[word]) for name, word in needs if name not in fields]
    if number in fields and (value := typed_number(fields[number], language)) is not None:
        fields[number] = value
    elif number in fields:
        problems.append(Problem(field=number, said=words["need_number"]))
    return Read(fields=fields, problems=tuple(problems))


def resolving(found: Scored, finding: FindingView, number: int) -> FormView:
    """To close a finding with a reason; one of many on a page, told apart by their numbers."""
    words = WORDS[found.language]
    return FormView(
        id=f"finding-{number}",
        action=found.seat.to("findings"),
        title=words["resolve"] if finding.open else words["resolve_again"],
        button=words["resolve"],
        secondary=True,
        fields=(
            Field(name="finding", label="", kind="hidden", values=(finding.id,)),
            Field(name="reason", label=words["reason"], kind="textarea", required=True, rows=3),
            Field(name="value", label=words["right"], kind="number", hint=words["number_hint"]),
        ),
    )


def recommending(found: Scored, goal: Goal) -> FormView:
    """To recommend an attainment; the computed one stands there."""
    words, exact = WORDS[found.language], found.scores.goals[goal.id].exact
    shown = PAPER_WORDS[found.language].score(found.scores.goals[goal.id]).removesuffix(" %")
    start = written(goal.recommended, found.language) if goal.recommended is not None else shown
    hint = words["why_unknown"]
    if exact is not None:
        hint = words["why_hint"].format(computed=percent(exact, found.language))
    return FormView(
        id="recommend",
        action=found.seat.to("goals", goal.id, "recommend"),
        title=words["recommend"],
        button=words["recommend_button"],
        fields=(
            Field(
                name="value",
                label=words["per_cent"],
                kind="number",
                required=True,
                values=(start,) if exact is not None or goal.recommended is not None else (),
            ),
            Field(name="reason", label=words["reason"], kind="textarea", hint=hint, rows=3),
        ),
    )


def deciding(found: Scored, goal: Goal | None) -> FormView:
    """To record what the council decided of a goal, or of all as recommended."""
    words = WORDS[found.language]
    value = Field(name="value", label=words["per_cent"], kind="number", hint=words["decide_empty"])
    minutes = Field(
        name="minutes", label=words["minutes"], hint=words["minutes_hint"], required=found.records_decisions
    )
    return FormView(
        id="decide",
        action=found.seat.to("goals", goal.id, "decide") if goal else found.seat.to("attainment"),
        title=words["decide"] if goal else words["decide_all"],
        button=words["decide_button"],
        warning=words["decide_warning"],
        fields=(
            *((value,) if goal else ()),
            minutes,
            Field(name="reason", label=words["reason"], kind="textarea", rows=3),
        ),
    )


def handing_in(found: Scored, leaf: Indicator) -> FormView:
    """To record a result, with the file that proves it."""
    words = WORDS[found.language]
    return FormView(
        id="hand-in",
        action=found.seat.to("results", leaf.id),
        title=words["hand_in"] if leaf.actual is None else words["hand_in_again"],
        button=words["hand_in"],
        fields=(
            _achieved(found, leaf),
            Field(
                name="source",
                label=words["from_where"],
                hint=words["source_hint"],
                values=_text(leaf.source or _asked_source(found, leaf)),
            ),
            Field(
                name="evidence",
                label=words["evidence"],
                kind="textarea",
                rows=3,
                values=_text(leaf.evidence),
            ),
            Field(name="file", label=words["file"], kind="file", hint=words["file_hint"]),
        ),
    )


def _text(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _asked_source(found: Scored, leaf: Indicator) -> str | None:
    line = found.lines.get(leaf.id)
    return line.asked.source if line is not None and line.asked is not None else None


def _achieved(found: Scored, leaf: Indicator) -> Field:
    words, known = WORDS[found.language], actual_text(leaf.actual)
    if isinstance(leaf.rule, YesNo):
        both = options({"true": words["yes"], "false": words["no"]})
        return Field(
            name="actual",
            label=words["achieved"],
            kind="radio",
            required=True,
            options=both,
            values=_text(known),
        )
    hint = words["unit_hint"].format(unit=leaf.unit) if leaf.unit else words["number_hint"]
    if isinstance(leaf.rule, Assessed):
        hint = words["percent_hint"].format(most=written(leaf.rule.cap, found.language))
    if known is not None and found.language == "da":
        known = known.replace(".", ",")
    return Field(
        name="actual",
        label=words["achieved"],
        kind="number",
        required=True,
        hint=hint,
        values=_text(known),
    )


def attaching(found: Scored, leaf: Indicator) -> FormView:
    """To keep one more file as evidence."""
    words = WORDS[found.language]
    closed = Field(name="closed", label=words["closed_why"])
    return FormView(
        id="attach",
        action=found.seat.to("results", leaf.id, "attach"),
        title=words["attach"],
        button=words["attach_button"],
        secondary=True,
        fields=(
            Field(name="file", label=words["file"], kind="file", hint=words["file_hint"], required=True),
            Field(name="title", label=words["file_title"]),
            *((closed,) if found.in_charge else ()),
        ),
    )


def asking(found: Scored, leaf: Indicator) -> FormView:
    """To ask somebody for a result by a day."""
    words, line = WORDS[found.language], found.lines.get(leaf.id)
    asked = line.asked if line is not None else None
    owner = asked.owner if asked else leaf.owner
    return FormView(
        id="request",
        action=found.seat.to("results", leaf.id, "request"),
        title=words["request_again"] if asked else words["request"],
        button=words["request_button"],
        secondary=True,
        fields=(
            Field(
                name="owner",
                label=words["owner"],
                kind="select",
                required=True,
                options=_owners(found),
                values=_text(owner),
            ),
            Field(
                name="due",
                label=words["due"],
                kind="date",
                required=True,
                values=(asked.due.isoformat(),) if asked else (),
            ),
            Field(
                name="source",
                label=words["request_source"],
                values=_text((asked.source if asked else None) or leaf.source),
            ),
            Field(
                name="note",
                label=words["request_note"],
                kind="textarea",
                rows=3,
                values=_text(asked.note if asked else None),
            ),
        ),
    )


def _owners(found: Scored) -> tuple[Option, ...]:
    """Everybody who takes part, and their roles; who only subscribes owes nothing."""
    roles = sorted({role for mine in found.present.values() for role in mine} - {SUBSCRIBER})
    people = [person for person, mine in found.present.items() if mine - {SUBSCRIBER}]
    names, words = found.results.names, PAPER_WORDS[found.language]
    return options(
        [(role, words.owner(role, found.results)) for role in roles]
        + sorted(((each, names.get(each, each)) for each in people), key=lambda pair: pair[1])
    )
