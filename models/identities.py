"""Who somebody is at a provider of logins: known by its own name for them, bound once by an address that it vouches for."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.logins import coordinators_at
from models.webuse import Identity


def person_at(session: Session, issuer: str, subject: str, address: str | None, now: datetime) -> str | None:
    """The person whom a provider names; None where they are no coordinator that is known here.

    An address binds where exactly one coordinator has it who is not bound there yet: an address that somebody else
    was given later opens nothing. `address` is None where nobody vouches for it.
    """
    known = session.get(Identity, (issuer, subject))
    if known is not None:
        return known.person_id
    found = coordinators_at(session, address) if address else []
    if len(found) != 1 or _is_bound(session, issuer, found[0].id):
        return None
    session.add(Identity(issuer=issuer, subject=subject, person_id=found[0].id, bound_at=now))
    session.flush()
    return found[0].id


def _is_bound(session: Session, issuer: str, person_id: str) -> bool:
    query = select(col(Identity.subject)).where(
        col(Identity.issuer) == issuer, col(Identity.person_id) == person_id
    )
    return session.scalars(query.limit(1)).first() is not None
