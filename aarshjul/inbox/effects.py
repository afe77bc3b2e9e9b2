"""Effects: what each verdict changes in the record, within the transaction of the mail."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from aarshjul.acts.perform import act
from aarshjul.core.cycle import Telling
from aarshjul.core.duties import DutyKind
from aarshjul.core.errors import Refused
from aarshjul.files.act_forms import ActForm, Answer, Unsubscribe
from aarshjul.inbox.mail import Mail, ReportedRecipient
from aarshjul.inbox.telling import tell, tell_of_failure
from aarshjul.inbox.verdicts import (
    Answered,
    Bounced,
    Ignored,
    Outdated,
    PassedOn,
    Place,
    Proposed,
    Unsubscribing,
    Verdict,
    Why,
)
from calendars.reply import comparable
from models.chain import Event, append
from models.cycle import Cycle
from models.json_values import told_json
from models.loading import milestone_of
from models.message import Attempt, Message
from models.milestone import Invitation
from models.person import Person
from models.received import ReceivedMail
from models.sharing import sharers


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """One mail under way: its transaction and its row, which is written already."""

    session: Session
    row: ReceivedMail
    mail: Mail
    raw: bytes | None
    now: datetime


def carry_out(desk: Desk, verdict: Verdict) -> None:
    """Do what the verdict says, and write into the mail's row what was done."""
    _settle(desk, verdict)
    match verdict:
        case Answered():
            _answer(desk, verdict)
        case Unsubscribing():
            _unsubscribe(desk, verdict)
        case Bounced():
            _bounce(desk, verdict)
        case Proposed():
            _propose(desk, verdict)
        case PassedOn():
            _pass_on(desk, verdict)
        case Outdated():
            desk.row.outcome, desk.row.note = "outdated", verdict.note
        case Ignored():
            desk.row.outcome, desk.row.note = "ignored", verdict.note


def _settle(desk: Desk, verdict: Verdict) -> None:
    """What the mail is about, as far as the record has it."""
    place, row = verdict.place, desk.row
    row.cycle_id = _known(desk.session, col(Cycle.id), place.cycle)
    row.person_id = _known(desk.session, col(Person.id), place.person)
    row.milestone, row.reference = place.milestone if row.cycle_id else None, place.reference


def _known(session: Session, column: Any, value: str | None) -> str | None:
    """An id that a token or a message names, where there is such a row; the row itself stays unread and unlocked."""
    found: str | None = session.scalars(select(column).where(column == value)).one_or_none()
    return found


def _answer(desk: Desk, verdict: Answered) -> None:
    """The act `answer`, at the moment at which the answer was given, so that of two the later one stands."""
    place, session = verdict.place, desk.session
    form = Answer.model_validate(
        {"milestone": place.milestone, "reply": verdict.reply, "person": place.person}
    )
    if refusal := _refused(desk, "answer", verdict.by, form, place):
        _pass_on(desk, PassedOn(why=Why.REFUSED, note=refusal, place=place))
        return
    milestone = milestone_of(session, place.cycle or "", place.milestone or "")
    for row in sharers(session, milestone.id or 0) if milestone else ():  # all that one meeting carries
        invitation = session.get(Invitation, (row, place.person))
        if invitation is not None and invitation.answered_at == desk.now:
            invitation.answered_through = verdict.through
            invitation.answered_at = min(verdict.stamp or desk.now, desk.now)
    cycle = session.get_one(Cycle, place.cycle)
    event = Event(
        type="act",
        what="answer-read",
        milestone=place.milestone,
        phase=milestone.phase if milestone else None,
        who=verdict.by,
        facts={"received": desk.row.id, "through": verdict.through, "for_person": place.person},
    )
    session.flush()
    append(session, cycle, [event], desk.now)
    desk.row.outcome, desk.row.note = "answered", f"{verdict.reply}, through {verdict.through}"


def _unsubscribe(desk: Desk, verdict: Unsubscribing) -> None:
    place = verdict.place
    refusal = _refused(desk, "unsubscribe", place.person or "", Unsubscribe(), place)
    if refusal:
        _pass_on(desk, PassedOn(why=Why.NOT_UNSUBSCRIBED, note=refusal, place=place))
    else:
        desk.row.outcome, desk.row.note = "unsubscribed", "unsubscribed by mail"


