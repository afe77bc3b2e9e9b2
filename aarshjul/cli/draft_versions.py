"""`aarshjul draft versions | diff | merge`: what was submitted, what changed, and two people's changes in one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home, Json, Output
from aarshjul.core.errors import Refused
from aarshjul.core.languages import Language

if TYPE_CHECKING:
    from datetime import tzinfo

    from aarshjul.core.difference_report import Report
    from aarshjul.papers.versions import VersionLine
    from models.cycle import Cycle
    from models.draft import Draft

CycleId = Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")]
Lang = Annotated[Language | None, typer.Option("--lang", help="The language; else the cycle's.")]
FORMS = (".html", ".pdf", ".txt")


class ConflictsLeft(Refused):
    """Two people changed the same, and somebody must choose."""


def versions(cycle: CycleId, *, home: Home = None, json: Json = False) -> None:
    """List the versions of the draft: who submitted them, when, what is new, and what was decided about them."""
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.papers.version_json import line_json
    from aarshjul.papers.versions import versions_of
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        row = known_cycle(session, cycle)
        found = versions_of(session, row.id)
    if json:
        print_json({"cycle": row.id, "versions": [line_json(line) for line in found]}, indent=2)
    elif not found:
        typer.echo("there is no version of the draft yet")
    else:
        for line in found:
            typer.echo(_shown(line, row))


def diff(
    cycle: CycleId,
    start: Annotated[
        int | None, typer.Argument(metavar="FROM", help="A version; else the one before the last.")
    ] = None,
    end: Annotated[int | None, typer.Argument(metavar="TO", help="A version; else the present one.")] = None,
    *,
    approved: Annotated[
        bool, typer.Option("--approved", help="From the version that a body approved last.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A new file: .html, .pdf or .txt."),
    ] = None,
    language: Lang = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Show what changed between two versions of the draft: by goal, indicator and field, and word by word."""
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.papers.version_json import version_json
    from aarshjul.papers.versions import differences, differences_json, pair_of, versions_of
    from models.engine import reading

    _check(output, approved=approved and start is not None, json=json)
    with record(home) as opened, reading(opened.engine) as session:
        row = known_cycle(session, cycle)
        before, after = pair_of(versions_of(session, row.id), start, end, approved=approved)
    if json:
        ends = {"from": version_json(before), "to": version_json(after)}
        print_json({"cycle": row.id, **ends, **differences_json(before, after)}, indent=2)
        return
    spoken: Language = language or ("en" if row.language == "en" else "da")
    _show(row, before, after, differences(before, after, spoken), spoken, output)


def merge(
    cycle: CycleId,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The draft file, or the prose, that you changed.")
    ],
    *,
    base: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="The version that it was made from, else `based_on`."),
    ] = None,
    output: Output = None,
    language: Lang = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Bring your draft together with what came in meanwhile; -o is the merged file, which is then submitted.

    What you both changed is marked in it (exit code 1): settle it there first, it cannot be submitted before.
    """
    from aarshjul.acts.merging import merge_draft
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.cli.saving import save
    from aarshjul.files.text import read_text
    from aarshjul.papers.errors import PaperError
    from aarshjul.papers.versions import differences
    from models.engine import reading

    if output is None and not json:
        raise PaperError("say with -o FILE where the merged draft shall be written")
    text = read_text(file)
    with record(home) as opened, reading(opened.engine) as session:
        row = known_cycle(session, cycle)
        merged = merge_draft(session, row, text, file, base)
    spoken: Language = language or ("en" if row.language == "en" else "da")
    if output is not None:
        save(merged.text, output)
    if json:
        found = {"cycle": row.id, "base": merged.base.version, "present": merged.present.version}
        print_json({**found, "conflicts": merged.conflicts, "text": merged.text}, indent=2)
    elif merged.base.version == merged.present.version:
        typer.echo(f"version {merged.present.version} is still the present one: nothing came in meanwhile")
    else:
        typer.echo(f"What changed from version {merged.base.version} to {merged.present.version}:\n")
        _print(differences(merged.base, merged.present, spoken), spoken)
    if merged.conflicts:
        raise ConflictsLeft("\n".join(f"{output or file}: {each}" for each in merged.conflicts))


def _check(output: Path | None, *, approved: bool, json: bool) -> None:
    """Refuse what does not go together."""
    from aarshjul.papers.errors import PaperError

    if approved:
        raise PaperError("--approved says from which version: leave out FROM, or --approved")
    if output is not None and output.suffix.lower() not in FORMS:
        raise PaperError(f"{output}: differences can be .html, .pdf or .txt: name such a file")
    if json and output is not None:
        raise PaperError("--json goes to standard output: leave out -o, or --json")


def _show(
    cycle: "Cycle", before: "Draft", after: "Draft", report: "Report", language: Language, output: Path | None
) -> None:
    from aarshjul.cli.difference_lines import plain
    from aarshjul.cli.saving import save

    if output is None:
        _print(report, language)
    elif output.suffix.lower() == ".txt":
        save(plain(report, language), output)
    else:
        from aarshjul.papers.differences_page import differences_page
        from aarshjul.papers.frame import as_pdf

        page = differences_page(cycle.title, before, after, report, language, _zone(cycle))
        save(as_pdf(page) if output.suffix.lower() == ".pdf" else page.html, output)


def _print(report: "Report", language: Language) -> None:
    """In colours in a terminal, else plain."""
    import sys

    from aarshjul.cli.difference_lines import coloured, plain
    from aarshjul.cli.output import console

    screen = console()
    if not report:
        typer.echo("the two versions say the same")
    elif screen.color_system is None:
        sys.stdout.write(plain(report, language))
    else:
        for line in coloured(report, language):
            screen.print(line, soft_wrap=True)


def _zone(cycle: "Cycle") -> "tzinfo":
    from zoneinfo import ZoneInfo

    return ZoneInfo(cycle.timezone)


def _shown(line: "VersionLine", cycle: "Cycle") -> str:
    """A version in a few lines, which fit a narrow terminal: who and when, what is new, what stands on it."""
    draft = line.draft
    at = draft.submitted_at.astimezone(_zone(cycle))
    origin = "" if draft.based_on is None else f", made from version {draft.based_on}"
    return "\n  ".join(
        [
            f"Version {draft.version}, round {draft.round}: {at:%Y-%m-%d %H:%M} by {draft.submitted_by}{origin}",
            f"hash: {draft.hash[:12]}",
            *([f"new: {' '.join(draft.message.split())}"] if draft.message else []),
            *_stands(line, cycle),
        ]
    )


def _stands(line: "VersionLine", cycle: "Cycle") -> list[str]:
    """What was decided about a version, and who signed it; what fell says so."""
    from aarshjul.core.cycle_words import role_in_words
    from aarshjul.papers.version_json import day_of

    bodies = {
        body: role_in_words(body, "en", holder=cycle.holder, council=cycle.council)
        for body in ("board", "council")
    }
    said = [
        f"{bodies[row.body]}: {row.outcome.replace('-', ' ')}, {day_of(row)}"
        f"{' (no longer stands)' if row.void_at is not None else ''}"
        for row in line.decisions
    ]
    return [*said, *(f"{bodies[row.body]}: signed by {row.person_id}" for row in line.signatures)]
