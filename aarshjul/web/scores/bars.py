"""A per cent as a bar in a frame: what is certain, what is still possible, and the most that counts."""

from dataclasses import dataclass
from fractions import Fraction

from aarshjul.core.figures import half_up
from aarshjul.core.rules import FULL
from aarshjul.core.scoring import Score


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """Where a bar begins and ends, in per cent of the frame's width with two decimals.

    Attributes:
        got: what is certain, from the left.
        open: how wide the band is that what is missing may still fill; empty where nothing is.
        full: where 100 per cent stands.
        most: where the most that counts stands, 100 or a higher cap, or what the best band gives.
    """

    got: str
    open: str
    full: str
    most: str


def bar(score: Score, most: Fraction, frame: Fraction) -> Bar:
    """A score in a frame that ends at `frame` per cent, of something that counts up to `most`."""
    low = _within(score.low, frame)
    band = _within(score.high, frame) - low
    return Bar(
        got=_share(low, frame),
        open=_share(band, frame) if score.provisional and band > 0 else "",
        full=_share(_within(FULL, frame), frame),
        most=_share(_within(most, frame), frame),
    )


def _within(value: Fraction, frame: Fraction) -> Fraction:
    return max(Fraction(0), min(value, frame))


def _share(value: Fraction, frame: Fraction) -> str:
    hundredths = half_up(100 * value / frame, 2)
    return f"{hundredths // 100}.{hundredths % 100:02d}"
