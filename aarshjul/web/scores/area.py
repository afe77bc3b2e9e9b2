"""Goals and scores as one area of the pages."""

from fastapi import APIRouter

from aarshjul.web.desk import Desk
from aarshjul.web.scores.compare import compare
from aarshjul.web.scores.goals import goal_pages
from aarshjul.web.scores.handing_in import results
from aarshjul.web.scores.judging import judging
from aarshjul.web.scores.what_if import what_if


def scores(desk: Desk) -> APIRouter:
    """All routes about goals and scores."""
    router = APIRouter()
    for part in (goal_pages, judging, results, what_if, compare):
        router.include_router(part(desk))
    return router
