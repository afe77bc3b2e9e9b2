"""Feeds that people subscribe to: each has a secret of its own, which stands in its address and is kept as a hash."""

import hmac
import re
import secrets
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.errors import Refused
from models.subscription import Subscription

_BYTES = 32  # of chance in a secret: nobody guesses one, however many there are
_LONGEST = 200  # octets of what might be a secret that are looked at; ours have 43
_WHOLE = re.compile("[A-Za-z0-9_-]{43}")


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
    )
    session.add(made)
    session.flush()
    return made, secret


def renew(session: Session, subscription: Subscription, now: datetime) -> str:
    """Give a feed another secret, and say it: the address that it had is unknown from now on.

    Raises:
        Stopped: where it was revoked.
    """
    if subscription.revoked_at is not None:
        raise Stopped(f"feed {subscription.id} was revoked: make a new one")
    secret = secrets.token_urlsafe(_BYTES)
    subscription.secret_hash = hash_of(secret)
    subscription.renewed_at = now
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
