"""What must not go yet: a date was changed, and the round that tells it has not been.

A message always gives the date as it is. Sent between an act and its round, it would tell the new date to somebody
of whom the record says that they know the old one; where the date then moved back, nobody would ever correct it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from aarshjul.core.duties import Duty
from aarshjul.core.outgoing import ABOUT_THE_DATE
from aarshjul.core.unsettled import has_notice, untold
from models.ledger import done_before
from models.message import Message
from notifications.backlog import Views, told_of, touched


def without_the_unsettled(
    session: Session, picked: Sequence[Message], views: Views, now: datetime
) -> list[Message]:
    """What may go before the next round; what may have arrived goes again in any case."""
    changes = _Changes(session, views, now)
    return [message for message in picked if touched(message) or not changes.concern(message)]


class _Changes:
    """Which milestones' dates have still to be told to whom, found once for each milestone."""

    def __init__(self, session: Session, views: Views, now: datetime) -> None:
        self._session = session
        self._views = views
        self._now = now
        self._noticed: dict[tuple[str, str], bool] = {}
        self._untold: dict[tuple[str, str], frozenset[str]] = {}

    def concern(self, message: Message) -> bool:
        """Whether a message gives a date of which its reader has first to hear."""
        if message.kind not in ABOUT_THE_DATE and message.milestone is not None:
            return False
        cycle = message.cycle_id
        return any(
            self._has_notice(cycle, milestone) or message.person_id in self._people(cycle, milestone)
            for milestone in told_of(message)
            if milestone in self._views[cycle].by_id
        )

    def _has_notice(self, cycle: str, milestone: str) -> bool:
        key = (cycle, milestone)
        if key not in self._noticed:
            self._noticed[key] = has_notice(self._views[cycle], milestone)
        return self._noticed[key]

    def _people(self, cycle: str, milestone: str) -> frozenset[str]:
        key = (cycle, milestone)
        if key not in self._untold:
            view = self._views[cycle]
            owed = untold(view, view.by_id[milestone], self._now)
            self._untold[key] = self._not_done(owed) if owed else frozenset()
        return self._untold[key]

    def _not_done(self, owed: dict[str, Duty]) -> frozenset[str]:
        done = done_before(self._session, [duty.key for duty in owed.values()])
        return frozenset(person for person, duty in owed.items() if duty.key not in done)
