"""Every stage and step, written out by hand: what comes next, or `.` where it is refused."""

import pytest

from aarshjul.core.errors import Refused
from aarshjul.core.stages import TABLE, Facts, Outcome, Stage, Step, decision_step, next_stage

NAMES = {
    "not": Stage.NOT_STARTED,
    "dra": Stage.DRAFTING,
    "sub": Stage.SUBMITTED,
    "dis": Stage.DISCUSSED,
    "brd": Stage.BOARD_APPROVED,
    "cou": Stage.COUNCIL_APPROVED,
    "frc": Stage.IN_FORCE,
    "rej": Stage.REJECTED,
}
# The dialogue meeting was held where the board approves, and one chair signs while the other has not.
BY_HAND = """
                     not  dra  sub  dis  brd  cou  frc  rej
activate             dra  .    .    .    .    .    .    .
submit-draft         .    sub  sub  sub  sub  sub  .    .
hold-dialogue        .    dra  dis  dis  brd  cou  frc  rej
board-approves       .    .    brd  brd  .    .    .    .
board-returns        .    .    dra  dra  .    .    .    .
board-postpones      .    .    sub  dis  .    .    .    .
board-rejects        .    .    rej  rej  .    .    .    .
council-approves     .    .    .    .    cou  .    .    .
council-returns      .    .    .    .    dra  .    .    .
council-postpones    .    .    .    .    brd  .    .    .
council-rejects      .    .    .    .    rej  .    .    .
sign                 .    .    .    .    .    cou  .    .
put-in-force         .    .    .    .    .    frc  .    .
"""


def cells() -> list[tuple[Stage, Step, Stage | None]]:
    lines = [line.split() for line in BY_HAND.strip().splitlines()]
    heads = [NAMES[name] for name in lines[0]]
    return [
        (stage, Step(row[0]), NAMES.get(cell))
        for row in lines[1:]
        for stage, cell in zip(heads, row[1:], strict=True)
    ]


def test_the_table_by_hand_names_every_stage_and_step() -> None:
    assert {(stage, step) for stage, step, _ in cells()} == {(s, t) for s in Stage for t in Step}
    assert {(stage, step) for stage, step, wanted in cells() if wanted} == set(TABLE)


@pytest.mark.parametrize(("stage", "step", "wanted"), cells())
def test_stage_and_step(stage: Stage, step: Step, wanted: Stage | None) -> None:
    held = Facts(dialogue_held=True)
    if wanted is None:
        with pytest.raises(Refused):
            next_stage(stage, step, held)
    else:
        assert next_stage(stage, step, held) is wanted


@pytest.mark.parametrize(
    ("held", "to_come", "wanted"),
    [(False, False, True), (False, True, False), (True, False, True), (True, True, True)],
)
def test_the_board_approves_a_submitted_draft_only_after_or_without_a_dialogue(
    held: bool, to_come: bool, wanted: bool
) -> None:
    facts = Facts(dialogue_held=held, dialogue_to_come=to_come)
    if wanted:
        assert next_stage(Stage.SUBMITTED, Step.BOARD_APPROVES, facts) is Stage.BOARD_APPROVED
    else:
        with pytest.raises(Refused, match="before the dialogue meeting"):
            next_stage(Stage.SUBMITTED, Step.BOARD_APPROVES, facts)


def test_a_discussed_draft_needs_no_further_dialogue() -> None:
    facts = Facts(dialogue_held=False, dialogue_to_come=True)
    assert next_stage(Stage.DISCUSSED, Step.BOARD_APPROVES, facts) is Stage.BOARD_APPROVED


def test_the_second_signature_puts_in_force() -> None:
    assert next_stage(Stage.COUNCIL_APPROVED, Step.SIGN, Facts(both_signed=True)) is Stage.IN_FORCE


@pytest.mark.parametrize("stage", [Stage.DRAFTING, Stage.SUBMITTED, Stage.DISCUSSED])
def test_the_council_is_told_that_the_board_comes_first(stage: Stage) -> None:
    with pytest.raises(Refused, match="before the board has approved"):
        next_stage(stage, Step.COUNCIL_APPROVES, Facts())


@pytest.mark.parametrize("step", [Step.SIGN, Step.PUT_IN_FORCE])
@pytest.mark.parametrize("stage", [Stage.DRAFTING, Stage.SUBMITTED, Stage.DISCUSSED, Stage.BOARD_APPROVED])
def test_nothing_is_in_force_before_the_council(stage: Stage, step: Step) -> None:
    with pytest.raises(Refused, match="before the council has approved"):
        next_stage(stage, step, Facts(both_signed=True))


def test_a_step_of_every_body_and_outcome() -> None:
    found = {
        (body, outcome): decision_step(body, outcome) for body in ("board", "council") for outcome in Outcome
    }
    assert found == {
        ("board", Outcome.APPROVED): Step.BOARD_APPROVES,
        ("board", Outcome.APPROVED_WITH_CONDITIONS): Step.BOARD_APPROVES,
        ("board", Outcome.RETURNED): Step.BOARD_RETURNS,
        ("board", Outcome.POSTPONED): Step.BOARD_POSTPONES,
        ("board", Outcome.REJECTED): Step.BOARD_REJECTS,
        ("council", Outcome.APPROVED): Step.COUNCIL_APPROVES,
        ("council", Outcome.APPROVED_WITH_CONDITIONS): Step.COUNCIL_APPROVES,
        ("council", Outcome.RETURNED): Step.COUNCIL_RETURNS,
        ("council", Outcome.POSTPONED): Step.COUNCIL_POSTPONES,
        ("council", Outcome.REJECTED): Step.COUNCIL_REJECTS,
    }
