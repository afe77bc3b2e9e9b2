"""A letter: everything needed to write one message, with nothing left to look up."""

from dataclasses import dataclass
from datetime import datetime

from aarshjul.core.duties import DutyKind
from calendars.address import Address
from calendars.invitation import Method
from calendars.item import is_web_address
from calendars.text import LANGUAGES
from notifications.errors import NotificationError
from notifications.facts import DecisionFacts, MilestoneFacts, ScoreFacts

_PARTS_OF_A_KEY = 6
_LETTER_KINDS = frozenset(DutyKind) - {DutyKind.WELCOME, DutyKind.PUBLISH}
_WANTS_MILESTONES = _LETTER_KINDS - {DutyKind.DECIDED, DutyKind.RETURNED, DutyKind.REOPENED, DutyKind.SCORE}
_WANTS_CALENDAR = {
    Method.REQUEST: {DutyKind.INVITE, DutyKind.UPDATE},
    Method.CANCEL: {DutyKind.CANCEL},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """Who gets a message.

    Attributes:
        roles: in this cycle, as slugs; they say why the message comes.
        delegate_for: the name of whom the recipient stands in for.
        teams: the user principal name in Teams, where there is one.
    """

    person: str
    address: Address
    roles: tuple[str, ...] = ()
    delegate_for: str | None = None
    teams: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Invite:
    """The calendar part of a letter, as `calendars.invitation` wrote it."""

    ics: bytes
    method: Method


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One message to one person.

    Attributes:
        duties: the full keys (`cycle/milestone/revision/kind/offset/person`) that it serves. The first names
            the message: Message-ID and MIME boundary come from it. A `welcome` among them adds a paragraph.
        kind: which words are used.
        language: `da` or `en`.
        sender: also the organiser of an invitation; `reply_to` where answers should go elsewhere.
        cycle: the cycle's title; `holder` and `council` as their own names.
        milestones: what it is about; a digest has several, others one.
        link: the page about it.
        on: the moment of the round that wrote it, aware, as the cycle's own clocks show it; the message's date.
        invite: the calendar part of an invitation, its update or its cancellation.
    """

    duties: tuple[str, ...]
    kind: DutyKind
    language: str
    recipient: Recipient
    sender: Address
    on: datetime
    cycle: str
    holder: str
    council: str
    reply_to: Address | None = None
    milestones: tuple[MilestoneFacts, ...] = ()
    decision: DecisionFacts | None = None
    score: ScoreFacts | None = None
    link: str | None = None
    invite: Invite | None = None

    def __post_init__(self) -> None:
        """Refuse a letter that could not be written or would lead astray."""
        for wrong, why in (
            (not self.duties, "it serves no duty"),
            (any(not _is_key(key) for key in self.duties), "a duty key is not cycle/milestone/revision/..."),
            (self.kind not in _LETTER_KINDS, f"'{self.kind}' is not a message of its own"),
            (self.language not in LANGUAGES, f"its language is none of {', '.join(LANGUAGES)}"),
            (self.on.tzinfo is None, "its moment has no time zone"),
            (not is_web_address(self.link), "its link is neither http nor https"),
            (self.kind in _WANTS_MILESTONES and not self.milestones, "it is about no milestone"),
            (
                self.kind in {DutyKind.DECIDED, DutyKind.RETURNED} and self.decision is None,
                "it has no decision",
            ),
            (self.kind is DutyKind.SCORE and self.score is None, "it has no score"),
            (
                self.invite is not None and self.kind not in _WANTS_CALENDAR[self.invite.method],
                "its calendar part says something else than its words",
            ),
        ):
            if wrong:
                raise NotificationError(f"message {(self.duties or ('?',))[0]} cannot be written: {why}")

    @property
    def welcome(self) -> bool:
        """Whether this is the recipient's first message of the cycle."""
        return any(_kind_of(key) == DutyKind.WELCOME for key in self.duties)


def _is_key(key: str) -> bool:
    return (
        key.count("/") == _PARTS_OF_A_KEY - 1 and key.isprintable() and _kind_of(key) in frozenset(DutyKind)
    )


def _kind_of(key: str) -> str:
    return key.split("/")[3]
