"""Sorting what is picked: what has lapsed falls out, of a backlog the latest goes, and a digest carries what it can.

The rules are the core's (`aarshjul.core.outgoing`); here rows become its values, and its answers become rows.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.duties import DutyKind
from aarshjul.core.outgoing import Waiting, latest
from aarshjul.core.owing import owing
from aarshjul.core.sharing import keeps
from models.message import Message
from notifications.backlog import Views, supersede, touched, waiting_value
from notifications.folding import failures_together, folded
from notifications.retelling import retell, without_the_uninvited
from notifications.sharing import ASKS, taken_back

_FOR_WHO_LEFT = frozenset({DutyKind.CANCEL, DutyKind.UNDELIVERED, DutyKind.RECEIVED, DutyKind.PROPOSED})
"""What takes a meeting out of their calendar goes; so does what nobody else would hear of."""
_NEWS = frozenset({DutyKind.SCORE, DutyKind.DECIDED})


def sort_out(session: Session, picked: Sequence[Message], views: Views, now: datetime) -> list[Message]:
    """What of these goes now, in its order; the others are superseded, or merged into a digest."""
    asked = _Asked(views, now)
    going = _still_true(picked, asked.still, now)
    going = _latest(session, going, views, now)
    going = without_the_uninvited(session, going, views, now)
    going = retell(session, going, views, now)
    going = folded(session, failures_together(going, now), views, now)
    return _still_true(going, asked.has_something, now)


def _still_true(
    messages: Sequence[Message], still: Callable[[Message], bool], now: datetime
) -> list[Message]:
    lapsed = {message.id for message in messages if not touched(message) and not still(message)}
    supersede((message for message in messages if message.id in lapsed), now)
    return [message for message in messages if message.id not in lapsed]


class _Asked:
    """Who still owes what, found once for each milestone."""

    def __init__(self, views: Views, now: datetime) -> None:
        self._views = views
        self._now = now
        self._owing: dict[tuple[str, str], frozenset[str]] = {}

    def still(self, message: Message) -> bool:
        """Whether a message is still for its reader, and what it asks for still owed."""
        view, kind = self._views[message.cycle_id], DutyKind(message.kind)
        member = view.by_person.get(message.person_id)
        if member is None or (member.left and kind not in _FOR_WHO_LEFT and not _is_kept(view, message)):
            return False
        if kind in _NEWS and not member.wants_news:
            return False
        if kind is DutyKind.REMIND:
            return self._owes(message.key)
        return kind is not DutyKind.ESCALATE or self._is_late(view, message)

    def has_something(self, message: Message) -> bool:
        """Whether a digest has anything in it: a part, or a line that is still true."""
        if message.kind != DutyKind.DIGEST:
            return True
        facts = message.facts or {}
        lines = [key for key in facts.get("also", ()) if key.split("/")[3] == DutyKind.REMIND]
        return bool(facts.get("parts")) or any(map(self._owes, lines))

    def _is_late(self, view: core.Cycle, message: Message) -> bool:
        """Whether what was missed still is."""
        milestone = view.by_id[message.milestone or ""]
        is_open = view.active and milestone.state is core.State.OPEN
        if not is_open or milestone.revision != message.revision:
            return False
        return milestone.kind is core.Kind.MEETING or bool(self._who_owes(view, milestone))

    def _owes(self, reminder: str) -> bool:
        """Whether that reminder is still to be given; none 'before' a date is, once that has passed."""
        cycle_id, slug, revision, _, offset, person = reminder.split("/")
        cycle = self._views[cycle_id]
        milestone = cycle.by_id[slug]
        passed = milestone.on is None or milestone.on < cycle.today(self._now)
        if not cycle.active or str(milestone.revision) != revision or (passed and int(offset) <= 0):
            return False
        return person in self._who_owes(cycle, milestone)

    def _who_owes(self, cycle: core.Cycle, milestone: core.Milestone) -> frozenset[str]:
        key = (cycle.id, milestone.id)
        if key not in self._owing:
            who = owing(cycle, milestone, cycle.today(self._now))
            self._owing[key] = frozenset(member.person for member in who)
        return self._owing[key]


def _is_kept(view: core.Cycle, message: Message) -> bool:
    """Whether who left this cycle is still invited to the same meeting by another: then it goes for that one."""
    milestone = view.by_id.get(message.milestone or "")
    return message.kind in ASKS and milestone is not None and keeps(milestone, message.person_id)


# --- the latest of a backlog -------------------------------------------------------------------------------------


def _latest(session: Session, going: list[Message], views: Views, now: datetime) -> list[Message]:
    mine = {message.id or 0: message for message in going}
    backlog = _others(session, going)
    due = [
        waiting_value(m, views[m.cycle_id]) for m in (*going, *backlog) if m.id in mine or _was_due(m, now)
    ]
    held = [waiting_value(m, views[m.cycle_id]) for m in backlog if not _was_due(m, now)]
    replaced = _in_place_of_others(due, held)
    # One that takes back an entry of its own goes, whatever is told of the one that came after it.
    replaced = {old: new for old, new in replaced.items() if not _takes_back(mine, backlog, old)}
    if not replaced:
        return going
    behind = {message.id or 0: message for message in backlog}
    for old, new in replaced.items():
        message = mine.get(old) or behind[old]
        supersede([message], now)
        _hand_on_the_welcome(message, mine.get(new) or behind[new])
    return [message for key, message in mine.items() if key not in replaced]


def _in_place_of_others(due: Sequence[Waiting], held: Sequence[Waiting]) -> dict[int, int]:
    """What is replaced, and by what: what is held back gives way to what goes before it, but not the reverse."""
    newest: dict[tuple[str, str, str | None], tuple[datetime, int, int]] = {}
    for each in due:
        about = (each.cycle, each.person, each.milestone)
        newest[about] = max(each.order, newest.get(about, each.order))
    overtaken = [h for h in held if h.order < newest.get((h.cycle, h.person, h.milestone), h.order)]
    held_back = {each.id for each in overtaken}
    replaced = latest([*due, *overtaken])
    return {old: new for old, new in replaced.items() if new not in held_back}


def _takes_back(mine: dict[int, Message], backlog: list[Message], key: int) -> bool:
    message = mine.get(key) or next(each for each in backlog if each.id == key)
    return taken_back(message) is not None


def _was_due(message: Message, now: datetime) -> bool:
    """Whether its time has come, or had come and it is to be tried again."""
    return message.not_before is None or message.not_before <= now or message.attempts > 0


def _others(session: Session, going: Sequence[Message]) -> list[Message]:
    """What else waits for the same people on this channel, beyond this batch, and held back ones."""
    if not going:
        return []
    query = select(Message).where(
        col(Message.channel) == going[0].channel,
        col(Message.state) == "waiting",
        col(Message.claimed_by).is_(None),
        col(Message.cycle_id).in_({message.cycle_id for message in going}),
        col(Message.person_id).in_({message.person_id for message in going}),
        col(Message.id).not_in([message.id for message in going]),
    )
    return list(session.scalars(query.with_for_update(skip_locked=True)))


def _hand_on_the_welcome(old: Message, new: Message) -> None:
    keys = [key for key in (old.facts or {}).get("also", ()) if key.split("/")[3] == DutyKind.WELCOME]
    if keys:
        facts = new.facts or {}
        new.facts = {**facts, "also": [*facts.get("also", ()), *keys]}
