"""The pages of one's own that only a link leads to."""

from fastapi import APIRouter

from aarshjul.web.desk import Desk
from aarshjul.web.personal.home import home_pages
from aarshjul.web.personal.links import link_pages
from aarshjul.web.personal.meeting import meeting_pages


def personal(desk: Desk) -> APIRouter:
    """All routes of them."""
    router = APIRouter()
    for pages in (home_pages, link_pages, meeting_pages):
        router.include_router(pages(desk))
    return router
