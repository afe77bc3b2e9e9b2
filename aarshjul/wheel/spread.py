"""Keeping things apart on a line: as near to where they want to be as their order and their sizes allow."""

from collections.abc import Sequence


def spread(wanted: Sequence[float], gaps: Sequence[float], low: float, high: float) -> list[float]:
    """Places in the given order that are nearest, by least squares, to the wanted ones.

    Args:
        wanted: where each wants to be, in order.
        gaps: what must at least lie between each and the next, so one fewer.
        low: none lies below it.
        high: nor above this; there must be room for all gaps between them.

    Returns:
        A place for each.
    """
    offsets = [0.0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    free = _rising([want - offset for want, offset in zip(wanted, offsets, strict=False)])
    last = max(high - offsets[-1], low)
    return [min(max(each, low), last) + offset for each, offset in zip(free, offsets, strict=False)]


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest sequence that never falls: neighbours that do are pooled at their mean."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, count = value, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            before, size = pools.pop()
            total, count = total + before, count + size
        pools.append((total, count))
    return [total / count for total, count in pools for _ in range(count)]
