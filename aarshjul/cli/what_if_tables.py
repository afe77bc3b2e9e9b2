"""What would have been, on a screen."""

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from aarshjul.cli.what_if_words import WORDS, Words
from aarshjul.core.explain import explain_goal
from aarshjul.core.figures import percent, short_percent, written
from aarshjul.core.languages import Language
from aarshjul.core.rules import Actual
from aarshjul.core.scoring import Score, score

if TYPE_CHECKING:
    from rich.console import Console

    from aarshjul.core.contract import Contract
    from aarshjul.core.targets import Tried
    from aarshjul.core.what_if import Lift, Lifts


def show_changes(screen: "Console", before: "Contract", after: "Contract", language: Language) -> None:
    """The goals that other results change, then the total."""
    words, was, now = WORDS[language], score(before), score(after)
    _head(screen, before)
    changed = [goal for goal in after.goals if was.goals[goal.id] != now.goals[goal.id]]
    table = _goals(after, words, words.now, words.then)
    table.add_column(words.how, ratio=5)
    for goal in changed:
        scored = now.goals[goal.id]
        then = Text(_figure(scored, language), style="bold")
        how = Text(explain_goal(goal, scored, language))
        table.add_row(Text(goal.id), Text(goal.title), Text(_figure(was.goals[goal.id], language)), then, how)
    screen.print(table if changed else Text(words.unchanged))
    _total(screen, was.total, now.total, language)


def show_lifts(
    screen: "Console", contract: "Contract", what: str, found: "Lifts", language: Language
) -> None:
    """What alone would be enough, then what would not."""
    words = WORDS[language]
    _head(screen, contract)
    named = words.total if what == "total" else f"{words.goal} {what}"
    said = words.reached if found.reached else words.wanted
    over = short_percent(found.over, language)
    screen.print(Text(said.format(what=named, score=_figure(found.now, language), over=over)), soft_wrap=True)
    if found.now.provisional:
        screen.print(Text(words.low, style="yellow"), soft_wrap=True)
    enough = [lift for lift in found.lifts if lift.to is not None]
    if enough:
        screen.print(_enough(enough, language))
    hopeless = [lift for lift in found.lifts if lift.to is None]
    if hopeless:
        screen.print(Text(words.hopeless))
        for gives, alike in groupby(hopeless, key=lambda lift: percent(lift.gives, language)):
            names = ", ".join(lift.indicator.id for lift in alike)
            screen.print(Text(f"  {words.at_most} {gives}: {names}"), soft_wrap=True)
    screen.print()


def _enough(lifts: "list[Lift]", language: Language) -> Table:
    words = WORDS[language]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(words.indicator, no_wrap=True)
    table.add_column(words.title, ratio=2)
    for heading in (words.actual, words.enough, words.change, words.gives):
        table.add_column(heading, justify="right", no_wrap=True)
    for lift in lifts:
        unit = lift.indicator.unit
        row = (
            lift.indicator.id,
            lift.indicator.title or "",
            _measured(lift.indicator.actual, unit, words, language),
            _measured(lift.to, unit, words, language),
            "" if lift.size is None or isinstance(lift.to, bool) else percent(lift.size * 100, language),
            percent(lift.gives, language),
        )
        table.add_row(*map(Text, row))
    return table


def show_tried(screen: "Console", actuals: "Contract", tried: "Tried", language: Language) -> None:
    """A draft's targets on a year's results, goal by goal, and what does not meet."""
    words, draft = WORDS[language], tried.contract
    _head(screen, draft)
    table = _goals(draft, words, str(actuals.year), words.with_targets)
    table.add_column(words.how, ratio=5)
    for goal in draft.goals:
        scored, before = tried.scores.goals[goal.id], tried.before.get(goal.id)
        was = Text("" if before is None else _figure(before, language))
        how = Text(explain_goal(goal, scored, language))
        table.add_row(Text(goal.id), Text(goal.title), was, Text(_figure(scored, language)), how)
    screen.print(table)
    total, own = _figure(tried.scores.total, language), _figure(tried.total_before, language)
    said = words.then_given.format(year=actuals.year, score=total, own=own)
    screen.print(Text(said, style="bold"), soft_wrap=True)
    for line in _remarks(actuals.year, tried, words):
        screen.print(Text(f"  {line}"), soft_wrap=True)
    screen.print()


def _remarks(year: int, tried: "Tried", words: Words) -> list[str]:
    lists = (
        (words.no_actual, tried.no_actual),
        (words.no_target, tried.no_target),
        (words.other_unit, tried.other_unit),
    )
    said = [line.format(year=year, names=", ".join(names)) for line, names in lists if names]
    return said + [words.unsuited.format(name=name, why=why) for name, why in tried.unsuited]


def _head(screen: "Console", contract: "Contract") -> None:
    screen.print(Text(f"{contract.title} · {contract.holder} · {contract.council}", style="bold"))


def _goals(contract: "Contract", words: Words, before: str, after: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(words.goal, no_wrap=True, min_width=max(len(goal.id) for goal in contract.goals))
    table.add_column(words.title, ratio=2)
    table.add_column(before, justify="right", no_wrap=True)
    table.add_column(after, justify="right", no_wrap=True)
    return table


def _total(screen: "Console", before: Score, after: Score, language: Language) -> None:
    said = f"{_figure(before, language)} -> {_figure(after, language)}"
    if before.shown is not None and after.shown is not None:
        said = f"{before.shown} % -> {after.shown} %  ({said})"
    screen.print(Text.assemble((f"{WORDS[language].total}: ", "bold"), said))
    screen.print()


def _figure(scored: Score, language: Language) -> str:
    """A per cent with a decimal where it has any, as a small change does not show in whole ones."""
    if scored.exact is not None:
        return short_percent(scored.exact, language)
    low, high = (_bare(end, language) for end in (scored.low, scored.high))
    return f"{WORDS[language].between.format(low=low, high=high)} %"


def _bare(value: Fraction, language: Language) -> str:
    return short_percent(value, language).removesuffix(" %")


def _measured(actual: Actual | None, unit: str | None, words: Words, language: Language) -> str:
    if actual is None:
        return words.missing
    if isinstance(actual, bool):
        return words.yes if actual else words.no
    return written(actual, language) + (f" {unit}" if unit else "")
