"""`aarshjul draft check`: what is to be looked at in a draft, of the record or in a file that nobody has submitted yet."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Home, Json
from aarshjul.core.languages import Language

if TYPE_CHECKING:
    from sqlmodel import Session

    from aarshjul.core.contract import Contract
    from models.cycle import Cycle
    from models.draft import Draft

FILES = (".yaml", ".yml", ".md")


def check(
    what: Annotated[
        str,
        typer.Argument(
            metavar="CYCLE|FILE", help="A cycle's id, or a file that may become its next version."
        ),
    ],
    *,
    cycle: Annotated[
        str | None,
        typer.Option(
            "--cycle", metavar="CYCLE", help="Whose draft the file is to be; else it is checked by itself."
        ),
    ] = None,
    version: Annotated[
        int | None, typer.Option("--version", metavar="N", min=1, help="Else the present version.")
    ] = None,
    language: Annotated[Language, typer.Option("--lang", help="The findings' language.")] = "en",
    json: Json = False,
    home: Home = None,
) -> None:
    """List what to look at in a draft, the worst first: what cannot be scored, what is met already, what is missing.

    Findings forbid nothing: the exit code is 0. Where newer national goals are offered, it says so.
    """
    file = _file(what)
    if file is not None and cycle is None:
        found = _alone(file, language)
    elif file is not None and cycle is not None:
        found = _as_next_version(file, cycle, language, home)
    else:
        found = _version(what, version, language, home)
    _tell(found, json=json)


def _file(what: str) -> Path | None:
    """The file that is meant, where no cycle can be."""
    path = Path(what)
    is_path = what.lower().endswith(FILES) or path.name != what or path.is_file()
    return path if is_path else None


def _alone(file: Path, language: Language) -> dict[str, Any]:
    from aarshjul.acts.draft_values import check_json
    from aarshjul.core.draft_findings import Surroundings, draft_findings
    from aarshjul.files.draft_file import draft_alone, is_structured
    from aarshjul.files.text import read_text

    text = read_text(file)
    if not is_structured(text, str(file)):
        return check_json(None)
    return check_json(draft_findings(draft_alone(text, str(file)), Surroundings(language=language)))


def _as_next_version(file: Path, cycle_id: str, language: Language, home: Path | None) -> dict[str, Any]:
    from aarshjul.acts.checking import frame_for_next
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.files.draft_file import draft_from_text, is_structured
    from aarshjul.files.text import read_text
    from models.draft_text import present_draft
    from models.engine import reading

    text = read_text(file)
    with record(home) as opened, reading(opened.engine) as session:
        cycle = known_cycle(session, cycle_id)
        present = present_draft(session, cycle)
        contract = None
        if is_structured(text, str(file)):
            contract = draft_from_text(text, str(file), frame_for_next(session, cycle, present)).contract
        return _checked(session, cycle, None, contract, present, language)


def _version(cycle_id: str, number: int | None, language: Language, home: Path | None) -> dict[str, Any]:
    from aarshjul.cli.record import Unknown, known_cycle, record
    from models.draft import Draft
    from models.draft_text import contract_in_draft, present_draft
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        cycle = known_cycle(session, cycle_id)
        draft = session.get(Draft, (cycle.id, number)) if number else present_draft(session, cycle)
        if draft is None:
            raise Unknown(
                f"there is no version {number or ''} of the draft in {cycle.id} yet".replace("  ", " ")
            )
        return _checked(session, cycle, draft.version, contract_in_draft(draft), draft, language)


def _checked(
    session: "Session",
    cycle: "Cycle",
    version: int | None,
    contract: "Contract | None",
    draft: "Draft | None",
    language: Language,
) -> dict[str, Any]:
    from aarshjul.acts.checking import check as check_contract
    from aarshjul.acts.checking import offer
    from aarshjul.acts.draft_values import check_json

    findings = None if contract is None else check_contract(session, cycle, contract, language)
    return check_json(findings, cycle=cycle.id, version=version, offered=offer(session, cycle, draft))


def _tell(found: dict[str, Any], *, json: bool) -> None:
    from aarshjul.cli.output import print_json

    if json:
        print_json(found)
        return
    for each in found["findings"]:
        typer.echo(f"{each['id']}: {each['message']}")
    if not found["structured"]:
        typer.echo("This draft is prose: there are no goals in it that could be checked.")
    elif not found["findings"]:
        typer.echo("There is nothing to look at.")
    if found["national_goals_offered"] is not None:
        typer.echo(_offer_in_words(found["cycle"], found["national_goals_offered"]))


def _offer_in_words(cycle: str, offered: dict[str, Any]) -> str:
    goals = "; ".join(f"goal {goal}: {', '.join(what)}" for goal, what in offered["differences"].items())
    return (
        f"Version {offered['version']} of the national goals {offered['set']} is offered "
        f"({goals or 'with fewer goals'}): `aarshjul act {cycle} --by PERSON --do take-national-goals`."
    )
