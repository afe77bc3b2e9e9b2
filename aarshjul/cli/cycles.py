"""`aarshjul cycle`: making next year's cycle, looking ahead at it, starting and ending it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.act import By, do_it
from aarshjul.cli.anchoring import anchor
from aarshjul.cli.home import Home, Output
from aarshjul.cli.preview import preview
from aarshjul.core.errors import Invalid

if TYPE_CHECKING:
    from aarshjul.core.contract import Contract
    from aarshjul.files.cycle_form import CycleForm

app = typer.Typer(no_args_is_help=True, help="Make, look ahead at, start and end a cycle.")

PRESENTED_AFTER = 2
"""Years from a contract to the cycle that presents its attainment: 2021 was presented in the cycle for 2023."""

CycleId = Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")]
Year = Annotated[int, typer.Option("--year", metavar="N", min=1900, max=2200, help="The new contract year.")]
NewId = Annotated[
    str | None, typer.Option("--id", metavar="ID", help="The new cycle's id; else the old one's, a year on.")
]
Scores = Annotated[
    str | None,
    typer.Option(
        "--scores", metavar="FILE", help="The contract that the new cycle presents, as its file will name it."
    ),
]


@app.callback()
def _cycle() -> None:
    """Make, look ahead at, start and end a cycle."""


app.command()(preview)
app.command()(anchor)


@app.command()
def new(
    template: Annotated[Path, typer.Argument(metavar="TEMPLATE", help="A cycle file.")],
    *,
    year: Year,
    new_id: NewId = None,
    scores: Scores = None,
    output: Output = None,
) -> None:
    """Write a cycle file for a year from another cycle file.

    Fixed dates become rules (the same weekday, as near as can be), rules stay, and the years in id and titles
    move along. Meetings and decisions are tentative until confirmed. Left out, and said so: days off and
    quiet periods, which are dates of the old year, and the contract that was scored, unless --scores names
    the next one.
    """
    from aarshjul.cli.saving import note, save
    from aarshjul.files.read import read_cycle
    from aarshjul.files.renewing import renew
    from aarshjul.files.write import dump_cycle

    renewed = renew(read_cycle(template), year, cycle_id=new_id, scores=scores)
    _check_dates(renewed.form)
    save(dump_cycle(renewed.form), output)
    note(*renewed.notices)


@app.command("roll-over")
def roll_over(
    cycle: CycleId,
    *,
    year: Annotated[
        int | None, typer.Option("--year", metavar="N", min=1900, max=2200, help="Else the year after.")
    ] = None,
    new_id: NewId = None,
    scores: Scores = None,
    output: Output = None,
    bring_in: Annotated[
        bool, typer.Option("--import", help="Bring it into the record instead of writing YAML.")
    ] = False,
    home: Home = None,
) -> None:
    """Make next year's cycle from one in the record, as `cycle new` does from a file.

    The people are those who take part now; milestones that were cancelled this year are planned again. The
    contract that it presents is that of two years before, where the record has one of the same parties. With
    --import it is in the record at once, as a silent draft.
    """
    from aarshjul.cli.saving import note, save
    from aarshjul.files.renewing import renew
    from aarshjul.files.write import dump_cycle

    if bring_in and output is not None:
        raise Invalid("--import and --output: give one of them")
    form, presented = _from_record(home, cycle, year, known=scores is None)
    if presented is not None:
        scores = f"{presented.id}.contract.yaml"
    renewed = renew(form, year or form.contract_year + 1, cycle_id=new_id, scores=scores)
    _check_dates(renewed.form)
    if bring_in:
        _bring_in(home, renewed.form, presented)
    else:
        save(dump_cycle(renewed.form), output)
        if presented is not None:
            note(f"scores: `aarshjul export {presented.id} --kind contract -o {scores}` writes that contract")
    note(*renewed.notices)


def _from_record(
    home: Path | None, cycle: str, year: int | None, *, known: bool
) -> "tuple[CycleForm, Contract | None]":
    """The cycle as it stands now and, where the record is to say it, the contract that the new year's presents."""
    from aarshjul.acts.drafting import contract_of
    from aarshjul.acts.exporting import export_cycle
    from aarshjul.cli.record import known_cycle, record
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        row = known_cycle(session, cycle)
        form = export_cycle(session, row, with_cancelled=True).form
        new_year = year or form.contract_year + 1
        return form, contract_of(session, row, new_year - PRESENTED_AFTER) if known else None


def _check_dates(form: "CycleForm") -> None:
    """Refuse a cycle whose dates by rule cannot be found, before it is written."""
    from aarshjul.core.deadlines import resolve
    from aarshjul.core.working_days import WorkingDays

    rules = {milestone.id: milestone.on for milestone in form.milestones}
    try:
        resolve(rules, contract_year=form.contract_year, days=WorkingDays())
    except (ValueError, OverflowError) as error:
        raise Invalid(f"{form.id}: {error}") from None


def _bring_in(home: Path | None, form: "CycleForm", presented: "Contract | None") -> None:
    from aarshjul.cli.exchange import store
    from aarshjul.cli.record import record
    from aarshjul.files.read import read_contract

    contract = presented or (read_contract(form.scores) if form.scores is not None else None)
    with record(home) as opened:
        is_new = store(opened.engine, form, contract)
    said = "is imported, silent until it is activated" if is_new else "is here already, the same"
    typer.echo(f"cycle {form.id} {said}")


@app.command()
def activate(cycle: CycleId, *, by: By, home: Home = None) -> None:
    """End the silence of a draft cycle: the next round sends its invitations."""
    do_it(home, cycle, by, "activate", {})


@app.command()
def close(
    cycle: CycleId,
    *,
    by: By,
    reason: Annotated[
        str | None, typer.Option(help="Why; wanted where the contract is not in force.")
    ] = None,
    home: Home = None,
) -> None:
    """End a cycle; meetings still to come are called off."""
    do_it(home, cycle, by, "close", {} if reason is None else {"reason": reason})
