"""Measuring fairly on a busy machine: CPU seconds instead of the clock, contenders in turn, medians of several."""

import gc
import resource
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median


def cpu_seconds(work: Callable[..., object], *arguments: object) -> float:
    """The CPU time of this process (all threads, user and system) that one call takes, in seconds."""
    gc.collect()
    before = time.process_time()
    work(*arguments)
    return time.process_time() - before


def in_turn(contenders: Sequence[Callable[[], object]], repeats: int) -> list[float]:
    """The median CPU seconds of each contender; each is called once in every turn, so that noise hits all alike."""
    taken = [[cpu_seconds(work) for work in contenders] for _ in range(repeats)]
    return [median(times) for times in zip(*taken, strict=True)]


def peak_megabytes() -> float:
    """The most memory that this process has held so far (resident set), in MB of a million bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def as_table(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as text in columns, all aligned to the right."""
    cells = [list(titles), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in cells
    )


def verdict(name: str, value: float, limit: float) -> str:
    """One line that says whether a figure keeps its promise."""
    return f"{'holds' if value <= limit else 'FAILS'}: {name} {value:.2f} (at most {limit:g})"
