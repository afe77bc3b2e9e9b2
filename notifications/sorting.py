"""Sorting what is picked: what has lapsed falls out, of a backlog the latest goes, and a digest carries what it can.

The rules are the core's (`aarshjul.core.outgoing`); here rows become its values, and its answers become rows.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.duties import DutyKind
from aarshjul.core.outgoing import latest
from aarshjul.core.owing import owing
from models.message import Message
from notifications.backlog import Views, supersede, touched, waiting_value
from notifications.folding import failures_together, folded
from notifications.retelling import retell, without_the_uninvited


def sort_out(session: Session, picked: Sequence[Message], views: Views, now: datetime) -> list[Message]:
    """What of these goes now, in its order; the others are superseded, or merged into a digest."""
    asked = _Asked(views, now)
    lapsed = [m for m in picked if not touched(m) and not asked.still(m)]
    supersede(lapsed, now)
    going = [message for message in picked if message not in lapsed] if lapsed else list(picked)
    going = _latest(session, going, views, now)
    going = without_the_uninvited(session, going, views, now)
    going = retell(session, going, views, now)
    return folded(session, failures_together(going, now), views, now)


class _Asked:
    """Who still owes what, found once for each milestone."""

    def __init__(self, views: Views, now: datetime) -> None:
        self._views = views
        self._now = now
        self._owing: dict[tuple[str, str], frozenset[str]] = {}

    def still(self, message: Message) -> bool:
        """Whether a reminder, or any line of a digest of them, is still true; other kinds always are."""
        if message.kind == DutyKind.REMIND:
            return self._owes(message.key)
        if message.kind != DutyKind.DIGEST:
            return True
        facts = message.facts or {}
        lines = [key for key in facts.get("also", ()) if key.split("/")[3] == DutyKind.REMIND]
        return bool(facts.get("parts")) or any(map(self._owes, lines))

    def _owes(self, reminder: str) -> bool:
        """Whether that reminder is still to be given; none 'before' a date is, once that has passed."""
        cycle_id, slug, revision, _, offset, person = reminder.split("/")
        cycle = self._views[cycle_id]
        milestone = cycle.by_id[slug]
        passed = milestone.on is None or milestone.on < cycle.today(self._now)
        if str(milestone.revision) != revision or (passed and int(offset) <= 0):
            return False
        key = (cycle_id, slug)
        if key not in self._owing:
            who = owing(cycle, milestone, cycle.today(self._now))
            self._owing[key] = frozenset(member.person for member in who)
        return person in self._owing[key]


# --- the latest of a backlog -------------------------------------------------------------------------------------


def _latest(session: Session, going: list[Message], views: Views, now: datetime) -> list[Message]:
    mine = {message.id or 0: message for message in going}
    backlog = _others_due(session, going, now)
    waiting = [waiting_value(message, views[message.cycle_id]) for message in (*going, *backlog)]
    replaced = latest(waiting)
    if not replaced:
        return going
    behind = {message.id or 0: message for message in backlog}
    for old, new in replaced.items():
        message = mine.get(old) or behind[old]
        supersede([message], now)
        _hand_on_the_welcome(message, mine.get(new) or behind[new])
    return [message for key, message in mine.items() if key not in replaced]


def _others_due(session: Session, going: Sequence[Message], now: datetime) -> list[Message]:
    """What else is due to the same people on this channel, beyond this batch, or was due and is to be tried again."""
    if not going:
        return []
    query = select(Message).where(
        col(Message.channel) == going[0].channel,
        col(Message.state) == "waiting",
        col(Message.claimed_by).is_(None),
        col(Message.not_before).is_(None) | (col(Message.not_before) <= now) | (col(Message.attempts) > 0),
        col(Message.cycle_id).in_({message.cycle_id for message in going}),
        col(Message.person_id).in_({message.person_id for message in going}),
        col(Message.id).not_in([message.id for message in going]),
    )
    return list(session.scalars(query))


def _hand_on_the_welcome(old: Message, new: Message) -> None:
    keys = [key for key in (old.facts or {}).get("also", ()) if key.split("/")[3] == DutyKind.WELCOME]
    if keys:
        facts = new.facts or {}
        new.facts = {**facts, "also": [*facts.get("also", ()), *keys]}
