"""The bytes of a subscription: what it covers, in the contents and the language that its reader chose."""

from sqlmodel import Session

from calendars.choice import Choice
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

    Args:
        session: a look at the record; a handful of queries however many cycles it covers.
        subscription: what it is of.
        choice: what it holds.
        language: `da` or `en`; None for the subscription's own, else the person's or the cycle's.
        web_url: where our pages are, for links; None for none.

    Raises:
        CalendarError: for a zone whose rules cannot be written.
    """
    raise NotImplementedError
