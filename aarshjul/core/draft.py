"""A draft is a contract that is not approved yet: what its author writes, and what the cycle and the shared set give."""

from dataclasses import dataclass, replace

from aarshjul.core.contract import Contract, Goal, Indicator


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What a draft of one cycle has that its author does not write.

    `shared` are the national goals with the house's levels; None where no set covers the year, so that every goal is
    the author's own.
    """

    id: str
    title: str
    year: int
    holder: str
    council: str
    shared: tuple[Goal, ...] | None = None

    def filled(
        self,
        own: tuple[Goal, ...],
        *,
        name: str | None = None,
        title: str | None = None,
        note: str | None = None,
    ) -> Contract:
        """The whole contract: the national goals, then the author's own.

        Raises:
            ContractError: where they do not fit together.
        """
        return Contract(
            id=name or self.id,
            title=title or self.title,
            year=self.year,
            holder=self.holder,
            council=self.council,
            note=note,
            goals=(*(self.shared or ()), *own),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """A draft as somebody hands it in: the contract, the version that it was made from, what is new in it."""

    contract: Contract
    based_on: int | None = None
    message: str | None = None


def own_goals(contract: Contract, shared: tuple[Goal, ...] | None) -> tuple[Goal, ...]:
    """The goals that are not of the shared set, known by its ids."""
    ids = {goal.id for goal in shared or ()}
    return tuple(goal for goal in contract.goals if goal.id not in ids)


def without_results(goal: Goal) -> Goal:
    """A goal as a draft for another year begins with: what it asks for, and nothing of what came of it."""
    return replace(
        goal,
        reported=(),
        recommended=None,
        decided=None,
        indicators=tuple(_unmeasured(each) for each in goal.indicators),
    )


def _unmeasured(indicator: Indicator) -> Indicator:
    return replace(
        indicator,
        actual=None,
        reported=(),
        evidence=None,
        other_measurements=(),
        indicators=tuple(_unmeasured(each) for each in indicator.indicators),
    )
