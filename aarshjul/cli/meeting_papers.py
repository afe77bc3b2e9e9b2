"""`aarshjul agenda` and `aarshjul minutes`: the papers of one meeting, from the record."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Home, Json, Output
from aarshjul.core.errors import Invalid, Refused
from aarshjul.core.languages import Language

if TYPE_CHECKING:
    from sqlmodel import Session

    from aarshjul.core.roll import Roll
    from aarshjul.papers.dossier import Dossier
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
    from aarshjul.papers.agenda import agenda_json, agenda_sheet

    def sheet(dossier: "Dossier", roll: "Roll", language: str, _session: "Session") -> "Sheet":
        return agenda_sheet(dossier, _gathering(roll.as_answered(), language), language)

    def values(dossier: "Dossier", roll: "Roll", language: str, _session: "Session") -> dict[str, Any]:
        return agenda_json(dossier, roll, language)

    _write(home, cycle, milestone, output, lang, sheet=None if json else sheet, values=values)


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
    from aarshjul.papers.minutes import minutes_json, minutes_sheet, settled_since
    from models.loading import load_cycle

    def sheet(dossier: "Dossier", roll: "Roll", language: str, session: "Session") -> "Sheet":
        settled = settled_since(dossier, load_cycle(session, dossier.cycle.id).milestones)
        return minutes_sheet(dossier, _gathering(roll, language), settled, language)

    def values(dossier: "Dossier", roll: "Roll", _language: str, session: "Session") -> dict[str, Any]:
        settled = settled_since(dossier, load_cycle(session, dossier.cycle.id).milestones)
        return minutes_json(dossier, roll, settled)

    _write(home, cycle, milestone, output, lang, sheet=None if json else sheet, values=values)


def _gathering(roll: "Roll", language: str) -> Any:
    from notifications.minutes import gathering

    return gathering(roll, language)


def _write(
    home: Path | None,
    cycle: str,
    milestone: str,
    output: Path | None,
    lang: Language | None,
    *,
    sheet: "Callable[[Dossier, Roll, str, Session], Sheet] | None",
    values: "Callable[[Dossier, Roll, str, Session], dict[str, Any]]",
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

    form = _form(output, as_json=sheet is None)
    with record(home) as opened, reading(opened.engine) as session:
        roll = known_meeting(session, cycle, milestone)
        if roll.state == "cancelled":
            raise Refused(f"{milestone} was cancelled: it has no papers")
        language: Language = lang or ("en" if roll.language == "en" else "da")
        dossier = _dossier(session, cycle, milestone, language)
        if sheet is None:
            print_json(values(dossier, roll, language, session), indent=2)
            return
        made = sheet(dossier, roll, language, session)
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


def _dossier(session: "Session", cycle: str, milestone: str, language: Language) -> "Dossier":
    from aarshjul.acts.checking import check
    from aarshjul.clock import now
    from aarshjul.papers.dossier import load_dossier
    from models.cycle import Cycle
    from models.draft_text import contract_in_draft, present_draft
    from models.loading import milestone_of

    row, of = milestone_of(session, cycle, milestone), session.get_one(Cycle, cycle)
    if row is None:
        raise Refused(f"there is no milestone {milestone} in {cycle}")
    draft = present_draft(session, of)
    contract = contract_in_draft(draft) if draft is not None else None
    findings = check(session, of, contract, language) if contract is not None else ()
    return load_dossier(session, of, row, now(), findings)


def _written(made: "Sheet", form: str) -> str | bytes:
    from aarshjul.papers.frame import as_pdf
    from aarshjul.papers.sheet_html import as_html
    from aarshjul.papers.sheet_text import as_markdown, as_text

    if form == ".md":
        return as_markdown(made)
    if form == ".txt":
        return as_text(made)
    return as_pdf(as_html(made)) if form == ".pdf" else as_html(made)
