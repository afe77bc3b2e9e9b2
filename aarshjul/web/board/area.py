"""The area of one cycle's pages for its coordinators: people, messages, history, and what starts and ends it."""

from fastapi import APIRouter

from aarshjul.web.board.cycle_acts import cycle_acts
from aarshjul.web.board.history_pages import history_pages
from aarshjul.web.board.message_pages import message_pages
from aarshjul.web.board.people_pages import people_pages
from aarshjul.web.desk import Desk


def board(desk: Desk) -> APIRouter:
    """All of its routes."""
    router = APIRouter()
    for area in (people_pages, message_pages, history_pages, cycle_acts):
        router.include_router(area(desk))
    return router
