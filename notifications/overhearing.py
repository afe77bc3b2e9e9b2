"""What libraries log while they send: heard here and passed on to nobody, as addresses are secrets."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import get_ident


class _Listener(logging.Filter):
    """Keeps a thread's warnings and lets none of its records through; those of other threads are not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self._thread = get_ident()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.thread != self._thread:
            return True
        if record.levelno >= logging.WARNING:
            self.heard.append(record.getMessage())
        return False


@contextmanager
def overhearing(*names: str) -> Iterator[list[str]]:
    """Listen to these loggers; the list grows by each warning.

    At its lowest levels urllib3 logs whole addresses and Apprise the values that it could not read: neither is
    for any log of ours, whatever level somebody has set.
    """
    listener = _Listener()
    with ExitStack() as stack:
        for logger in map(logging.getLogger, names):
            logger.addFilter(listener)
            stack.callback(logger.removeFilter, listener)
        yield listener.heard
