"""`aarshjul act`: any act of the year, with its fields as options."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home
from aarshjul.core.errors import Invalid

if TYPE_CHECKING:
    from sqlmodel import Session

    from aarshjul.files.act_forms import ActForm

LISTS = frozenset({"channels", "present", "quiet", "roles"})
"""The fields that take several values: with commas, or the option again and again."""
TEXTS = frozenset({"change"})
"""The fields that take several texts: the option again for each, as texts have commas."""

By = Annotated[str, typer.Option("--by", metavar="PERSON", help="The id of who acts.")]


class BadFields(Invalid):
    """The options of an act cannot be read; a line for each."""


def act(
    ctx: typer.Context,
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")],
    *,
    by: By,
    do: Annotated[str, typer.Option("--do", metavar="ACT", help="What: confirm, move, decide, ...")],
    home: Home = None,
) -> None:
    """Do an act, as if the person did it: `--field value` (or `--field=value`) for each of its fields.

    \b
    aarshjul act nordjylland-2023 --by koordinator --do move --milestone dialogue-meeting --to 2022-11-25
    aarshjul act nordjylland-2023 --by direktoer --do submit-draft --file udkast.md
    aarshjul act nordjylland-2023 --by koordinator --do hold --milestone dialogue-meeting --present a,b
    """  # noqa: D301 -- Click's own mark for lines that are not to be wrapped
    if cycle.startswith("-"):
        raise BadFields("CYCLE is missing: name it first, `aarshjul act CYCLE --by PERSON --do ACT ...`")
    do_it(home, cycle, by, do, fields_of(ctx.args))


def fields_of(words: Sequence[str]) -> dict[str, str | Sequence[str]]:
    """The fields of an act from what stands behind its name.

    A value that itself begins with `--` is written `--field=value`; one that begins with a single dash, as
    negative numbers do, needs nothing.

    Raises:
        BadFields: where words are left that belong to no field, or a field stands twice.
    """
    found: dict[str, list[str]] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--") or word == "--":
            raise BadFields(
                f"{word!r} belongs to no field: write `--field value`, in quotes where it has spaces"
            )
        name, equals, value = word.removeprefix("--").partition("=")
        if not equals:
            if not rest or rest[0].startswith("--"):
                raise BadFields(f"--{name}: has no value; write `--{name} VALUE` or `--{name}=VALUE`")
            value = rest.pop(0)
        found.setdefault(name, []).append(value)
    twice = [name for name, values in found.items() if len(values) > 1 and name not in LISTS | TEXTS]
    if twice:
        raise BadFields(*[f"--{name}: stands more than once; keep one" for name in twice])
    return {name: values if name in TEXTS else ",".join(values) for name, values in found.items()}


def do_it(home: Path | None, cycle: str, by: str, do: str, fields: Mapping[str, str | Sequence[str]]) -> None:
    """Do an act now, and wake the installation so that what follows from it goes out.

    Raises:
        Refused: where a rule forbids it.
        Invalid: where a field is not what the act takes.
    """
    from aarshjul.acts.perform import perform
    from aarshjul.acts.signing_service import confirmed
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.clock import now
    from models.engine import reading

    form = _form(do, fields)
    with record(home) as opened:
        with reading(opened.engine) as session:
            known_cycle(session, cycle)
        hold = timedelta(minutes=opened.settings.withdraw_minutes)
        form = confirmed(opened.engine, opened.settings, cycle, by, form, now())
        moment = now()
        perform(opened.engine, cycle, by, do, form, moment, hold=hold)
        place = opened.settings.home
        with reading(opened.engine) as session:
            held = held_in(session, cycle, moment, hold)
    typer.echo(f"{cycle}: {do} by {by} is done")
    say_what_follows(place, held, by)


def _form(do: str, fields: Mapping[str, str | Sequence[str]]) -> "ActForm":
    """The form of an act; the file of a draft or a document is read here, relative to where the command runs."""
    from aarshjul.files.act_arguments import parse_act
    from aarshjul.files.act_forms import SubmitDraft
    from aarshjul.files.documents import enclosed
    from aarshjul.files.text import read_text

    form = parse_act(do, _with_files(fields))
    if isinstance(form, SubmitDraft) and form.file is not None:
        return form.model_copy(update={"text": read_text(form.file)})
    return enclosed(form, Path())


def _with_files(fields: Mapping[str, str | Sequence[str]]) -> Mapping[str, str | Sequence[str]]:
    """Conditions are written as YAML in brackets, else they stand in the file that is named."""
    from aarshjul.files.text import read_text

    named = fields.get("conditions")
    if not isinstance(named, str) or not named or named.lstrip().startswith(("[", "{")):
        return fields
    return {**fields, "conditions": read_text(named)}


def held_in(session: "Session", cycle: str, now: datetime, hold: timedelta) -> dict[str, datetime]:
    """The cycles in which an act of this moment has messages waiting, and until when.

    What moves a meeting of several cycles is told in each of them.
    """
    from sqlalchemy import or_, select
    from sqlmodel import col

    from models.cycle import Cycle

    until, own = col(Cycle.held_until), col(Cycle.id) == cycle
    query = select(col(Cycle.id), until).where(until > now, or_(own, until == now + hold))
    return {row[0]: row[1] for row in session.execute(query.order_by(col(Cycle.id)))}


def say_what_follows(home: Path, held: dict[str, datetime], by: str) -> None:
    """Wake the installation, and say until when what people are told can be taken back, where it can."""
    from aarshjul.cli.saving import note
    from aarshjul.clock import COPENHAGEN
    from aarshjul.wake import wake

    if held:
        ways = " and ".join(f"`aarshjul message withdraw --cycle {cycle} --by {by}`" for cycle in held)
        note(
            f"What people are told of it waits until {min(held.values()).astimezone(COPENHAGEN):%H:%M}: "
            f"{ways} {'takes' if len(held) == 1 else 'together take'} it back before then."
        )
    if not wake(home):
        note("No installation is running here: what follows from this goes out with `aarshjul round`.")
