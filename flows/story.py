"""The story of the year: a chapter per phase, in order. Plain functions over steps, so that tests can pass fakes."""

from typing import Protocol

from aarshjul.core.cycle import Phase


class Steps(Protocol):
    """What a chapter can do for the cycles that have something due in its phase; each is skipped where empty."""

    def tell(self, phase: Phase) -> None:
        """Tell once what happened: moves, cancellations, decisions, returns, re-openings."""
        ...

    def invite(self, phase: Phase) -> None:
        """Invitations, their updates and their cancellations."""
        ...

    def score(self, phase: Phase) -> None:
        """Freeze scoring runs and send their reports."""
        ...

    def remind(self, phase: Phase) -> None:
        """Remind those who still owe something."""
        ...

    def escalate(self, phase: Phase) -> None:
        """Tell the coordinators what was missed."""
        ...

    def publish(self, phase: Phase) -> None:
        """Make final scores and approved texts visible to subscribers."""
        ...


def data_collection(year: Steps) -> None:
    """The results of the contract that has ended come in; at the deadline a first, provisional score."""
    _call_together(year, Phase.DATA_COLLECTION)
    year.score(Phase.DATA_COLLECTION)
    _hold_to_it(year, Phase.DATA_COLLECTION)


def scoring_and_recommendation(year: Steps) -> None:
    """The final score and its report come first: on them the house recommends and the council decides."""
    year.score(Phase.SCORING)
    _call_together(year, Phase.SCORING)
    _hold_to_it(year, Phase.SCORING)


def working_group_drafting(year: Steps) -> None:
    """The working group drafts the regional goals, and hears at once when a draft came back or is open again."""
    _call_together(year, Phase.DRAFTING)
    year.score(Phase.DRAFTING)
    _hold_to_it(year, Phase.DRAFTING)


def dialogue_meeting(year: Steps) -> None:
    """Council and board are called together to discuss what lies before them."""
    _call_together(year, Phase.DIALOGUE)
    year.score(Phase.DIALOGUE)
    _hold_to_it(year, Phase.DIALOGUE)


def approval(year: Steps) -> None:
    """First the board, then the council, on one text; what was decided is told before anybody is reminded."""
    _call_together(year, Phase.APPROVAL)
    year.score(Phase.APPROVAL)
    _hold_to_it(year, Phase.APPROVAL)


def in_force(year: Steps) -> None:
    """The contract applies and its text is visible; what is left of the year is kept up."""
    year.publish(Phase.IN_FORCE)
    _call_together(year, Phase.IN_FORCE)
    year.score(Phase.IN_FORCE)
    _hold_to_it(year, Phase.IN_FORCE)


def _call_together(year: Steps, phase: Phase) -> None:
    """What has happened is told, and who should come is asked, before anything else of a phase."""
    year.tell(phase)
    year.invite(phase)


def _hold_to_it(year: Steps, phase: Phase) -> None:
    """Who still owes something is reminded, what was missed goes to the coordinators, what is ready gets visible."""
    year.remind(phase)
    year.escalate(phase)
    year.publish(phase)


CHAPTERS = {
    Phase.DATA_COLLECTION: data_collection,
    Phase.SCORING: scoring_and_recommendation,
    Phase.DRAFTING: working_group_drafting,
    Phase.DIALOGUE: dialogue_meeting,
    Phase.APPROVAL: approval,
    Phase.IN_FORCE: in_force,
}
