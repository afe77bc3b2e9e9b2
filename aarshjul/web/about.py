"""Where calendar entries lead: what to do with a date, without a word about whose it is."""

from dataclasses import replace

from fastapi import APIRouter, Response

from aarshjul.web.page import Page, page
from aarshjul.web.words import DANISH, ENGLISH

ABOUT = Page(
    status=200,
    words=DANISH,
    heading=DANISH.about_title,
    sentences=(DANISH.about,),
    other=replace(ENGLISH, unknown_title=ENGLISH.about_title, unknown=ENGLISH.about),
)
"""The same for every cycle, and for what is none: who may see which is nobody's business."""


def about() -> APIRouter:
    """The route of `/cycles/CYCLE`, which entries in calendars have as their URL."""
    router = APIRouter()

    @router.api_route("/cycles/{cycle}", methods=["GET", "HEAD"])
    async def look(cycle: str) -> Response:  # noqa: ARG001 -- the path names it, the page does not
        return page(ABOUT)

    return router
