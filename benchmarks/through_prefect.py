"""What Prefect adds to a round: the price of its flow runs, one for the round, each chapter and the delivery.

Run `uv run python -m benchmarks.round --prefect`. Seconds are of the clock here: most of them are spent waiting
for Prefect's server, another process.
"""

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, update

from aarshjul.settings import load_settings
from benchmarks.measure import as_table, verdict
from benchmarks.seed import BUSY_DAY, MILESTONE, seed
from flows.server import running_server
from models.engine import open_engine, writing

CYCLES = 7  # one of them busy: one chapter
MORE_CHAPTERS = ("dialogue-papers", "approval-papers")  # due in two further phases, where three are wanted
WEEK = timedelta(days=7)
MOST_SECONDS = 0.4  # a flow run


def seeded(file: Path, *, three: bool) -> None:
    """A database in which the busy day has something due in one phase, or in three."""
    engine = open_engine(f"sqlite:///{file}")
    seed(engine, CYCLES)
    if three:
        which = MILESTONE.c.cycle_id == "cycle-00000", MILESTONE.c.slug.in_(MORE_CHAPTERS)
        with writing(engine) as session:
            session.execute(update(MILESTONE).where(*which).values(on=BUSY_DAY + WEEK))
    engine.dispose()


def seconds(work: Callable[[], object], before: Callable[[], object], repeats: int) -> float:
    """The median time of some calls, each after a preparation that does not count; the first call warms up."""
    taken = []
    for _ in range(repeats + 1):
        before()
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken[1:])


def small_flow(repeats: int) -> float:
    """The time of a flow run that does nothing."""
    from prefect import flow

    @flow(name="small", validate_parameters=False, persist_result=False)
    def small() -> None:
        """Nothing at all."""

    return seconds(small, lambda: None, repeats)


def one_round(home: Path, *, three: bool, repeats: int) -> float:
    """The time of a round as a flow with its chapters and its delivery, in a fresh database each time."""
    from flows.rounds import played_round

    fresh = home / "seeded.db"
    fresh.unlink(missing_ok=True)
    seeded(fresh, three=three)
    settings = load_settings(home)
    engine: Engine = open_engine(settings.url)
    now = datetime.combine(BUSY_DAY, time(7), ZoneInfo("Europe/Copenhagen"))

    def copy() -> None:
        engine.dispose()
        for old in home.glob("aarshjul.db*"):
            old.unlink()
        for folder in ("mail", "teams"):
            shutil.rmtree(home / folder, ignore_errors=True)
        shutil.copyfile(fresh, home / "aarshjul.db")

    taken = seconds(lambda: played_round(BUSY_DAY.isoformat(), engine, settings, now), copy, repeats)
    engine.dispose()
    return taken


def report(repeats: int) -> bool:
    """Print what each cost, and whether a flow run costs no more than promised."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with running_server(home):
            small = small_flow(repeats)
            rounds = {chapters: one_round(home, three=chapters == 3, repeats=repeats) for chapters in (1, 3)}
    table = [("a flow that does nothing", 1, f"{small * 1e3:.0f}", f"{small * 1e3:.0f}")]
    for chapters, taken in rounds.items():
        runs = chapters + 2  # the round itself and the delivery
        table.append(
            (f"round, {chapters} chapter(s)", runs, f"{taken * 1e3:.0f}", f"{taken / runs * 1e3:.0f}")
        )
    print(as_table(("what", "flow runs", "ms", "ms a flow run"), table))
    kept = [taken / (chapters + 2) for chapters, taken in rounds.items()]
    for each in kept:
        print(verdict("seconds a flow run", each, MOST_SECONDS))
    return all(each <= MOST_SECONDS for each in kept)
