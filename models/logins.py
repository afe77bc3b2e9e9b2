"""Who may log in, by which link, and for how long: only coordinators do, and of a secret only its hash is kept."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import CursorResult, case, delete, func, or_, select, update
from sqlmodel import Session, col

from aarshjul.core.cycle import COORDINATOR, effective_roles
from models.cycle import Cycle, Membership
from models.lasting import LOGIN_LINK, forget_ended
from models.login import LoginLink, LoginSession
from models.person import Person

LINK_LASTS = timedelta(minutes=15)
IDLE_FOR = timedelta(hours=12)
LASTS = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=5)  # a look at a page writes nothing more often than this
PAUSE = timedelta(minutes=30)  # whoever comes back after so long comes anew
MOST_MAILED, WITHIN = 5, timedelta(hours=1)  # links by mail to one person
FIRST_PAGE = "/cycles"
_BYTES = 32  # of chance in a secret
_LINK, _SESSION = (
    "aarshjul login link 1",
    "aarshjul login session 1",
)  # so that neither is ever taken for the other


def cycles_coordinated(session: Session, person_id: str) -> tuple[str, ...]:
    """The ids of the cycles that somebody coordinates now, the latest year first."""
    query = (
        select(col(Membership.cycle_id), col(Membership.roles))
        .join(Cycle, col(Cycle.id) == col(Membership.cycle_id))
        .where(col(Membership.person_id) == person_id, col(Membership.left_at).is_(None))
        .order_by(col(Cycle.contract_year).desc(), col(Cycle.id))
    )
    rows = session.execute(query).tuples()
    return tuple(cycle for cycle, roles in rows if COORDINATOR in effective_roles(roles))


def coordinators_at(session: Session, address: str) -> list[Person]:
    """Those who coordinate a cycle and have this address, whatever the case of its letters."""
    query = select(Person).where(
        or_(col(Person.email) == address, func.lower(col(Person.email)) == address.lower())
    )
    people = session.scalars(query.order_by(col(Person.id)))
    return [person for person in people if cycles_coordinated(session, person.id)]


def language_of(session: Session, person: Person, cycles: Iterable[str]) -> str:
    """Somebody's own language, else that of the first of their cycles."""
    first = session.get(Cycle, next(iter(cycles), ""))
    return person.language or (first.language if first else "da")


def mailed_enough(session: Session, person_id: str, now: datetime) -> bool:
    """Whether so many links went to somebody within the hour that no other does: those that they have still work."""
    query = select(func.count()).where(
        col(LoginLink.person_id) == person_id, col(LoginLink.mailed), col(LoginLink.made_at) > now - WITHIN
    )
    return (session.scalar(query) or 0) >= MOST_MAILED


def make_link(
    session: Session, person_id: str, now: datetime, *, leads_to: str = FIRST_PAGE, mailed: bool = False
) -> tuple[LoginLink, str]:
    """A link for a person, and its secret: the only time that it is known."""
    secret = secrets.token_urlsafe(_BYTES)
    link = LoginLink(
        secret_hash=_hash(_LINK, secret),
        person_id=person_id,
        leads_to=leads_to,
        mailed=mailed,
        made_at=now,
        expires_at=now + LINK_LASTS,
    )
    session.add(link)
    session.flush()
    return link, secret


def find_link(session: Session, secret: str, now: datetime) -> LoginLink | None:
    """The link of a secret that could still be pressed."""
    query = select(LoginLink).where(col(LoginLink.secret_hash) == _hash(_LINK, secret))
    link = session.scalars(query).one_or_none()
    usable = link is not None and link.used_at is None and now < link.expires_at
    return link if usable else None


def use_link(session: Session, secret: str, now: datetime) -> tuple[LoginLink, str] | None:
    """Log in by a link: the secret of the new session beside it; None where it opens nothing (any more).

    Of two presses at once one has it. All other links of the person end with it.
    """
    link = find_link(session, secret, now)
    if link is None or not _take(session, link, now) or not cycles_coordinated(session, link.person_id):
        return None
    others = col(LoginLink.person_id) == link.person_id, col(LoginLink.used_at).is_(None)
    session.execute(update(LoginLink).where(*others).values(used_at=now))
    made, opened = _open(link.person_id, now)
    made.last_here = last_here(session, link.person_id)
    session.add(made)
    session.flush()
    return link, opened


def _take(session: Session, link: LoginLink, now: datetime) -> bool:
    unused = col(LoginLink.id) == link.id, col(LoginLink.used_at).is_(None)
    done = session.execute(update(LoginLink).where(*unused).values(used_at=now))
    return isinstance(done, CursorResult) and done.rowcount == 1


