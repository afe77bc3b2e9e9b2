"""The contracts that `aarshjul what-if` is asked about: files, or ids in the record."""

from pathlib import Path
from typing import TYPE_CHECKING

from aarshjul.core.contract import Contract
from aarshjul.core.errors import Refused
from aarshjul.files.contract_file import contract_from_text, read_contract

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.cycle import Cycle


class NothingToTry(Refused):
    """A cycle has no contract, or none of the kind that is asked for."""


def is_file(name: str) -> bool:
    """Whether a name is meant as a file's; ids are what is left."""
    return name.endswith((".yaml", ".yml")) or Path(name).is_file()


def with_results(name: str, home: Path | None) -> Contract:
    """The contract of a file or of an id; a cycle's id means the contract that the cycle presents.

    Raises:
        FileError: what is wrong in the file.
        Refused: where the id is none, or the cycle presents no contract.
    """
    if is_file(name):
        return read_contract(name)
    from aarshjul.cli.record import record, unknown_id
    from models.contract_rows import load_contract
    from models.cycle import Cycle
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        contract = load_contract(session, name)
        cycle = session.get(Cycle, name) if contract is None else None
        if contract is None and cycle is None:
            raise unknown_id(session, name)
        if contract is None and cycle is not None and cycle.contract_id is not None:
            contract = load_contract(session, cycle.contract_id)
    if contract is None:
        raise NothingToTry(f"{name} presents no contract (`scores` in its file)")
    return contract


def with_targets(name: str, home: Path | None, measured: Contract) -> Contract:
    """The contract of a file or of an id; a cycle's id means the latest version of its draft.

    A draft file has the house's own goals alone, and is taken for one of the house of `measured`.

    Raises:
        FileError: what is wrong in the file.
        Refused: where the id is none, or the cycle's draft is no structured one.
    """
    if is_file(name):
        return _in_file(name, measured)
    from aarshjul.cli.record import record, unknown_id
    from models.contract_rows import load_contract
    from models.cycle import Cycle
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        cycle = session.get(Cycle, name)
        contract = load_contract(session, name)
        if cycle is None and contract is None:
            raise unknown_id(session, name)
        if cycle is not None:
            contract = _draft_of(session, cycle) or contract
    if contract is None:
        raise NothingToTry(f"{name} has no structured draft, so there are no targets to try")
    return contract


def _in_file(name: str, measured: Contract) -> Contract:
    from aarshjul.core.draft import Frame
    from aarshjul.files.contract_file import contract_in, tree_of
    from aarshjul.files.contract_form import FORMAT
    from aarshjul.files.draft_file import draft_from_text
    from aarshjul.files.draft_form import DRAFT
    from aarshjul.files.text import read_text

    text = read_text(name)
    tree = tree_of(text, name, FORMAT, DRAFT)
    if tree.value["format"] == FORMAT:
        return contract_in(tree)
    frame = Frame(
        id="draft",
        title=Path(name).stem,
        year=measured.year,
        holder=measured.holder,
        council=measured.council,
    )
    return draft_from_text(text, name, frame).contract


def _draft_of(session: "Session", cycle: "Cycle") -> Contract | None:
    from sqlalchemy import select
    from sqlmodel import col

    from models.draft import Draft

    query = select(Draft).where(col(Draft.cycle_id) == cycle.id).order_by(col(Draft.version).desc()).limit(1)
    draft = session.scalars(query).one_or_none()
    if draft is None or not draft.structured:
        return None
    return contract_from_text(draft.text, f"version {draft.version} of {cycle.id}'s draft")
