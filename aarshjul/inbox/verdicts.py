"""What can become of a mail: one small value each, with what is needed to carry it out."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from aarshjul.inbox.mail import ReportedRecipient


class Why(StrEnum):
    """Why a mail goes to a person; the words of the message about it are chosen by these."""

    OTHER = "other"  # it is no answer to anything
    UNKNOWN_MEETING = "unknown-meeting"
    STRANGER = "stranger"  # it answers for somebody who was not invited
    FORGED = "forged"  # it answers for somebody, and is from somebody else
    OVER = "over"
    DELEGATED = "delegated"
    UNCLEAR = "unclear"  # it is about an invitation, and cannot be understood
    REFUSED = "refused"  # an act refused it
    REPORT = "report"  # a delivery report about no message of ours
    UNREAD_REPORT = "unread-report"  # a delivery report in no known form
    NOT_UNSUBSCRIBED = "not-unsubscribed"
    TOO_LARGE = "too-large"
    DAMAGED = "damaged"
    FAILED = "failed"  # a mistake of ours, three times over


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What a mail is about, as far as that is known."""

    cycle: str | None = None
    milestone: str | None = None
    person: str | None = None
    reference: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """An answer that counts.

    Attributes:
        place: the meeting and the person that it is for.
        reply: `accepted`, `declined` or `tentative`.
        by: the id of who answers: the person, or today's delegate.
        through: `mail`, or `secretary` where somebody wrote it for them.
        stamp: when it was given, as it says itself.
    """

    place: Place
    reply: str
    by: str
    through: str
    stamp: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outdated:
    """An answer to an earlier date, or from before the answer that stands."""

    place: Place
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed:
    """Another time that an invitee proposes; a naive time is on the cycle's own clocks."""

    place: Place
    starts: date | datetime | None
    ends: date | datetime | None
    comment: str
    location: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounced:
    """A message of ours that came back.

    Attributes:
        message: its row in the ledger.
        recipients: those whom it failed to reach, each one that it was sent to.
    """

    place: Place
    message: int
    recipients: tuple[ReportedRecipient, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ignored:
    """Nothing that anybody has to know."""

    note: str
    place: Place = Place()


@dataclass(frozen=True, kw_only=True, slots=True)
class Unsubscribing:
    """A wish to get no more of what is not a duty."""

    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class PassedOn:
    """For a person to read; `note` says more exactly than `why` what was found."""

    why: Why
    note: str
    place: Place = Place()


Verdict = Answered | Outdated | Proposed | Bounced | Ignored | Unsubscribing | PassedOn
