"""The pages of what is said about the draft."""

from fastapi import APIRouter

from aarshjul.web.desk import Desk
from aarshjul.web.discussing.comments import comment_pages
from aarshjul.web.discussing.standing import consultation_page


def discussing(desk: Desk) -> APIRouter:
    """All routes of them."""
    router = APIRouter()
    for pages in (comment_pages, consultation_page):
        router.include_router(pages(desk))
    return router
