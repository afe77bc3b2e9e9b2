"""Pressing a form of these pages: what is wrong with what was typed comes before any act is asked."""

from fastapi import Response

from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import Again, Wish
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.scores.forms import Read


def press(
    desk: Desk, seat: Seat, typed: Typed, read: Read, *wishes: Wish, then: str, again: Again
) -> Response:
    """Do all of the acts, or say what is wrong."""
    if read.problems:
        return again(read.problems)
    return desk.deeds.press(seat, typed, wishes[0], *wishes[1:], then=then, again=again)
