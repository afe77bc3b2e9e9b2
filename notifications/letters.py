"""Rows to letters: one message, with everything that its words need."""

from dataclasses import replace
from datetime import date, datetime
from urllib.parse import quote

from aarshjul.core import cycle as core
from aarshjul.core.duties import DutyKind
from aarshjul.core.restraint import copies_to
from calendars.address import Address
from calendars.invitation import Method, PartStat, invitation
from calendars.occasions import invited_item
from models.json_values import told_as
from models.message import Message
from models.person import Person
from notifications.desk import CALENDAR_KINDS, Desk
from notifications.draft_changes import change_facts
from notifications.letter import Invite, Letter, Recipient
from notifications.letter_facts import (
    decision_facts,
    milestone_facts,
    proposed_facts,
    received_facts,
    score_facts,
    undelivered_facts,
)
from notifications.sharing import as_it_stands, asks_for_an_answer, is_point_off, of_the_meeting, taken_back

KNOWN_ROLES = frozenset(
    {core.COORDINATOR, core.HOLDER, core.BOARD, core.COUNCIL, core.WORKING_GROUP, core.SUBSCRIBER}
)
"""The roles that have words of their own; a cycle's own roles are named only where somebody has no other."""
_ABOUT_A_DECISION = frozenset({DutyKind.DECIDED, DutyKind.RETURNED, DutyKind.REOPENED})
_PASSED_ON = frozenset({DutyKind.RECEIVED, DutyKind.PROPOSED})


def letter_for(desk: Desk, message: Message) -> Letter:
    """One message with everything that its words need.

    Raises:
        NotificationError: where it cannot be written.
        LookupError: where something is not there that it tells of.
    """
    cycle, view = desk.cycles[message.cycle_id], desk.views[message.cycle_id]
    office, person, facts = desk.office, desk.people[message.person_id], message.facts or {}
    kind = DutyKind(facts.get("as", message.kind))
    language = person.language or cycle.language
    mail = desk.received.get(facts.get("received", 0))
    return Letter(
        duties=(message.key, *facts.get("also", ())),
        kind=kind,
        language=language,
        recipient=_recipient(desk, view, person, view.today(desk.now)),
        sender=office.sender,
        reply_to=office.reply_to,
        on=desk.now.astimezone(view.zone),
        cycle=cycle.title,
        holder=cycle.holder,
        council=cycle.council,
        milestones=milestone_facts(desk, view, message, kind),
        decision=decision_facts(desk, facts) if kind in _ABOUT_A_DECISION else None,
        score=score_facts(desk, message, language)
        if kind is DutyKind.SCORE or "attainment" in facts
        else None,
        changes=change_facts(desk.session, cycle.id, facts, language) if kind is DutyKind.REOPENED else None,
        invite=_invite(desk, view, message, person, language) if kind in CALENDAR_KINDS else None,
        link=_link(desk, view, message, kind),
        parts=tuple(letter_for(desk, desk.parts[part]) for part in facts.get("parts", ())),
        undelivered=undelivered_facts(desk, message),
        received=received_facts(desk, facts) if kind in _PASSED_ON else None,
        proposed=proposed_facts(desk, facts) if kind is DutyKind.PROPOSED else None,
        attachment=mail.raw if mail is not None and kind in _PASSED_ON else None,
        copies=_copies(desk, view, message, kind),
        thread=_thread(desk, message),
        unsubscribe=_unsubscribe(desk, view, person),
    )


def _recipient(desk: Desk, view: core.Cycle, person: Person, today: date) -> Recipient:
    roles = _roles(view, person.id)
    absent = [m.person for m in view.delegating if m.delegate_on(today) == person.id]
    return Recipient(
        person=person.id,
        address=Address(name=person.name, email=person.email),
        roles=tuple(sorted(roles & KNOWN_ROLES or roles)),
        delegate_for=desk.people[absent[0]].name if absent else None,
        teams=person.teams,
    )


def _roles(view: core.Cycle, person: str) -> frozenset[str]:
    member = view.by_person.get(person)
    return member.roles if member is not None else frozenset()


