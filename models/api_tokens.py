"""The secrets with which programs ask in somebody's name: made, found, listed and taken back; only hashes are kept."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import select, update
from sqlmodel import Session, col

from aarshjul.core.errors import Invalid
from models.webuse import ApiToken

PREFIX = "aarshjul_"
"""What every token begins with, so that people and scanners of code know one that lies about."""
DAYS, MOST_DAYS = 90, 365
LONGEST_NAME = 80
NOTED_EVERY = timedelta(minutes=5)  # a request writes nothing more often than this
_LENGTH = 43  # characters after the prefix, of 256 bits of chance
_PURPOSE = "aarshjul api token 1"  # so that it is never taken for the secret of anything else


class Scope(StrEnum):
    """What a token may be used for; whose authority it has is another matter."""

    READ = "read"
    ACT = "act"
    DECIDE = "decide"  # what binds a body: decisions, votes, signatures


class BadToken(Invalid):
    """A token of that kind cannot be made."""


def make_token(
    session: Session,
    person_id: str,
    name: str,
    scopes: Iterable[str],
    now: datetime,
    *,
    cycle_id: str | None = None,
    days: int = DAYS,
) -> tuple[ApiToken, str]:
    """A token for a person, and its secret: the only time that it is known.

    Raises:
        BadToken: where the name, the scopes or the days cannot be; the fields are named as the command line does.
    """
    chosen = [scope for scope in Scope if scope in set(scopes)]
    problems = [
        problem
        for wrong, problem in (
            (
                not name.strip() or len(name) > LONGEST_NAME or not name.isprintable(),
                f"--name: must be one line of at most {LONGEST_NAME} characters that says what the program is",
            ),
            (
                not chosen or set(scopes) - set(Scope),
                f"--scope: must be one or more of {', '.join(Scope)}",
            ),
            (not 1 <= days <= MOST_DAYS, f"--days: must be from 1 to {MOST_DAYS}"),
        )
        if wrong
    ]
    if problems:
        raise BadToken(*problems)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        secret_hash=_hash(secret),
        person_id=person_id,
        name=name.strip(),
        scopes=[str(scope) for scope in chosen],
        cycle_id=cycle_id,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    return token, secret


def find_token(session: Session, secret: str, now: datetime) -> ApiToken | None:
    """The token of a secret, while it lasts; what cannot be one is not looked up."""
    if not looks_like_one(secret):
        return None
    query = select(ApiToken).where(col(ApiToken.secret_hash) == _hash(secret))
    found = session.scalars(query).one_or_none()
    return found if found is not None and works(found, now) else None


def looks_like_one(secret: str) -> bool:
    """Whether a text has the form of a token."""
    rest = secret.removeprefix(PREFIX)
    return rest != secret and len(rest) == _LENGTH and rest.isascii()


def works(token: ApiToken, now: datetime) -> bool:
    """Whether it was neither taken back nor has run out."""
    return token.revoked_at is None and now < token.expires_at


def wants_noting(token: ApiToken, now: datetime) -> bool:
    """Whether it is long enough since a use of it was written down."""
    return token.seen_at is None or now - token.seen_at >= NOTED_EVERY


def note_use(session: Session, number: int, now: datetime) -> None:
    """Write down that a token was used."""
    session.execute(update(ApiToken).where(col(ApiToken.id) == number).values(seen_at=now))


def tokens_of(session: Session, person_id: str | None = None) -> list[ApiToken]:
    """Somebody's tokens, or everybody's, the newest first; also those that have ended."""
    query = select(ApiToken).order_by(col(ApiToken.id).desc())
    if person_id is not None:
        query = query.where(col(ApiToken.person_id) == person_id)
    return list(session.scalars(query))


def revoke_token(session: Session, token: ApiToken, now: datetime) -> None:
    """Take a token back for good; the first time counts."""
    standing = col(ApiToken.id) == token.id, col(ApiToken.revoked_at).is_(None)
    session.execute(update(ApiToken).where(*standing).values(revoked_at=now))


def _hash(secret: str) -> str:
    return sha256(f"{_PURPOSE}\0{secret}".encode()).hexdigest()
