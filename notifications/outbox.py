"""The outbox: messages are picked, rendered, claimed and handed over, and what was answered is kept."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
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
    engine: Engine,
    name: str,
    way: Way,
    now: datetime,
    give_up_after: timedelta = GIVE_UP_AFTER,
    most: int = BATCH,
) -> Delivered:
    """Deliver up to one batch of a channel's messages.

    A few at a time are claimed, in a transaction that is committed before anything leaves, and settled in the
    one that claims the next few. A process that dies in between leaves `sending`, which the next one finds as
    `uncertain` and sends again: the same number, the same bytes.
    """
    with collector_resting():
        with writing(engine) as session:
            aside = set_aside(session, name, now, most)
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
        self._aside = aside
        self._to_render = iter(aside.messages)
        self._write = write
        self._now = now
        self._give_up_after = give_up_after
        self._ahead: deque[Ready] = deque()
        self._broken: dict[int, Exception] = {}
        self._answered: list[Answered] = []  # handed over, and not yet written down
        self._states = {message.id or 0: message.state for message in aside.messages}  # not yet handed over
        self._claimed: set[int] = set()
        self._trouble: Exception | None = None
        self._is_stale = False

    def hand_over(self) -> int:
        """Hand over what can be; returns how many messages were."""
        count = 0
        try:
            while not (self._carrier.down or self._is_stale) and (window := self._next_window()):
                self._claim(window)
                count += sum(self._send(each) for each in window if each.id in self._claimed)
        finally:  # what was answered is kept and the rest given back, whatever stops us
            try:
                with writing(self._engine) as session:
                    self._write_down(session)
            finally:
                with writing(self._engine) as session:
                    release(session, self._states, self._aside.by)
        return count

    def _next_window(self) -> list[Ready]:
        """The next messages, rendered as far as they are not yet."""
        while len(self._ahead) < WINDOW and self._build_ahead():
            pass
        if self._trouble is not None:
            raise self._trouble
        window = list(self._ahead)
        self._ahead.clear()
        return window

    def _build_ahead(self) -> bool:
        """Render one message more, up to a window of them; False where there is nothing to do."""
        may_go_on = len(self._ahead) < WINDOW and self._trouble is None
        message = next(self._to_render, None) if may_go_on else None
        if message is None:
            return False
        try:
            self._ahead.append(ready(message, self._write, self._aside.views))
        except (
            DBAPIError,
            MemoryError,
        ) as trouble:  # no fault of the message; the one on its way is settled first
            self._trouble = trouble
            return False
        except Exception as problem:  # noqa: BLE001 -- kept and told to a person; it must not hold up the others
            self._broken[message.id or 0] = problem
        return True

    def _claim(self, window: Sequence[Ready]) -> None:
        """Write down the last answers and claim the next messages, in one transaction.

        Where one cannot be claimed, something happened in its cycle, or it was taken back: then what was set
        aside is out of date, and the next batch looks anew.
        """
        rows = [each.row(self._aside.seen) for each in window]
        with writing(self._engine) as session:
            self._write_down(session)
            self._claimed = claim(session, rows, self._aside.by)
        self._is_stale = len(self._claimed) < len(window)
        self._answered, self._broken = [], {}  # not before they are kept

    def _write_down(self, session: Session) -> None:
        settle(session, self._answered, self._now, self._give_up_after, down=self._carrier.down)
        cannot_be_written(session, self._broken, self._aside, self._now)

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
