"""What the record knows of what a mail may be about, as plain values for the sorting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitee:
    """Somebody who was invited to a meeting.

    Attributes:
        email: their address, comparable, as are `secretary` and `delegate_email`.
        sequence: of the date, time and place that an answer has to be about.
        answered_at: when the answer that stands was given; None where there is none.
        delegate: the id of who acts for them today.
        cycle: and `milestone`: where their answer goes, where that is elsewhere than to the meeting's own; it counts
            for all that the meeting carries.
        over: whether what they are invited to is over, even where something else of the meeting is not.
    """

    person: str
    email: str
    sequence: int
    answered_at: datetime | None = None
    secretary: str | None = None
    delegate: str | None = None
    delegate_email: str | None = None
    cycle: str | None = None
    milestone: str | None = None
    over: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A meeting, or a decision that people are invited to; `over` also where it is held or cancelled."""

    cycle: str
    milestone: str
    over: bool
    invitees: tuple[Invitee, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """A message of ours; `recipients` are the addresses that it went to, comparable."""

    id: int
    cycle: str
    milestone: str | None
    person: str
    recipients: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """All that a mail is compared with.

    Attributes:
        sender_address: what our own mails are from, comparable.
        meetings: by the UID of their calendar entries.
        sent: by their names in the ledger.
        unsubscribing: cycle and person of the mail's token, where we wrote it.
    """

    sender_address: str
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    sent: Mapping[str, Sent] = field(default_factory=dict)
    unsubscribing: tuple[str, str] | None = None
