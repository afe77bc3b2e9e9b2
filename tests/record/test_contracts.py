"""Contracts through their rows: nothing is lost, on either database."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from aarshjul.core.contract import Contract
from aarshjul.files.read import read_contract
from models.contract_rows import load_contract, store_contract
from models.engine import writing
from tests.core.contracts import contracts

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.contract.yaml"))


def through(engine: Engine, contract: Contract) -> Contract | None:
    with writing(engine) as session:
        store_contract(session, contract)
        session.flush()
        session.expunge_all()
        found = load_contract(session, contract.id)
        session.rollback()
    return found


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_the_examples_come_back_as_they_were(file: Path, engine: Engine) -> None:
    contract = read_contract(str(file))
    found = through(engine, contract)
    assert found == contract
    assert repr(found) == repr(contract)  # 7.80 is not 7.8


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contract=contracts())
def test_any_contract_comes_back_as_it_was(contract: Contract, sqlite: Engine) -> None:
    contract = replace(contract, id="k")
    found = through(sqlite, contract)
    assert repr(found) == repr(contract)


def test_a_contract_that_is_not_there_is_none(sqlite: Engine) -> None:
    with writing(sqlite) as session:
        assert load_contract(session, "k") is None
