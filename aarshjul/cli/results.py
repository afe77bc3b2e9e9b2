"""`aarshjul results`: what has come in and what is missing, and what is said of each goal."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home, Json
from aarshjul.core.errors import Invalid
from aarshjul.core.languages import Language

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from aarshjul.papers.results import GoalLine, Judged, ResultLine, Results

FORMS = (".html", ".pdf")
_STYLES = {"received": "green", "waiting": "", "late": "bold red", "missing": "yellow", "dropped": "dim"}


class CannotShow(Invalid):
    """The options do not go together."""


def results(
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A new file for paper: .html or .pdf."),
    ] = None,
    language: Annotated[
        Language | None, typer.Option("--lang", help="The language of the paper; else the cycle's.")
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Show which results are in, late or missing and what that does to the total, and each goal's four values.

    Computed, reported, recommended and decided stand side by side; findings are open until somebody closes them.
    """
    if output is not None and output.suffix.lower() not in FORMS:
        raise CannotShow(f"{output}: results can be .html or .pdf: name such a file")
    if as_json and output is not None:
        raise CannotShow("--json goes to standard output: leave out -o, or --json")
    found = _results(home, cycle, language if output is not None or language else "en")
    if as_json:
        from aarshjul.cli.output import print_json

        print_json(found.as_json(), indent=2)
    elif output is not None:
        _save(found, output)
    else:
        _show(found)


def _results(home: Path | None, cycle: str, language: Language | None) -> "Results":
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.clock import now
    from aarshjul.papers.results_loading import results_of
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        row = known_cycle(session, cycle)
        return results_of(session, row.id, row.played_until or now(), language=language)


def _save(found: "Results", output: Path) -> None:
    from aarshjul.cli.saving import save
    from aarshjul.papers.frame import as_pdf
    from aarshjul.papers.results_page import results_page

    page = results_page(found)
    save(as_pdf(page) if output.suffix.lower() == ".pdf" else page.html, output)


# --- in the terminal ---------------------------------------------------------------------------------------------


def _show(found: "Results") -> None:
    from rich.text import Text

    from aarshjul.cli.output import console
    from aarshjul.papers.results_words import WORDS

    screen, words = console(), WORDS[found.language]
    screen.print(Text(f"{found.title} · {found.holder} · {found.council}", style="bold"))
    screen.print(_lines(found))
    for effect in words.effects(found):
        screen.print(Text(effect), soft_wrap=True)
    screen.print(_goals(found))
    screen.print(Text(f"{words.total}: {words.score(found.total)}", style="bold"))
    if found.decided is not None:
        screen.print(Text(f"{words.decided_total}: {words.score(found.decided)}", style="bold"))
    _show_findings(screen, found)


def _table(*columns: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column)
    return table


def _lines(found: "Results") -> "Table":
    from rich.text import Text

    from aarshjul.papers.results_words import WORDS

    words = WORDS[found.language]
    table = _table(words.indicator, words.stand, words.asked, words.result, words.document.format(number=""))
    for line in found.lines:
        given = words.actual(line.given.actual, line.unit) if line.given else ""
        table.add_row(
            Text(line.indicator),
            Text(words.stand_of(line.stand, line.days_late), style=_STYLES[line.stand]),
            Text(_asked(line)),
            Text(given),
            Text(", ".join(map(str, line.documents))),
        )
    return table


def _asked(line: "ResultLine") -> str:
    return f"{line.asked.owner}, {line.asked.due}" if line.asked else ""


def _goals(found: "Results") -> "Table":
    from rich.text import Text

    from aarshjul.papers.results_words import WORDS

    words = WORDS[found.language]
    table = _table(words.goal, words.computed, words.reported, words.recommended, words.decided)
    for goal in found.goals:
        table.add_row(
            Text(goal.id),
            Text(words.score(goal.computed)),
            Text(_reported(goal)),
            Text(_judged(goal.recommended)),
            Text(_judged(goal.decided)),
        )
    return table


def _reported(goal: "GoalLine") -> str:
    return ", ".join(dict.fromkeys(f"{each.value:f} %" for each in goal.reported))


def _judged(judged: "Judged | None") -> str:
    if judged is None:
        return "-"
    return f"{judged.value:f} %" + (f" ({judged.reason})" if judged.reason else "")


def _show_findings(screen: "Console", found: "Results") -> None:
    from rich.text import Text

    from aarshjul.papers.results_words import WORDS

    words = WORDS[found.language]
    if found.findings:
        screen.print(Text(f"\n{words.findings}:", style="bold"))
    for finding in found.findings:
        closed = finding.closed
        state = words.open if closed is None else f"{words.closed}: {closed.by}, {closed.on}, {closed.reason}"
        line = Text.assemble(
            "  ",
            (finding.id, "yellow" if finding.open else "green"),
            f"  {finding.message or words.gone} ({state})",
        )
        screen.print(line, soft_wrap=True)
