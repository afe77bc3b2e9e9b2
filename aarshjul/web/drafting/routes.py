"""The routes below `/draft` on which it is written, submitted, brought together and compared."""

from fastapi import APIRouter

from aarshjul.web.desk import Desk
from aarshjul.web.drafting.copies import Copies
from aarshjul.web.drafting.editing import Editing
from aarshjul.web.drafting.gate import for_authors, pressed_by_authors


def drafting(desk: Desk) -> APIRouter:
    """All of them, behind both doors."""
    router, doors = APIRouter(), desk.doors
    copies = Copies(desk.engine, desk.now)
    editing = Editing(desk, copies)
    for path, look in (("/draft/edit", editing.look()), ("/draft/edit/{part}", editing.look_at_goal())):
        doors.look(router, path, for_authors(look))
        doors.press(router, path, pressed_by_authors(editing.press()))
    return router
