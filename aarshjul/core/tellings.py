"""What people must be told once: invitations that are new or no longer true, and what has happened."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from aarshjul.core.cycle import Action, Cycle, Invited, Milestone, Notice, State
from aarshjul.core.duties import Duty, DutyKind
from aarshjul.core.owing import is_over

CALENDAR_KINDS = frozenset({DutyKind.MOVED, DutyKind.CANCEL})
PER_MILESTONE = CALENDAR_KINDS | {DutyKind.DECIDED}


def invitations(cycle: Cycle, milestone: Milestone, now: datetime) -> Iterator[Duty]:
    """Invitations to send: to those who have none yet, to whom theirs is no longer true, to whom it is off."""
    if Action.INVITE not in milestone.actions and not milestone.invited:
        return
    wanted = {m.person for m in cycle.people(milestone.invitees)}
    present = {m.person for m in cycle.members if not m.left}
    to_come = milestone.on is not None and not is_over(cycle, milestone, now)
    for person in sorted(wanted | milestone.invited.keys()):
        invited = milestone.invited.get(person)
        kind = _invitation_kind(milestone, invited, wanted=person in wanted, to_come=to_come)
        if kind is None or (person not in present and kind is not DutyKind.CANCEL):
            continue
        yield Duty(
            kind,
            cycle.id,
            milestone.id,
            milestone.revision,
            person=person,
            was=invited.told if invited else None,
        )


def _invitation_kind(
    milestone: Milestone, invited: Invited | None, *, wanted: bool, to_come: bool
) -> DutyKind | None:
    known = invited is not None and invited.told is not None
    if milestone.state is State.CANCELLED or (milestone.state is State.OPEN and not wanted):
        was_to_come = (
            known and invited is not None and invited.told is not None and invited.told.on is not None
        )
        return DutyKind.CANCEL if was_to_come and (to_come or milestone.state is State.CANCELLED) else None
    if milestone.state is not State.OPEN or not to_come:
        return None
    if invited is None or not invited.asked:
        return DutyKind.INVITE
    return DutyKind.UPDATE if invited.told != milestone.telling else None


def noticed(cycle: Cycle, open_for_mail: set[str], told: list[Duty]) -> list[Duty]:
    """The duties that notices ask for; a move that an invitation already tells is not told again."""
    calendar_told = {(duty.milestone, duty.person) for duty in told}
    found: dict[tuple[str, str | None, str], Duty] = {}
    for notice in cycle.notices:
        milestone = cycle.by_id[notice.milestone]
        if milestone.id not in open_for_mail or _pointless(milestone, notice):
            continue
        for person in _audience(cycle, milestone, notice):
            if (milestone.id, person) in calendar_told:
                continue
            slot = (notice.kind, notice.milestone if notice.kind in PER_MILESTONE else None, person)
            duty = Duty(
                DutyKind(notice.kind),
                cycle.id,
                notice.milestone,
                notice.revision,
                person=person,
                was=notice.was,
                notice=notice.id,
            )
            found[slot] = _merged(found[slot], duty) if slot in found else duty
    return list(found.values())


def _audience(cycle: Cycle, milestone: Milestone, notice: Notice) -> list[str]:
    """Who hears of a notice: the roles it names, else all whom the milestone concerns."""
    members = cycle.people(notice.roles or tuple(dict.fromkeys(milestone.for_ + milestone.owed_by)))
    spared = {member.person for member in cycle.people(notice.except_roles)}
    if notice.kind in CALENDAR_KINDS:  # the calendar tells those who are invited; who is done is not affected
        spared |= milestone.done_by | milestone.invited.keys()
    if notice.kind == DutyKind.DECIDED:
        spared |= {member.person for member in members if not member.subscribed}
    return [member.person for member in members if member.person not in spared]


def _pointless(milestone: Milestone, notice: Notice) -> bool:
    """A move back to where it was, or of something that is over by now, is nothing to tell."""
    if notice.kind != DutyKind.MOVED:
        return False
    return milestone.state is not State.OPEN or notice.was == milestone.telling


def _merged(first: Duty, second: Duty) -> Duty:
    """Two notices of a kind: the later revision is told, against what was known first; another milestone rides along."""
    if first.milestone != second.milestone:
        return replace(first, also=(*first.also, second))
    return replace(second, was=first.was)


def folded(cycle: Cycle, told: list[Duty]) -> list[Duty]:
    """One message a person for all that moved together: an update carries the deadlines that followed its meeting."""
    roots = {notice.id: notice.root for notice in cycle.notices}
    groups: dict[tuple[str | None, str | None], list[Duty]] = {}
    for duty in told:
        if duty.kind is DutyKind.MOVED:
            groups.setdefault((roots[duty.notice or 0], duty.person), []).append(duty)
    if not groups:
        return told
    result = []
    for duty in told:
        if duty.kind is DutyKind.UPDATE:
            result.append(replace(duty, also=tuple(groups.pop((duty.milestone, duty.person), ()))))
        elif duty.kind is not DutyKind.MOVED:
            result.append(duty)
    return result + [replace(group[0], also=tuple(group[1:])) for group in groups.values()]
