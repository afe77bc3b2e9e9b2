"""What somebody could do about the draft at this moment, as the acts' own checks say it: what a page offers them.

Nothing is decided here: whoever presses a button is asked again by the act. Nothing is written, and nobody waits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.conditions import may_meet, may_waive
from aarshjul.acts.consulting import may_speak_for
from aarshjul.acts.decisions import check_decide
from aarshjul.acts.minuting import has_begun
from aarshjul.acts.signing import check_sign
from aarshjul.acts.votes import check_vote
from aarshjul.core import cycle as core
from aarshjul.core.stages import ENDED, Outcome, Step
from aarshjul.files.act_forms import Decide, Sign
from aarshjul.files.process_forms import Vote
from models.approval import Condition
from models.consultation import Position
from models.cycle import Cycle, Membership
from models.draft import Decision
from models.draft_text import present_draft


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What is open to somebody of the approval, by body; a body without anything is missing.

    Attributes:
        votes: those whose vote they could cast.
        outcomes: what they could decide, in the order of `Outcome`.
        recorded: the bodies whose decision they would write down for it, with its minutes.
        signs: the bodies for which they could sign.
        puts_in_force: whether they could put the contract in force without signatures.
    """

    votes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outcomes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recorded: frozenset[str] = frozenset()
    signs: tuple[str, ...] = ()
    puts_in_force: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.votes or self.outcomes or self.signs or self.puts_in_force)


def looking(
    session: Session, cycle_id: str, by: str, now: datetime, view: core.Cycle | None = None
) -> Acting | None:
    """Somebody as they would act now, over a look at the record; None where nothing can be done in the cycle.

    The cycle's row is a copy that belongs to no transaction. `view` is the cycle, where the look has it already.
    """
    row, member = session.get(Cycle, cycle_id), session.get(Membership, (cycle_id, by))
    if row is None or row.state != "active" or member is None or member.left_at is not None:
        return None
    acting = Acting(session=session, cycle=Cycle(**row.model_dump()), by=by, now=now)
    if view is not None:
        acting.view = view
    return acting


def offered(acting: Acting) -> Offer:
    """All that is open to them of votes, decisions and signatures."""
    votes, outcomes, recorded = {}, {}, set()
    draft = present_draft(acting.session, acting.cycle)
    if draft is None:  # held while each check asks for it: a session forgets what nobody holds
        return Offer()
    for body in core.BODIES:
        members = [each.person for each in acting.view.people((body,))]
        votes[body] = tuple(each for each in members if would(acting, _voting(body, each)))
        outcomes[body] = tuple(each for each in Outcome if would(acting, _deciding(body, each)))
        if outcomes[body] and not would(acting, _deciding(body, Outcome(outcomes[body][0]), minutes=None)):
            recorded.add(body)
    return Offer(
        votes={body: those for body, those in votes.items() if those},
        outcomes={body: those for body, those in outcomes.items() if those},
        recorded=frozenset(recorded),
        signs=tuple(body for body in core.BODIES if would(acting, _signing(body))),
        puts_in_force=would(acting, _putting),
    )


def speaks_for(acting: Acting) -> tuple[str, ...]:
    """Those of whom they could say where they stand on the present version, themselves first."""
    version = acting.cycle.draft_version
    if version is None or acting.cycle.stage in ENDED:
        return ()
    query = select(Position).where(
        col(Position.cycle_id) == acting.cycle.id, col(Position.draft_version) == version
    )
    rows = {row.person_id: row for row in acting.session.scalars(query)}

    def allowed(person: str) -> bool:
        return would(acting, lambda each: may_speak_for(each, person, rows.get(person)))

    present = (member.person for member in acting.view.members if not member.left)
    return tuple(sorted(filter(allowed, present), key=lambda each: (each != acting.by, each)))


def settles(acting: Acting, row: Condition) -> tuple[str, ...]:
    """What they could say of a condition: `met`, `waived`."""
    if row.state != "open":
        return ()
    body = acting.session.get_one(Decision, row.decision_id).body
    ways: tuple[tuple[str, Callable[[Acting], None]], ...] = (
        ("met", lambda each: may_meet(each, row)),
        ("waived", lambda each: may_waive(each, body)),
    )
    return tuple(name for name, check in ways if would(acting, check))


def settles_comments(acting: Acting) -> bool:
    """Whether they could accept and decline what comments and meetings ask for."""
    return would(acting, lambda each: each.needs(core.COORDINATOR, core.HOLDER))


def minutes_begin(acting: Acting, slug: str) -> bool:
    """Whether they could write minutes of a meeting by now."""

    def check(each: Acting) -> None:
        each.needs(core.COORDINATOR)
        has_begun(each, each.milestone(slug))

    return would(acting, check)


def would(acting: Acting, check: Callable[[Acting], object]) -> bool:
    """Whether a check lets through; what it takes forward in the copy of the cycle's row is put back."""
    stage = acting.cycle.stage
    try:
        check(acting)
    except ActRefused:
        return False
    finally:
        acting.cycle.stage = stage
    return True


def _voting(body: str, person: str) -> Callable[[Acting], object]:
    return lambda acting: check_vote(acting, Vote(body=body, vote="for", person=person))


def _deciding(body: str, outcome: Outcome, minutes: str | None = "-") -> Callable[[Acting], object]:
    return lambda acting: check_decide(acting, Decide(body=body, outcome=outcome, minutes=minutes))


def _signing(body: str) -> Callable[[Acting], object]:
    return lambda acting: check_sign(acting, Sign(body=body))


def _putting(acting: Acting) -> None:
    acting.needs(core.COORDINATOR)
    acting.step(Step.PUT_IN_FORCE)
