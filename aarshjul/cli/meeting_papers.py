"""`aarshjul agenda` and `aarshjul minutes`: the papers of one meeting, from the record."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aarshjul.cli.home import Home, Json, Output
from aarshjul.core.errors import Invalid, Refused
from aarshjul.core.languages import Language

if TYPE_CHECKING:
    from aarshjul.papers.sheet import Sheet

FORMS = (".html", ".pdf", ".md", ".txt")

CycleId = Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")]
MilestoneId = Annotated[str, typer.Argument(metavar="MILESTONE", help="The meeting's id in it.")]
Lang = Annotated[Language | None, typer.Option("--lang", help="The language; else the cycle's.")]


class PaperFormError(Invalid):
    """A paper cannot be written in that form."""


def agenda(
    cycle: CycleId,
    milestone: MilestoneId,
    *,
    output: Output = None,
    lang: Lang = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Write the agenda of a meeting: by focus area what is open in the draft, or the text to be decided on.

    The ending of FILE says what it becomes: .html, .pdf, .md or .txt; without one, plain text to standard output.
    """
    _write(home, cycle, milestone, output, lang, "agenda", as_json=json)


def minutes(
    cycle: CycleId,
    milestone: MilestoneId,
    *,
    output: Output = None,
    lang: Lang = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Write the minutes of a meeting: who was there, what was said of each focus area, what is to change.

    The ending of FILE says what it becomes: .html, .pdf, .md or .txt; without one, plain text to standard output.
    """
    _write(home, cycle, milestone, output, lang, "minutes", as_json=json)


def _write(
    home: Path | None,
    cycle: str,
    milestone: str,
    output: Path | None,
    lang: Language | None,
    paper: Literal["agenda", "minutes"],
    *,
    as_json: bool,
) -> None:
    """Load the meeting and write what is asked for.

    Raises:
        Invalid: for a form that a paper cannot have, or JSON into a file.
        Refused: where there is no such meeting, or it was cancelled.
    """
    from aarshjul.cli.attendance import known_meeting
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import record
    from aarshjul.cli.saving import save
    from models.engine import reading

    form = _form(output, as_json=as_json)
    with record(home) as opened, reading(opened.engine) as session:
        meeting = known_meeting(session, cycle, milestone, lang)
        if meeting.is_cancelled:
            raise Refused(f"{milestone} was cancelled: it has no papers")
        if as_json:
            values = meeting.agenda_values() if paper == "agenda" else meeting.minutes_values()
            print_json(values, indent=2)
            return
        made = meeting.agenda() if paper == "agenda" else meeting.minutes()
    save(_written(made, form), None if str(output) == "-" else output)


def _form(output: Path | None, *, as_json: bool) -> str:
    form = ".txt" if output is None or str(output) == "-" else output.suffix.lower()
    if as_json and output is not None:
        raise PaperFormError("--json goes to standard output: leave out -o, or --json")
    if form not in FORMS:
        raise PaperFormError(
            f"{output}: a paper can be {', '.join(FORMS[:-1])} or {FORMS[-1]}: name such a file"
        )
    return form


def _written(made: "Sheet", form: str) -> str | bytes:
    from aarshjul.papers.frame import as_pdf
    from aarshjul.papers.sheet_html import as_paper
    from aarshjul.papers.sheet_text import as_markdown, as_text

    if form == ".md":
        return as_markdown(made)
    if form == ".txt":
        return as_text(made)
    page = as_paper(made)
    return as_pdf(page) if form == ".pdf" else page.html
