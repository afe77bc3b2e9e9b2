"""How dear a round is, beside the least that could be: the same rows written by SQLAlchemy core and `executemany`.

Run `uv run python -m benchmarks.round`; with `--prefect` it measures the round through Prefect instead.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, bindparam, insert, select, update

from benchmarks.measure import as_table, cpu_seconds, peak_megabytes, verdict
from benchmarks.seed import BUSY_DAY, BUSY_PER_CENT, CYCLE, QUIET_DAYS, ROLES, seed
from flows.rehearsing import plain_round
from models.engine import open_engine, reading, writing
from models.history import HistoryEntry
from models.loading import tables
from models.message import Message

MESSAGE, HISTORY = tables(Message, HistoryEntry)
SIZES = (100, 1_000, 10_000)
CHANGED = ("next_due_on", "last_round_at", "history_length", "history_head")  # of a cycle, by a round
MOST_RATIO, MOST_QUIET, MOST_MEGABYTES = 3.0, 1.5, 400.0

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """The rows that a busy round leaves behind, with their values: what the bound has to write."""

    messages: list[Row]
    history: list[Row]
    cycles: list[Row]

    def count(self) -> int:
        """How many rows in all."""
        return len(self.messages) + len(self.history) + len(self.cycles)


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What was measured at one size; times are CPU seconds."""

    cycles: int
    rows: int
    busy: float
    bound: float
    quiet: float
    megabytes: float

    @property
    def ratio(self) -> float:
        """The round as so many times the bound."""
        return self.busy / self.bound


def address(file: Path) -> Engine:
    """An engine with the settings of a real installation."""
    return open_engine(f"sqlite:///{file}")


def play(engine: Engine, day: date) -> None:
    """One whole round on the morning of a day, through the story but without Prefect, until nothing is left due."""
    plain_round(engine, datetime.combine(day, time(7), ZoneInfo("Europe/Copenhagen")))


def written(engine: Engine) -> Written:
    """The rows that a round wrote, read back from the database in which it was played."""
    with reading(engine) as session:
        messages = [dict(row) for row in session.execute(select(MESSAGE)).mappings()]
        history = [dict(row) for row in session.execute(select(HISTORY)).mappings()]
        wanted = select(CYCLE.c.id, *(CYCLE.c[name] for name in CHANGED)).where(CYCLE.c.history_length > 0)
        cycles = [
            {f"_{key}": value for key, value in row.items()} for row in session.execute(wanted).mappings()
        ]
    return Written(messages=_given(messages), history=_given(history), cycles=cycles)


def _given(rows: list[Row]) -> list[Row]:
    """Without the generated key and the columns that no row has a value in: the bound writes nothing needless."""
    used = {key for row in rows for key, value in row.items() if value is not None and key != "id"}
    return [{key: value for key, value in row.items() if key in used} for row in rows]


def write_bound(engine: Engine, rows: Written) -> None:
    """The bound: those rows in three statements and one transaction, every value known beforehand."""
    changed: Row = {name: bindparam(f"_{name}") for name in CHANGED}
    with writing(engine) as session:
        session.execute(insert(MESSAGE), rows.messages)
        session.execute(insert(HISTORY), rows.history)
        statement = update(CYCLE).where(CYCLE.c.id == bindparam("_id")).values(changed)
        session.connection().execute(statement, rows.cycles)