def _refused(desk: Desk, name: str, by: str, form: ActForm, place: Place) -> str | None:
    """Do an act in the mail's transaction; where a rule forbids it nothing of it stays, and the rule's words return."""
    try:
        with desk.session.begin_nested():
            act(desk.session, place.cycle or "", by, name, form, desk.now)
    except Refused as refusal:
        return f"refused: {refusal}"
    return None


def _bounce(desk: Desk, verdict: Bounced) -> None:
    """A message that came back has failed, unless it is on its way anew; a copy that did not arrive leaves it sent."""
    session, row = desk.session, desk.row
    message = session.get_one(Message, verdict.message)
    own = comparable(message.address or "")
    for recipient in verdict.recipients:
        _note_attempt(desk, message, recipient)
    if any(own in recipient.addresses for recipient in verdict.recipients):
        fail = update(Message).where(
            col(Message.id) == message.id, col(Message.state).in_(("sent", "uncertain"))
        )
        session.execute(fail.values(state="failed", settled_at=desk.now, not_before=None))
    session.flush()
    count = tell_of_failure(session, row, message, desk.now)
    row.outcome, row.note = "bounced", f"a message came back; {count} told"


def _note_attempt(desk: Desk, message: Message, recipient: ReportedRecipient) -> None:
    """The ledger's line, and the mark at whoever has that address now."""
    session, now = desk.session, desk.now
    session.add(
        Attempt(
            message_id=message.id or 0,
            attempted_at=now,
            outcome="bounced",
            code=recipient.code,
            text=recipient.text or "a delivery report came back without a reason",
            recipient=recipient.addresses[0],
        )
    )
    lower = func.lower(col(Person.email)).in_(recipient.addresses)
    for person in session.scalars(select(Person).where(lower | (col(Person.id) == message.person_id))):
        if comparable(person.email) in recipient.addresses:
            person.bounced_at = now


def _propose(desk: Desk, verdict: Proposed) -> None:
    """Another time is for the coordinators to say yes to; nothing changes by itself."""
    cycle = desk.session.get_one(Cycle, verdict.place.cycle)
    zone = ZoneInfo(cycle.timezone)
    telling = _telling(verdict, zone)
    if telling is None:
        note = "another time is proposed, and does not say which"
        _pass_on(desk, PassedOn(why=Why.UNCLEAR, note=note, place=verdict.place))
        return
    facts = {
        "person": verdict.place.person,
        "proposed": told_json(telling),
        "comment": verdict.comment or None,
    }
    desk.row.raw = desk.raw
    told = tell(desk.session, desk.row, DutyKind.PROPOSED, desk.mail, facts, desk.now)
    desk.row.outcome, desk.row.note = "proposed" if told else "kept", f"another time is proposed; {told} told"


def _telling(verdict: Proposed, zone: ZoneInfo) -> Telling | None:
    """The proposed time on the cycle's own clocks; an end on another day is left out, as a milestone has one day."""
    starts, ends, location = verdict.starts, verdict.ends, verdict.location or None
    if starts is None:
        return None
    if not isinstance(starts, datetime):
        return Telling(on=starts, place=location)
    begins = _local(starts, zone)
    until = _local(ends, zone) if isinstance(ends, datetime) else None
    same_day = until is not None and until.date() == begins.date() and until > begins
    return Telling(
        on=begins.date(),
        at=f"{begins:%H:%M}",
        ends=f"{until:%H:%M}" if until is not None and same_day else None,
        place=location,
    )


def _local(moment: date | datetime, zone: ZoneInfo) -> datetime:
    at = moment if isinstance(moment, datetime) else datetime.combine(moment, datetime.min.time())
    return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)


def _pass_on(desk: Desk, verdict: PassedOn) -> None:
    """To a person, untouched; where there is none, or it is too large or broke us, it is kept in the mailbox."""
    row = desk.row
    row.raw = desk.raw
    facts = {"why": str(verdict.why)}
    told = tell(desk.session, row, DutyKind.RECEIVED, desk.mail, facts, desk.now)
    stays = verdict.why in (Why.TOO_LARGE, Why.FAILED) or not told
    row.outcome, row.note = "kept" if stays else "forwarded", f"{verdict.note}; {told} told"
