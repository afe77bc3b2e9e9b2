"""What the record holds of members' votes; they are optional, and decide nothing."""

from collections import Counter

from sqlalchemy import select
from sqlmodel import Session, col

from models.approval import Vote
from models.draft import Draft

WAYS = ("for", "against", "abstain")


def votes_on(session: Session, draft: Draft, body: str, number: int) -> list[Vote]:
    """The votes of a body's members on one text in one round of drafting, by person."""
    query = select(Vote).where(
        col(Vote.cycle_id) == draft.cycle_id,
        col(Vote.body) == body,
        col(Vote.round) == number,
        col(Vote.draft_hash) == draft.hash,
    )
    return list(session.scalars(query.order_by(col(Vote.person_id))))


def tally(session: Session, draft: Draft, body: str, number: int) -> dict[str, int]:
    """How many voted `for`, `against` and `abstain` on a text in a round; empty where nobody did.

    Args:
        session: a look at the record.
        draft: the version that lay before the body.
        body: `board` or `council`.
        number: the round of drafting.
    """
    counted = Counter(vote.vote for vote in votes_on(session, draft, body, number))
    return {way: counted[way] for way in WAYS} if counted else {}
