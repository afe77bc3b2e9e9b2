"""Python's cycle collector at rest while a round, or a delivery, holds many values."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_resting() -> Iterator[None]:
    """Nothing is searched for garbage in circles meanwhile; what is let go of otherwise is freed as ever.

    A pass makes hundreds of thousands of values that all live to its end, a batch of mails its thousands. The
    collector would look at them again and again and find nothing, which took a third of a busy round (see
    `benchmarks/`).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
