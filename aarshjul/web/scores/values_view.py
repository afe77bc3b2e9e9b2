"""What is said of a goal side by side (computed, reported, recommended, decided), and what is found about it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from aarshjul.core.figures import same_when_rounded
from aarshjul.core.findings import agree
from aarshjul.papers.results import FindingLine, GoalLine, Judged
from aarshjul.papers.results_words import WORDS as PAPER_WORDS
from aarshjul.web.scores.loading import Scored
from aarshjul.web.scores.words import WORDS
from notifications.dates import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One of the four values; `apart` says from what it differs."""

    kind: str
    name: str
    value: str
    apart: str = ""
    origin: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingView:
    """What is wrong in words, with what was answered; `by` is who and when, `gives` whether its result is theirs to give."""

    id: str
    goal: str
    indicator: str
    what: str
    said: str
    open: bool
    reason: str = ""
    value: str = ""
    by: str = ""
    gives: bool = False


def values_of(found: Scored, goal: GoalLine) -> list[Said]:
    """The four values of a goal, those that are missing as well."""
    words, paper = WORDS[found.language], PAPER_WORDS[found.language]
    computed = goal.computed.exact
    values = [Said(kind="computed", name=paper.computed, value=paper.score(goal.computed))]
    for each in goal.reported:
        apart = words["not_computed"] if _off(computed, each.value) else ""
        where = (each.where,) if each.where else ()
        value = paper.per_cent(each.value)
        values.append(Said(kind="reported", name=paper.reported, value=value, apart=apart, origin=where))
    if not goal.reported:
        values.append(Said(kind="reported", name=paper.reported, value=""))
    values.append(_judged(found, "recommended", goal.recommended, computed, None))
    values.append(_judged(found, "decided", goal.decided, computed, goal.recommended))
    return values


def _judged(
    found: Scored, kind: str, judged: Judged | None, computed: Fraction | None, beside: Judged | None
) -> Said:
    words, paper = WORDS[found.language], PAPER_WORDS[found.language]
    name = paper.recommended if kind == "recommended" else paper.decided
    if judged is None:
        return Said(kind=kind, name=name, value="")
    apart = [words["not_computed"]] if _off(computed, judged.value) else []
    if beside is not None and not agree(judged.value, beside.value):
        apart.append(words["not_recommended"])
    by = (by_whom(found, judged.by, judged.on),) if judged.by and judged.on else ()
    origin = tuple(each for each in (judged.reason, judged.minutes) if each)
    return Said(
        kind=kind,
        name=name,
        value=paper.per_cent(judged.value),
        apart=", ".join(apart),
        origin=(*origin, *by),
    )


def _off(computed: Fraction | None, stated: Decimal) -> bool:
    return computed is not None and not same_when_rounded(computed, stated)


def by_whom(found: Scored, person: str, on: date) -> str:
    """Who said something, and when."""
    name = found.results.names.get(person, person)
    return PAPER_WORDS[found.language].by_on.format(by=name, on=day_in_words(on, found.language))


def findings_of(found: Scored, goal: str | None = None) -> list[FindingView]:
    """All findings, or those about a goal; open ones first."""
    chosen = [each for each in found.results.findings if goal is None or each.goal == goal]
    return [_finding(found, each) for each in sorted(chosen, key=lambda each: not each.open)]


def _finding(found: Scored, line: FindingLine) -> FindingView:
    words, paper = WORDS[found.language], PAPER_WORDS[found.language]
    code, _, where = line.id.partition(":")
    closed = line.closed
    value = closed.value if closed is not None and closed.value else ""
    return FindingView(
        id=line.id,
        goal=line.goal,
        indicator=where.partition("/")[2],
        what=words.get(f"finding_{code}", code),
        said=line.message or paper.gone,
        open=line.open,
        reason=closed.reason if closed is not None else "",
        value=value.replace(".", ",") if found.language == "da" else value,
        by=by_whom(found, closed.by, closed.on) if closed is not None else "",
        gives=_gives(found, where.partition("/")[2]),
    )


def _gives(found: Scored, indicator: str) -> bool:
    return any(found.gives(leaf) for _, leaf in found.contract.leaves() if leaf.id == indicator)
