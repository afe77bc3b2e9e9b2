"""Several things at the same moment."""

import threading
from collections.abc import Callable

from aarshjul.core.errors import Refused


def at_once(*things: Callable[[], object]) -> list[str | None]:
    """Do all of it together; for each, None or the words of its refusal."""
    start = threading.Barrier(len(things))
    found: list[str | None] = [None] * len(things)
    errors: list[BaseException] = []

    def run(place: int, thing: Callable[[], object]) -> None:
        start.wait()
        try:
            thing()
        except Refused as refusal:
            found[place] = str(refusal)
        except BaseException as error:  # noqa: BLE001 -- shown by the test, in the main thread
            errors.append(error)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(things)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    return found
