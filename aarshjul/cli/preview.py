"""`aarshjul cycle preview`: every message of a year before it begins, none sent."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home, Json
from aarshjul.core.errors import Invalid

if TYPE_CHECKING:
    from aarshjul.files.cycle_form import CycleForm
    from aarshjul.files.script import Script
    from flows.rehearsing import Rehearsed


class CannotPreview(Invalid):
    """What is to be previewed, or where it is to be left, cannot be used."""


def preview(
    cycle: Annotated[str, typer.Argument(metavar="FILE|CYCLE", help="A cycle file, or a cycle's id.")],
    *,
    acts: Annotated[
        Path | None, typer.Option(metavar="ACTS.yaml", help="What people do; else nobody does anything.")
    ] = None,
    begins: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE", help="The day of activation."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Keep mails and Teams cards in a new folder."),
    ] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Show every message and invitation of a cycle's year; nothing is sent or written down.

    The year is played in a folder that is thrown away: activated on the day of `--from` (else 30 days before
    the first milestone). Without `--acts` nobody does anything, so these are the most messages there can be.
    A cycle of the record is played from its beginning, with the dates and people that it has now.
    """
    script = _script(cycle, acts, home)
    form = script.form
    first = begins.date() if begins is not None else None
    with _folder(output) as folder:
        messages = _play(script, folder, first, home)
        _keep(folder, output)
    if json:
        _as_json(form, messages)
    else:
        _as_table(form, messages, output)


def _script(name: str, acts: Path | None, home: Path | None) -> "Script":
    """What is played: a cycle with the contract that it presents, from files or from the record."""
    from aarshjul.acts.exporting import export_cycle
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.files.script import read_script, with_acts
    from models.contract_rows import load_contract
    from models.engine import reading

    if name.endswith((".yaml", ".yml")) or Path(name).exists():
        return read_script(Path(name), acts)
    with record(home) as opened, reading(opened.engine) as session:
        row = known_cycle(session, name)
        form, contract = export_cycle(session, row).form, load_contract(session, row.contract_id or "")
    return with_acts(form, contract, acts)


@contextmanager
def _folder(output: Path | None) -> Iterator[Path]:
    """A folder for the time of the play; refuses beforehand an output folder that holds something."""
    if output is not None and output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise CannotPreview(f"{output} exists already and is not an empty folder: name another one")
    with tempfile.TemporaryDirectory(prefix="aarshjul-preview-") as folder:
        yield Path(folder)


def _play(script: "Script", folder: Path, first: date | None, home: Path | None) -> "list[Rehearsed]":
    """Play it with the settings of the home (who sends, where the pages are), in another folder."""
    from aarshjul.cli.record import settings_of
    from aarshjul.settings import played
    from flows.playing import Play, acts_of
    from flows.rehearsing import rehearse
    from models.engine import open_engine, upgrade

    done = acts_of(script.acts, script.zone, script.drafts) if script.acts is not None else []
    settings = played(settings_of(home), script.form.id).model_copy(update={"home": folder})
    for channel in ("mail", "teams"):
        (folder / channel).mkdir()
    engine = open_engine(settings.url)
    try:
        upgrade(engine)
        return rehearse(Play(engine, script.form, script.contract, done), settings, first, None)
    finally:
        engine.dispose()


def _keep(folder: Path, output: Path | None) -> None:
    if output is None:
        return
    try:
        for channel in ("mail", "teams"):
            shutil.copytree(folder / channel, output / channel)
    except OSError as error:
        raise CannotPreview(f"{output} cannot be written: {error.strerror or error}") from None


def _as_json(form: "CycleForm", messages: "list[Rehearsed]") -> None:
    from aarshjul.cli.output import print_json

    print_json({"cycle": form.id, "messages": [message.as_json() for message in messages]}, indent=2)


def _as_table(form: "CycleForm", messages: "list[Rehearsed]", output: Path | None) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from aarshjul.cli.output import console

    roles = {person.id: person.roles for person in form.people}
    titles = {milestone.id: milestone.title for milestone in form.milestones}
    groups: dict[tuple[date, str, str | None], list[Rehearsed]] = {}
    for message in messages:
        groups.setdefault((message.on, message.kind, message.milestone), []).append(message)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Date", "Kind"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Milestone", ratio=3)
    table.add_column("Who", ratio=2)
    table.add_column("Messages", justify="right")
    for (on, kind, milestone), group in groups.items():
        title = titles.get(milestone or "", "")
        who = _who(group, roles)
        table.add_row(Text(f"{on:%a} {on}"), Text(kind), Text(title), Text(who), Text(str(len(group))))
    screen = console()
    screen.print(Text(f"{form.title} · {form.id}: a dry run, nothing was sent", style="bold"))
    screen.print(table)
    people = Counter(message.person for message in messages)
    screen.print(Text(f"{len(messages)} messages to {len(people)} people."))
    if output is not None:
        screen.print(Text(f"They are in {output}/mail and {output}/teams."))


def _who(group: "list[Rehearsed]", roles: dict[str, tuple[str, ...]]) -> str:
    """One or two people by id, more by their roles."""
    people = list(dict.fromkeys(message.person for message in group))
    if len(people) <= 2:
        return ", ".join(people)
    counted = Counter(roles.get(person, ("?",))[0] for person in people)
    return ", ".join(f"{count} {role}" for role, count in counted.items())
