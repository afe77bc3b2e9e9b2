"""The story's steps as Prefect tasks: one task a step and phase, over the whole set of cycles."""

from collections.abc import Callable

from aarshjul.core.cycle import Phase
from aarshjul.core.duties import DutyKind
from aarshjul.rounds.year import ESCALATES, INVITES, PUBLISHES, REMINDS, SCORES, TELLS, Year
from flows.runs import task_of
from flows.scoring import scoring_run


def _step(name: str, kinds: frozenset[DutyKind]) -> Callable[[Year, Phase], int]:
    @task_of(name, name + " ({phase})", name)
    def step(year: Year, phase: Phase) -> int:
        return year.carry_out(phase, kinds)

    return step


TELL = _step("tell", TELLS)
INVITE = _step("invite", INVITES)
REMIND = _step("remind", REMINDS)
ESCALATE = _step("escalate", ESCALATES)
PUBLISH = _step("publish", PUBLISHES)


class PrefectSteps:
    """The steps of one pass; a step with nothing to do costs no task."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.messages = 0

    def tell(self, phase: Phase) -> None:
        """Moves, decisions, returns, re-openings."""
        self._do(TELL, phase, TELLS)

    def invite(self, phase: Phase) -> None:
        """Invitations, updates, cancellations."""
        self._do(INVITE, phase, INVITES)

    def score(self, phase: Phase) -> None:
        """Scoring runs with their reports."""
        if self.year.concerned(phase, SCORES):
            self.messages += scoring_run(str(phase), self.year)

    def remind(self, phase: Phase) -> None:
        """Reminders."""
        self._do(REMIND, phase, REMINDS)

    def escalate(self, phase: Phase) -> None:
        """What was missed."""
        self._do(ESCALATE, phase, ESCALATES)

    def publish(self, phase: Phase) -> None:
        """What becomes visible."""
        self._do(PUBLISH, phase, PUBLISHES)

    def _do(self, step: Callable[[Year, Phase], int], phase: Phase, kinds: frozenset[DutyKind]) -> None:
        if self.year.concerned(phase, kinds):
            self.messages += step(self.year, phase)
