"""`aarshjul import` and `aarshjul export`: files into the record and out of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aarshjul.cli.archive import (
    All,
    WithAddresses,
    WithClosed,
    export_all,
    refuse_kind,
    refuse_without_all,
)
from aarshjul.cli.home import Home, Json, Output
from aarshjul.cli.meetings import (
    Body,
    DryRun,
    Partial,
    Sheet,
    Until,
    Wish,
    Zone,
    export_meetings,
    import_meetings,
    refuse_wishes,
)

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from aarshjul.core.contract import Contract
    from aarshjul.core.national import NationalGoals
    from aarshjul.files.cycle_form import CycleForm

Kind = Literal["contract", "cycle", "national-goals"]


def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A contract, a cycle or national goals (YAML), or a body's meetings (.ics, .csv, .xlsx, YAML).",
        ),
    ],
    *,
    body: Body = None,
    sheet: Sheet = None,
    until: Until = None,
    zone: Zone = None,
    partial: Partial = False,
    dry_run: DryRun = False,
    home: Home = None,
    json: Json = False,
) -> None:
    """Bring a contract, a cycle or a body's real meetings into the record, whole or not at all.

    A cycle comes in as a silent draft, with the contract that its `scores` names (beside the cycle's file).
    The same file twice changes nothing; another contract or cycle of the same id is refused, while another
    calendar of the same body brings its meetings up to date. Another set of national goals of the same id is
    its next version, which is offered to every open draft.
    """
    from aarshjul.cli.record import record
    from aarshjul.core.national import NationalGoals
    from aarshjul.files.cycle_form import CycleForm
    from aarshjul.files.meetings import kind_of

    if (kind_of_calendar := kind_of(file)) is not None:
        wish = Wish(body=body, sheet=sheet, until=until, zone=zone, partial=partial, dry_run=dry_run)
        import_meetings(file, kind_of_calendar, wish, home=home, json=json)
        return
    refuse_wishes(
        file,
        body=body,
        sheet=sheet,
        until=until,
        timezone=zone,
        partial=partial or None,
        dry_run=dry_run or None,
    )
    read, presented = _read(file)
    with record(home, begin=True) as opened:
        new = store(opened.engine, read, presented)
    kind: Kind = "cycle" if isinstance(read, CycleForm) else "contract"
    if isinstance(read, NationalGoals):
        kind = "national-goals"
    _tell(kind, read.id, new=new, json=json)


def _read(file: Path) -> "tuple[Contract | CycleForm | NationalGoals, Contract | None]":
    """What the file holds, with the contract that a cycle presents, before anything is opened."""
    from aarshjul.core.errors import Invalid
    from aarshjul.files.acts_file import ActsFile
    from aarshjul.files.cycle_form import CycleForm
    from aarshjul.files.read import read_any, read_contract
    from aarshjul.files.script import with_national_goals

    read = read_any(file)
    if isinstance(read, ActsFile):
        raise Invalid(
            f"{file}:1: is a file of acts, which are played: `aarshjul simulate CYCLE.yaml --acts {file}`"
        )
    if not isinstance(read, CycleForm):
        return read, None
    cycle = with_national_goals(read, file.parent)
    return cycle, None if cycle.scores is None else read_contract(file.parent / cycle.scores)


def store(
    engine: "Engine", read: "Contract | CycleForm | NationalGoals", presented: "Contract | None"
) -> bool:
    """Write it in one transaction; False where it is in the record already."""
    from aarshjul.acts.importing import import_contract, import_cycle
    from aarshjul.acts.national import import_national
    from aarshjul.clock import now
    from aarshjul.core.national import NationalGoals
    from aarshjul.files.cycle_form import CycleForm
    from models.engine import writing

    with writing(engine) as session:
        if isinstance(read, CycleForm):
            return import_cycle(session, read, presented, now())
        if isinstance(read, NationalGoals):
            return import_national(session, read, now())
        return import_contract(session, read)


def _tell(kind: Kind, name: str, *, new: bool, json: bool) -> None:
    from aarshjul.cli.output import print_json

    if json:
        print_json({"kind": kind, "id": name, "imported": new})
        return
    said = f"{kind} {name} is imported" if new else f"{kind} {name} is here already, the same"
    if new and kind == "cycle":
        said += f", and silent until `aarshjul cycle activate {name} --by PERSON`"
    typer.echo(said)


def export(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="A contract's or a cycle's id, or a body's name.")
    ],
    *,
    home: Home = None,
    output: Output = None,
    kind: Annotated[
        Literal["contract", "cycle", "meetings"] | None,
        typer.Option(help="What it is; needed for meetings, and where a contract and a cycle have that id."),
    ] = None,
    everything: All = False,
    with_addresses: WithAddresses = False,
    with_closed: WithClosed = False,
    json: Json = False,
) -> None:
    """Write a contract or a cycle of the record as YAML, as it stands now; `import` reads it.

    A contract has the latest results. A cycle keeps its rules for dates where they still give the date; who
    has left and what is cancelled is not in it (standard error says so). With `--kind meetings`, the meetings
    of a body: as YAML, or as a workbook where the output is a file that ends in .xlsx. With --all, everything
    that the record holds of a cycle, in one archive with a list of documents: for an access request.
    """
    if everything:
        refuse_kind(kind)
        export_all(
            name, home=home, output=output, with_addresses=with_addresses, with_closed=with_closed, json=json
        )
        return
    refuse_without_all(with_addresses=with_addresses, with_closed=with_closed, json=json)
    if kind == "meetings":
        export_meetings(name, home=home, output=output)
        return
    from aarshjul.cli.record import record
    from aarshjul.cli.saving import note, save
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        text, lost = _as_yaml(session, name, kind)
    save(text, output)
    note(*lost)


def _as_yaml(session: "Session", name: str, kind: Kind | None) -> tuple[str, tuple[str, ...]]:
    from aarshjul.acts.exporting import export_cycle
    from aarshjul.cli.record import Unknown, unknown_id
    from aarshjul.files.write import dump_contract, dump_cycle
    from models.contract_rows import load_contract
    from models.cycle import Cycle

    contract = load_contract(session, name) if kind != "cycle" else None
    cycle = session.get(Cycle, name) if kind != "contract" else None
    if contract is not None and cycle is not None:
        raise Unknown(f"{name} is a contract and a cycle: say --kind contract or --kind cycle")
    if contract is not None:
        return dump_contract(contract), ()
    if cycle is None:
        raise unknown_id(session, name)
    exported = export_cycle(session, cycle)
    return dump_cycle(exported.form), exported.lost
