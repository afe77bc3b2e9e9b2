"""The documents of a cycle: what a page lists of them, and one of them to be kept, never shown in our name."""

from dataclasses import dataclass
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import Request, Response

from aarshjul.web.desk import Desk
from aarshjul.web.doing.seat import Seat
from aarshjul.web.gate import not_here
from aarshjul.web.milestones.loading import Loaded
from aarshjul.web.milestones.words import WORDS
from aarshjul.web.notices import not_yours
from models.documents import content_of, listed
from models.engine import reading
from notifications.dates import day_in_words, megabytes

SANDBOX = "default-src 'none'; sandbox"
"""The policy of a file that somebody else wrote: it runs nothing and is nobody, wherever it is opened."""
_MOST = 9  # digits of a number that a document can have


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentView:
    """A document in a list: its number, name and size in words, and why it is closed."""

    address: str
    name: str
    about: str
    closed: str


def document_views(seat: Seat, found: Loaded) -> tuple[DocumentView, ...]:
    """The documents of a milestone that somebody may see."""
    said, zone = WORDS[seat.language], ZoneInfo(seat.zone)
    return tuple(
        DocumentView(
            address=seat.to("documents", str(each.number)),
            name=said["document"].format(name=each.name, size=megabytes(each.size, seat.language)),
            about=said["by"].format(
                name=found.names.get(each.by, each.by),
                day=day_in_words(each.at.astimezone(zone).date(), seat.language),
            ),
            closed=said["closed_because"].format(why=each.closed) if each.closed is not None else "",
        )
        for each in found.documents
        if each.is_for(seat.roles)
    )


def document(desk: Desk, request: Request, seat: Seat) -> Response:
    """A document to be saved: whoever may not read it learns nothing of it but that it is not theirs."""
    number = str(request.path_params["number"])
    if not (number.isascii() and number.isdecimal() and len(number) <= _MOST):
        return not_here()
    if not seat.sees_drafts:
        return not_yours(seat)
    with reading(desk.engine) as session:
        one = next((each for each in listed(session, seat.cycle) if each.number == int(number)), None)
        if one is None:
            return not_here()
        if not one.is_for(seat.roles):
            return not_yours(seat)
        content = content_of(session, seat.cycle, one.number)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(one.name, safe='')}",
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content or b"", media_type=one.media_type, headers=headers)
