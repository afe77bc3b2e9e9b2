"""A calendar program as RFC 5546 wants it: it knows what came by mail to one person, and nothing else of us."""

from dataclasses import dataclass, field
from typing import Any

import icalendar

from tests.interop.homes import Mailed
from tests.interop.pythons import said

STATUSES = {"REQUEST": ("TENTATIVE", "CONFIRMED"), "CANCEL": ("CANCELLED", "")}
"""What an entry's STATUS may be with each METHOD; none in a CANCEL to one person of a meeting that goes on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """An entry in somebody's calendar, or (`gone`) the memory that it was taken back."""

    age: tuple[int, str]
    start: str | None
    end: str | None
    status: str
    place: str
    gone: bool = False


class RefusedError(Exception):
    """A careful program would not take this for an invitation."""


@dataclass(kw_only=True)
class Client:
    """The calendar of one person.

    Attributes:
        address: whose it is.
        entries: by UID.
        stale: numbers of the mails that changed nothing, being no newer than what was there.
    """

    address: str
    entries: dict[str, Held] = field(default_factory=dict)
    stale: list[int] = field(default_factory=list)

    @property
    def live(self) -> dict[str, Held]:
        """What the person sees."""
        return {uid: held for uid, held in self.entries.items() if not held.gone}

    def receive(self, mail: Mailed) -> None:
        """Take an invitation, an update or a cancellation into account (RFC 5546, 2.1.4, 2.1.5, 3.2.2, 3.2.5).

        Raises:
            RefusedError: for what it would not take.
        """
        calendar: Any = icalendar.Calendar.from_ical(mail.raw)
        (event,) = calendar.walk("VEVENT")
        self._check(mail, calendar, event)
        uid, age = str(event["UID"]), (int(event["SEQUENCE"]), str(said(event["DTSTAMP"].dt)))
        before = self.entries.get(uid)
        if before is not None and age <= before.age:
            self.stale.append(mail.number)
            return
        cancelled = str(calendar["METHOD"]) == "CANCEL"
        if cancelled and before is None:
            raise RefusedError(f"mail {mail.number} cancels what was never here")
        self.entries[uid] = Held(
            age=age,
            start=said(event["DTSTART"].dt),
            end=said(event["DTEND"].dt),
            status=str(event.get("STATUS", "")),
            place=str(event.get("LOCATION", "")),
            gone=cancelled,
        )

    def _check(self, mail: Mailed, calendar: Any, event: Any) -> None:
        """One attendee, who is the reader; the organizer is who wrote; the status goes with the method."""
        method, status = str(calendar["METHOD"]), str(event.get("STATUS", ""))
        attendees = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
        for wrong, why in (
            (mail.to != self.address, "is not to the reader"),
            ([_bare(each) for each in attendees] != [self.address], "has another attendee than its reader"),
            (_bare(event["ORGANIZER"]) != mail.sender, "has another organizer than its sender"),
            (
                status not in STATUSES.get(method, ()),
                "says in METHOD and STATUS what does not go together",
            ),
            ("PARTSTAT" not in attendees[0].params, "does not say what was answered"),
        ):
            if wrong:
                raise RefusedError(f"mail {mail.number} {why}")


def _bare(address: Any) -> str:
    return str(address).removeprefix("mailto:").removeprefix("MAILTO:")
