"""Which milestones have papers: where people meet, there is an agenda before and are minutes after."""

from sqlmodel import Session

from aarshjul.core.cycle import Kind
from models.loading import load_cycle


def meets(session: Session, cycle: str, slug: str) -> bool:
    """Whether people meet at a milestone."""
    found = next((each for each in load_cycle(session, cycle).milestones if each.id == slug), None)
    return found is not None and (found.kind is not Kind.DEADLINE or bool(found.invitees))
