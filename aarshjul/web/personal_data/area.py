"""All pages about oneself, as one area."""

from fastapi import APIRouter

from aarshjul.web.desk import Desk
from aarshjul.web.personal_data.calendars import calendars
from aarshjul.web.personal_data.data import data
from aarshjul.web.personal_data.delegate import delegate
from aarshjul.web.personal_data.preferences import preferences


def personal_data(desk: Desk) -> APIRouter:
    """`/preferences`, `/delegate`, `/calendars` and `/data`, behind both doors."""
    router = APIRouter()
    for area in (preferences, delegate, calendars, data):
        router.include_router(area(desk))
    return router
