"""Codes that one press of one form needs: eight digits to a known address; of each only its hash is kept."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col

from models.lasting import CODE
from models.webuse import OneTimeCode

DIGITS = 8
LASTS = timedelta(minutes=15)
MOST_TRIES = 5
MOST_MAILED, WITHIN = 5, timedelta(hours=1)  # codes to one person
AGAIN_AFTER = timedelta(minutes=1)  # pressed twice, the first press's code is on its way
_AHEAD = timedelta(minutes=1)  # what clocks of two machines may differ by
RENEWAL = sha256(b"a new link to the personal page").hexdigest()
"""What stands for a purpose where a link went out, which is no act's."""
_PURPOSE = "aarshjul one-time code 1"


def make_code(
    session: Session, person: str, cycle: str, purpose: str, now: datetime
) -> tuple[OneTimeCode, str]:
    """A code for a purpose, and its digits: the only time that they are known."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    row = OneTimeCode(
        person_id=person,
        cycle_id=cycle,
        purpose=purpose,
        code_hash="",
        made_at=now,
        expires_at=now + LASTS,
    )
    session.add(row)
    session.flush()
    row.code_hash = _hash(row.id or 0, code)
    session.flush()
    return row, code


def note_renewal(session: Session, person: str, cycle: str, now: datetime) -> int:
    """Write down that a new link goes to somebody, as a code that nobody knows; says its number."""
    return make_code(session, person, cycle, RENEWAL, now)[0].id or 0


def mailed_enough(session: Session, person: str, now: datetime, *, renewals: bool = False) -> bool:
    """Whether so many codes went to somebody within the hour, or new links, that no other does.

    They are counted apart: whoever found an old link may ask for new ones, and must not use up the codes by it.
    """
    renewal = col(OneTimeCode.purpose) == RENEWAL
    query = select(func.count()).where(
        col(OneTimeCode.person_id) == person,
        col(OneTimeCode.made_at) > now - WITHIN,
        col(OneTimeCode.made_at) <= now + _AHEAD,  # a clock that was set back locks nobody out
        renewal if renewals else ~renewal,
    )
    return (session.scalar(query) or 0) >= MOST_MAILED


def just_made(session: Session, person: str, cycle: str, purpose: str, now: datetime) -> bool:
    """Whether one for this purpose is so new that it may not have arrived."""
    query = select(func.count()).where(
        *_live(person, cycle, purpose, now), col(OneTimeCode.made_at) > now - AGAIN_AFTER
    )
    return (session.scalar(query) or 0) > 0


def right_code(
    session: Session, person: str, cycle: str, purpose: str, code: str, now: datetime
) -> int | None:
    """The number of the code that these digits are; None where they are none, which costs all of them a try."""
    query = select(OneTimeCode).where(*_live(person, cycle, purpose, now)).with_for_update()
    rows = list(session.scalars(query.order_by(col(OneTimeCode.id))))
    given = [row.id for row in rows if hmac.compare_digest(row.code_hash, _hash(row.id or 0, code))]
    if given:
        return given[0]
    wrong = col(OneTimeCode.id).in_([row.id for row in rows])
    session.execute(update(OneTimeCode).where(wrong).values(tries=OneTimeCode.tries + 1))
    return None


def take_code(session: Session, number: int, purpose: str, now: datetime) -> bool:
    """Use a code up: of two presses at once one has it."""
    usable = (
        col(OneTimeCode.id) == number,
        col(OneTimeCode.purpose) == purpose,
        *_usable(now),
    )
    done = session.execute(update(OneTimeCode).where(*usable).values(used_at=now))
    return isinstance(done, CursorResult) and done.rowcount == 1


def sweep_codes(session: Session, now: datetime) -> list[int]:
    """Forget those that ended an hour ago; says their numbers."""
    ended = col(OneTimeCode.expires_at) < now - CODE
    numbers = [number for number in session.scalars(select(col(OneTimeCode.id)).where(ended)) if number]
    session.execute(delete(OneTimeCode).where(ended))
    return numbers


def _live(person: str, cycle: str, purpose: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(OneTimeCode.person_id) == person,
        col(OneTimeCode.cycle_id) == cycle,
        col(OneTimeCode.purpose) == purpose,
        *_usable(now),
    )


def _usable(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Neither used nor tried too often nor too old; one from after now is of a clock that was set back, and none."""
    return (
        col(OneTimeCode.used_at).is_(None),
        col(OneTimeCode.tries) < MOST_TRIES,
        col(OneTimeCode.expires_at) > now,
        col(OneTimeCode.made_at) <= now + _AHEAD,
    )


def _hash(number: int, code: str) -> str:
    """What is kept of a code; its number is before it, so that the same digits are kept as another text."""
    return sha256(f"{_PURPOSE}\0{number}\0{code[:40]}".encode("utf-8", errors="replace")).hexdigest()
