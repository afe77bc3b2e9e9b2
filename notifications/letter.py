"""A letter: everything needed to write one message, with nothing left to look up."""

from dataclasses import dataclass
from datetime import datetime

from aarshjul.core.duties import DutyKind
from aarshjul.core.languages import LANGUAGES
from calendars.address import Address
from calendars.invitation import Method
from calendars.item import is_web_address
from notifications.errors import NotificationError
from notifications.facts import (
    ChangeFacts,
    DecisionFacts,
    MilestoneFacts,
    ProposedFacts,
    ReceivedFacts,
    ScoreFacts,
    Undelivered,
)

_PARTS_OF_A_KEY = 6
_LETTER_KINDS = frozenset(DutyKind) - {DutyKind.WELCOME, DutyKind.PUBLISH}
_WITHOUT_MILESTONES = {
    *(DutyKind.DECIDED, DutyKind.RETURNED, DutyKind.REOPENED, DutyKind.SCORE),
    *(DutyKind.DIGEST, DutyKind.UNDELIVERED, DutyKind.RECEIVED),
}
_WANTS_MILESTONES = _LETTER_KINDS - _WITHOUT_MILESTONES
_PARTS = _LETTER_KINDS - {DutyKind.DIGEST, DutyKind.INVITE, DutyKind.UPDATE}
_LONGEST_URI = 900  # what List-Unsubscribe can carry on one line
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
        milestones: what it is about; a digest has the reminders of a morning, others one.
        parts: what else a digest carries, each a letter of its own kind without a calendar part.
        changes: what is new in the draft, where an edit has re-opened it.
        link: the page about it.
        on: the moment of the round that wrote it, aware, as the cycle's own clocks show it; the message's date.
        invite: the calendar part of an invitation, its update or its cancellation.
        undelivered: the messages that could not be delivered, for a coordinator.
        received: the mail that is passed on; `proposed` the other time that it proposes.
        attachment: that mail itself, as it came.
        copies: who gets a copy: whoever stands in for the recipient.
        thread: the duty key of the first message about this milestone to this person, which mail programs then
            show together with it.
        unsubscribe: addresses (`mailto:` or `https://`) at which the recipient can stop what is not owed.
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
    changes: ChangeFacts | None = None
    link: str | None = None
    invite: Invite | None = None
    parts: tuple["Letter", ...] = ()
    undelivered: tuple[Undelivered, ...] = ()
    received: ReceivedFacts | None = None
    proposed: ProposedFacts | None = None
    attachment: bytes | None = None
    copies: tuple[Address, ...] = ()
    thread: str | None = None
    unsubscribe: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a letter that could not be written or would lead astray."""
        for wrong, why in (*_faults_of_frame(self), *_faults_of_content(self)):
            if wrong:
                raise NotificationError(f"message {(self.duties or ('?',))[0]} cannot be written: {why}")

    @property
    def served(self) -> tuple[str, ...]:
        """The keys of all duties that it serves, those of its parts too, each once."""
        return tuple(dict.fromkeys((*self.duties, *(key for part in self.parts for key in part.served))))

    @property
    def welcome(self) -> bool:
        """Whether this is the recipient's first message of the cycle."""
        return any(_kind_of(key) == DutyKind.WELCOME for key in self.duties)


def _faults_of_frame(letter: Letter) -> tuple[tuple[bool, str], ...]:
    """What can be wrong with any kind of letter."""
    return (
        (not letter.duties, "it serves no duty"),
        (any(not _is_key(key) for key in letter.duties), "a duty key is not cycle/milestone/revision/..."),
        (letter.kind not in _LETTER_KINDS, f"'{letter.kind}' is not a message of its own"),
        (letter.language not in LANGUAGES, f"its language is none of {', '.join(LANGUAGES)}"),
        (letter.on.tzinfo is None, "its moment has no time zone"),
        (not is_web_address(letter.link), "its link is neither http nor https"),
        (letter.thread is not None and not _is_key(letter.thread), "it follows something that is no message"),
        (
            not all(_is_uri(uri) for uri in letter.unsubscribe),
            "where to unsubscribe is neither mailto nor https",
        ),
    )


def _faults_of_content(letter: Letter) -> tuple[tuple[bool, str], ...]:
    """What a letter's kind asks for, or rules out."""
    kind, invite = letter.kind, letter.invite
    return (
        (kind in _WANTS_MILESTONES and not letter.milestones, "it is about no milestone"),
        (kind is DutyKind.DIGEST and not letter.milestones + letter.parts, "it carries nothing"),
        (kind is not DutyKind.DIGEST and bool(letter.parts), "only a digest has parts"),
        (
            any(part.kind not in _PARTS or part.invite for part in letter.parts),
            "a part is no part of a digest",
        ),
        (any(part.language != letter.language for part in letter.parts), "a part is in another language"),
        (kind in {DutyKind.DECIDED, DutyKind.RETURNED} and letter.decision is None, "it has no decision"),
        (kind is DutyKind.SCORE and letter.score is None, "it has no score"),
        (kind is DutyKind.UNDELIVERED and not letter.undelivered, "it names nothing undelivered"),
        (kind is DutyKind.RECEIVED and letter.received is None, "it has no mail to tell of"),
        (kind is DutyKind.PROPOSED and letter.proposed is None, "it has no proposed time"),
        (
            invite is not None and kind not in _WANTS_CALENDAR[invite.method],
            "its calendar part says something else than its words",
        ),
    )


def _is_uri(uri: str) -> bool:
    """Whether it can stand in a header between angle brackets as it is."""
    plain = uri.isascii() and uri.isprintable() and not set(uri) & set(' <>"\\')
    return plain and len(uri) <= _LONGEST_URI and uri.startswith(("mailto:", "https://", "http://"))


def _is_key(key: str) -> bool:
    return (
        key.count("/") == _PARTS_OF_A_KEY - 1 and key.isprintable() and _kind_of(key) in frozenset(DutyKind)
    )


def _kind_of(key: str) -> str:
    return key.split("/")[3]
