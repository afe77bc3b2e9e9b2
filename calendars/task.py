"""Something that one person has to do, as a VTODO in that person's own feed."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from calendars.content import escaped, utc, when
from calendars.entry import kept_lines, said_of, text_lines
from calendars.errors import CalendarError
from calendars.item import COPENHAGEN, CalendarItem, Status
from calendars.text import one_line


class TaskStatus(StrEnum):
    """Where a task stands; the values are those of RFC 5545."""

    NEEDS_ACTION = "NEEDS-ACTION"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """What a person owes at a milestone.

    Attributes:
        uid: its own; `event` is the UID of the entry that it belongs to.
        sequence: rises whenever anything of it changes; `stamp`, aware, is when that was.
        due: a date, or an aware moment.
        completed: when it was done, where that is known.
        zone: as an item's, like `language`, `url` and `colour`.
    """

    uid: str
    event: str
    sequence: int
    stamp: datetime
    title: str
    due: date | datetime
    status: TaskStatus
    completed: datetime | None = None
    description: str = ""
    categories: tuple[str, ...] = ()
    url: str | None = None
    language: str = "da"
    zone: str = COPENHAGEN
    colour: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no calendar can show: the same as of an event at that time."""
        CalendarItem(
            uid=self.uid,
            sequence=self.sequence,
            stamp=self.stamp,
            title=self.title,
            starts=self.due,
            url=self.url,
            language=self.language,
            colour=self.colour,
        )
        if self.completed is not None and self.status is not TaskStatus.COMPLETED:
            raise CalendarError(
                f"'{one_line(self.title)[:80]}' cannot stand in a calendar: it was done, and is not"
            )

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status is TaskStatus.NEEDS_ACTION


def task_lines(task: Task) -> list[str]:
    """The task as content lines. It has no DTSTART: what only begins when it is due would be hidden until then."""
    stamp = utc(task.stamp)
    done = task.status is TaskStatus.COMPLETED
    sure = Status.CANCELLED if task.status is TaskStatus.CANCELLED else Status.CONFIRMED
    return [
        "BEGIN:VTODO",
        f"UID:{task.uid}",
        f"SEQUENCE:{task.sequence}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        when("DUE", task.due, task.zone),
        f"SUMMARY:{escaped(said_of(task.title, sure, task.language))}",
        *text_lines(task.description),
        f"STATUS:{task.status.value}",
        *["PERCENT-COMPLETE:100"] * done,
        *([f"COMPLETED:{utc(task.completed)}"] if task.completed is not None else ()),
        f"RELATED-TO:{task.event}",
        *kept_lines(task.categories, task.colour, task.url),
        "END:VTODO",
    ]
