"""What ends when somebody says that a link is not theirs: the links of its person, and what they could read on by."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from models.cycle import Membership
from models.subscriptions import revoke_told_by_link
from notifications.personal_links import PersonalLink


@dataclass(frozen=True, kw_only=True, slots=True)
class Stopped:
    """Links were stopped: only those made `since` then work, and `calendars` are the numbers of those that went too."""

    since: datetime
    calendars: tuple[int, ...] = ()


def stop(session: Session, link: PersonalLink, now: datetime) -> Stopped | None:
    """Stop a link, all earlier ones and the calendars told by link; None where another press has done so already."""
    member = _member(session, link)
    if member is None or not link.works(now, member.links_since):
        return None
    # After the link itself, whatever the clock says now: it must end, and the new one must not.
    member.links_since = max(now, link.made_at + timedelta(seconds=1))
    session.add(member)
    return Stopped(since=member.links_since, calendars=revoke_told_by_link(session, link.person, now))


def still_works(session: Session, link: PersonalLink, now: datetime) -> bool:
    """Whether a link was not stopped while a press was on its way; nobody stops it before this transaction ends."""
    member = _member(session, link)
    return member is not None and link.works(now, member.links_since)


def _member(session: Session, link: PersonalLink) -> Membership | None:
    return session.get(Membership, (link.cycle, link.person), with_for_update={"key_share": True})
