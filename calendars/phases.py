"""The phases of a cycle as entries over several days, which take nobody's time."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from aarshjul.core.cycle import PHASES as IN_ORDER
from aarshjul.core.cycle_words import PHASES
from calendars.item import YEARS, CalendarItem, uid_of
from calendars.occasions import page_of
from calendars.rows import Frame, Row
from calendars.telling import Teller
from calendars.terms import PHASE_COLOURS, SENTENCES

_DAY = timedelta(days=1)


def phase_items(teller: Teller, rows: Sequence[Row], web_url: str | None) -> Iterator[CalendarItem]:
    """The phases of one cycle that have milestones, as entries.

    A phase lasts from the day after the one before it to its own last milestone; the first from its own first
    milestone, or from the activation where that came before. What is cancelled does not count, and what waits for
    a date counts where it last was, so that nothing here changes without a revision.

    Args:
        teller: the cycle's.
        rows: all its milestones, shown or not.
        web_url: where our pages are.
    """
    before: date | None = None
    words, say = PHASES[teller.language], SENTENCES[teller.language]
    for number, phase in enumerate(IN_ORDER):
        days = [row.on or row.last_on for row in rows if row.phase == phase and not row.cancelled]
        if not days:
            continue
        first, last = _begins(teller.frame, min(days), max(days), before), max(days)
        before = last
        if first.year not in YEARS or last.year not in YEARS:
            continue
        known = [row for row in rows if row.phase in IN_ORDER[: number + 1]]
        yield CalendarItem(
            uid=uid_of(teller.frame.id, phase, "phase"),
            sequence=sum(row.sequence for row in known),
            stamp=max(row.stamp for row in known),
            title=f"{words[phase]}: {teller.frame.title}",
            starts=first,
            ends=last,
            categories=(words[phase], say["phase"]),
            url=page_of(teller.frame, web_url),
            language=teller.language,
            colour=PHASE_COLOURS[phase],
        )


def _begins(frame: Frame, first: date, last: date, before: date | None) -> date:
    if before is not None:
        return before + _DAY if before < last else min(first, last)
    if frame.activated_at is None:
        return first
    return min(first, frame.activated_at.astimezone(ZoneInfo(frame.timezone)).date())
