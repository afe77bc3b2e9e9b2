"""The desk: everything that a batch of letters needs, read in sets before the first one is written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.duties import DutyKind
from aarshjul.core.owing import owing
from calendars.address import Address
from models.cycle import Cycle, Membership
from models.loading import load_cycles
from models.message import Attempt, Message
from models.milestone import CalendarEntry, Invitation, Milestone, MilestoneRevision
from models.person import Person
from models.received import ReceivedMail
from notifications.facts import FollowUpFacts
from notifications.sharing import Titles, titles_for

CALENDAR_KINDS = frozenset({DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL})
NEVER_WENT = ("superseded", "withdrawn", "merged", "failed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """Who writes, and where they are found.

    Attributes:
        sender: in From, and the organiser of invitations.
        reply_to: where answers go, if elsewhere.
        web_url: where the pages are, if they are anywhere.
        unsubscribe: the addresses that take somebody (by cycle and person) off what is not a duty.
        page: the address of somebody's own page (by cycle, person and when the link was made), where there is one and
            what is sent reaches nobody else.
    """

    sender: Address
    reply_to: Address | None = None
    web_url: str | None = None
    unsubscribe: Callable[[str, str], tuple[str, ...]] | None = None
    page: Callable[[str, str, datetime], str | None] | None = None


@dataclass(kw_only=True)
class Desk:
    """What is on the desk while letters are written: the rows of one batch's cycles and people.

    Attributes:
        now: the moment at which they are written, aware.
        threads: by cycle, milestone and person the key of the first message about it that went or will go.
        parts: messages that a digest carries, or that a message tells of, by their ids; `answers` what was last
            said to the latter, other than yes; a refusal of the person's own address before that of a copy's.
        titles: of what meetings carry together.
        links_since: by cycle and person, when they stopped the links to their page that were made before.
    """

    session: Session
    office: Office
    now: datetime
    views: Mapping[str, core.Cycle]
    cycles: dict[str, Cycle] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    milestones: dict[tuple[str, str], Milestone] = field(default_factory=dict)
    reasons: dict[tuple[int, int], str] = field(default_factory=dict)
    entries: dict[int, CalendarEntry] = field(default_factory=dict)
    partstats: dict[tuple[int, str], str] = field(default_factory=dict)
    threads: dict[tuple[str, str, str], str] = field(default_factory=dict)
    parts: dict[int, Message] = field(default_factory=dict)
    answers: dict[int, Attempt] = field(default_factory=dict)
    received: dict[int, ReceivedMail] = field(default_factory=dict)
    titles: Titles = field(default_factory=Titles)
    links_since: dict[tuple[str, str], datetime] = field(default_factory=dict)
    follow_ups: dict[int, FollowUpFacts | None] = field(default_factory=dict)
    _owing: dict[tuple[str, str], dict[str, core.Member]] = field(default_factory=dict)

    def owing(self, view: core.Cycle, milestone: core.Milestone) -> dict[str, core.Member]:
        """Who still owes something at a milestone, by id; found once for all letters about it."""
        key = (view.id, milestone.id)
        if key not in self._owing:
            who = owing(view, milestone, view.today(self.now))
            self._owing[key] = {member.person: member for member in who}
        return self._owing[key]


def desk_for(
    session: Session,
    messages: Sequence[Message],
    office: Office,
    now: datetime,
    views: Mapping[str, core.Cycle] | None = None,
) -> Desk:
    """Fetch what a batch of messages needs; `views` are their cycles, where they have been read already."""
    ids = sorted({message.cycle_id for message in messages})
    if views is None:
        views = load_cycles(session, ids)
    desk = Desk(session=session, office=office, now=now, views=views)
    desk.cycles = {row.id: row for row in session.scalars(select(Cycle).where(col(Cycle.id).in_(ids)))}
    theirs = select(col(Membership.person_id)).where(col(Membership.cycle_id).in_(ids))
    desk.people = {row.id: row for row in session.scalars(select(Person).where(col(Person.id).in_(theirs)))}
    if office.page is not None:
        desk.links_since = _links_since(session, ids)
    _others(desk, messages)
    _milestones(desk, ids)
    if any(message.kind in CALENDAR_KINDS for message in messages):
        _calendar(desk, ids)
        desk.titles = titles_for(session, messages, views)
    desk.threads = _threads(session, [*messages, *desk.parts.values()])
    return desk


def _links_since(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], datetime]:
    columns = (col(Membership.cycle_id), col(Membership.person_id), col(Membership.links_since))
    stopped = col(Membership.cycle_id).in_(ids), col(Membership.links_since).is_not(None)
    return {(row[0], row[1]): row[2] for row in session.execute(select(*columns).where(*stopped))}


def _milestones(desk: Desk, ids: Sequence[str]) -> None:
    session = desk.session
    rows = list(session.scalars(select(Milestone).where(col(Milestone.cycle_id).in_(ids))))
    desk.milestones = {(row.cycle_id, row.slug): row for row in rows}
    of_cycles = select(col(Milestone.id)).where(col(Milestone.cycle_id).in_(ids))
    revisions = select(MilestoneRevision).where(
        col(MilestoneRevision.milestone_id).in_(of_cycles), col(MilestoneRevision.reason).is_not(None)
    )
    desk.reasons = {(row.milestone_id, row.revision): row.reason or "" for row in session.scalars(revisions)}


def _calendar(desk: Desk, ids: Sequence[str]) -> None:
    session = desk.session
    of_cycles = select(col(Milestone.id)).where(col(Milestone.cycle_id).in_(ids))
    entries = select(CalendarEntry).where(col(CalendarEntry.milestone_id).in_(of_cycles))
    desk.entries = {row.milestone_id: row for row in session.scalars(entries)}
    columns = (col(Invitation.milestone_id), col(Invitation.person_id), col(Invitation.partstat))
    invitations = select(*columns).where(col(Invitation.milestone_id).in_(of_cycles))
    desk.partstats = {(row[0], row[1]): row[2] for row in session.execute(invitations)}


def _others(desk: Desk, messages: Sequence[Message]) -> None:
    """The messages that these carry or tell of, and the mails that they pass on."""
    session = desk.session
    told = _named(messages, "failed")
    others = {*_named(messages, "parts"), *told}
    if others:
        query = select(Message).where(col(Message.id).in_(others))
        desk.parts = {row.id or 0: row for row in session.scalars(query)}
    if told:
        refused = col(Attempt.message_id).in_(told), col(Attempt.outcome) != "sent"  # a copy may have gone
        attempts = select(Attempt).where(*refused).order_by(col(Attempt.id))
        for row in session.scalars(attempts):
            known, own = desk.answers.get(row.message_id), desk.parts[row.message_id].address
            if known is None or row.recipient in (None, own) or known.attempted_at < row.attempted_at:
                desk.answers[row.message_id] = row
    if mails := _named(messages, "received"):
        found = session.scalars(select(ReceivedMail).where(col(ReceivedMail.id).in_(mails)))
        desk.received = {row.id or 0: row for row in found}


def _named(messages: Iterable[Message], fact: str) -> set[int]:
    """The ids that a fact of these messages names, one or several."""
    found: set[int] = set()
    for message in messages:
        value = (message.facts or {}).get(fact)
        found.update(value if isinstance(value, list) else [] if value is None else [value])
    return found


def _threads(session: Session, messages: Sequence[Message]) -> dict[tuple[str, str, str], str]:
    """The key of the first message of each milestone to each person, by when they were owed.

    One that has still to go counts: it goes before these, and the answer must not depend on how far a
    delivery that was killed had come.
    """
    about = [message for message in messages if message.milestone is not None]
    if not about:
        return {}
    columns = (col(Message.cycle_id), col(Message.milestone), col(Message.person_id), col(Message.key))
    query = (
        select(*columns)
        .where(
            col(Message.channel) == about[0].channel,
            col(Message.cycle_id).in_({message.cycle_id for message in about}),
            col(Message.milestone).in_({message.milestone for message in about}),
            col(Message.person_id).in_({message.person_id for message in about}),
            col(Message.state).not_in(NEVER_WENT),
        )
        .order_by(col(Message.owed_at), col(Message.key))
    )
    found: dict[tuple[str, str, str], str] = {}
    for cycle_id, milestone, person, key in session.execute(query):
        found.setdefault((cycle_id, milestone or "", person), key)
    return found
