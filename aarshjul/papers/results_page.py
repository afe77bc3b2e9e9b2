"""The paper about results as a page: what is missing and what it does, the goals' four values, the findings."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from aarshjul.papers.frame import Paper, environment, paper
from aarshjul.papers.markdown import one_line
from aarshjul.papers.results import Closed, FindingLine, GoalLine, Judged, ResultLine, Results, Stand
from aarshjul.papers.results_words import WORDS, Words
from aarshjul.papers.words import day

_LOOKS = {
    Stand.RECEIVED: "good",
    Stand.WAITING: "wait",
    Stand.LATE: "bad",
    Stand.MISSING: "bad",
    Stand.DROPPED: "",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell of a table: what it says, what stands small beneath, and how it is marked."""

    text: str = ""
    small: tuple[str, ...] = ()
    look: str = ""


def results_page(results: Results) -> Paper:
    """The whole page, in the language of the results."""
    words = WORDS[results.language]
    origins = _same_for_all(results, words)
    said_once = {name for name, _ in origins}
    body = environment().get_template("results.html").render(
        words=words,
        totals=_totals(results, words),
        origins=origins,
        effects=words.effects(results),
        lines=[_line(line, results, words) for line in results.lines],
        goals=[_goal(goal, results, words, said_once) for goal in results.goals],
        findings=[_finding(finding, results, words) for finding in results.findings],
    )  # fmt: skip
    subtitle = words.subtitle.format(
        holder=results.holder, council=results.council, on=day(results.on, results.language)
    )
    kept = body.replace(" %", "\u00a0%")  # no sign on a line of its own
    safe = Markup(kept)  # noqa: S704 -- the template escapes what it is given
    return paper(results.title, results.language, safe, subtitle=subtitle, kind=words.kind)


def _totals(results: Results, words: Words) -> list[tuple[str, str]]:
    found = [(words.total, words.score(results.total))]
    if results.decided is not None:
        found.append((words.decided_total, words.score(results.decided)))
    return found


def _line(line: ResultLine, results: Results, words: Words) -> list[Cell]:
    title = (one_line(line.title),) if line.title else ()
    return [
        Cell(text=line.indicator, small=title),
        Cell(text=words.stand_of(line.stand, line.days_late), look=_LOOKS[line.stand]),
        _asked(line, results, words),
        _given(line, results, words),
    ]


def _asked(line: ResultLine, results: Results, words: Words) -> Cell:
    asked = line.asked
    if asked is None:
        return Cell()
    text = words.asked_of.format(
        owner=words.owner(asked.owner, results), due=day(asked.due, results.language)
    )
    return Cell(
        text=one_line(text), small=tuple(one_line(each) for each in (asked.source, asked.note) if each)
    )


def _given(line: ResultLine, results: Results, words: Words) -> Cell:
    papers = tuple(words.document.format(number=number) for number in line.documents)
    given = line.given
    if given is None:
        return Cell(small=papers)
    said = tuple(one_line(each) for each in (given.source, given.evidence) if each)
    by = (_by(given.by, given.on, results, words),) if given.by and given.on else ()
    text = words.actual(given.actual, line.unit)
    return Cell(text=one_line(text), small=tuple(dict.fromkeys((*said, *papers, *by))))


def _by(person: str, on: date, results: Results, words: Words) -> str:
    name = results.names.get(person, person)
    return one_line(words.by_on.format(by=name, on=day(on, results.language)))


def _goal(goal: GoalLine, results: Results, words: Words, said_once: set[str]) -> list[Cell]:
    reported = tuple(
        one_line(f"{words.per_cent(each.value)}{f' ({each.where})' if each.where else ''}")
        for each in goal.reported
    )
    return [
        Cell(text=goal.id, small=(one_line(goal.title),)),
        Cell(text=words.score(goal.computed)),
        Cell(text=", ".join(reported)),
        _judged(goal.recommended, results, words, alone=words.recommended not in said_once),
        _judged(goal.decided, results, words, alone=words.decided not in said_once),
    ]


def _judged(judged: Judged | None, results: Results, words: Words, *, alone: bool) -> Cell:
    if judged is None:
        return Cell(text="–")
    reason = (one_line(judged.reason),) if judged.reason else ()
    origin = _origin(judged, results, words) if alone else ()
    return Cell(text=words.per_cent(judged.value), small=(*reason, *origin))


def _origin(judged: Judged, results: Results, words: Words) -> tuple[str, ...]:
    """By which minutes, by whom and when."""
    minutes = (one_line(judged.minutes),) if judged.minutes else ()
    by = (_by(judged.by, judged.on, results, words),) if judged.by and judged.on else ()
    return (*minutes, *by)


def _same_for_all(results: Results, words: Words) -> list[tuple[str, str]]:
    """Where all that is recommended, or decided, comes from one place: that is said once, and not in every row."""
    columns = (
        (words.recommended, [goal.recommended for goal in results.goals]),
        (words.decided, [goal.decided for goal in results.goals]),
    )
    found = []
    for name, values in columns:
        origins = {", ".join(_origin(each, results, words)) for each in values if each is not None}
        if len(origins) == 1 and (origin := origins.pop()):
            found.append((name, origin))
    return found


def _finding(finding: FindingLine, results: Results, words: Words) -> Cell:
    look = "wait" if finding.open else "good"
    said = (one_line(finding.message) if finding.message else words.gone,)
    closed = () if finding.closed is None else _closed(finding.closed, results, words)
    return Cell(text=finding.id, small=(*said, *closed), look=look)


def _closed(closed: Closed, results: Results, words: Words) -> tuple[str, ...]:
    value = (words.correct.format(value=closed.value),) if closed.value else ()
    return (one_line(closed.reason), *value, _by(closed.by, closed.on, results, words))