def _unsubscribe(desk: Desk, view: core.Cycle, person: Person) -> tuple[str, ...]:
    """Where somebody gets off what is not a duty; an office cannot be opted out of."""
    if desk.office.unsubscribe is None or _roles(view, person.id) & core.BOUND_ROLES:
        return ()
    return desk.office.unsubscribe(view.id, person.id)


def _copies(desk: Desk, view: core.Cycle, message: Message, kind: DutyKind) -> tuple[Address, ...]:
    """Who stands in for somebody absent reads the reminder as well."""
    milestone = view.by_id.get(message.milestone or "")
    if kind is not DutyKind.REMIND or milestone is None:
        return ()
    delegate = copies_to(view, view.by_person[message.person_id], milestone, view.today(desk.now))
    if delegate is None:
        return ()
    row = desk.people[delegate]
    return (Address(name=row.name, email=row.email),)


def _link(desk: Desk, view: core.Cycle, message: Message, kind: DutyKind) -> str | None:
    """The reader's own page, there what the message is about.

    None where somebody else gets the same bytes, who would act as the reader by it, and for whoever has left.
    """
    member = view.by_person.get(message.person_id)
    if desk.office.page is None or member is None or member.left or _copies(desk, view, message, kind):
        return None
    # All links of before a moment may have been stopped; this one goes to the address on record after that.
    stopped = desk.links_since.get((view.id, message.person_id), message.owed_at)
    page = desk.office.page(view.id, message.person_id, max(message.owed_at, stopped))
    return f"{page}{_part_of_page(view, message, kind)}" if page else None


def _part_of_page(view: core.Cycle, message: Message, kind: DutyKind) -> str:
    milestone = view.by_id.get(message.milestone or "")
    if kind is DutyKind.SCORE or "attainment" in (message.facts or {}):
        return "/goals"
    if kind in _ABOUT_A_DECISION or (kind is DutyKind.REMIND and milestone and _is_approval(milestone)):
        takes_part = _roles(view, message.person_id) - {core.SUBSCRIBER}
        return "/approval" if takes_part else "/draft"  # who follows reads the text that was published
    return f"/milestones/{quote(milestone.id, safe='')}" if milestone else ""


def _is_approval(milestone: core.Milestone) -> bool:
    return milestone.kind is core.Kind.DECISION and milestone.phase is core.Phase.APPROVAL


def _thread(desk: Desk, message: Message) -> str | None:
    first = desk.threads.get((message.cycle_id, message.milestone or "", message.person_id))
    return first if first != message.key else None


def _invite(desk: Desk, view: core.Cycle, message: Message, person: Person, language: str) -> Invite | None:
    own = view.by_id[message.milestone or ""]
    cancelled = message.kind == DutyKind.CANCEL
    silent = (own.on is None and not cancelled) or is_point_off(message)
    if silent or (own.row, person.id) not in desk.partstats:
        return None
    milestone = as_it_stands(own, person.id, DutyKind(message.kind))
    back, was = taken_back(message), told_as((message.facts or {}).get("was"))
    if back is not None and was is not None:
        milestone = replace(milestone, on=was.on, at=was.at, ends=was.ends, place=was.place)
    elif milestone.on is None:  # it has lost its date: taken back as it was
        milestone = replace(milestone, on=milestone.last_on)
    row, kept = desk.milestones[view.id, own.id], desk.entries[own.row]
    item = invited_item(desk.cycles[view.id], row, milestone, kept, language, desk.office.web_url)
    # Of two with one SEQUENCE the later counts (RFC 5546, 2.1.5): who left and came back is asked anew.
    item = replace(item, stamp=max(item.stamp, message.owed_at))
    if back is not None:
        stamp = datetime.fromisoformat(back["stamp"])
        item = replace(item, uid=back["uid"], sequence=back["sequence"], stamp=stamp)
    method = Method.CANCEL if cancelled else Method.REQUEST
    ics = invitation(
        item=of_the_meeting(item, desk.titles, own, person.id),
        method=method,
        organizer=desk.office.sender,
        attendee=Address(name=person.name, email=person.email),
        partstat=PartStat(desk.partstats[own.row, person.id].upper()),
        asks=asks_for_an_answer(own, person.id),
    )
    return Invite(ics=ics, method=method)
