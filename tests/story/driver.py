"""A process of its own that plays years and rounds in children, and kills them at chosen points.

`python -m tests.story.driver kill YEAR FOLDER`: the year once for each point and count; a folder each.
`python -m tests.story.driver race HOME MOMENT [URL]`: two rounds of a home at the same moment, in two processes.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import aarshjul.acts.perform
import flows.leavings
import notifications.outbox
from aarshjul.files.script import Script
from aarshjul.rounds import recording, year
from aarshjul.settings import load_settings, played
from flows.playing import Play
from flows.rehearsing import deliver_to_files, plain_round
from models.engine import open_engine
from notifications.folder import FolderChannel
from tests.story.plain import play, script_of

POINTS: dict[str, tuple[Any, str]] = {
    "within-an-act": (aarshjul.acts.perform, "append"),
    "between-act-and-round": (Play, "do"),
    "after-the-look": (year.Year, "look"),
    "within-a-step": (recording.Rows, "write"),
    "after-a-step": (year.Year, "carry_out"),
    "between-chapters": (year.Year, "close_chapter"),
    "after-settling": (year.Year, "settle"),
    "after-preparing": (notifications.outbox, "set_aside"),
    "after-the-claim": (notifications.outbox, "claim"),
    "after-a-file": (FolderChannel, "send"),
    "within-the-answers": (notifications.outbox, "settle"),
    "while-leaving": (flows.leavings, "write_whole"),
}
COUNTS = (1, 6)
"""The first child is killed at the first count, the next (which goes on) at the next, the last runs to its end."""


def kill_after(point: str, count: int) -> None:
    """From now on this process dies, as by a power cut, when the point is reached for the count-th time."""
    owner, name = POINTS[point]
    whole: Callable[..., Any] = getattr(owner, name)
    left = [count]

    def wrapped(*args: Any, **named: Any) -> Any:
        result = whole(*args, **named)
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, wrapped)


def in_a_child(work: Callable[[], Any]) -> int:
    """Start a child that does the work; returns its process id."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:  # noqa: BLE001 -- a child must never go on as its parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def ended(child: int) -> int:
    """Wait for a child: 0 where it came to its end, -9 where it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill(name: str, folder: Path) -> None:
    """Play a year for each point, killed and started again until it comes to its end."""
    script = script_of(name)
    for point in POINTS:
        home = folder / point
        ends = [ended(in_a_child(partial(_killed, script, home, point, count))) for count in COUNTS]
        ends.append(ended(in_a_child(partial(play, script, home))))
        print(json.dumps({"point": point, "ends": ends}), flush=True)  # noqa: T201 -- what the test reads


def _killed(script: Script, home: Path, point: str, count: int) -> None:
    kill_after(point, count)
    play(script, home)


def race(home: Path, moment: str, url: str | None) -> None:
    """Two rounds at once; both must come to their end."""
    settings = played(load_settings(home), "x").model_copy(update={"database_url": url})
    hold, release = os.pipe()

    def one() -> None:
        os.close(release)
        engine = open_engine(settings.url)
        os.read(hold, 1)  # both begin when the pipe closes
        at = datetime.fromisoformat(moment)
        plain_round(engine, at)
        deliver_to_files(engine, settings, at)

    children = [in_a_child(one) for _ in range(2)]
    os.close(release)
    print(json.dumps({"ends": [ended(child) for child in children]}), flush=True)  # noqa: T201 -- what the test reads


if __name__ == "__main__":
    if sys.argv[1] == "kill":
        kill(sys.argv[2], Path(sys.argv[3]))
    else:
        race(Path(sys.argv[2]), sys.argv[3], sys.argv[4] if len(sys.argv) > 4 else None)
