"""Goals and indicators in words and bars, as their pages show them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from aarshjul.core.contract import Goal, Indicator
from aarshjul.core.explain import explain_goal
from aarshjul.core.figures import four_decimals, short_percent, written
from aarshjul.core.languages import Language
from aarshjul.core.rule_words import bound_of, rule_in_words
from aarshjul.core.rules import Assessed, Rule
from aarshjul.core.scoring import Score
from aarshjul.papers.results import ResultLine, Stand
from aarshjul.papers.results_words import WORDS as PAPER_WORDS
from aarshjul.web.scores.bars import Bar, bar
from aarshjul.web.scores.loading import Scored
from aarshjul.web.scores.words import WORDS
from models.contract_rows import actual_text
from models.documents import Listed
from notifications.dates import day_in_words

DEEPEST_SHOWN = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A score as it is shown: in whole per cent in words, exactly for those who reckon, and as a bar."""

    said: str
    exact: str
    provisional: bool
    bar: Bar


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """An indicator, or a part that has some; empty texts are of what there is nothing to say about.

    Attributes:
        depth: how far it is moved in; 0 stands right below the goal.
        raw: what the rule gave where the cap or the floor took something off or away.
        stand: where its result stands, `bad` where somebody has to do something.
        gives: whether who looks may record its result.
    """

    id: str
    title: str
    depth: int
    leaf: bool
    weight: str
    target: str
    actual: str
    figure: Figure
    raw: str
    source: tuple[str, ...]
    documents: tuple[Listed, ...]
    asked: str
    stand: str
    bad: bool
    note: str
    others: str
    gives: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalView:
    """A goal, its own figure, how that came about, and its indicators in their order."""

    id: str
    title: str
    level: str
    weight: str
    same_as: str
    figure: Figure
    explained: str
    lines: tuple[Line, ...]

    @property
    def missing(self) -> tuple[Line, ...]:
        """The results that are not there."""
        return tuple(line for line in self.lines if line.leaf and not line.actual)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Goals of one level, which follow each other."""

    title: str
    goals: tuple[GoalView, ...]


def figure(found: Scored, score: Score, most: Fraction) -> Figure:
    """A score of something that counts up to `most`."""
    exact = four_decimals(score.low if score.exact is None else score.exact)
    if score.exact is None:
        exact = f"{exact} - {four_decimals(score.high)}"
    return Figure(
        said=PAPER_WORDS[found.language]
        .score(score)
        .replace(" %", "\u00a0%"),  # no sign on a line of its own
        exact=exact.replace(".", ",") if found.language == "da" else exact,
        provisional=score.provisional,
        bar=bar(score, most, found.frame),
    )


def groups(found: Scored) -> list[Group]:
    """All goals by their levels, in the contract's order."""
    by_level: dict[str | None, list[GoalView]] = {}
    for goal in found.contract.goals:
        by_level.setdefault(goal.level, []).append(goal_view(found, goal))
    return [Group(title=_level(found, level), goals=tuple(each)) for level, each in by_level.items()]


def goal_view(found: Scored, goal: Goal) -> GoalView:
    """One goal."""
    score, best = found.scores.goals[goal.id], found.best.goals[goal.id]
    return GoalView(
        id=goal.id,
        title=goal.title,
        level=_level(found, goal.level) if goal.level else "",
        weight=_weight(found, goal),
        same_as=goal.same_as or "",
        figure=figure(found, score, best.high),
        explained=explain_goal(goal, score, found.language),
        lines=tuple(_lines(found, goal.indicators, score.parts, best.parts, 0)) if goal.indicators else (),
    )


def _level(found: Scored, level: str | None) -> str:
    words = WORDS[found.language]
    return words["other_goals"] if level is None else words.get(f"level_{level}", level)


def _weight(found: Scored, node: Goal | Indicator) -> str:
    return "" if node.weight == 1 else written(node.weight, found.language)


def _lines(
    found: Scored, nodes: Sequence[Indicator], scores: Sequence[Score], best: Sequence[Score], depth: int
) -> Iterator[Line]:
    for node, score, most in zip(nodes, scores, best, strict=True):
        yield _line(found, node, score, most.high, depth)
        if node.rule is None:
            yield from _lines(found, node.indicators, score.parts, most.parts, depth + 1)


def _line(found: Scored, node: Indicator, score: Score, most: Fraction, depth: int) -> Line:
    language, words = found.language, PAPER_WORDS[found.language]
    known, line = actual_text(node.actual), found.lines.get(node.id)
    origin = () if found.public else tuple(each for each in (node.source, node.evidence) if each)
    return Line(
        id=node.id,
        title=node.title or "",
        depth=min(depth, DEEPEST_SHOWN),
        leaf=node.rule is not None,
        weight=_weight(found, node),
        target=_target(found, node),
        actual="" if known is None else words.actual(known, node.unit),
        figure=figure(found, score, most),
        raw="" if score.raw is None or score.raw == score.exact else short_percent(score.raw, language),
        source=origin,
        documents=found.documents.get(node.id, ()),
        asked="" if line is None else asked_in_words(found, line),
        stand="" if line is None else words.stand_of(line.stand, line.days_late),
        bad=line is not None and line.stand in (Stand.LATE, Stand.MISSING),
        note=node.note or "",
        others=", ".join(written(each, language) for each in node.other_measurements),
        gives=node.rule is not None and found.gives(node),
    )


def _target(found: Scored, node: Indicator) -> str:
    if node.rule is None:
        return ""
    return target_in_words(node.rule, node.unit, found.language)


def target_in_words(rule: Rule, unit: str | None, language: Language) -> str:
    """What must be reached, with its unit where that is not said already."""
    said = rule_in_words(rule, language)
    if not unit or isinstance(rule, Assessed):
        return said
    return f"{said} {unit}" if bound_of(rule) is not None else f"{said} ({unit})"


def asked_in_words(found: Scored, line: ResultLine) -> str:
    """Of whom a result was asked, and by when."""
    if line.asked is None:
        return ""
    words = PAPER_WORDS[found.language]
    due = day_in_words(line.asked.due, found.language)
    return words.asked_of.format(owner=words.owner(line.asked.owner, found.results), due=due)
