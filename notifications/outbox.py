"""The outbox: messages are picked, rendered, claimed and handed over, and what was answered is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from models.engine import writing
from notifications.channel import Carrier, Channel, Parcel
from notifications.claiming import claim, release
from notifications.preparing import Prepared, Render, prepare
from notifications.settling import Answered, settle

BATCH = 250  # messages a task, rendered together and carried by one kept connection
WINDOW = 10  # messages claimed, and settled, in one transaction: so many are uncertain where a process is killed
GIVE_UP_AFTER = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Way:
    """How the messages of a channel leave: what carries them, and what renders them for it."""

    channel: Channel
    render: Render


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a batch: how many messages were handed over, and whether to go on with the next one."""

    count: int
    go_on: bool


def deliver_batch(
    engine: Engine, name: str, way: Way, now: datetime, give_up_after: timedelta = GIVE_UP_AFTER
) -> Delivered:
    """Deliver up to one batch of a channel's messages.

    A few at a time are claimed, in a transaction that is committed before anything leaves, and settled in the
    one that claims the next few. A process that dies in between leaves `sending`, which the next one finds as
    `uncertain` and sends again: the same number, the same bytes.
    """
    with writing(engine) as session:
        prepared = prepare(session, name, way.render, now, BATCH)
    if not prepared:
        return Delivered(0, go_on=False)
    with way.channel.open() as carrier:
        handed_over = _Batch(engine, carrier, now, give_up_after).hand_over(prepared)
    return Delivered(handed_over, go_on=not carrier.down)


class _Batch:
    """One batch on its way over an open channel."""

    def __init__(self, engine: Engine, carrier: Carrier, now: datetime, give_up_after: timedelta) -> None:
        self._engine = engine
        self._carrier = carrier
        self._now = now
        self._give_up_after = give_up_after
        self._answered: list[Answered] = []  # handed over, and not yet written down
        self._states: dict[int, str] = {}  # set aside, and not yet handed over
        self._claimed: set[int] = set()

    def hand_over(self, prepared: Sequence[Prepared]) -> int:
        """Hand over what can be; returns how many messages were."""
        self._states = {each.id: each.state for each in prepared}
        count = 0
        try:
            for begin in range(0, len(prepared), WINDOW):
                if self._carrier.down:
                    break
                window = prepared[begin : begin + WINDOW]
                self._claim(window)
                count += sum(self._send(each) for each in window if each.id in self._claimed)
        finally:  # what was answered is kept and the rest given back, whatever stops us
            with writing(self._engine) as session:
                settle(session, self._answered, self._now, self._give_up_after)
                release(session, self._states, self._claimed)
        return count

    def _claim(self, window: Sequence[Prepared]) -> None:
        """Write down the last answers and claim the next messages, in one transaction."""
        ids = [each.id for each in window]
        with writing(self._engine) as session:
            settle(session, self._answered, self._now, self._give_up_after)
            self._claimed = claim(session, ids)
        self._answered = []
        for each in ids:
            if each not in self._claimed:  # taken back in the meantime
                del self._states[each]

    def _send(self, message: Prepared) -> int:
        if self._carrier.down:
            return 0
        parcel = Parcel(
            number=message.number,
            payload=message.payload,
            person=message.person,
            roles=message.roles,
            recipients=message.recipients,
        )
        # From here on it may have gone: where sending fails in a way of its own, the row stays `sending`.
        state = self._states.pop(message.id)
        receipts = self._carrier.send(parcel)
        self._answered.append(Answered(message.id, message.attempts + 1, state == "uncertain", receipts))
        return 1
