"""How long what nobody needs any more is kept, and the sweep that forgets it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlmodel import Session, SQLModel, col

from models.login import LoginLink, LoginSession
from models.webuse import ApiToken, DraftEdit, FormPress, OneTimeCode

LOGIN_LINK = timedelta(hours=1)
"""After a link that logs in has ended; the others here count from the end as well, where something ends."""
SESSION = timedelta(days=30)
CODE = timedelta(hours=1)
TOKEN = timedelta(days=30)
PRESS = timedelta(days=30)
"""After a form was pressed: longer than anybody leaves one open to press it again."""
EDIT = timedelta(days=365)
"""After what somebody writes was last saved."""


def forget_ended(session: Session, now: datetime) -> None:
    """Forget sessions and tokens that ended, pressed forms, and what nobody has gone on writing.

    Links that log in are forgotten by `models.logins.sweep`, and codes by `models.codes.sweep_codes`: their mails go
    with them.
    """
    for table, old in _too_old(now):
        session.execute(delete(table).where(old))


def anything_old(session: Session, now: datetime) -> bool:
    """Whether there is something to forget, links and codes among it: one look, without a lock."""
    links = (LoginLink, col(LoginLink.expires_at) < now - LOGIN_LINK)
    codes = (OneTimeCode, col(OneTimeCode.expires_at) < now - CODE)
    found = (exists().where(old) for _, old in (links, codes, *_too_old(now)))
    return bool(session.scalar(select(or_(*found))))


def _too_old(now: datetime) -> tuple[tuple[type[SQLModel], ColumnElement[bool]], ...]:
    return (
        (LoginSession, _ended(LoginSession, now - SESSION)),
        (ApiToken, _ended(ApiToken, now - TOKEN)),
        (FormPress, col(FormPress.pressed_at) < now - PRESS),
        (DraftEdit, col(DraftEdit.saved_at) < now - EDIT),
    )


def _ended(table: type[LoginSession | ApiToken], before: datetime) -> ColumnElement[bool]:
    """By itself or because it was taken back."""
    return or_(col(table.expires_at) < before, col(table.revoked_at) < before)
