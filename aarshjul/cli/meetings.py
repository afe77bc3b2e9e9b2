"""`aarshjul import` and `export` for the real meetings of a body."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.core.errors import Invalid

if TYPE_CHECKING:
    from datetime import date

    from aarshjul.core.meeting_cautions import Caution
    from aarshjul.core.real_meeting import RealMeeting
    from aarshjul.files.meetings import Kind
    from aarshjul.files.meetings_problems import ReadMeetings
    from models.meetings import Stored

Body = Annotated[
    str | None,
    typer.Option("--body", metavar="NAME", help="Whose meetings they are, where FILE does not say."),
]
Sheet = Annotated[
    str | None, typer.Option("--sheet", metavar="NAME", help="A workbook's sheet; else its first.")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="How far to follow a repetition without an end.")
]
Zone = Annotated[
    str | None,
    typer.Option(
        "--timezone", metavar="ZONE", help="On which clocks the meetings are; else Europe/Copenhagen."
    ),
]
Partial = Annotated[
    bool, typer.Option("--partial", help="FILE is a part of the calendar: what it lacks is not gone.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what a meeting calendar changes, and change nothing.")
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """How a meeting calendar is to be read and taken."""

    body: str | None
    sheet: str | None
    until: str | None
    zone: str | None
    partial: bool
    dry_run: bool


def refuse_wishes(file: Path, **given: str | bool | None) -> None:
    """Refuse options that say nothing about a contract or a cycle.

    Raises:
        Invalid: naming the first of them.
    """
    for name, value in given.items():
        if value is not None:
            raise Invalid(f"--{name.replace('_', '-')} goes with a calendar of meetings, which {file} is not")


def import_meetings(file: Path, kind: "Kind", wish: Wish, *, home: Path | None, json: bool) -> None:
    """Bring the record to what a calendar says, and tell what that changed."""
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import record
    from aarshjul.cli.saving import note
    from aarshjul.clock import now
    from aarshjul.core.meeting_cautions import about_meetings
    from aarshjul.core.working_days import WorkingDays
    from models.engine import writing
    from models.meetings import store_meetings

    read = _read(file, kind, wish)
    with record(home, begin=not wish.dry_run) as opened, writing(opened.engine) as session:
        stored = store_meetings(session, read.meetings, now(), partial=wish.partial)
        if wish.dry_run:
            session.rollback()
    cautions = about_meetings([*stored.new, *(each.now for each in stored.changed)], WorkingDays())
    if json:
        print_json(_as_json(read, stored, cautions, dry_run=wish.dry_run))
        return
    for line in _as_lines(read, stored, dry_run=wish.dry_run):
        typer.echo(line)
    note(*_remarks(read, stored, cautions))


def _read(file: Path, kind: "Kind", wish: Wish) -> "ReadMeetings":
    from aarshjul.core.real_meeting import HOME_ZONE
    from aarshjul.files.meetings import read_meetings
    from aarshjul.files.meetings_table import Frame, one_line

    body = one_line(wish.body) if wish.body else None
    if wish.body is not None and not body:
        raise Invalid("--body: is empty; must be the name of whose meetings these are")
    frame = Frame(body=body, zone=_option("--timezone", wish.zone) or HOME_ZONE)
    return read_meetings(file, kind, frame, sheet=wish.sheet, until=_day(wish.until))


def _option(name: str, zone: str | None) -> str | None:
    from pydantic_core import PydanticCustomError

    from aarshjul.files.fields import read_zone

    try:
        return read_zone(zone) if zone is not None else None
    except PydanticCustomError as error:
        raise Invalid(f"{name}: {error.message()}") from None


def _day(text: str | None) -> "date | None":
    from aarshjul.files.meetings_dates import UnclearError, read_day

    try:
        return read_day(text).on if text is not None else None
    except UnclearError as error:
        raise Invalid(f"--until: {error}") from None


def _as_json(
    read: "ReadMeetings", stored: "Stored", cautions: "list[Caution]", *, dry_run: bool
) -> dict[str, Any]:
    from aarshjul.core.languages import LANGUAGES
    from aarshjul.core.meeting_words import words_of

    return {
        "kind": "meetings",
        "bodies": sorted({meeting.body for meeting in read.meetings}),
        "imported": stored.anything and not dry_run,
        "new": [each.id for each in stored.new],
        "changed": [
            {"id": each.now.id, "was": _when(each.was), "now": _when(each.now), "carries": list(each.carries)}
            for each in stored.changed
        ],
        "gone": [
            {
                "id": each.was.id,
                "was": _when(each.was),
                "kept": bool(each.carries),
                "carries": list(each.carries),
            }
            for each in stored.gone
        ],
        "same": stored.same,
        "warnings": [
            {
                "code": str(each.code),
                "where": where,
                "meeting": each.meeting,
                "message": {language: words_of(each, language) for language in LANGUAGES},
            }
            for where, each in [*read.doubts, *((None, each) for each in cautions)]
        ],
    }


def _when(meeting: "RealMeeting") -> str:
    times = " ".join(part for part in (meeting.at, f"to {meeting.ends}" if meeting.ends else None) if part)
    off = (
        ", cancelled"
        if meeting.status == "cancelled"
        else ", tentative"
        if meeting.status == "tentative"
        else ""
    )
    return f"{meeting.on}{' ' + times if times else ''}{off}"


def _as_lines(read: "ReadMeetings", stored: "Stored", *, dry_run: bool) -> Iterator[str]:
    bodies = ", ".join(sorted({meeting.body for meeting in read.meetings}))
    counts = f"{len(stored.new)} new, {len(stored.changed)} changed, {len(stored.gone)} gone"
    yield f"meetings of {bodies}: {counts}, {stored.same} as before" + (" (a dry run)" if dry_run else "")
    for meeting in stored.new:
        yield f"  new      {_when(meeting)}  {meeting.title} ({meeting.id})"
    for change in stored.changed:
        was, now = _when(change.was), _when(change.now)
        said = f"{was} -> {now}" if was != now else now
        yield f"  changed  {said}  {change.now.title} ({change.now.id})"
    for change in stored.gone:
        said = "kept as cancelled, as it carries a milestone" if change.carries else "taken away"
        yield f"  gone     {_when(change.was)}  {change.was.title} ({change.was.id}): {said}"


def _remarks(read: "ReadMeetings", stored: "Stored", cautions: "list[Caution]") -> Iterator[str]:
    from aarshjul.core.meeting_words import words_of

    yield from (f"{where}: {words_of(doubt, 'en')}" for where, doubt in read.doubts)
    for caution in cautions:
        yield words_of(caution, "en")
    for change in (*stored.changed, *stored.gone):
        cycles = sorted({each.split("/")[0] for each in change.carries})
        if cycles:
            ways = " and ".join(f"`aarshjul cycle anchor {cycle}`" for cycle in cycles)
            yield f"{change.was.id} carries {', '.join(change.carries)}: {ways} shows what that means"


def export_meetings(body: str, *, home: Path | None, output: Path | None) -> None:
    """Write a body's meetings, as YAML or, where the file is named so, as a workbook."""
    from aarshjul.cli.record import Unknown, record
    from aarshjul.cli.saving import save
    from aarshjul.files.meetings_yaml import dump_meetings
    from aarshjul.files.problems import clipped, did_you_mean
    from models.engine import reading
    from models.meetings import known_bodies, load_meetings

    with record(home) as opened, reading(opened.engine) as session:
        meetings = load_meetings(session, [body])
        known = known_bodies(session)
    if not meetings:
        hint = did_you_mean(body, known) if known else "`aarshjul import FILE` brings a calendar in"
        raise Unknown(f"there are no meetings of {clipped(body)} here; {hint}")
    if output is not None and output.suffix.casefold() == ".xlsx":
        from aarshjul.files.meetings_workbook import dump_xlsx

        save(dump_xlsx(meetings), output)
        return
    save(dump_meetings(meetings), output)
