"""The rule of an indicator in words: `at least 66 (61 + 5)`, in Danish `mindst 66 (61 + 5)`."""

from collections.abc import Mapping
from decimal import Decimal

from aarshjul.core.explain_words import BOUNDS, WORDS
from aarshjul.core.figures import written
from aarshjul.core.languages import Language
from aarshjul.core.rules import (
    HUNDRED,
    Assessed,
    AtLeast,
    AtMost,
    Band,
    Bands,
    LessThan,
    Linear,
    MoreThan,
    Rule,
    YesNo,
)

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "at_least": "at least",
        "at_most": "at most",
        "more_than": "more than",
        "less_than": "less than",
        "yes_no": "yes or no",
        "assessed": "assessed in per cent",
        "linear": "from {zero} (0 %) in a line to {full} (100 %)",
        "gives": "gives",
        "else": "otherwise 0",
        "cap": "counts up to {cap} %",
    },
    "da": {
        "at_least": "mindst",
        "at_most": "højst",
        "more_than": "over",
        "less_than": "under",
        "yes_no": "ja eller nej",
        "assessed": "vurderes i procent",
        "linear": "fra {zero} (0 %) i en linje til {full} (100 %)",
        "gives": "giver",
        "else": "ellers 0",
        "cap": "tæller op til {cap} %",
    },
}


def rule_in_words(rule: Rule, language: Language) -> str:
    """What must be reached, and how far it counts where that is above 100 per cent."""
    said = _said(rule, language)
    if rule.cap == HUNDRED:
        return said
    return f"{said}, {_WORDS[language]['cap'].format(cap=written(rule.cap, language))}"


def bound_of(rule: Rule) -> tuple[str, Decimal] | None:
    """The comparison (a word of `comparison_in_words`) and the one number of a rule that has no more to it."""
    if rule.cap != HUNDRED:
        return None
    match rule:
        case AtLeast(target=target, baseline=None):
            return "at_least", target
        case AtMost(limit=limit):
            return "at_most", limit
        case MoreThan(limit=limit):
            return "more_than", limit
        case LessThan(limit=limit):
            return "less_than", limit
    return None


def comparison_in_words(name: str, language: Language) -> str:
    """`at least`, `at most`, `more than` or `less than`."""
    return _WORDS[language][name]


def _said(rule: Rule, language: Language) -> str:
    words = _WORDS[language]
    match rule:
        case AtLeast(target=target, baseline=baseline, plus=plus):
            text = f"{words['at_least']} {written(target, language)}"
            if baseline is not None and plus is not None:
                text += f" ({written(baseline, language)} + {written(plus, language)})"
        case AtMost(limit=limit):
            text = f"{words['at_most']} {written(limit, language)}"
        case MoreThan(limit=limit):
            text = f"{words['more_than']} {written(limit, language)}"
        case LessThan(limit=limit):
            text = f"{words['less_than']} {written(limit, language)}"
        case Linear(zero_at=zero, full_at=full):
            text = words["linear"].format(zero=written(zero, language), full=written(full, language))
        case Bands(bands=bands):
            text = "; ".join([*(_band(band, language) for band in bands), words["else"]])
        case YesNo():
            text = words["yes_no"]
        case Assessed():
            text = words["assessed"]
    return text


def _band(band: Band, language: Language) -> str:
    bounds = {"from_": band.from_, "above": band.above, "to": band.to, "below": band.below}
    names = BOUNDS[language]
    said = [f"{names[name]} {written(at, language)}" for name, at in bounds.items() if at is not None]
    together = f" {WORDS[language].and_} ".join(said)
    return f"{together} {_WORDS[language]['gives']} {written(band.score, language)}"
