"""The same facts as a table, and as sentences for those who hear the picture."""

from dataclasses import dataclass
from datetime import date

from aarshjul.wheel.lettering import clean
from aarshjul.wheel.wheel import Look, Wheel, WheelMilestone, days_of
from aarshjul.wheel.words import Words, words_of


@dataclass(frozen=True, kw_only=True, slots=True)
class WheelRow:
    """A milestone in words; `id`, `on`, `kind`, `phase` and `look` are what programs read, `cells` what people do."""

    id: str
    on: date | None
    kind: str
    phase: str
    look: str
    cells: tuple[str, ...]


def wheel_columns(language: str) -> tuple[str, ...]:
    """The headings of the table: date, time, milestone, kind, phase, state, place."""
    return words_of(language).columns


def wheel_rows(wheel: Wheel, *, language: str, today: date | None) -> tuple[WheelRow, ...]:
    """A row for each milestone, by date, at the end what waits for one."""
    words = words_of(language)
    return tuple(_row(wheel, each, words, today) for each in (*wheel.dated, *wheel.undated))


def _row(wheel: Wheel, milestone: WheelMilestone, words: Words, today: date | None) -> WheelRow:
    look = wheel.look(milestone, today)
    return WheelRow(
        id=milestone.id,
        on=milestone.on,
        kind=milestone.kind,
        phase=milestone.phase,
        look=look,
        cells=(
            _day(milestone, words),
            words.time(milestone.at, milestone.ends),
            clean(milestone.title) or milestone.id,
            words.kinds[milestone.kind],
            words.phases[milestone.phase],
            words.looks[look],
            clean(milestone.place or ""),
        ),
    )


def _day(milestone: WheelMilestone, words: Words) -> str:
    if milestone.on is None:
        return f"{words.no_date} ({words.formerly.format(words.long(milestone.last_on))})"
    return words.long(milestone.on)


def describe(milestone: WheelMilestone, look: Look, words: Words) -> str:
    """A milestone in one line: `18. november 2022 kl. 10.00: Dialogmøde (møde, foreløbig)`."""
    when = " ".join(
        part for part in (_day(milestone, words), words.time(milestone.at, milestone.ends)) if part
    )
    kind = words.kinds[milestone.kind].lower()
    return f"{when}: {clean(milestone.title) or milestone.id} ({kind}, {words.looks[look]})"


def summary(wheel: Wheel, words: Words) -> str:
    """What the picture shows, in a sentence."""
    days = days_of(wheel.milestones)
    count = f"{len(wheel.milestones)} {words.milestones.lower()}"
    return words.summary.format(first=words.long(min(days)), last=words.long(max(days)), count=count)
