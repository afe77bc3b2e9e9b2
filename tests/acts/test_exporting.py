"""Whatever comes in as a cycle or a contract goes out again as it was."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts.exporting import export_cycle
from aarshjul.acts.importing import import_contract, import_cycle
from aarshjul.core.contract import Contract
from aarshjul.core.errors import Refused
from aarshjul.files.cycle_form import CycleForm
from aarshjul.files.read import contract_from_text, cycle_from_text
from aarshjul.files.write import dump_contract, dump_cycle
from models.contract_rows import load_contract
from models.cycle import Cycle
from models.milestone import Milestone
from tests.core.contracts import contracts
from tests.files.test_round_trip import _cycles as cycles

NOW = datetime(2022, 4, 19, 7, tzinfo=UTC)
IN_ONE_DATABASE = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@IN_ONE_DATABASE
@given(cycles())
def test_any_cycle_goes_out_as_it_came_in(sqlite: Engine, form: CycleForm) -> None:
    with Session(sqlite) as session:
        import_cycle(session, form, None, NOW)
        session.flush()
        exported = export_cycle(session, session.get_one(Cycle, form.id))
        session.rollback()
    assert exported.lost == ()
    assert exported.form == form
    assert cycle_from_text(dump_cycle(exported.form), "again") == form


@IN_ONE_DATABASE
@given(contracts())
def test_any_contract_goes_out_as_it_came_in(sqlite: Engine, contract: Contract) -> None:
    with Session(sqlite) as session:
        import_contract(session, contract)
        session.flush()
        session.expire_all()
        again = load_contract(session, contract.id)
        session.rollback()
    assert again == contract
    assert contract_from_text(dump_contract(contract), "again") == again


CHAIN = """\
format: aarshjul/cycle@1
id: chain
title: Kæde
contract_year: 2023
holder: Hus
council: KKR
milestones:
  - {id: a, title: A, phase: drafting, kind: deadline, on: {after: b, working_days: 5}}
  - {id: b, title: B, phase: drafting, kind: meeting, on: {before: c, working_days: 5}}
  - {id: c, title: C, phase: approval, kind: decision, on: 2023-02-10}
"""


def _chain(session: Session) -> dict[str, Milestone]:
    import_cycle(session, cycle_from_text(CHAIN, "chain"), None, NOW)
    session.flush()
    cycle = session.get_one(Cycle, "chain")
    return {row.slug: row for row in _rows(session, cycle)}


def _rows(session: Session, cycle: Cycle) -> list[Milestone]:
    from sqlalchemy import select
    from sqlmodel import col

    return list(session.scalars(select(Milestone).where(col(Milestone.cycle_id) == cycle.id)))


def test_what_did_not_follow_a_move_has_its_date_and_the_rest_its_rule(sqlite: Engine) -> None:
    with Session(sqlite) as session:
        rows = _chain(session)
        before = dict(export_dates(session))
        rows["c"].on = rows["c"].last_on = datetime(2023, 3, 10, tzinfo=UTC).date()
        after = dict(export_dates(session))
        assert after["c"] == rows["c"].on
        assert after["b"] == rows["b"].on  # it stayed behind, as something done does
        assert after["a"] == before["a"]  # and what hangs on it is where its rule says


def export_dates(session: Session) -> list[tuple[str, object]]:
    """Each milestone of the chain with its rule or date."""
    session.flush()
    form = export_cycle(session, session.get_one(Cycle, "chain")).form
    return [(each.id, each.on) for each in form.milestones]


def test_what_waits_for_a_date_goes_out_with_its_last_one_and_that_is_said(sqlite: Engine) -> None:
    with Session(sqlite) as session:
        rows = _chain(session)
        rows["c"].on = None
        session.flush()
        exported = export_cycle(session, session.get_one(Cycle, "chain"))
        assert exported.form.milestones[2].on == rows["c"].last_on
        assert exported.lost == (f"c waits for a date; its last one was {rows['c'].last_on}",)


def test_a_cycle_with_everything_cancelled_has_nothing_to_export(sqlite: Engine) -> None:
    with Session(sqlite) as session:
        for row in _chain(session).values():
            row.state = "cancelled"
        session.flush()
        cycle = session.get_one(Cycle, "chain")
        with pytest.raises(Refused, match="nothing to export"):
            export_cycle(session, cycle)
        assert len(export_cycle(session, cycle, with_cancelled=True).form.milestones) == 3
