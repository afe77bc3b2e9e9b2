"""`aarshjul feed`: a cycle's calendar, byte for byte as subscribers get it; or one entry of it to take by hand."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home
from aarshjul.core.errors import Invalid
from aarshjul.core.languages import Language

if TYPE_CHECKING:
    from sqlmodel import Session

    from aarshjul.settings import Settings
    from calendars.choice import Choice
    from calendars.scope import Scope


def feed(
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")],
    *,
    role: Annotated[
        str | None, typer.Option(metavar="R", help="Only the milestones that concern or bind this role.")
    ] = None,
    person: Annotated[
        str | None, typer.Option(metavar="ID", help="Only those that concern or bind this person's roles.")
    ] = None,
    milestone: Annotated[
        str | None, typer.Option(metavar="ID", help="This one alone, to be taken into a calendar by hand.")
    ] = None,
    show: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT",
            help="Its contents: meetings,deadlines,decisions,phases,tasks,alarms; else the first three.",
        ),
    ] = None,
    lang: Annotated[
        Language | None,
        typer.Option("--lang", help="The language of our words; else the reader's or the cycle's."),
    ] = None,
    home: Home = None,
) -> None:
    """Write the calendar of a cycle, or of one role or person in it, to standard output (iCalendar)."""
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.cli.saving import note
    from models.engine import reading

    _check(show, role=role, person=person, milestone=milestone)
    choice = _choice(show, person)
    with record(home) as opened, reading(opened.engine) as session:
        silent = known_cycle(session, cycle).state == "draft"
        if milestone is not None:
            data = _one(session, cycle, milestone, lang, opened.settings)
        else:
            data = _many(session, _scope(session, cycle, role, person), choice, lang, opened.settings)
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    if silent:
        note(f"{cycle} is not activated yet: its calendar is empty.")


def _check(show: str | None, *, role: str | None, person: str | None, milestone: str | None) -> None:
    """What cannot be asked for.

    Raises:
        Invalid: with the option and what would be right.
    """
    if len([each for each in (role, person, milestone) if each is not None]) > 1:
        raise Invalid("--role, --person and --milestone: give one of them")
    if show is not None and milestone is not None:
        raise Invalid("--show: is for a calendar; --milestone is one entry")


def _choice(show: str | None, person: str | None) -> "Choice":
    """What shall be in it.

    Raises:
        Invalid: for contents that there are none of.
    """
    from aarshjul.cli.subscription_scope import choice_of
    from calendars.choice import Choice

    choice = Choice() if show is None else choice_of(show)
    if choice.tasks and person is None:
        raise Invalid("--show: tasks are one person's; add --person")
    return choice


def _scope(session: "Session", cycle: str, role: str | None, person: str | None) -> "Scope":
    """The part of the cycle that is asked for.

    Raises:
        Unknown: for a role or a person that is not in it.
    """
    from aarshjul.cli.record import known_person
    from aarshjul.cli.subscription_scope import known_role
    from calendars.scope import Scope

    if person is not None:
        known_person(session, person, cycle)
        return Scope(of="person", cycle_id=cycle, person_id=person)
    if role is not None:
        return Scope(of="role", cycle_id=cycle, role=known_role(session, cycle, role))
    return Scope(of="cycle", cycle_id=cycle)


def _many(
    session: "Session", scope: "Scope", choice: "Choice", lang: str | None, settings: "Settings"
) -> bytes:
    from calendars.subscription_feed import scope_feed

    return scope_feed(session, scope, choice, lang, settings.web_url)


def _one(session: "Session", cycle: str, milestone: str, lang: str | None, settings: "Settings") -> bytes:
    from calendars.address import Address
    from calendars.publication import milestone_publication

    organizer = Address(name=settings.sender_name, email=settings.sender_address)
    return milestone_publication(
        session, cycle, milestone, organizer, language=lang, web_url=settings.web_url
    )
