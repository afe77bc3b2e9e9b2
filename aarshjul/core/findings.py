"""Where the four values of a goal (computed, reported, recommended, decided) disagree, or one is missing.

A finding is never settled silently: a person resolves it with a reason, by its id.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from aarshjul.core.contract import Contract, Goal, Indicator, Reported
from aarshjul.core.figures import decimals_of, percent, same_when_rounded, written
from aarshjul.core.languages import Language
from aarshjul.core.scoring import Score, Scores

REPORTED_DIFFERS = "reported-differs"
REPORTED_CONTRADICTS = "reported-contradicts"
RECOMMENDED_DIFFERS = "recommended-differs"
DECIDED_DIFFERS = "decided-differs"
NO_SOURCE = "no-source"
MISSING_ACTUAL = "missing-actual"

_WORDS: dict[str, dict[Language, str]] = {
    REPORTED_DIFFERS: {
        "en": "reported as {stated}, computed as {computed}",
        "da": "afrapporteret som {stated}, beregnet til {computed}",
    },
    REPORTED_CONTRADICTS: {
        "en": "reported with different values: {stated}",
        "da": "afrapporteret med forskellige værdier: {stated}",
    },
    RECOMMENDED_DIFFERS: {
        "en": "recommended as {stated}, computed as {computed}",
        "da": "indstillet til {stated}, beregnet til {computed}",
    },
    DECIDED_DIFFERS: {
        "en": "decided as {stated}; {others}",
        "da": "besluttet til {stated}; {others}",
    },
    NO_SOURCE: {
        "en": "the actual {stated} has neither source nor evidence",
        "da": "resultatet {stated} har hverken kilde eller dokumentation",
    },
    MISSING_ACTUAL: {"en": "no result yet", "da": "intet resultat endnu"},
    "recommended": {"en": "recommended was {stated}", "da": "indstillingen var {stated}"},
    "computed": {"en": "computed now is {computed}", "da": "beregnet nu er {computed}"},
    "truth": {"en": "true false", "da": "ja nej"},
    "in": {"en": "{value} in {where}", "da": "{value} i {where}"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something about a goal, or one of its indicators, that a person should look at."""

    code: str
    goal: str
    message: str
    indicator: str | None = None

    @property
    def id(self) -> str:
        """`code:goal` or `code:goal/indicator`: the name by which it is resolved."""
        place = self.goal if self.indicator is None else f"{self.goal}/{self.indicator}"
        return f"{self.code}:{place}"


def findings(
    contract: Contract, scores: Scores, resolved: Container[str] = (), *, language: Language = "en"
) -> tuple[Finding, ...]:
    """The findings in the contract's order, without those whose ids are in `resolved` (a mapping will do)."""
    found: list[Finding] = []
    for goal in contract.goals:
        score = scores.goals[goal.id]
        found += _of_goal(goal, score, language)
        for indicator, part in zip(goal.indicators, score.parts, strict=False):
            found += _of_indicator(goal.id, indicator, part, language)
    return tuple([finding for finding in found if finding.id not in resolved]) if resolved else tuple(found)


def _of_goal(goal: Goal, score: Score, language: Language) -> list[Finding]:
    found: list[Finding] = []
    if goal.reported:
        found += _of_reported(goal.id, None, goal.reported, score.exact, language)
    recommended, exact = goal.recommended, score.exact
    if recommended is not None and exact is not None and not same_when_rounded(exact, recommended):
        stated = f"{written(recommended, language)} %"
        computed = percent(exact, language)
        message = _WORDS[RECOMMENDED_DIFFERS][language].format(stated=stated, computed=computed)
        found.append(Finding(code=RECOMMENDED_DIFFERS, goal=goal.id, message=message))
    if goal.decided is not None:
        found += _of_decided(goal, goal.decided, exact, language)
    return found


def _of_decided(
    goal: Goal, decided: Decimal, exact: Fraction | None, language: Language
) -> Iterator[Finding]:
    others = []
    if goal.recommended is not None and not agree(decided, goal.recommended):
        stated = f"{written(goal.recommended, language)} %"
        others.append(_WORDS["recommended"][language].format(stated=stated))
    if exact is not None and not same_when_rounded(exact, decided):
        others.append(_WORDS["computed"][language].format(computed=percent(exact, language)))
    if others:
        stated = f"{written(decided, language)} %"
        message = _WORDS[DECIDED_DIFFERS][language].format(stated=stated, others=", ".join(others))
        yield Finding(code=DECIDED_DIFFERS, goal=goal.id, message=message)


def _of_indicator(goal: str, indicator: Indicator, score: Score, language: Language) -> Iterator[Finding]:
    if indicator.reported:
        yield from _of_reported(goal, indicator.id, indicator.reported, score.exact, language)
    if indicator.rule is None:
        for child, part in zip(indicator.indicators, score.parts, strict=True):
            yield from _of_indicator(goal, child, part, language)
        return
    if indicator.actual is None:
        message = _WORDS[MISSING_ACTUAL][language]
        yield Finding(code=MISSING_ACTUAL, goal=goal, indicator=indicator.id, message=message)
    elif not indicator.source and not indicator.evidence:
        message = _WORDS[NO_SOURCE][language].format(stated=_actual(indicator.actual, language))
        yield Finding(code=NO_SOURCE, goal=goal, indicator=indicator.id, message=message)


def _of_reported(
    goal: str, indicator: str | None, reported: Sequence[Reported], exact: Fraction | None, language: Language
) -> Iterator[Finding]:
    if exact is not None:
        off = [each for each in reported if not same_when_rounded(exact, each.value)]
        if off:
            stated = _places(off, language)
            computed = percent(exact, language)
            message = _WORDS[REPORTED_DIFFERS][language].format(stated=stated, computed=computed)
            yield Finding(code=REPORTED_DIFFERS, goal=goal, indicator=indicator, message=message)
    if len(reported) > 1 and any(not agree(reported[0].value, each.value) for each in reported[1:]):
        message = _WORDS[REPORTED_CONTRADICTS][language].format(stated=_places(reported, language))
        yield Finding(code=REPORTED_CONTRADICTS, goal=goal, indicator=indicator, message=message)


def agree(one: Decimal, other: Decimal) -> bool:
    """Whether the value written with more decimals rounds to the other."""
    if one == other:
        return True
    if decimals_of(one) < decimals_of(other):
        return same_when_rounded(Fraction(other), one)
    return same_when_rounded(Fraction(one), other)


def _places(reported: Sequence[Reported], language: Language) -> str:
    return ", ".join(_place(each, language) for each in reported)


def _place(reported: Reported, language: Language) -> str:
    value = f"{written(reported.value, language)} %"
    if reported.where is None:
        return value
    return _WORDS["in"][language].format(value=value, where=reported.where)


def _actual(actual: Decimal | bool, language: Language) -> str:
    if isinstance(actual, bool):
        return _WORDS["truth"][language].split()[not actual]
    return written(actual, language)
