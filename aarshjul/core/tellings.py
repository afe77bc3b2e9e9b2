"""What people must be told once: invitations that are new or no longer true, and what has happened."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from aarshjul.core.cycle import Action, Cycle, Invited, Milestone, Notice, State, Telling
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.owing import is_over
from aarshjul.core.sharing import inviter, keeps, withdrawer

CALENDAR_KINDS = frozenset({DutyKind.MOVED, DutyKind.CANCEL})
POINT_OFF = 0
"""The offset of a cancellation in words alone: one point of a meeting that its reader stays invited to."""
ENTRY = "entry"
"""The fact of a cancellation that takes back an entry which its milestone had, and has no more: UID, SEQUENCE and stamp."""
PER_MILESTONE = CALENDAR_KINDS | {DutyKind.DECIDED}
Slot = tuple[str, str | None, int | None, str]


def invitations(cycle: Cycle, milestone: Milestone, now: datetime) -> Iterator[Duty]:
    """Invitations to send: to those who have none yet, to whom theirs is no longer true, to whom it is off."""
    if Action.INVITE not in milestone.actions and not milestone.invited:
        return
    if milestone.shares:
        yield from _shared_invitations(cycle, milestone, now)
        return
    wanted = {m.person for m in cycle.people(milestone.invitees)}
    telling = milestone.telling
    to_come = (
        milestone.state is State.OPEN and milestone.on is not None and not is_over(cycle, milestone, now)
    )
    if _all_know(milestone, wanted, telling, to_come=to_come):
        return
    for person in sorted(wanted | milestone.invited.keys()):
        invited = milestone.invited.get(person)
        if milestone.state is State.CANCELLED or milestone.on is None or person not in wanted:
            kind = _withdrawal(cycle, milestone, invited, now, wanted=person in wanted)
        else:
            kind = _invitation(invited, telling) if to_come else None
        if kind is not None:
            yield _duty(kind, cycle, milestone, person, invited)


def _shared_invitations(cycle: Cycle, milestone: Milestone, now: datetime) -> Iterator[Duty]:
    """Of an entry that several milestones share, one of them speaks to each person, and the others are silent.

    It is taken back from those whom none of them wants any more.
    """
    people = {member.person for member in cycle.people(milestone.invitees)} | milestone.invited.keys()
    for person in sorted(people):
        invited = milestone.invited.get(person)
        speaker, kind = inviter(milestone, person, now), None
        if speaker is milestone:
            kind = _invitation(invited, milestone.telling)
        elif speaker is None and not keeps(milestone, person) and withdrawer(milestone, person) is milestone:
            kind = _withdrawal(cycle, milestone, invited, now, wanted=False)
        if kind is not None:
            yield _duty(kind, cycle, milestone, person, invited)


def _duty(kind: DutyKind, cycle: Cycle, milestone: Milestone, person: str, invited: Invited | None) -> Duty:
    """The duty of telling; who was taken off the meeting before is asked again, and taken off again, under other keys."""
    was = invited.told if invited else None
    again = 0 if invited is None or (kind is DutyKind.UPDATE and was is not None) else invited.withdrawn
    revision = milestone.revision
    return Duty(kind, cycle.id, milestone.id, revision, offset=again or None, person=person, was=was)


def _all_know(milestone: Milestone, wanted: set[str], telling: Telling, *, to_come: bool) -> bool:
    """Whether nobody is to be told anything: so it is on nearly every day, and quick to see."""
    if milestone.state is State.CANCELLED or not milestone.invited.keys() <= wanted:
        return False
    if not to_come:
        return milestone.on is not None or not milestone.invited
    everybody = len(milestone.invited) == len(wanted)
    return everybody and all(each.asked and each.told == telling for each in milestone.invited.values())


def _withdrawal(
    cycle: Cycle, milestone: Milestone, invited: Invited | None, now: datetime, *, wanted: bool
) -> DutyKind | None:
    """All who were invited hear that it is off; of what was still to come who takes part no more, and who lost the date."""
    if invited is None or invited.told is None:
        return None
    off = milestone.state is State.CANCELLED and wanted
    return DutyKind.CANCEL if off or not is_over(cycle, invited.told, now) else None


def _invitation(invited: Invited | None, telling: Telling) -> DutyKind | None:
    if invited is None or not invited.asked:
        return DutyKind.INVITE
    return DutyKind.UPDATE if invited.told != telling else None


def noticed(cycle: Cycle, open_for_mail: set[str], told: list[Duty], now: datetime) -> list[Duty]:
    """The duties that notices ask for; a move that an invitation already tells is not told again."""
    in_calendar = {(duty.milestone, duty.person) for duty in told}
    found: dict[Slot, Duty] = {}
    for notice in cycle.notices:
        milestone = cycle.by_id[notice.milestone]
        if milestone.id not in open_for_mail or _has_lapsed(milestone, notice):
            continue
        for person in _audience(cycle, milestone, notice, now):
            tells = notice.kind in CALENDAR_KINDS and ENTRY not in notice.facts
            if tells and (milestone.id, person) in in_calendar:
                continue
            duty = _notice_duty(cycle, notice, person)
            slot = _slot(notice, person)
            found[slot] = _merged(found[slot], duty) if slot in found else duty
    return [duty for duty in found.values() if not _went_nowhere(cycle, duty)]


def _notice_duty(cycle: Cycle, notice: Notice, person: str) -> Duty:
    off = notice.kind == DutyKind.CANCEL and ENTRY not in notice.facts
    stays = off and keeps(cycle.by_id[notice.milestone], person)
    return Duty(
        DutyKind(notice.kind),
        cycle.id,
        notice.milestone,
        notice.revision,
        offset=POINT_OFF if stays else notice.number,
        person=person,
        was=notice.was,
        notice=notice.id,
    )


def _slot(notice: Notice, person: str) -> Slot:
    """What is told in one message: one milestone's moves, one decision, or all that fell at once."""
    per_milestone = notice.kind in PER_MILESTONE
    number = notice.number if notice.kind == DutyKind.DECIDED or ENTRY in notice.facts else None
    return notice.kind, notice.milestone if per_milestone else None, number, person