class Bench:
    """A seeded database, fresh copies of it, and what every turn in them cost.

    An engine is kept for each contender, so that the statements are compiled in the first turn, which is
    not counted.
    """

    def __init__(self, folder: Path, cycles: int) -> None:
        self.folder = folder
        self.cycles = cycles
        engine = address(folder / "seeded.db")
        seed(engine, cycles)
        engine.dispose()
        self.round = address(folder / "round.db")
        self.bound = address(folder / "bound.db")
        self.rows: Written | None = None

    def fresh(self, name: str) -> Path:
        """A new copy of the seeded database, in the place of an older one."""
        file = self.folder / name
        for old in self.folder.glob(f"{name}*"):
            old.unlink()
        shutil.copyfile(self.folder / "seeded.db", file)
        return file

    def turn(self) -> tuple[float, float, float]:
        """CPU seconds of a busy round, of the bound, and (the median) of a quiet round."""
        for engine, name in ((self.round, "round.db"), (self.bound, "bound.db")):
            engine.dispose()
            self.fresh(name)
        busy = cpu_seconds(play, self.round, BUSY_DAY)
        self.rows = self.rows or written(self.round)
        check(self.rows, self.cycles)
        quiet = median(cpu_seconds(play, self.round, day) for day in QUIET_DAYS)
        return busy, cpu_seconds(write_bound, self.bound, self.rows), quiet

    def memory(self) -> float:
        """The peak of a process of its own that plays the busy round, in MB."""
        file = self.fresh("memory.db")
        command = [sys.executable, "-m", "benchmarks.round", "--memory", str(file)]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def check(rows: Written, cycles: int) -> None:
    """Refuse to compare a round that did not do its work.

    Raises:
        AssertionError: where it did not write a message for each of the 30 people of each busy cycle.
    """
    busy = cycles * BUSY_PER_CENT // 100
    found = (len(rows.messages), len(rows.history), len(rows.cycles))
    if found != (busy * len(ROLES), busy, busy):
        raise AssertionError(f"the busy round wrote {found} messages, history entries and cycles")


def measure(cycles: int, repeats: int) -> Figures:
    """All figures of one size."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), cycles)
        bench.turn()
        busy, bound, quiet = (
            median(times) for times in zip(*(bench.turn() for _ in range(repeats)), strict=True)
        )
        rows = bench.rows.count() if bench.rows else 0
        return Figures(
            cycles=cycles, rows=rows, busy=busy, bound=bound, quiet=quiet, megabytes=bench.memory()
        )


def report(found: Sequence[Figures]) -> bool:
    """Print the table and whether each promise holds; returns whether all do."""
    titles = (
        "cycles",
        "rows",
        "busy ms",
        "bound ms",
        "ratio",
        "us/row",
        "bound us/row",
        "quiet ms",
        "peak MB",
    )
    table = [
        (
            f"{each.cycles:,}",
            f"{each.rows:,}",
            f"{each.busy * 1e3:.1f}",
            f"{each.bound * 1e3:.1f}",
            f"{each.ratio:.2f}",
            f"{each.busy / each.rows * 1e6:.1f}",
            f"{each.bound / each.rows * 1e6:.1f}",
            f"{each.quiet * 1e3:.2f}",
            f"{each.megabytes:.0f}",
        )
        for each in found
    ]
    print(as_table(titles, table))
    promises = [
        (f"busy round against the bound at {each.cycles:,}", each.ratio, MOST_RATIO) for each in found
    ]
    last = found[-1]
    promises.append(
        (
            f"quiet round at {last.cycles:,} against {found[0].cycles:,}",
            last.quiet / found[0].quiet,
            MOST_QUIET,
        )
    )
    promises.append((f"peak memory in MB at {last.cycles:,}", last.megabytes, MOST_MEGABYTES))
    for promise in promises:
        print(verdict(*promise))
    return all(value <= limit for _, value, limit in promises)


def main() -> int:
    """Measure what the command line asks for; exit 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many active cycles")
    parser.add_argument("--repeats", type=int, default=5, help="turns at each size, after one that warms up")
    parser.add_argument("--prefect", action="store_true", help="the same through Prefect's flows")
    parser.add_argument("--memory", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.memory:
        play(address(given.memory), BUSY_DAY)
        print(peak_megabytes())
        return 0
    if given.prefect:
        from benchmarks import through_prefect

        return 0 if through_prefect.report(given.repeats) else 1
    return 0 if report([measure(cycles, given.repeats) for cycles in given.sizes]) else 1


if __name__ == "__main__":
    sys.exit(main())
