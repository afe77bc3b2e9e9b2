"""The outbox: messages are picked, rendered, claimed and handed over, and what was answered is kept."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.collector import collector_resting
from models.engine import reading, writing
from notifications.channel import Carrier, Channel
from notifications.claiming import claim, release
from notifications.preparing import Ready, Render, SetAside, Writer, cannot_be_written, ready, set_aside
from notifications.settling import Answered, settle

BATCH = 500  # messages a task, carried by one kept connection
WINDOW = (
    10  # messages claimed, and settled, in one transaction: so many are uncertain where a process is killed
)
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
    with collector_resting():
        with writing(engine) as session:
            aside = set_aside(session, name, now, BATCH)
        if not aside.messages:
            return Delivered(0, go_on=False)
        with reading(engine) as session, way.channel.open() as carrier:
            write = way.render(session, aside.messages, aside.views, now)
            handed_over = _Batch(engine, carrier, aside, write, now, give_up_after).hand_over()
    return Delivered(handed_over, go_on=not carrier.down)


class _Batch:
    """One batch on its way over an open channel; the next messages are rendered while the other side thinks."""

    def __init__(
        self,
        engine: Engine,
        carrier: Carrier,
        aside: SetAside,
        write: Writer,
        now: datetime,
        give_up_after: timedelta,
    ) -> None:
        self._engine = engine
        self._carrier = carrier
        self._to_render = iter(aside.messages)
        self._views = aside.views
        self._write = write
        self._now = now
        self._give_up_after = give_up_after
        self._ahead: deque[Ready] = deque()
        self._broken: dict[int, Exception] = {}
        self._answered: list[Answered] = []  # handed over, and not yet written down
        self._states = {message.id or 0: message.state for message in aside.messages}  # not yet handed over
        self._claimed: set[int] = set()

    def hand_over(self) -> int:
        """Hand over what can be; returns how many messages were."""
        count = 0
        try:
            while not self._carrier.down and (window := self._next_window()):
                self._claim(window)
                count += sum(self._send(each) for each in window if each.id in self._claimed)
        finally:  # what was answered is kept and the rest given back, whatever stops us
            with writing(self._engine) as session:
                self._write_down(session)
                release(session, self._states, self._claimed)
        return count

    def _next_window(self) -> list[Ready]:
        """The next messages, rendered as far as they are not yet."""
        while len(self._ahead) < WINDOW and self._build_ahead():
            pass
        window = list(self._ahead)
        self._ahead.clear()
        return window

    def _build_ahead(self) -> bool:
        """Render one message more, up to a window of them; False where there is nothing to do."""
        message = next(self._to_render, None) if len(self._ahead) < WINDOW else None
        if message is None:
            return False
        try:
            self._ahead.append(ready(message, self._write, self._views))
        except Exception as problem:  # noqa: BLE001 -- kept and told to a person; it must not hold up the others
            self._broken[message.id or 0] = problem
        return True

    def _claim(self, window: Sequence[Ready]) -> None:
        """Write down the last answers and claim the next messages, in one transaction."""
        with writing(self._engine) as session:
            self._write_down(session)
            self._claimed = claim(session, [each.row() for each in window])
        for each in window:
            if each.id not in self._claimed:  # taken back in the meantime
                del self._states[each.id]

    def _write_down(self, session: Session) -> None:
        settle(session, self._answered, self._now, self._give_up_after, down=self._carrier.down)
        cannot_be_written(session, self._broken, self._now)
        for key in self._broken:
            del self._states[key]
        self._answered, self._broken = [], {}

    def _send(self, message: Ready) -> int:
        if self._carrier.down:
            return 0
        # From here on it may have gone: where sending fails in a way of its own, the row stays `sending`.
        state = self._states.pop(message.id)
        receipts = self._carrier.send(message.parcel, self._build_one)
        self._answered.append(Answered(message.id, message.attempts + 1, state == "uncertain", receipts))
        return 1

    def _build_one(self) -> None:
        self._build_ahead()
