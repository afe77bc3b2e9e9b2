"""The page of a calendar: what it is, what stands in it, how to subscribe to it, and how to close it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import segno
from fastapi import Response
from sqlmodel import Session

from aarshjul.web.addresses import Addresses
from aarshjul.web.page import Page, answered, page
from aarshjul.web.subscribers.entries import Entry, split
from aarshjul.web.subscribers.process_view import Process, processes
from aarshjul.web.subscribers.process_words import WORDS
from aarshjul.web.subscribers.wanted import Wanted
from aarshjul.web.subscribers.words import BY_CODE, DANISH, ENGLISH, CalendarWords
from calendars.choice import NAMES, Choice
from calendars.content import content_for, language_for
from calendars.item import COPENHAGEN
from models.subscription import Subscription

MOST_SHOWN = 25  # dates: the calendar itself has them all
_STYLES = ("page.css", "subscribers/calendar.css")


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One thing to choose."""

    name: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What the page shows.

    Attributes:
        notice: what was just done, or what is wrong.
        here: this page without its query; everything else on it is named from here. All relative: whatever path a
            proxy has put before ours stays.
        other_language: the query of this page in the other one, which is `other_code`.
        qr: a picture of the page's address (SVG).
        earlier: how many dates the calendar has that are past.
        own: whether its reader may renew and stop it here.
        processes: where each process stands that it shows, with its wheel; `root` is the way to the top from here.
        deeds: for each of these: its path, title, sentence, what is to be ticked, and the button.
    """

    name: str
    about: str
    notice: str
    addresses: Addresses
    here: str
    other_language: str
    other_code: str
    qr: str
    entries: tuple[Entry, ...]
    earlier: int
    choices: tuple[Option, ...]
    own: bool
    processes: tuple[Process, ...]
    root: str
    deeds: tuple[tuple[str, str, str, str, str], ...]


def calendar_page(
    session: Session,
    subscription: Subscription,
    wanted: Wanted,
    addresses: Addresses,
    now: datetime,
    notice: str = "",
    status: int = 200,
    up: str = "",
) -> Response:
    """The page as it is answered, in the language that was asked for or is the feed's.

    Args:
        session: a look at the record.
        subscription: the feed.
        wanted: what the page's own address asks for.
        addresses: of the feed, with that choice in them.
        now: dates from this day on are listed.
        notice: `renewed` or `not_confirmed`, where there is something to say; a wrong choice says so itself.
        status: of the answer.
        up: from where it is answered to where it stands: `../` below its own address.
    """
    language = language_for(session, subscription, wanted.language)
    words = BY_CODE[language]
    said = {"": "", "renewed": words.renewed, "not_confirmed": words.not_confirmed}[notice]
    if wanted.wrong:
        said = words.unusable
    view = _view(session, subscription, wanted, addresses, now, words, said, up)
    return answered(
        "subscribers/calendar.html",
        _STYLES,
        language,
        status=400 if wanted.wrong else status,
        words=words,
        said=WORDS[language],
        view=view,
    )


def _view(
    session: Session,
    subscription: Subscription,
    wanted: Wanted,
    addresses: Addresses,
    now: datetime,
    words: CalendarWords,
    notice: str,
    up: str,
) -> View:
    choice = wanted.choice or Choice.parse(subscription.shows)
    code = words.same.code
    dates = replace(
        choice, phases=False, tasks=False, alarms=False
    )  # what is no date of its own is not listed
    content = content_for(session, subscription, dates, code)
    today: date = now.astimezone(ZoneInfo(COPENHAGEN)).date()
    items, earlier = split(content.items, today)
    other = "en" if code == "da" else "da"
    return View(
        name=content.name,
        about=content.description,
        notice=notice,
        addresses=addresses,
        here=f"{up}{addresses.secret}",
        other_language=replace(wanted, language=other).query,
        other_code=other,
        qr=_picture(addresses.page),
        entries=tuple(Entry.of(item) for item in items[:MOST_SHOWN]),
        earlier=earlier,
        choices=_options(choice, person=subscription.scope == "person"),
        own=subscription.scope == "person",
        processes=processes(session, subscription, choice.kinds, code, now),
        root=f"{up}../",
        deeds=_deeds(words),
    )


def _options(choice: Choice, *, person: bool) -> tuple[Option, ...]:
    """What can be chosen: tasks are somebody's."""
    names = [name for name in NAMES if person or name != "tasks"]
    return tuple(Option(name=name, chosen=getattr(choice, name)) for name in names)


def _deeds(words: CalendarWords) -> tuple[tuple[str, str, str, str, str], ...]:
    return (
        ("renew", words.renew_title, words.renew, words.renew_confirm, words.renew_button),
        ("stop", words.stop_title, words.stop, words.stop_confirm, words.stop_button),
    )


def _picture(address: str) -> str:
    """A QR code with its quiet zone, dark on light whatever the page's colours are: readers want that."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", title="QR")


def no_such_page() -> Response:
    """For every address that opens nothing: which of the reasons it was is nobody's business."""
    other = replace(ENGLISH.same, unknown_title=ENGLISH.unknown_title, unknown=ENGLISH.unknown)
    return page(
        Page(
            status=404,
            words=DANISH.same,
            heading=DANISH.unknown_title,
            sentences=(DANISH.unknown,),
            other=other,
        )
    )


def stopped_page(words: CalendarWords) -> Response:
    """After it was stopped."""
    return page(Page(status=200, words=words.same, heading=words.stopped_title, sentences=words.stopped))


def foreign_page(words: CalendarWords) -> Response:
    """For a wish that came from elsewhere."""
    return page(Page(status=403, words=words.same, heading=words.foreign_title, sentences=(words.foreign,)))
