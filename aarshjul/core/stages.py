"""Stages of the draft contract: one enum, one transition table; nothing else decides what may come after what."""

from dataclasses import dataclass
from enum import StrEnum

from aarshjul.core.errors import Refused


class Stage(StrEnum):
    """Where the draft contract stands."""

    NOT_STARTED = "not-started"  # the cycle is a draft: silent
    DRAFTING = "drafting"  # the working group writes; also after a return
    SUBMITTED = "submitted"  # a version lies before the parties
    DISCUSSED = "discussed"  # that version was before a dialogue meeting
    BOARD_APPROVED = "board-approved"  # the board has approved the current version
    COUNCIL_APPROVED = "council-approved"  # the council has approved the same version
    IN_FORCE = "in-force"  # signed by both chairs, or put in force
    REJECTED = "rejected"  # final


ENDED = frozenset({Stage.IN_FORCE, Stage.REJECTED})
"""The stages in which there is nothing left to draft, and nobody is asked about it."""


class Step(StrEnum):
    """What can happen to the draft; a decision is named by body and outcome."""

    ACTIVATE = "activate"
    SUBMIT_DRAFT = "submit-draft"
    HOLD_DIALOGUE = "hold-dialogue"
    BOARD_APPROVES = "board-approves"
    BOARD_RETURNS = "board-returns"
    BOARD_POSTPONES = "board-postpones"
    BOARD_REJECTS = "board-rejects"
    COUNCIL_APPROVES = "council-approves"
    COUNCIL_RETURNS = "council-returns"
    COUNCIL_POSTPONES = "council-postpones"
    COUNCIL_REJECTS = "council-rejects"
    SIGN = "sign"
    PUT_IN_FORCE = "put-in-force"


class Outcome(StrEnum):
    """What a body can decide about a draft; approval with conditions counts as approval."""

    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved-with-conditions"
    RETURNED = "returned"
    POSTPONED = "postponed"
    REJECTED = "rejected"


APPROVALS = frozenset({Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS})

_VERBS = {
    Outcome.APPROVED: "approves",
    Outcome.APPROVED_WITH_CONDITIONS: "approves",
    Outcome.RETURNED: "returns",
    Outcome.POSTPONED: "postpones",
    Outcome.REJECTED: "rejects",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What a transition may depend on beside the stage.

    Attributes:
        dialogue_held: a dialogue meeting was held in this cycle.
        dialogue_to_come: a dialogue meeting is left that is neither held nor cancelled.
        both_signed: with this signature the chairs of both bodies have signed.
    """

    dialogue_held: bool = False
    dialogue_to_come: bool = False
    both_signed: bool = False


S = Stage
_REOPENABLE = (S.DRAFTING, S.SUBMITTED, S.DISCUSSED, S.BOARD_APPROVED, S.COUNCIL_APPROVED)

TABLE: dict[tuple[Stage, Step], Stage] = {
    (S.NOT_STARTED, Step.ACTIVATE): S.DRAFTING,
    **{(stage, Step.SUBMIT_DRAFT): S.SUBMITTED for stage in _REOPENABLE},
    **{(stage, Step.HOLD_DIALOGUE): stage for stage in Stage if stage is not S.NOT_STARTED},
    (S.SUBMITTED, Step.HOLD_DIALOGUE): S.DISCUSSED,
    (S.SUBMITTED, Step.BOARD_APPROVES): S.BOARD_APPROVED,  # only as `_guard` allows
    (S.DISCUSSED, Step.BOARD_APPROVES): S.BOARD_APPROVED,
    (S.SUBMITTED, Step.BOARD_RETURNS): S.DRAFTING,
    (S.DISCUSSED, Step.BOARD_RETURNS): S.DRAFTING,
    (S.SUBMITTED, Step.BOARD_POSTPONES): S.SUBMITTED,
    (S.DISCUSSED, Step.BOARD_POSTPONES): S.DISCUSSED,
    (S.SUBMITTED, Step.BOARD_REJECTS): S.REJECTED,
    (S.DISCUSSED, Step.BOARD_REJECTS): S.REJECTED,
    (S.BOARD_APPROVED, Step.COUNCIL_APPROVES): S.COUNCIL_APPROVED,
    (S.BOARD_APPROVED, Step.COUNCIL_RETURNS): S.DRAFTING,
    (S.BOARD_APPROVED, Step.COUNCIL_POSTPONES): S.BOARD_APPROVED,
    (S.BOARD_APPROVED, Step.COUNCIL_REJECTS): S.REJECTED,
    (S.COUNCIL_APPROVED, Step.SIGN): S.COUNCIL_APPROVED,  # in force with the second signature
    (S.COUNCIL_APPROVED, Step.PUT_IN_FORCE): S.IN_FORCE,
}
"""From stage and step to stage; a pair that is missing is refused."""

_WHY_NOT = {
    S.NOT_STARTED: "the cycle is not activated yet",
    S.DRAFTING: "no version of the draft lies before the parties",
    S.SUBMITTED: "the draft is submitted",
    S.DISCUSSED: "the draft is discussed but not approved",
    S.BOARD_APPROVED: "the board has approved the draft",
    S.COUNCIL_APPROVED: "the council has approved the draft",
    S.IN_FORCE: "the contract is in force",
    S.REJECTED: "the draft was rejected, which is final",
}


def decision_step(body: str, outcome: Outcome) -> Step:
    """The step that a body's outcome is."""
    return Step(f"{body}-{_VERBS[outcome]}")


def next_stage(stage: Stage, step: Step, facts: Facts) -> Stage:
    """The stage after a step.

    Raises:
        Refused: where the step may not follow, with the reason in a sentence.
    """
    if (stage, step) not in TABLE:
        raise Refused(_refusal(stage, step))
    if (
        stage is S.SUBMITTED
        and step is Step.BOARD_APPROVES
        and facts.dialogue_to_come
        and not facts.dialogue_held
    ):
        raise Refused("the board cannot approve before the dialogue meeting is held (or cancelled)")
    if step is Step.SIGN and facts.both_signed:
        return S.IN_FORCE
    return TABLE[stage, step]


def _refusal(stage: Stage, step: Step) -> str:
    before_board = (S.DRAFTING, S.SUBMITTED, S.DISCUSSED)
    if step.startswith("council-") and stage in before_board:
        return "the council cannot decide before the board has approved the draft"
    if step in (Step.SIGN, Step.PUT_IN_FORCE) and stage in (*before_board, S.BOARD_APPROVED):
        done = "signed" if step is Step.SIGN else "put in force"
        return f"the contract cannot be {done} before the council has approved it"
    return f"{step} is not possible now: {_WHY_NOT[stage]}"
