"""The words in the middle of the wheel: the cycle, whose it is, and where it stands; as large as the room allows."""

from datetime import date

from markupsafe import Markup

from aarshjul.wheel.lettering import ELLIPSIS, Run, clean, shorten, wrap
from aarshjul.wheel.palette import ROLES
from aarshjul.wheel.svg import text
from aarshjul.wheel.wheel import Wheel
from aarshjul.wheel.words import Words

SIZES = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6)
TITLE, OTHER, LEAST = 32.0, 19.0, 0.84
LEADING = 1.24
BREAK = 0.55
"""The room, in sizes, between the parts of the middle."""

Part = tuple[Run, ...]


def centre(wheel: Wheel, words: Words, today: date | None, inner: float, *, names: bool = True) -> Markup:
    """The words, within a circle of that radius; `names` are those of house and council."""
    width, height = 1.62 * inner, 1.16 * inner
    found = [_parts(wheel, words, today, width, scale, names=names) for scale in SIZES]
    fitting = [parts for parts in found if _height(parts) <= height] or found[-1:]
    whole = [parts for parts in fitting if not _is_broken(parts, wheel)]
    parts = (whole or fitting)[0]
    return _drawn(parts)


def _parts(
    wheel: Wheel, words: Words, today: date | None, width: float, scale: float, *, names: bool
) -> list[Part]:
    big, small = TITLE * scale, OTHER * max(scale, LEAST)
    title = wrap(clean(wheel.title) or wheel.id, width, big, lines=3, bold=True)
    whose = [clean(each) for each in (wheel.holder, wheel.council)] if names else []
    parts = [
        tuple(Run(text=line, size=big, bold=True) for line in title),
        tuple(
            Run(text=line, size=small, role="muted")
            for name in whose
            if name
            for line in wrap(name, width, small, lines=2)
        ),
    ]
    stand = standing(wheel, words, today)
    runs = [Run(text=shorten(stand, width, small, bold=True), size=small, bold=True)] if stand else []
    if today is not None:
        runs.append(Run(text=words.long(today), size=small, role="muted"))
    parts.append(tuple(runs))
    return [part for part in parts if part]


def standing(wheel: Wheel, words: Words, today: date | None) -> str:
    """Where the cycle stands, in words."""
    if wheel.closed:
        return words.over
    phase = wheel.phase_now(today)
    if phase is None:
        return ""
    return (words.now if wheel.running else words.plan).format(words.phases[phase])


def _height(parts: list[Part]) -> float:
    lines = sum(run.size * LEADING for part in parts for run in part)
    return lines + BREAK * OTHER * (len(parts) - 1)


def _is_broken(parts: list[Part], wheel: Wheel) -> bool:
    """Whether something was shortened, or the title parted within a word."""
    title = " ".join(run.text for run in parts[0])
    return title != (clean(wheel.title) or wheel.id) or any(
        run.text.endswith(ELLIPSIS) for part in parts for run in part
    )


def _drawn(parts: list[Part]) -> Markup:
    top = -_height(parts) / 2
    drawn = []
    for part in parts:
        for run in part:
            top += run.size * LEADING
            line = top - run.size * (LEADING - 0.98)
            drawn.append(text(run, -run.width / 2, line, fill=ROLES[run.role]))
        top += BREAK * OTHER
    return Markup("").join(drawn)