def open_session(session: Session, person_id: str, now: datetime, way: str) -> str | None:
    """A new session of somebody whom others vouch for, and its secret; None for whoever coordinates nothing."""
    if not cycles_coordinated(session, person_id):
        return None
    made, opened = _open(person_id, now)
    made.way, made.last_here = way, last_here(session, person_id)
    session.add(made)
    session.flush()
    return opened


def open_sessions(session: Session, person_id: str, now: datetime) -> list[LoginSession]:
    """Somebody's sessions that still open something, the one that was used last first."""
    query = select(LoginSession).where(
        col(LoginSession.person_id) == person_id,
        col(LoginSession.revoked_at).is_(None),
        col(LoginSession.expires_at) > now,
        col(LoginSession.seen_at) > now - IDLE_FOR,
    )
    return list(session.scalars(query.order_by(col(LoginSession.seen_at).desc(), col(LoginSession.id))))


def end_sessions(session: Session, person_id: str, numbers: Iterable[int], now: datetime) -> None:
    """Revoke those of somebody's sessions that have these numbers; others' stay as they are."""
    chosen = (
        col(LoginSession.person_id) == person_id,
        col(LoginSession.id).in_(list(numbers)),
        col(LoginSession.revoked_at).is_(None),
    )
    session.execute(update(LoginSession).where(*chosen).values(revoked_at=now))


def _open(person_id: str, now: datetime) -> tuple[LoginSession, str]:
    secret = secrets.token_urlsafe(_BYTES)
    made = LoginSession(
        secret_hash=_hash(_SESSION, secret),
        person_id=person_id,
        made_at=now,
        seen_at=now,
        expires_at=now + LASTS,
    )
    return made, secret


def last_here(session: Session, person_id: str) -> datetime | None:
    """Until when somebody was here, with whatever browser; None on the first visit that is remembered."""
    return session.scalar(
        select(func.max(col(LoginSession.seen_at))).where(col(LoginSession.person_id) == person_id)
    )


def find_session(session: Session, secret: str, now: datetime) -> LoginSession | None:
    """The session of a cookie's secret, while it lasts."""
    query = select(LoginSession).where(col(LoginSession.secret_hash) == _hash(_SESSION, secret))
    found = session.scalars(query).one_or_none()
    if found is None or found.revoked_at is not None:
        return None
    return found if now < found.expires_at and now < found.seen_at + IDLE_FOR else None


def wants_noting(found: LoginSession, now: datetime) -> bool:
    """Whether it is long enough since a use of a session was written down."""
    return now - found.seen_at >= NOTED_EVERY


def note_use(session: Session, number: int, now: datetime) -> None:
    """Write down that a session was used; one that was revoked meanwhile stays so.

    After a pause the visit is a new one, and what was the end of the one before is kept.
    """
    paused = col(LoginSession.seen_at) <= now - PAUSE
    before = case((paused, col(LoginSession.seen_at)), else_=col(LoginSession.last_here))
    session.execute(
        update(LoginSession).where(col(LoginSession.id) == number).values(last_here=before, seen_at=now)
    )


def was_here(found: LoginSession, now: datetime) -> datetime | None:
    """Until when the person of a session was here before the visit of this moment."""
    return found.seen_at if now - found.seen_at >= PAUSE else found.last_here


def end_session(session: Session, secret: str, now: datetime) -> None:
    """Revoke the session of a secret; for one that is none, nothing happens."""
    standing = (
        col(LoginSession.secret_hash) == _hash(_SESSION, secret),
        col(LoginSession.revoked_at).is_(None),
    )
    session.execute(update(LoginSession).where(*standing).values(revoked_at=now))


def anybody_logged_in(session: Session) -> bool:
    """Whether somebody ever did; once is enough."""
    return session.scalar(select(func.count()).select_from(LoginSession)) != 0


def sweep(session: Session, now: datetime) -> list[int]:
    """Forget links that ended an hour ago, and whatever else is too old; says the numbers of the links."""
    ended = col(LoginLink.expires_at) < now - LOGIN_LINK
    numbers = [number for number in session.scalars(select(col(LoginLink.id)).where(ended)) if number]
    session.execute(delete(LoginLink).where(ended))
    forget_ended(session, now)
    return numbers


def _hash(purpose: str, secret: str) -> str:
    """What is kept of a secret; any text at all has one, and most are nobody's."""
    return sha256(f"{purpose}\0{secret[:200]}".encode("utf-8", errors="replace")).hexdigest()
