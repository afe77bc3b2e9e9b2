"""The pages of what is said about the draft, and of its approval."""

from fastapi import APIRouter

from aarshjul.web.approving.approval import approval_page
from aarshjul.web.approving.conditions import condition_pages
from aarshjul.web.desk import Desk
from aarshjul.web.discussing.comments import comment_pages
from aarshjul.web.discussing.minuting import minute_pages
from aarshjul.web.discussing.standing import consultation_page
from aarshjul.web.discussing.tasks import task_pages


def discussing(desk: Desk) -> APIRouter:
    """All routes of them."""
    router = APIRouter()
    for pages in (comment_pages, consultation_page, minute_pages, task_pages, approval_page, condition_pages):
        router.include_router(pages(desk))
    return router
