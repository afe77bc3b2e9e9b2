"""Who writes the draft: whom the act that submits it lets, and what everybody else gets."""

from collections.abc import Callable

from fastapi import Request, Response

from aarshjul.acts.drafts import AUTHORS, TAKERS
from aarshjul.core.stages import TABLE, Stage, Step
from aarshjul.web.doing.doors import Look, Press
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.drafting.copies import Copy, OtherCopy
from aarshjul.web.drafting.words import WORDS
from aarshjul.web.notice_words import WORDS as NOTICES
from aarshjul.web.notices import not_yours, notice

_SAID = {
    language: {**NOTICES[language], **words, "lost": words["lost_sentence"]}
    for language, words in WORDS.items()
}


def writes(seat: Seat) -> bool:
    """Whether they may submit a version, and so have a copy to write in."""
    return bool(seat.roles & set(AUTHORS))


def takes_up(seat: Seat) -> bool:
    """Whether they may take up newer national goals."""
    return bool(seat.roles & set(TAKERS))


def is_over(copy: Copy) -> bool:
    """Whether a new version would be refused, as the cycle stands."""
    return copy.cycle.state != "active" or (Stage(copy.cycle.stage), Step.SUBMIT_DRAFT) not in TABLE


def for_authors(page: Look) -> Look:
    """A page for those who write."""

    def look(request: Request, seat: Seat) -> Response:
        return page(request, seat) if writes(seat) else refusal(seat)

    return look


def pressed_by_authors(press: Press) -> Press:
    """A form's press for those who write; where their copy is another one now, what they typed is shown."""

    def pressed(request: Request, seat: Seat, typed: Typed) -> Response:
        return _guarded(seat, typed, lambda: press(request, seat, typed)) if writes(seat) else refusal(seat)

    return pressed


def refusal(seat: Seat) -> Response:
    """That it is not theirs."""
    return not_yours(seat)


def lost(seat: Seat, typed: Typed) -> Response:
    """That the copy which the form belongs to is there no more, with what was typed."""
    ways = (("to_edit", seat.to("draft", "edit")),)
    return notice(seat.place, "lost", status=409, words=_SAID, ways=ways, seat=seat, typed=typed)


def _guarded(seat: Seat, typed: Typed, press: Callable[[], Response]) -> Response:
    try:
        return press()
    except OtherCopy:
        return lost(seat, typed)
