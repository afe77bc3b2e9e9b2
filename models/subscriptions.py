"""Feeds that people subscribe to: each has a secret of its own, which stands in its address and is kept as a hash."""

import hmac
import re
import secrets
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Select, select
from sqlmodel import Session, col

from aarshjul.core.errors import Refused
from models.subscription import Subscription

_BYTES = 32  # of chance in a secret: nobody guesses one, however many there are
_LONGEST = 200  # octets of what might be a secret that are looked at; ours have 43
_WHOLE = re.compile("[A-Za-z0-9_-]{43}")


MOST_OWN = 20
"""Calendars of one person that work at a time: more than anybody has programs."""


class Enough(Refused):
    """Somebody has as many calendars of their own as one may have."""


class Stopped(Refused):
    """A feed was taken back, and cannot be used or given a new address any more."""


def subscribe(
    session: Session,
    *,
    scope: str,
    shows: str,
    now: datetime,
    cycle_id: str | None = None,
    role: str | None = None,
    person_id: str | None = None,
    organisation_id: int | None = None,
    language: str | None = None,
    by_link: bool = False,
) -> tuple[Subscription, str]:
    """Make a feed, and say its secret: the only time that it is known.

    Args:
        session: in a transaction that writes.
        scope: one of `models.subscription.SCOPES`; it decides which of the names must be given.
        shows: what it holds where its address says nothing else, as `calendars.choice` writes it.
        now: since when it is.
        cycle_id: of a scope within one cycle; `role`, `person_id` and `organisation_id` of theirs.
        role: by its name in the cycle.
        person_id: whose feed it is.
        organisation_id: of its people, in all cycles.
        language: of our words in it; None for the person's or the cycle's own.
        by_link: whether its address is shown behind a personal link.
    """
    secret = secrets.token_urlsafe(_BYTES)
    made = Subscription(
        secret_hash=hash_of(secret),
        scope=scope,
        cycle_id=cycle_id,
        role=role,
        person_id=person_id,
        organisation_id=organisation_id,
        language=language,
        shows=shows,
        made_at=now,
        told_by_link=by_link,
    )
    session.add(made)
    session.flush()
    return made, secret


def renew(session: Session, subscription: Subscription, now: datetime, *, by_link: bool = False) -> str:
    """Give a feed another secret, and say it: the address that it had is unknown from now on.

    `by_link` is whether the new one is shown behind a personal link, or to who has an address that was.

    Raises:
        Stopped: where it was revoked.
    """
    if subscription.revoked_at is not None:
        raise Stopped(f"feed {subscription.id} was revoked: make a new one")
    secret = secrets.token_urlsafe(_BYTES)
    subscription.secret_hash = hash_of(secret)
    subscription.renewed_at, subscription.told_by_link = now, by_link
    session.add(subscription)
    session.flush()
    return secret


def revoke(session: Session, subscription: Subscription, now: datetime) -> None:
    """Take a feed back for good; a second time changes nothing."""
    if subscription.revoked_at is None:
        subscription.revoked_at = now
        session.add(subscription)
        session.flush()


def listed(session: Session) -> list[Subscription]:
    """All feeds in the order in which they were made, the revoked ones too."""
    return list(session.scalars(select(Subscription).order_by(col(Subscription.id))))


def own_calendars(session: Session, person: str) -> list[Subscription]:
    """The calendars that somebody made for themselves and that still work, in the order in which they were made."""
    return list(session.scalars(_own(person).order_by(col(Subscription.id))))


def own_calendar(session: Session, person: str, number: int) -> Subscription | None:
    """One of them, locked for a change; None where it is none of theirs, or was stopped."""
    return session.scalars(_own(person).where(col(Subscription.id) == number).with_for_update()).one_or_none()


def make_own_calendar(
    session: Session, person: str, shows: str, now: datetime, *, by_link: bool = False
) -> tuple[Subscription, str]:
    """Make one more, and say its secret: the only time that it is known; `by_link` as in `renew`.

    Raises:
        Enough: where they have `MOST_OWN` of them.
    """
    if len(own_calendars(session, person)) >= MOST_OWN:
        raise Enough(f"you have {MOST_OWN} calendars: stop one that you no longer use")
    return subscribe(session, scope="person", shows=shows, person_id=person, now=now, by_link=by_link)


def revoke_told_by_link(session: Session, person: str, now: datetime) -> tuple[int, ...]:
    """Take back all calendars of somebody whose address was shown behind a personal link; says their numbers.

    For when such a link was in wrong hands: whoever had it may have the address, and would read on for ever. Links of
    all their cycles count, as a calendar is of all cycles. What was told otherwise stays.
    """
    told = _own(person).where(col(Subscription.told_by_link).is_(True)).order_by(col(Subscription.id))
    rows = session.scalars(told.with_for_update()).all()
    for row in rows:
        revoke(session, row, now)
    return tuple(row.id for row in rows if row.id is not None)


def _own(person: str) -> Select[tuple[Subscription]]:
    return select(Subscription).where(
        col(Subscription.person_id) == person,
        col(Subscription.scope) == "person",
        col(Subscription.revoked_at).is_(None),
    )


def find(session: Session, secret: str, *, for_change: bool = False) -> Subscription | None:
    """The feed that a secret opens; None for one that is unknown, malformed, or of a feed that was revoked.

    `for_change` locks it, so that of two who change it at once the second finds what the first has left.
    """
    wanted = hash_of(secret)
    query = select(Subscription).where(
        col(Subscription.secret_hash) == wanted, col(Subscription.revoked_at).is_(None)
    )
    found = session.scalars(query.with_for_update() if for_change else query).one_or_none()
    return found if found is not None and same(found.secret_hash, wanted) else None


def hash_of(secret: str) -> str:
    """What is kept of a secret, or what is looked up for a text that is none: the same work for all of them."""
    text = secret if _WHOLE.fullmatch(secret) else f"no secret: {secret[:_LONGEST]}"
    return sha256(text.encode("utf-8", errors="replace")).hexdigest()


def same(kept: str, wanted: str) -> bool:
    """Whether two hashes are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(kept, wanted)
