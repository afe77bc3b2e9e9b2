"""Reading what meetings and bodies left: tasks, decisions, conditions, documents."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Response
from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.papers.meeting_json import decision_values, task_json
from aarshjul.web.api import meeting_shapes as shapes
from aarshjul.web.api.callers import Insider, Part
from aarshjul.web.api.problems import Problem
from aarshjul.web.api.routing import Windowed, answer, look
from aarshjul.web.api.shapes import Listing
from models.conditions import condition_json, conditions_of
from models.dialogues import tasks_of
from models.documents import Listed, content_of, listed
from models.draft import Decision

Number = Annotated[int, Path(description="The document's number.", ge=1, le=999_999_999)]


def meeting_routes() -> APIRouter:
    """The routes of tasks, decisions, conditions and documents."""
    router = APIRouter(tags=["meetings, decisions and documents"])
    base = "/cycles/{cycle}"
    look(router, f"{base}/tasks", tasks, "Changes that meetings wanted", list[shapes.Task])
    look(router, f"{base}/decisions", decisions, "All decisions", list[shapes.Decision])
    look(router, f"{base}/conditions", conditions, "Conditions of approvals", list[shapes.Condition])
    look(router, f"{base}/documents", documents, "Evidence and papers", Listing[shapes.Document])
    one = f"{base}/documents/{{number}}"
    look(router, one, one_document, "One document, without its content", shapes.Document)
    content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    look(
        router,
        f"{one}/content",
        document_content,
        "What a document holds",
        None,
        responses={200: {"description": "Its bytes as they came in.", "content": content}},
        response_class=Response,
    )
    return router


def tasks(part: Insider) -> Response:
    """By number; settle one with the act `settle-task`."""
    with part.reading() as session:
        return answer([task_json(each) for each in tasks_of(session, part.cycle)])


def decisions(part: Insider) -> Response:
    """In the order in which they were made, also those that an edit or a return took away."""
    query = select(Decision).where(col(Decision.cycle_id) == part.cycle).order_by(col(Decision.id))
    with part.reading() as session:
        return answer([decision_values(each, ZoneInfo(part.zone)) for each in session.scalars(query)])


def conditions(part: Insider) -> Response:
    """By number, with where each stands; settle one with the act `settle-condition`."""
    today = part.moment.astimezone(ZoneInfo(part.zone)).date()
    with part.reading() as session:
        found = conditions_of(session, part.cycle)
        return answer([condition_json(session, each, today) for each in found])


def documents(part: Insider, window: Windowed) -> Response:
    """By number; attach one with the act `attach`. Closed ones are for coordinators and the holder."""
    with part.reading() as session:
        found = [each for each in listed(session, part.cycle) if each.is_for(part.roles)]
    return answer(window.of([each.as_json() for each in found]))


def one_document(part: Insider, number: Number) -> Response:
    """Its name, type, size and SHA-256, and what it belongs to."""
    with part.reading() as session:
        return answer(_document(session, part, number).as_json())


def document_content(part: Insider, number: Number) -> Response:
    """Always sent as a file to keep, of no type that a program would run or show."""
    with part.reading() as session:
        found = _document(session, part, number)
        content = content_of(session, part.cycle, number)
    headers = {
        "Content-Disposition": f'attachment; filename="document-{found.number}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type="application/octet-stream", headers=headers)


def _document(session: Session, part: Part, number: int) -> Listed:
    for each in listed(session, part.cycle):
        if each.number == number:
            if not each.is_for(part.roles):
                raise Problem(403, "This document is closed: it is for coordinators and the holder alone.")
            return each
    raise Problem(404, "This cycle has no document of that number.")
