"""A real meeting of a body, as its own calendar has it, and what people call it."""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from datetime import date

STATUSES = ("tentative", "confirmed", "cancelled")
HOME_ZONE = "Europe/Copenhagen"
LONGEST_ID = 80
_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, kw_only=True, slots=True)
class RealMeeting:
    """A meeting that milestones can be tied to.

    Attributes:
        id: what people type; empty until the record has given it one.
        body: whose meeting it is, by its own name.
        on: its day; `at` and `ends` are times `HH:MM` of that day, on the clocks of `timezone`.
        status: tentative, confirmed or cancelled, as its calendar says.
        source: what that calendar calls it, by which the same one is known again.
    """

    id: str = ""
    body: str
    title: str
    on: date
    at: str | None = None
    ends: str | None = None
    place: str | None = None
    status: str = "confirmed"
    timezone: str = HOME_ZONE
    source: str | None = None

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            msg = f"a meeting is {', '.join(STATUSES)}, not {self.status}"
            raise ValueError(msg)
        for clock in (self.at, self.ends):
            if clock is not None and not _CLOCK.fullmatch(clock):
                msg = f"{clock} is not a time of day"
                raise ValueError(msg)
        if self.ends is not None and (self.at is None or self.ends <= self.at):
            msg = f"a meeting cannot end ({self.ends}) before it begins ({self.at})"
            raise ValueError(msg)


def meeting_id(body: str, on: date, taken: Container[str]) -> str:
    """An id that nothing else has: `kkr-nordjylland-2027-02-12`, the second of a day with `-2` behind it."""
    stem = f"{slug(body)[: LONGEST_ID - 20].rstrip('-') or 'meeting'}-{on.isoformat()}"
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def slug(text: str) -> str:
    """A name in the letters of ids: small, without accents, dashes for the rest."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
