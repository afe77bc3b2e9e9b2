"""The headings of meeting plans, in Danish and English, and the column that each one names."""

from collections.abc import Sequence

NAMES: dict[str, tuple[str, ...]] = {
    "on": ("dato", "mødedato", "date", "meeting date", "startdato", "start date", "dato for møde", "on"),
    "weekday": ("ugedag", "dag", "weekday", "day", "day of week"),
    "at": (
        *("tid", "time", "start", "starttid", "starttidspunkt", "start time", "tidspunkt", "kl", "klokken"),
        *("klokkeslæt", "mødetid", "mødestart", "fra", "from", "begin", "begins", "starts", "at"),
    ),
    "ends": (
        *("slut", "end", "ends", "sluttid", "sluttidspunkt", "end time", "slutter", "mødeslut", "til", "to"),
    ),
    "title": ("titel", "title", "emne", "subject", "summary", "møde", "meeting", "mødetitel", "navn", "name"),
    "place": (
        *(
            "sted",
            "place",
            "location",
            "lokale",
            "room",
            "mødested",
            "venue",
            "lokation",
            "adresse",
            "address",
        ),
    ),
    "body": (
        *(
            "organ",
            "body",
            "udvalg",
            "committee",
            "council",
            "råd",
            "forum",
            "board",
            "mødeorgan",
            "kalender",
        ),
        "calendar",
    ),
    "status": ("status", "tilstand", "state"),
    "source": ("kilde", "source", "uid"),
    "id": ("id", "møde-id", "meeting id"),
    "timezone": ("tidszone", "timezone", "time zone"),
}
"""The field of each heading; the first name of a field is the Danish one, which messages use."""

DANISH_DATES = frozenset({"dato", "mødedato", "startdato", "dato for møde"})
"""Who heads the days in Danish writes the day first, with slashes as well."""

STATUS_WORDS = {
    **dict.fromkeys(
        ("", "confirmed", "bekræftet", "fastlagt", "planlagt", "planned", "scheduled", "ja", "ok"),
        "confirmed",
    ),
    **dict.fromkeys(
        ("tentative", "foreløbig", "foreløbigt", "reserveret", "forventet", "proposed", "draft"), "tentative"
    ),
    **dict.fromkeys(("cancelled", "canceled", "aflyst", "annulleret", "udgår"), "cancelled"),
}
_BY_NAME = {name: field for field, names in NAMES.items() for name in names}


def plain(heading: str) -> str:
    """A heading as this list has it."""
    return " ".join(heading.replace("﻿", "").casefold().split()).rstrip(" .:*")


def columns_of(cells: Sequence[str]) -> dict[str, list[int]]:
    """The columns of each field in a row of headings; a row that names no day is no such row: nothing."""
    found: dict[str, list[int]] = {}
    for number, cell in enumerate(cells):
        field = _BY_NAME.get(plain(cell))
        if field is not None:
            found.setdefault(field, []).append(number)
    if "on" not in found and len(found) > 1:
        # `Dag` may head the days themselves, and `Start` day and time in one.
        instead = next((name for name in ("weekday", "at") if name in found), None)
        if instead is not None:
            found["on"] = found.pop(instead)
    return found if "on" in found else {}
