"""The routes below `/draft` on which it is written, submitted, brought together and compared."""

from fastapi import APIRouter

from aarshjul.web.desk import Desk
from aarshjul.web.drafting.copies import Copies
from aarshjul.web.drafting.editing import Editing
from aarshjul.web.drafting.gate import for_authors, pressed_by_authors
from aarshjul.web.drafting.history import History
from aarshjul.web.drafting.merging import MergePage
from aarshjul.web.drafting.submitting import Submitting


def drafting(desk: Desk) -> APIRouter:
    """All of them, behind both doors."""
    router, doors = APIRouter(), desk.doors
    copies = Copies(desk.engine, desk.now)
    editing = Editing(desk, copies)
    for path, look in (("/draft/edit", editing.look()), ("/draft/edit/{part}", editing.look_at_goal())):
        doors.look(router, path, for_authors(look))
        doors.press(router, path, pressed_by_authors(editing.press()))
    submitting, merging, history = Submitting(desk, copies), MergePage(desk, copies), History(desk, copies)
    doors.look(router, "/draft/submit", for_authors(submitting.look()))
    doors.press(router, "/draft/submit", pressed_by_authors(submitting.press()))
    doors.look(router, "/draft/merge", for_authors(merging.look()))
    doors.press(router, "/draft/merge", pressed_by_authors(merging.press()))
    doors.look(router, "/draft/versions", history.look())
    doors.look(router, "/draft/versions/{version}/file", history.download("file"))
    doors.look(router, "/draft/versions/{version}/pdf", history.download("pdf"))
    doors.press(router, "/draft/drop", pressed_by_authors(history.drop()))
    doors.press(router, "/draft/restore", pressed_by_authors(history.restore()))
    doors.press(router, "/draft/national", pressed_by_authors(history.take()))
    return router