def _audience(cycle: Cycle, milestone: Milestone, notice: Notice, now: datetime) -> list[str]:
    """Who hears of a notice: the roles it names, else all whom the milestone concerns."""
    if ENTRY in notice.facts:  # they have it, whatever they are here by now
        return [member.person for member in cycle.members if member.person in notice.roles]
    members = cycle.people(notice.roles or tuple(dict.fromkeys(milestone.for_ + milestone.owed_by)))
    spared = {member.person for member in cycle.people(notice.except_roles)}
    if notice.kind in CALENDAR_KINDS:  # the calendar tells those who are invited; who is done is not affected
        owe = {member.person for member in cycle.people(milestone.owed_by)}
        spared |= milestone.done_by | {
            p for p, each in milestone.invited.items() if each.told or not each.asked
        }
        if milestone.shares:  # another cycle may be the one that invites them, or takes them off
            spared = spared.union(*(each.invited.keys() for _, each in milestone.shares))
            spared |= {member.person for member in members if keeps(milestone, member.person)}
            spared -= {m.person for m in members if _loses_a_point(cycle, milestone, notice, m.person, now)}
        spared |= {member.person for member in members if not member.wants_news} - owe
    if notice.kind == DutyKind.DECIDED:
        spared |= {member.person for member in members if not member.wants_news}
    return [member.person for member in members if member.person not in spared]


def _loses_a_point(cycle: Cycle, milestone: Milestone, notice: Notice, person: str, now: datetime) -> bool:
    """Whether somebody stays invited to a meeting to come, and one point of it that they know of is called off.

    No update of the entry would say so, as nothing that it asks for has changed.
    """
    invited = milestone.invited.get(person)
    known = invited.told if invited is not None else None
    if notice.kind != DutyKind.CANCEL or milestone.state is not State.CANCELLED or known is None:
        return False
    return keeps(milestone, person) and not is_over(cycle, known, now)


def _has_lapsed(milestone: Milestone, notice: Notice) -> bool:
    """A move of something that is over by now, or that lost its new date again, is nothing to tell."""
    return notice.kind == DutyKind.MOVED and (milestone.state is not State.OPEN or milestone.on is None)


def _went_nowhere(cycle: Cycle, duty: Duty) -> bool:
    """A move away and back, before anybody was told."""
    return duty.kind is DutyKind.MOVED and duty.was == cycle.by_id[duty.milestone or ""].telling


def _merged(first: Duty, second: Duty) -> Duty:
    """Two notices of a kind: the later revision is told, against what was known first; another milestone rides along."""
    if first.milestone != second.milestone:
        return replace(first, also=(*first.also, second))
    return replace(second, was=first.was)


def folded(cycle: Cycle, told: list[Duty]) -> list[Duty]:
    """One message a person for all that moved together: an update carries the dates that moved with its milestone."""
    moves = [notice for notice in cycle.notices if notice.kind == DutyKind.MOVED]
    if not moves:
        return told
    roots = {notice.milestone: notice.root or notice.milestone for notice in moves}
    groups: dict[tuple[str, str | None], list[Duty]] = {}
    carriers: dict[tuple[str, str | None], Duty] = {}
    for duty in told:
        root = roots.get(duty.milestone or "", "")
        if duty.kind is DutyKind.MOVED:
            groups.setdefault((root, duty.person), []).append(duty)
        elif duty.kind is DutyKind.UPDATE and ((root, duty.person) not in carriers or duty.milestone == root):
            carriers[root, duty.person] = duty
    result = []
    for duty in told:
        slot = (roots.get(duty.milestone or "", ""), duty.person)
        if duty.kind is not DutyKind.MOVED:
            rides = groups.pop(slot, []) if carriers.get(slot) is duty else []
            result.append(replace(duty, also=(*duty.also, *rides)))
    return result + [replace(group[0], also=tuple(group[1:])) for group in groups.values()]
