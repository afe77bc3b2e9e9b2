"""The bytes of a subscription's calendar."""

from sqlmodel import Session

from calendars.choice import Choice
from calendars.content import Content, content_for, scope_content
from calendars.feed import feed
from calendars.scope import Scope
from models.subscription import Subscription


def feed_for(
    session: Session,
    subscription: Subscription,
    choice: Choice,
    language: str | None = None,
    web_url: str | None = None,
) -> bytes:
    """The feed of a subscription (iCalendar, UTF-8, CRLF), the same bytes for the same record and arguments.

    The arguments are those of `content_for`.
    """
    return _written(content_for(session, subscription, choice, language, web_url))


def scope_feed(
    session: Session, scope: Scope, choice: Choice, language: str | None = None, web_url: str | None = None
) -> bytes:
    """The feed of a part of the record, whoever asks for it: as `feed_for`."""
    return _written(scope_content(session, scope, choice, language, web_url))


def _written(content: Content) -> bytes:
    return feed(
        name=content.name,
        description=content.description,
        items=content.items,
        tasks=content.tasks,
        zone=content.zone,
    )
