"""The scoring run: a snapshot of a contract, frozen at the milestones that ask for one, with its report."""

from typing import Any

from prefect import flow

from aarshjul.core.cycle import Phase
from aarshjul.rounds.year import SCORES, Year
from flows.artifacts import show_scores
from flows.runs import UNKEPT, task_of


@task_of("freeze-scores", "freeze scores ({phase})", "score")
def freeze_scores(year: Year, phase: Phase) -> int:
    """Score what is due in a phase and keep inputs, rules version, scores and explanation; write the reports."""
    return year.carry_out(phase, SCORES)


@flow(name="scoring-run", flow_run_name="scoring run: {phase}", validate_parameters=False, **UNKEPT)
def scoring_run(phase: str, year: Any) -> int:
    """Provisional in the data collection, final from the scoring phase on where nothing is missing.

    Returns:
        How many reports were written.
    """
    reports: int = freeze_scores(year, Phase(phase))
    show_scores(year, Phase(phase))
    return reports
