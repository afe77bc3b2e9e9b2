"""`aarshjul cycle anchor`: milestones and the real meetings that could carry them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Home, Json
from aarshjul.core.errors import Invalid, Refused
from aarshjul.core.languages import Language

if TYPE_CHECKING:
    from sqlmodel import Session

    from aarshjul.cli.anchoring_table import Looked
    from aarshjul.cli.record import Record
    from aarshjul.core.real_meeting import RealMeeting
    from models.cycle import Cycle

Bodies = dict[str, tuple[str, ...]]


class NotAnchored(Refused):
    """A plan is not followed; nothing of it is done."""


def anchor(
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")],
    *,
    meetings_of: Annotated[
        list[str] | None,
        typer.Option(
            "--meetings-of",
            metavar="[ROLE=]BODY",
            help="Only this body's meetings (again for more); ROLE says whose they are where names do not.",
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="MILESTONE", help="Only this milestone (again for more)."),
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Do it, instead of showing it; wants --by.")] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="PERSON", help="The id of who acts.")] = None,
    despite: Annotated[
        list[str] | None,
        typer.Option("--despite", metavar="CODE", help="Apply in spite of this error (again for more)."),
    ] = None,
    language: Annotated[Language, typer.Option("--lang", help="The language of the table.")] = "en",
    home: Home = None,
    json: Json = False,
) -> None:
    """Propose the nearest real meeting for each milestone of a body, and show what moves; --apply does it.

    The meetings are those that `aarshjul import` brought in: the council's by the cycle's council, the board's by
    the holder's name in theirs. Ends with 1 where a warning is an error, such as the council before its board.
    """
    from aarshjul.cli.output import print_json
    from aarshjul.cli.record import record

    if apply and by is None:
        raise Invalid("--apply wants --by PERSON: who ties the milestones to the meetings?")
    with record(home) as opened:
        found = _look(opened, cycle, meetings_of or (), frozenset(only) if only else None)
        errors = sorted({str(each.code) for each in found.cautions if each.is_error} - set(despite or ()))
        if json and not apply:
            print_json(found.as_json(), indent=2)
        elif not json:
            from aarshjul.cli.anchoring_table import show

            show(found, language, to_apply=apply)
        if apply and by is not None:
            _apply(opened, found, by, errors, json=json)
    if errors:
        raise typer.Exit(1)


def _look(
    opened: "Record", cycle_id: str, meetings_of: Sequence[str], only: frozenset[str] | None
) -> "Looked":
    from aarshjul.cli.anchoring_table import Looked
    from aarshjul.cli.record import known_cycle
    from aarshjul.clock import now
    from aarshjul.core.anchoring import propose
    from aarshjul.core.meeting_cautions import about_plan
    from models.engine import reading
    from models.json_values import working_days
    from models.loading import load_cycle
    from models.meetings import known_bodies
    from models.planned import load_planned

    with reading(opened.engine) as session:
        row = known_cycle(session, cycle_id)
        view, planned = load_cycle(session, cycle_id), load_planned(session, cycle_id)
        _check_only(only, [each.id for each in planned])
        roles = {role for each in planned for role in (*each.for_, *each.owed_by)}
        bodies = _bodies(row, known_bodies(session), meetings_of, sorted(roles))
        known = _on_the_cycles_clocks(session, view.zone)
    calendars = {
        role: [each for each in known.values() if each.body in names] for role, names in bodies.items()
    }
    today, days = view.today(now()), working_days(row.days_off, row.quiet)
    plan = propose(planned, calendars=calendars, known=known, days=days, today=today, only=only)
    cautions = about_plan(plan, known=known, days=days, today=today)
    return Looked(cycle=row.id, title=row.title, bodies=bodies, plan=plan, cautions=cautions)


def _on_the_cycles_clocks(session: "Session", zone: Any) -> "dict[str, RealMeeting]":
    from dataclasses import replace

    from aarshjul.acts.meetings import telling_of
    from models.meetings import meeting_of, meeting_rows

    found = {}
    for row in meeting_rows(session):
        told = telling_of(row, zone)
        found[row.id] = replace(
            meeting_of(row), on=told.on or row.on, at=told.at, ends=told.ends, timezone=zone.key
        )
    return found


def _check_only(only: frozenset[str] | None, known: list[str]) -> None:
    from aarshjul.files.problems import clipped, did_you_mean

    for name in sorted((only or frozenset()) - set(known)):
        raise Invalid(f"--only: there is no milestone {clipped(name)}; {did_you_mean(name, known)}")


def _bodies(row: "Cycle", known: list[str], meetings_of: Sequence[str], roles: list[str]) -> Bodies:
    """The bodies of each role: as named, else by their names."""
    from aarshjul.core.anchoring import whose
    from aarshjul.files.problems import clipped, did_you_mean

    if not meetings_of:
        return whose(known, council=row.council, holder=row.holder)
    found: Bodies = {}
    for given in meetings_of:
        role, equals, body = given.partition("=")
        role, body = (role.strip(), body.strip()) if equals else ("", given.strip())
        if body not in known:
            hint = did_you_mean(body, known) if known else "`aarshjul import FILE` brings a calendar in"
            raise Invalid(f"--meetings-of: no meetings of {clipped(body)} are here; {hint}")
        if role and role not in roles:
            raise Invalid(
                f"--meetings-of: no milestone names the role {clipped(role)}; {did_you_mean(role, roles)}"
            )
        by_name = next(iter(whose([body], council=row.council, holder=row.holder)), None)
        if not role and by_name is None:
            raise Invalid(
                f"--meetings-of: whose meetings are those of {clipped(body)}? Write `board={body}` or `council={body}`"
            )
        found[role or by_name or ""] = (*found.get(role or by_name or "", ()), body)
    return found


def _apply(opened: "Record", found: "Looked", by: str, errors: list[str], *, json: bool) -> None:
    """Tie each milestone to its meeting in one transaction, in the order of the meetings."""
    from aarshjul.acts.locking import hold_for_all
    from aarshjul.acts.perform import act
    from aarshjul.cli.act import held_in, say_what_follows
    from aarshjul.cli.output import print_json
    from aarshjul.clock import now
    from aarshjul.files.act_arguments import parse_act
    from models.engine import writing

    if errors:
        ways = " ".join(f"--despite {code}" for code in errors)
        raise NotAnchored(f"nothing is done, because of {', '.join(errors)}; in spite of it: {ways}")
    if not found.plan.proposals:
        if json:
            print_json({**found.as_json(), "applied": True}, indent=2)
        return
    moment, hold = now(), timedelta(minutes=opened.settings.withdraw_minutes)
    forms = [
        parse_act("anchor", {"milestone": each.milestone.id, "meeting": each.meeting.id})
        for each in found.plan.proposals
    ]
    with writing(opened.engine) as session:
        hold_for_all(session, found.cycle, [("anchor", form) for form in forms])
        for form in forms:
            try:
                act(session, found.cycle, by, "anchor", form, moment, hold=hold)
            except Refused as refusal:
                raise NotAnchored(f"nothing is done: {refusal}") from None
        held = held_in(session, found.cycle, moment, hold)
    if json:
        print_json({**found.as_json(), "applied": True}, indent=2)
    else:
        count = len(found.plan.proposals)
        typer.echo(f"{found.cycle}: anchor by {by} is done, {count} milestone{'s' if count != 1 else ''}")
    say_what_follows(opened.settings.home, held, by)
