"""Sorting what calendars send: whose answer it is, who may give it, and whether it is about the date as it stands."""

from dataclasses import dataclass

from aarshjul.inbox.known import Invitee, Known, Meeting
from aarshjul.inbox.mail import Mail
from aarshjul.inbox.verdicts import Answered, Outdated, PassedOn, Place, Proposed, Verdict, Why
from calendars.reply import Answering, Reply, ReplyEvent

_REPLIES = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
_METHODS = ("REPLY", "COUNTER")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Match:
    """One line of a reply that is about somebody who was invited."""

    method: str
    event: ReplyEvent
    line: Answering
    meeting: Meeting
    invitee: Invitee

    @property
    def place(self) -> Place:
        meeting, invitee = self.meeting, self.invitee
        return Place(
            cycle=invitee.cycle or meeting.cycle,
            milestone=invitee.milestone or meeting.milestone,
            person=invitee.person,
        )


def sort_calendar(mail: Mail, known: Known) -> Verdict:
    """What becomes of a mail with calendar text in it."""
    ours = [reply for reply in mail.calendars if reply.method in _METHODS]
    if not ours:
        note = "calendar text that is no answer" if mail.calendars else "calendar text that cannot be read"
        return PassedOn(why=Why.UNCLEAR, note=note)
    meetings = {
        event.uid: known.meetings[event.uid]
        for reply in ours
        for event in reply.events
        if event.uid in known.meetings
    }
    if not meetings:
        return PassedOn(why=Why.UNKNOWN_MEETING, note="an answer to an invitation that is not ours")
    matches = _matches(ours, known)
    if not matches:
        meeting = next(iter(meetings.values()))
        place = Place(cycle=meeting.cycle, milestone=meeting.milestone)
        return PassedOn(why=Why.STRANGER, note="an answer for somebody who was not invited", place=place)
    return _of_matches(mail, matches)


def _of_matches(mail: Mail, matches: list[_Match]) -> Verdict:
    """The one line that its sender may answer for; where there are several, a person has to say which is meant."""
    allowed = [match for match in matches if _speaker(mail, match) is not None]
    if not allowed:
        return PassedOn(
            why=Why.FORGED, note="its sender may not answer for that person", place=matches[0].place
        )
    if len({(match.place.milestone, match.place.person, match.line.partstat) for match in allowed}) > 1:
        return PassedOn(why=Why.UNCLEAR, note="several answers in one mail", place=allowed[0].place)
    match = allowed[0]
    if match.meeting.over or match.invitee.over:
        return PassedOn(
            why=Why.OVER, note="an answer about a meeting that is over or cancelled", place=match.place
        )
    if match.method == "COUNTER":
        event = match.event
        said = {"comment": event.comment, "location": event.location}
        return Proposed(place=match.place, starts=event.starts, ends=event.ends, **said)
    return _answer(mail, match)


def _matches(replies: list[Reply], known: Known) -> list[_Match]:
    return [
        _Match(method=reply.method, event=event, line=line, meeting=meeting, invitee=invitee)
        for reply in replies
        for event in reply.events
        if (meeting := known.meetings.get(event.uid)) is not None
        for line in event.attendees
        for invitee in meeting.invitees
        if invitee.email == line.email
    ]


def _speaker(mail: Mail, match: _Match) -> tuple[str, str] | None:
    """Who answers and through what: the person, their secretary, or today's delegate; None for anybody else.

    From decides who may: a mail server vouches for its domain. Sender and SENT-BY, for which nobody vouches,
    only tell that a secretary wrote what is from the person.
    """
    invitee = match.invitee
    if mail.sender is None or mail.disowned:
        return None
    if mail.sender == invitee.email:
        wrote = {mail.sender_field, match.line.sent_by} - {None, invitee.email}
        return invitee.person, "secretary" if invitee.secretary in wrote else "mail"
    if mail.sender == invitee.secretary:
        return invitee.person, "secretary"
    if invitee.delegate is not None and mail.sender == invitee.delegate_email:
        return invitee.delegate, "mail"
    return None


def _answer(mail: Mail, match: _Match) -> Verdict:
    event, invitee, place = match.event, match.invitee, match.place
    reply = _REPLIES.get(match.line.partstat)
    if match.line.partstat == "DELEGATED":
        return PassedOn(why=Why.DELEGATED, note="the invitation was passed on to somebody else", place=place)
    if reply is None:
        return PassedOn(why=Why.UNCLEAR, note="an answer that is neither yes, no nor perhaps", place=place)
    if event.sequence is None and invitee.sequence > 0:
        return PassedOn(why=Why.UNCLEAR, note="an answer that does not say to which date", place=place)
    if (event.sequence or 0) < invitee.sequence:
        return Outdated(place=place, note="an answer to an earlier date")
    stamp = event.stamp or mail.sent_at
    if stamp is not None and invitee.answered_at is not None and stamp < invitee.answered_at:
        return Outdated(place=place, note="an answer from before the one that stands")
    by, through = _speaker(mail, match) or (invitee.person, "mail")
    return Answered(place=place, reply=reply, by=by, through=through, stamp=stamp)
