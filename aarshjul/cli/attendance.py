"""`aarshjul attendance`: who comes to one meeting, who was there, and the opening of its minutes."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home, Json
from aarshjul.core.errors import Invalid, Refused
from aarshjul.core.languages import Language

if TYPE_CHECKING:
    from rich.console import Console
    from sqlmodel import Session

    from aarshjul.acts.meeting_papers import Meeting
    from aarshjul.core.attendance import Seat
    from aarshjul.core.roll import Roll

WORDS = {
    "stand-in": "stand-in",
    "guest": "guest",
    "apologies": "apologies",
    "no-answer": "no answer",
    "not-invited": "not invited",
}


def attendance(
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")],
    milestone: Annotated[str, typer.Argument(metavar="MILESTONE", help="The meeting's id in it.")],
    *,
    minutes: Annotated[
        bool, typer.Option("--minutes", help="The opening of the minutes, as text to paste.")
    ] = False,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="The language of --minutes; else the cycle's.")
    ] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Show who comes to a meeting, or who was there: everyone once, also where it carries several cycles."""
    from aarshjul.cli.output import console, print_json
    from aarshjul.cli.record import record
    from models.engine import reading

    _check(lang, minutes=minutes, json=json)
    with record(home) as opened, reading(opened.engine) as session:
        found = known_meeting(session, cycle, milestone).roll
    if json:
        print_json(found.as_json(), indent=2)
    elif minutes:
        sys.stdout.write(_opening(found, lang))
    else:
        _show(console(), found)


def _check(lang: str | None, *, minutes: bool, json: bool) -> None:
    """What cannot be asked for together.

    Raises:
        Invalid: with the option and what would be right.
    """
    if minutes and json:
        raise Invalid("--minutes: is text; leave --json out, or --minutes")
    if lang is not None and not minutes:
        raise Invalid("--lang: is the language of the minutes; add --minutes")


def known_meeting(
    session: "Session", cycle: str, milestone: str, language: Language | None = None
) -> "Meeting":
    """The meeting that is asked for, its papers in this language, else in the cycle's.

    Raises:
        Refused: where there is none of that id, or it is a deadline, at which nobody meets.
    """
    from aarshjul.acts.meeting_papers import load_meeting
    from aarshjul.cli.record import Unknown, known_cycle
    from aarshjul.clock import now
    from aarshjul.core.whose_meeting import meets
    from aarshjul.files.problems import clipped, did_you_mean, or_rather
    from models.loading import load_cycle

    row = known_cycle(session, cycle)
    own: Language = "en" if row.language == "en" else "da"
    found = load_meeting(session, row, milestone, row.played_until or now(), language or own)
    if found is not None:
        return found
    view = load_cycle(session, cycle)
    meetings = sorted(each.id for each in view.milestones if meets(each))
    if milestone in view.by_id:
        raise Refused(f"{milestone} is a deadline: nobody meets at it{or_rather(meetings, of='meetings')}")
    hint = did_you_mean(milestone, meetings)
    raise Unknown(f"there is no milestone {clipped(milestone)} in {cycle}; {hint}")


def _opening(found: "Roll", lang: str | None) -> str:
    from aarshjul.core.cycle import State
    from notifications.minutes import opening

    if found.state is State.CANCELLED:
        raise Refused(f"{found.milestone} was cancelled: there is nothing to write minutes of")
    return opening(found, lang or found.language)


def _show(screen: "Console", found: "Roll") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from aarshjul.core.attendance import Group

    screen.print(Text(_head(found), style="bold"))
    if not found.attendance.seats:
        screen.print(Text("It concerns nobody who takes part in this cycle."))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, ratio in (("", 2), ("Organisation", 3), ("Name", 4), ("Role", 2), ("Answer", 3)):
        table.add_column(heading, overflow="fold", ratio=ratio)
    for group in Group:
        for number, seat in enumerate(found.attendance.of(group)):
            table.add_row(*map(Text, (_group(found, group) if not number else "", *_cells(seat))))
    screen.print(table)
    for line in _sums(found):
        screen.print(Text(line))


def _head(found: "Roll") -> str:
    when = " ".join(part for part in (str(found.telling.on or "no date yet"), found.telling.at) if part)
    state = [str(found.state)] if found.state != "open" else []
    tentative = ["tentative"] if found.telling.status == "tentative" and not state else []
    elsewhere = ["invited elsewhere"] if found.elsewhere else []
    carries = ", ".join(f"{each.cycle} {each.milestone}" for each in found.carries)
    about = carries if len(found.carries) > 1 else found.milestone
    return f"{when}  {found.title} ({', '.join([about, *state, *tentative, *elsewhere])})"


def _group(found: "Roll", group: str) -> str:
    """The group's name, with how many are in it."""
    from aarshjul.core.attendance import Group

    return f"{len(found.attendance.of(Group(group)))} {WORDS.get(group, group)}"


def _cells(seat: "Seat") -> tuple[str, str, str, str]:
    person = seat.person
    roles = ", ".join(dict.fromkeys(body.role for body in sorted(person.bodies)))
    return person.organisation or "", _who(seat), roles, _answer(seat)


def _who(seat: "Seat") -> str:
    """A name, with whom they were there for or who was there for them."""
    for words, others in (("for", seat.stands_for), ("represented by", seat.stood_for_by)):
        if others:
            return f"{seat.person.name} ({words} {'; '.join(each.name for each in others)})"
    return seat.person.name


def _answer(seat: "Seat") -> str:
    """What was said to the invitation, and by whom or how, where that says more."""
    person = seat.person
    if person.reply == "needs-action":
        return "" if not person.belongs else "no answer" if person.invited else "not invited"
    if person.through == "secretary":
        return f"{person.reply} (svaret af sekretæren)"
    if person.by is not None:
        return f"{person.reply} (by {person.by})"
    return f"{person.reply} (by mail)" if person.through == "mail" else str(person.reply)


def _sums(found: "Roll") -> list[str]:
    """How many of each body were there; or that it is not on record."""
    lines = []
    for count in found.attendance.counts:
        more = f", {count.represented} represented" if count.represented else ""
        body = f"{count.body.role} ({count.body.of})"
        lines.append(f"{body}: {count.present} of {count.members} present{more}")
    if not lines and found.state == "done":
        return ["Who was present is not on record."]
    return lines
