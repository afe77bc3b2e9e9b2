"""The contract that is in force held against the text that was approved, with somebody at work beside the program."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.files.read import read_contract
from aarshjul.files.write import dump_contract
from models.contract_rows import store_contract
from models.cycle import Cycle
from models.draft import Draft
from models.engine import reading, writing
from models.national import NationalGoals
from models.proof import verify
from tests.acts.situations import active
from tests.builders import at
from tests.world import World

CONTRACT = read_contract(Path(__file__).parents[2] / "examples" / "nordjylland-2021.contract.yaml")
TAMPERED = {
    "rules dropped": ("UPDATE indicator SET facts = '{\"title\": \"x\"}' WHERE OURS", "its rows are no contract"),
    "weight": ("UPDATE goal SET facts = '{\"title\": \"x\"}' WHERE OURS AND slug = '1'", "goal 1 is another"),
    "owner": ("UPDATE indicator SET owner = 'x' WHERE OURS", "goal 1 is another than in version 1"),
    "order": ("UPDATE goal SET position = 100 - position WHERE OURS", "the order of goals is another"),
    "title": ("UPDATE contract SET title = 'x' WHERE id = 'THEID'", "title is another than in version 1"),
    "year": ("UPDATE contract SET year = 2050 WHERE id = 'THEID'", "year is another than in version 1"),
    "dropped": ("DELETE FROM indicator WHERE OURS; DELETE FROM goal WHERE OURS", "its rows are no contract"),
    "no contract": ("UPDATE goal SET facts = '{\"no\" : 1}' WHERE OURS", "cannot be read: its rows are no contract"),
    "national goals": ("UPDATE nationalgoals SET text = 'x'", "national goals n/1: the text was changed"),
}  # fmt: skip


@pytest.fixture
def world(engine: Engine, tmp_path: Path) -> World:
    """A year whose contract is in force, as the rows say it; the history of that is not tried here."""
    world = active(engine, tmp_path)
    said = dump_contract(CONTRACT)
    with writing(engine) as session:
        store_contract(session, CONTRACT)
        session.add(
            Draft(
                cycle_id="c",
                version=1,
                round=1,
                text=said,
                hash=hashlib.sha256(said.encode()).hexdigest(),
                structured=True,
                submitted_by="holder",
                submitted_at=at("2022-09-29"),
            )
        )
        session.flush()
        cycle = session.get_one(Cycle, "c")
        cycle.draft_version, cycle.became_id = 1, CONTRACT.id
        session.add(
            NationalGoals(
                id="n",
                version=1,
                title="N",
                first_year=cycle.contract_year,
                last_year=cycle.contract_year,
                text="n",
                hash=hashlib.sha256(b"n").hexdigest(),
                imported_at=at("2022-01-01"),
            )
        )
    return world


def found(engine: Engine, statements: str) -> str:
    """What is found when somebody has been at the database; what they did is taken back."""
    with Session(engine) as session:
        for statement in statements.split(";"):
            ours = statement.replace("OURS", "contract_id = 'THEID'").replace("THEID", CONTRACT.id)
            session.connection().exec_driver_sql(ours)
        said = verify(session, "c")
        session.rollback()
    return "\n".join(said)


def test_every_way_to_tamper_with_the_contract_in_force_is_found(world: World) -> None:
    said = {name: found(world.engine, statements) for name, (statements, _) in TAMPERED.items()}
    assert {name: told for name, told in said.items() if TAMPERED[name][1] not in told} == {}


def test_results_that_come_in_while_it_is_in_force_are_no_difference(world: World) -> None:
    measured = "OURS AND CAST(facts AS TEXT) LIKE '%%rule%%'"
    came = f"UPDATE indicator SET actual = '7', source = 's', evidence = 'e' WHERE {measured}"  # noqa: S608
    judged = "UPDATE goal SET recommended = 1, decided = 2 WHERE OURS"
    with reading(world.engine) as session:
        untouched = "\n".join(verify(session, "c"))
    assert CONTRACT.id + ":" not in untouched
    assert found(world.engine, f"{came}; {judged}") == untouched
