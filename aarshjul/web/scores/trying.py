"""Other results than those that are recorded, as somebody typed them, and what would come of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from aarshjul.core.contract import Contract, Indicator
from aarshjul.core.figures import percent, written
from aarshjul.core.languages import Language
from aarshjul.core.rules import Actual, Assessed, YesNo
from aarshjul.core.what_if import Lift, Lifts, lifts, with_actuals
from aarshjul.files.measured import read_measured
from aarshjul.web.doing.form import Problem
from aarshjul.web.scores.goal_view import target_in_words
from aarshjul.web.scores.loading import Scored
from aarshjul.web.scores.numbers import typed_number
from aarshjul.web.scores.sliders import Slide, slide
from aarshjul.web.scores.what_if_words import WORDS
from models.contract_rows import actual_text

BEFORE = "i-"
TOTAL = "total"
_MOST_PER_CENT = Decimal(1000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tryable:
    """An indicator with what was typed for it, or what is recorded; `slide` is None where it is no number."""

    name: str
    label: str
    target: str
    typed: str
    slide: Slide | None
    at: str
    wrong: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """All that was typed, and the contract that it makes; what is wrong with a field leaves what is recorded."""

    fields: tuple[Tryable, ...]
    after: Contract
    changed: bool
    problems: tuple[Problem, ...]
    lift: str
    over: str
    lifted: Lifts | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What one indicator alone would take, in words; `to` is empty where nothing is enough."""

    indicator: str
    title: str
    actual: str
    to: str
    size: str
    gives: str


def tried(found: Scored, asked: Mapping[str, str]) -> Tried:
    """What a query asks for."""
    fields, problems, actuals = [], [], dict[str, Actual | None]()
    for _, leaf in found.contract.leaves():
        name = f"{BEFORE}{leaf.id}"
        if name in asked:
            actual, wrong = _read(leaf, asked[name].strip(), found.language)
            if wrong:
                problems.append(Problem(field=name, said=f"{leaf.id}: {wrong}"))
            else:
                actuals[leaf.id] = actual
        else:
            wrong = ""
        fields.append(_field(found, leaf, asked.get(name), wrong))
    after = with_actuals(found.contract, actuals)
    lift, over = _lift(found, asked), asked.get("over", "").strip()[:60]
    threshold, wrong = _threshold(over, found.language)
    if wrong:
        problems.append(Problem(field="over", said=wrong))
    return Tried(
        fields=tuple(fields),
        after=after,
        changed=after != found.contract,
        problems=tuple(problems),
        lift=lift,
        over=over,
        lifted=None if threshold is None else lifts(after, threshold, None if lift == TOTAL else lift),
    )


def _read(leaf: Indicator, text: str, language: Language) -> tuple[Actual | None, str]:
    words = WORDS[language]
    if not text:
        return None, ""
    if isinstance(leaf.rule, YesNo):
        return (text == "true", "") if text in ("true", "false") else (None, words["need_answer"])
    plain = typed_number(text, language)
    actual, problem = read_measured(leaf.rule, plain) if plain is not None else (None, "none")
    if problem is None:
        return actual, ""
    if actual is not None and isinstance(leaf.rule, Assessed):
        return None, words["need_per_cent"].format(most=written(leaf.rule.cap, language))
    return None, words["need_number"]


def _field(found: Scored, leaf: Indicator, typed: str | None, wrong: str) -> Tryable:
    assert leaf.rule is not None  # noqa: S101 -- leaves have one
    known = actual_text(leaf.actual) or ""
    number = leaf.actual if isinstance(leaf.actual, Decimal) else None
    shown = known.replace(".", ",") if found.language == "da" and number is not None else known
    now = typed_number(typed, found.language) if typed else None
    return Tryable(
        name=f"{BEFORE}{leaf.id}",
        label=f"{leaf.id} {leaf.title or ''}".strip(),
        target=target_in_words(leaf.rule, leaf.unit, found.language),
        typed=shown if typed is None else typed[:60],
        slide=None if isinstance(leaf.rule, YesNo) else slide(leaf.rule, number),
        at=now or known or "0",
        wrong=wrong,
    )


def _lift(found: Scored, asked: Mapping[str, str]) -> str:
    wanted = asked.get("lift", TOTAL)
    return wanted if wanted in {goal.id for goal in found.contract.goals} else TOTAL


def _threshold(over: str, language: Language) -> tuple[Decimal | None, str]:
    if not over:
        return None, ""
    plain = typed_number(over, language)
    number, problem = read_measured(None, plain) if plain is not None else (None, "none")
    if problem is not None or not isinstance(number, Decimal) or not 0 < number <= _MOST_PER_CENT:
        return None, WORDS[language]["need_threshold"]
    return number, ""


def steps(found: Scored, lifted: Lifts) -> list[Step]:
    """What each indicator alone would take, the smallest change first."""
    return [_step(found, each) for each in lifted.lifts]


def _step(found: Scored, lift: Lift) -> Step:
    language = found.language
    return Step(
        indicator=lift.indicator.id,
        title=lift.indicator.title or "",
        actual=_value(lift.indicator.actual, lift.indicator.unit, language),
        to="" if lift.to is None else _value(lift.to, lift.indicator.unit, language),
        size="" if lift.size is None else percent(lift.size * 100, language),
        gives=percent(lift.gives, language),
    )


def _value(actual: Actual | None, unit: str | None, language: Language) -> str:
    if actual is None:
        return WORDS[language]["missing"]
    if isinstance(actual, bool):
        return WORDS[language]["yes" if actual else "no"]
    return f"{written(actual, language)} {unit or ''}".strip()
