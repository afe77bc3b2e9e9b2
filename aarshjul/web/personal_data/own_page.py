"""The frame of the four pages about oneself: blocks with sentences and forms, and the way between the pages."""

from dataclasses import dataclass

from fastapi import Response
from sqlmodel import Session

from aarshjul.core import cycle as core
from aarshjul.web.doing.form import FormView
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.personal_data.words import WORDS
from models.person import Person
from notifications.dates import joined

PAGES = ("preferences", "delegate", "calendars", "data")


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A part of a page; the forms of a `folded` one open when they are asked for."""

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    forms: tuple[FormView, ...] = ()
    folded: tuple[FormView, ...] = ()


def own_page(seat: Seat, page: str, blocks: tuple[Block, ...], status: int = 200) -> Response:
    """One of `PAGES` as it is answered."""
    words = WORDS[seat.language]
    ways = tuple((name, seat.to(name), words[name]) for name in PAGES)
    return seated(
        "personal_data/blocks.html",
        seat,
        words[page],
        status=status,
        words=words,
        said=FORM_WORDS[seat.language],
        blocks=blocks,
        ways=ways,
        page=page,
    )


def coordinators(session: Session, view: core.Cycle, language: str) -> str:
    """The names and addresses of those who can correct what one cannot oneself."""
    found = [
        session.get_one(Person, each.person)
        for each in view.members
        if core.COORDINATOR in each.roles and not each.left
    ]
    named = [f"{each.name} ({each.email})" for each in found]
    return joined(named, language) if named else WORDS[language]["nobody"]
