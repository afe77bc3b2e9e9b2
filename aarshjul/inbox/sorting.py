"""Sorting: what a mail is, from itself and from what is known; pure, and in the order in which it is asked."""

from dataclasses import replace

from aarshjul.core.duties import DutyKind
from aarshjul.inbox.answers import sort_calendar
from aarshjul.inbox.known import Known
from aarshjul.inbox.mail import Mail, Report, ReportedRecipient
from aarshjul.inbox.verdicts import Bounced, Ignored, PassedOn, Place, Unsubscribing, Verdict, Why

_ABOUT_MAIL = frozenset({DutyKind.UNDELIVERED, DutyKind.RECEIVED, DutyKind.PROPOSED})


def sort_mail(mail: Mail, known: Known) -> Verdict:
    """What becomes of a mail. What no rule knows goes to a person."""
    if not mail.whole:
        return PassedOn(why=Why.TOO_LARGE, note="too large to be fetched", place=_thread(mail, known))
    if mail.report is None and _is_ours(mail, known):
        return Ignored(note="a message of ours that came back whole")
    if mail.report is not None:
        return _report(mail.report, known)
    if mail.calendars or mail.calendar_broken:
        return sort_calendar(mail, known)
    return _other(mail, known)


def _other(mail: Mail, known: Known) -> Verdict:
    place = _thread(mail, known)
    if mail.damaged:
        return PassedOn(why=Why.DAMAGED, note="it cannot be taken apart", place=place)
    if mail.from_a_mail_system:
        return PassedOn(why=Why.UNREAD_REPORT, note="a report of a mail system in no known form", place=place)
    if known.unsubscribing is not None:
        cycle, person = known.unsubscribing
        return Unsubscribing(place=Place(cycle=cycle, person=person))
    if mail.receipt or mail.automatic:
        return Ignored(note="a receipt" if mail.receipt else "an automatic answer", place=place)
    return PassedOn(why=Why.OTHER, note="no answer to an invitation", place=place)


def _is_ours(mail: Mail, known: Known) -> bool:
    """Whether it is a message of ours.

    One about received mail is, whoever sends it back to us: two machines would go on for ever.
    """
    if not mail.duties:
        return False
    return known.sender_address in mail.senders or not _ABOUT_MAIL.isdisjoint(mail.duties)


def _thread(mail: Mail, known: Known) -> Place:
    """The message of ours that a mail answers says which cycle it belongs to."""
    for name in mail.references:
        if name in known.sent:
            sent = known.sent[name]
            return Place(cycle=sent.cycle, milestone=sent.milestone, reference=name)
    return Place()


def _report(report: Report, known: Known) -> Verdict:
    name = next((name for name in report.references if name in known.sent), None)
    if name is None:
        return PassedOn(why=Why.REPORT, note="a delivery report that names no message of ours")
    sent = known.sent[name]
    place = Place(cycle=sent.cycle, milestone=sent.milestone, person=sent.person, reference=name)
    ours = tuple(_only(each, sent.recipients) for each in report.recipients)
    ours = tuple(each for each in ours if each.addresses)
    if not ours:
        note = "a delivery report about an address that the message was not sent to"
        return PassedOn(why=Why.REPORT, note=note, place=place)
    failed = tuple(each for each in ours if each.action == "failed")
    if failed:
        return Bounced(place=place, message=sent.id, recipients=failed)
    actions = sorted({each.action for each in ours} & {"delayed", "delivered", "relayed", "expanded"})
    if not actions:
        return PassedOn(
            why=Why.UNREAD_REPORT, note="a delivery report that does not say what happened", place=place
        )
    return Ignored(note=f"a delivery report: {', '.join(actions)}", place=place)


def _only(recipient: ReportedRecipient, known: frozenset[str]) -> ReportedRecipient:
    """A recipient without the addresses that the message was not sent to: a report must not mark somebody else's."""
    return replace(recipient, addresses=tuple(each for each in recipient.addresses if each in known))
