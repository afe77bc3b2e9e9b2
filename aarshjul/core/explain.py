"""How a score came about, in a sentence that a council member can follow, in Danish or English."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from aarshjul.core.contract import Goal, Indicator
from aarshjul.core.explain_words import BOUNDS, WORDS, Words
from aarshjul.core.figures import percent, short_percent, written
from aarshjul.core.languages import Language
from aarshjul.core.rules import HUNDRED, AtLeast, AtMost, Band, Bands, LessThan, Linear, MoreThan
from aarshjul.core.scoring import Score


def explain_goal(goal: Goal, score: Score, language: Language = "en") -> str:
    """One sentence about a goal, every step of the arithmetic in it."""
    words = WORDS[language]
    if goal.same_as is not None:
        text = f"{words.same_as} {goal.same_as}: {_result(score, words)}"
    elif len(goal.indicators) == 1:
        text = f"{goal.indicators[0].id}: {_of(goal.indicators[0], score.parts[0], words)}"
    else:
        text = _mean(goal.indicators, score, words)
    return text[0].upper() + text[1:]


def _of(indicator: Indicator, score: Score, words: Words) -> str:
    if indicator.rule is not None:
        return _leaf(indicator, score, words)
    if len(indicator.indicators) == 1:
        only = indicator.indicators[0]
        return f"{only.id}: {_of(only, score.parts[0], words)}"
    return _mean(indicator.indicators, score, words)


def _mean(indicators: Sequence[Indicator], score: Score, words: Words) -> str:
    weighted = any(each.weight != 1 for each in indicators)
    parts = [
        f"{each.id}{_weight(each, words) if weighted else ''} ({_of(each, part, words)})"
        for each, part in zip(indicators, score.parts, strict=True)
    ]
    listed = f"{', '.join(parts[:-1])} {words.and_} {parts[-1]}"
    return f"{words.weighted_mean if weighted else words.mean} {listed} = {_result(score, words)}"


def _weight(indicator: Indicator, words: Words) -> str:
    if not indicator.weight:
        return f", {words.not_counted}"
    return f", {words.weight} {written(indicator.weight, words.language)}"


def _result(score: Score, words: Words) -> str:
    if score.exact is not None:
        return percent(score.exact, words.language)
    low, high = short_percent(score.low, words.language), short_percent(score.high, words.language)
    return f"{words.between} {low} {words.and_} {high}"


def _leaf(indicator: Indicator, score: Score, words: Words) -> str:
    actual, rule, raw = indicator.actual, indicator.rule, score.raw
    if actual is None or rule is None or raw is None:
        return f"{words.missing}: {_result(score, words)}"
    if isinstance(actual, bool):
        return f"{words.met if actual else words.not_met}: {short_percent(raw, words.language)}"
    how = _how(indicator, actual, words)
    given = percent(raw, words.language) if how.endswith("= ") else short_percent(raw, words.language)
    return f"{how}{given}{_bounded(raw, score, words)}"


def _bounded(raw: Fraction, score: Score, words: Words) -> str:
    if score.exact is None or raw == score.exact:
        return ""
    if raw < 0:
        return words.floored
    return f"{words.capped} {short_percent(score.exact, words.language)}"


def _how(indicator: Indicator, actual: Decimal, words: Words) -> str:
    """The measurement against its rule, up to the per cent that it gave."""
    figure = written(actual, words.language)
    match indicator.rule:
        case AtLeast() as rule:
            text = f"{figure} {words.of} {_target(rule, words)} = "
        case AtMost() as rule:
            text = _at_most(actual, rule, words)
        case MoreThan(limit=limit):
            text = f"{figure} {_is(actual > limit, words.more_than, limit, words)}: "
        case LessThan(limit=limit):
            text = f"{figure} {_is(actual < limit, words.less_than, limit, words)}: "
        case Linear(zero_at=zero, full_at=full):
            line = words.line.format(zero=written(zero, words.language), full=written(full, words.language))
            text = f"{figure} {line} = "
        case Bands() as rule:
            text = f"{figure} {_band(rule.band_of(actual), words)}: "
        case _:
            text = f"{words.assessed} "
    return text


def _is(met: object, than: str, limit: Decimal, words: Words) -> str:
    return f"{words.is_ if met else words.is_not} {than} {written(limit, words.language)}"


def _target(rule: AtLeast, words: Words) -> str:
    target = written(rule.target, words.language)
    if rule.baseline is None or rule.plus is None:
        return target
    return f"{target} ({written(rule.baseline, words.language)} + {written(rule.plus, words.language)})"


def _at_most(actual: Decimal, rule: AtMost, words: Words) -> str:
    figure, limit = written(actual, words.language), written(rule.limit, words.language)
    if rule.limit > 0 and actual > 0 and (actual > rule.limit or rule.cap > HUNDRED):
        return f"{figure} {words.against_at_most} {limit}, {limit} {words.of} {figure} = "
    return f"{figure} {words.against_at_most} {limit}: "


def _band(band: Band | None, words: Words) -> str:
    if band is None:
        return words.no_band
    bounds = {"from_": band.from_, "above": band.above, "to": band.to, "below": band.below}
    names = BOUNDS[words.language]
    said = [f"{names[name]} {written(at, words.language)}" for name, at in bounds.items() if at is not None]
    return f"{words.in_band} {f' {words.and_} '.join(said)}"
