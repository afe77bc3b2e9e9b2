"""Something that one person has to do, as a VTODO in that person's own feed."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from icalendar import Todo, vInt, vText

from calendars.entry import classify, describe, identify, said_of
from calendars.errors import CalendarError
from calendars.item import COPENHAGEN, CalendarItem, Status
from calendars.text import one_line
from calendars.values import Text, utc, when


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


def todo(task: Task) -> Todo:
    """The task as a VTODO. It has no DTSTART: what only begins when it is due would be hidden until then."""
    sure = Status.CANCELLED if task.status is TaskStatus.CANCELLED else Status.CONFIRMED
    component = Todo()
    identify(component, task.uid, task.sequence, task.stamp)
    (component["DUE"],) = when(task.zone, task.due)
    component["SUMMARY"] = Text(said_of(task.title, sure, task.language))
    describe(component, task.description)
    component["STATUS"] = vText(task.status.value)
    if task.status is TaskStatus.COMPLETED:
        component["PERCENT-COMPLETE"] = vInt(100)
    if task.completed is not None:
        component["COMPLETED"] = utc(task.completed)
    component["RELATED-TO"] = vText(task.event)
    classify(component, task.categories, task.colour, task.url)
    return component
