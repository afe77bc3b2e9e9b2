"""What of a backlog still goes, at the moment of going: the latest of each thing, as news to whoever gets it.

All of it is about one channel: what reached somebody by Teams may still be news in their mailbox.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aarshjul.core.cycle import Telling
from aarshjul.core.duties import DutyKind

ABOUT_THE_DATE = frozenset(
    {
        *(DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL, DutyKind.MOVED, DutyKind.REOPENED),
        *(DutyKind.REMIND, DutyKind.ESCALATE),
    }
)
"""Of these the latest says it all, as every message gives the date as it is now."""
OUTDATED_NEWS = frozenset({DutyKind.RETURNED, DutyKind.SCORE})
"""News that the next of its kind makes old; what was decided stays news, as two bodies can decide one thing."""
ASKS = frozenset({DutyKind.REMIND, DutyKind.ESCALATE})
FOLDABLE = (
    ASKS
    | OUTDATED_NEWS
    | {DutyKind.DECIDED, DutyKind.DIGEST, DutyKind.MOVED, DutyKind.CANCEL, DutyKind.REOPENED}
)
"""What a digest can carry, as long as it is nothing for a calendar."""
_TELLS = frozenset({DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL, DutyKind.MOVED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A message that has still to go over one channel.

    Attributes:
        id: its row.
        key: its duty's key.
        was: what the person was told before, as the duty had it; `rides` are the other milestones that it
            tells of (what moved along, what fell as well), each with what was told of it before.
        in_calendar: whether it carries a calendar part.
        touched: whether it may have reached the person already: such a one goes again as it is.
    """

    id: int
    key: str
    cycle: str
    kind: DutyKind
    person: str
    milestone: str | None
    revision: int | None
    owed_at: datetime
    was: Telling | None = None
    rides: Mapping[str, Telling | None] = field(default_factory=dict)
    in_calendar: bool = False
    touched: bool = False

    @property
    def order(self) -> tuple[datetime, int, int]:
        """Messages in the order in which they came up, without ties."""
        return self.owed_at, self.revision or 0, self.id


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """A message that never reached its reader: superseded, withdrawn or failed."""

    kind: DutyKind
    was: Telling | None = None
    rides: Mapping[str, Telling | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Retold:
    """What a message must be for somebody who knows less than its duty supposed."""

    kind: DutyKind
    was: Telling | None = None
    rides: Mapping[str, Telling | None] = field(default_factory=dict)


# --- which go ----------------------------------------------------------------------------------------------------


def latest(waiting: Iterable[Waiting]) -> dict[int, int]:
    """Which messages need not go as another one says it, and which one that is.

    For each person and milestone, the latest message about its date stays; one that tells of a change stands in
    for reminders of any age. One for the calendar is replaced only by a later one for the calendar: the entry
    must arrive. So does,
    where there is none for the calendar, one that tells of several dates. Of returns and of scores the latest
    stays, and every decision. What may have reached somebody is never replaced, and stands in for no later
    reminder.

    Returns:
        The id of what is replaced, to the id of what goes in its place.
    """
    groups: dict[tuple[str, ...], list[Waiting]] = defaultdict(list)
    for message in waiting:
        if message.milestone is not None and message.kind in ABOUT_THE_DATE:
            groups[message.cycle, message.person, message.milestone].append(message)
        elif message.milestone is not None and message.kind in OUTDATED_NEWS:
            which = message.key.split("/")[
                4
            ]  # two bodies may decide at one milestone: neither stands for the other
            groups[message.cycle, message.person, message.milestone, message.kind, which].append(message)
    replaced: dict[int, int] = {}
    stays: dict[tuple[str, str], list[Waiting]] = defaultdict(list)
    for group in groups.values():
        in_place_of = _within(sorted(group, key=lambda each: each.order))
        replaced |= in_place_of
        for message in group:
            if message.id not in in_place_of and message.kind in ABOUT_THE_DATE:
                stays[message.cycle, message.person].append(message)
    return _without_loss(replaced, groups, stays)


def _within(group: Sequence[Waiting]) -> dict[int, int]:
    """What is replaced among messages to one person about one thing, which come in their order."""
    heavy = [each for each in group if each.in_calendar] or [each for each in group if each.rides]
    entry = heavy[-1] if heavy else None
    replaced = {each.id: entry.id for each in group if entry is not None and _stands_in(entry, each)}
    left = [each for each in group if each.id not in replaced]
    # What says that a date changed gives the new one as well: a reminder of it adds nothing, but not the reverse.
    telling = [each for each in left if each.kind not in ASKS and not each.touched]
    newest = telling[-1] if telling and left[-1].kind is DutyKind.REMIND else left[-1]
    for each in group:
        if each is not newest and not each.in_calendar and not each.touched:
            replaced.setdefault(each.id, newest.id)
    return _without_what_came_before(replaced, group)


def _without_what_came_before(replaced: Mapping[int, int], group: Sequence[Waiting]) -> dict[int, int]:
    """What may have reached somebody stands in for nothing later, not even by way of another message."""
    by_id = {each.id: each for each in group}
    found = {}
    for old, new in replaced.items():
        last = by_id[_last_of(replaced, new)]
        if not (last.touched and last.order < by_id[old].order):
            found[old] = new
    return found


def _stands_in(entry: Waiting, other: Waiting) -> bool:
    """Whether the latest calendar part (or message about several dates) makes another message needless."""
    if other is entry or other.touched:
        return False
    is_earlier = other.order < entry.order
    return (other.in_calendar and is_earlier) or (other.kind in ASKS and (is_earlier or not entry.touched))


def _without_loss(
    replaced: Mapping[int, int],
    groups: Mapping[tuple[str, ...], Sequence[Waiting]],
    stays: Mapping[tuple[str, str], Sequence[Waiting]],
) -> dict[int, int]:
    """A message that tells of other milestones as well goes, too, unless what stays tells of those.

    A date takes them over from an earlier one about the same milestone, see `retold`.
    """
    kinds = {message.id: message.kind for group in groups.values() for message in group}
    kept = set()
    for message in (each for group in groups.values() for each in group if each.id in replaced):
        if message.rides and not {message.kind, kinds[replaced[message.id]]} <= _TELLS:
            later = [each for each in stays[message.cycle, message.person] if each.order > message.order]
            told = {name for each in later for name in (each.milestone, *each.rides)}
            if not message.rides.keys() <= told:
                kept.add(message.id)
    gone = {old: new for old, new in replaced.items() if old not in kept}
    return {old: _last_of(gone, new) for old, new in gone.items()}


def _last_of(gone: Mapping[int, int], message: int) -> int:
    while message in gone:  # each goes to a later one, or to one that goes to later ones alone
        message = gone[message]
    return message


# --- as what -----------------------------------------------------------------------------------------------------


def retold(past: Sequence[Past], waiting: Waiting, now: Mapping[str, Telling]) -> Retold | None:
    """What a message must be, given what never arrived before it; None where there is nothing left to tell.

    An update for somebody whose invitation never arrived is their invitation, and a cancellation for them is
    nothing. What was told before is what was known before the first message that never arrived; a move away
    and back is nothing.

    Args:
        past: those messages to the same person about the same milestone that never arrived since the last
            one that did, in their order.
        waiting: the message.
        now: what is to be told of each milestone now.
    """
    if waiting.kind not in _TELLS:
        return Retold(kind=waiting.kind, was=waiting.was, rides=waiting.rides)
    unheard = [each for each in past if each.kind in _TELLS]
    rides = _still_news(unheard, waiting, now)
    first = unheard[0] if unheard else waiting
    never_invited = first.kind is DutyKind.INVITE
    if waiting.kind is DutyKind.CANCEL:
        return None if never_invited and not rides else Retold(kind=waiting.kind, was=first.was, rides=rides)
    if waiting.kind in (DutyKind.INVITE, DutyKind.UPDATE) and never_invited:
        return Retold(kind=DutyKind.INVITE, rides=rides)
    kind = DutyKind.UPDATE if waiting.kind is DutyKind.INVITE else waiting.kind
    was = waiting.was if never_invited else first.was
    is_known = was is not None and was == now.get(waiting.milestone or "")
    return None if is_known and not rides else Retold(kind=kind, was=was, rides=rides)


def _still_news(
    unheard: Sequence[Past], waiting: Waiting, now: Mapping[str, Telling]
) -> dict[str, Telling | None]:
    """The other milestones that a message tells of, against what was known of them, less those that moved back."""
    known: dict[str, Telling | None] = {}
    for rides in (*(each.rides for each in unheard), waiting.rides):
        for milestone, was in rides.items():
            known.setdefault(milestone, was)
    return {name: was for name, was in known.items() if was is None or was != now.get(name)}


# --- together ----------------------------------------------------------------------------------------------------


def fold(
    waiting: Iterable[Waiting], wants_digest: Container[str], urgent: Container[int] = frozenset()
) -> dict[tuple[str, str], list[int]]:
    """What goes to one person now as one digest, for those who want that: two messages or more.

    Nothing for a calendar, nothing urgent, and nothing that may have reached them already.

    Args:
        waiting: what goes now.
        wants_digest: the people who want a digest.
        urgent: the ids of messages that do not wait for company.

    Returns:
        For each cycle and person, the ids in the order in which they came up.
    """
    groups: dict[tuple[str, str], list[Waiting]] = defaultdict(list)
    for message in waiting:
        is_free = not message.in_calendar and not message.touched and message.id not in urgent
        if is_free and message.kind in FOLDABLE and message.person in wants_digest:
            groups[message.cycle, message.person].append(message)
    return {
        who: [each.id for each in sorted(group, key=lambda each: each.order)]
        for who, group in sorted(groups.items())
        if len(group) > 1
    }
