"""The story of the year: a chapter per phase, in order. Plain functions over steps, so that tests can pass fakes."""

from typing import Protocol

from aarshjul.core.cycle import Phase


class Steps(Protocol):
    """What a chapter can do for the cycles that have something due in its phase; each is skipped where empty."""

    def any_due(self, phase: Phase) -> bool:
        """Whether any cycle has something due in a phase."""
        ...

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
    phase = Phase.DATA_COLLECTION
    year.tell(phase)
    year.invite(phase)
    year.score(phase)
    year.remind(phase)
    year.escalate(phase)
    year.publish(phase)


def scoring_and_recommendation(year: Steps) -> None:
    """The final score and its report; the house recommends, the council is asked to decide."""
    phase = Phase.SCORING
    year.score(phase)
    year.tell(phase)
    year.invite(phase)
    year.remind(phase)
    year.escalate(phase)
    year.publish(phase)


def working_group_drafting(year: Steps) -> None:
    """The working group drafts the regional goals; it hears of returns and re-openings, and of its duties."""
    phase = Phase.DRAFTING
    year.tell(phase)
    year.invite(phase)
    year.score(phase)
    year.remind(phase)
    year.escalate(phase)
    year.publish(phase)


def dialogue_meeting(year: Steps) -> None:
    """Council and board are called together to discuss what lies before them."""
    phase = Phase.DIALOGUE
    year.invite(phase)
    year.tell(phase)
    year.score(phase)
    year.remind(phase)
    year.escalate(phase)
    year.publish(phase)


def approval(year: Steps) -> None:
    """First the board, then the council, on the same text; what they decided is told before anybody is reminded."""
    phase = Phase.APPROVAL
    year.tell(phase)
    year.invite(phase)
    year.score(phase)
    year.remind(phase)
    year.escalate(phase)
    year.publish(phase)


def in_force(year: Steps) -> None:
    """The contract applies: the approved text becomes visible, and the year comes round."""
    phase = Phase.IN_FORCE
    year.publish(phase)
    year.tell(phase)
    year.invite(phase)
    year.score(phase)
    year.remind(phase)
    year.escalate(phase)


CHAPTERS = {
    Phase.DATA_COLLECTION: data_collection,
    Phase.SCORING: scoring_and_recommendation,
    Phase.DRAFTING: working_group_drafting,
    Phase.DIALOGUE: dialogue_meeting,
    Phase.APPROVAL: approval,
    Phase.IN_FORCE: in_force,
}
