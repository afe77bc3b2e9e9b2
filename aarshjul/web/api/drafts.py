"""Reading the draft: its versions, what changed, what is to be looked at, and what was said of it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlmodel import Session

from aarshjul.acts.draft_values import draft_file, draft_json, version_check_json
from aarshjul.core.consultation_json import consultation_json, thread_json
from aarshjul.core.languages import Language
from aarshjul.papers.errors import PaperError
from aarshjul.papers.version_json import line_json, version_json
from aarshjul.papers.versions import differences_json, pair_of, versions_of
from aarshjul.web.api import draft_shapes as shapes
from aarshjul.web.api.callers import Insider, Part
from aarshjul.web.api.problems import Problem
from aarshjul.web.api.routing import Windowed, answer, look
from aarshjul.web.api.shapes import Listing
from models.consultations import comments_of
from models.consulting import load_consultation, people_of, threads_of
from models.cycle import Cycle
from models.draft import Draft
from models.draft_text import present_draft

MOST = 999_999_999
Number = Annotated[int, Path(description="The version's number.", ge=1, le=MOST)]
Wanted = Annotated[int | None, Query(description="A version's number; else the present one.", ge=1, le=MOST)]
Lang = Annotated[Language, Query(description="The language of the findings.")]
BeforeVersion = Annotated[
    int | None, Query(alias="from", description="A version; else the one before.", ge=1, le=MOST)
]
AfterVersion = Annotated[
    int | None, Query(alias="to", description="A version; else the present one.", ge=1, le=MOST)
]


def draft_routes() -> APIRouter:
    """The routes of the draft, its comments and its consultation."""
    router = APIRouter(tags=["draft"])
    base = "/cycles/{cycle}/draft"
    look(router, base, draft, "The present version", shapes.Draft)
    look(router, f"{base}/file", working_file, "The file to go on working on", shapes.DraftFile)
    look(router, f"{base}/check", check, "What to look at in it", shapes.Check)
    look(router, f"{base}/differences", differences, "What changed between versions", shapes.Differences)
    look(router, f"{base}/versions", versions, "All versions", list[shapes.Version])
    look(router, f"{base}/versions/{{version}}", one_version, "One version", shapes.Draft)
    look(router, "/cycles/{cycle}/comments", comments, "What was said of it", Listing[shapes.Thread])
    look(router, "/cycles/{cycle}/consultation", consultation, "Who has answered on it", shapes.Consultation)
    return router


def draft(part: Insider) -> Response:
    """The version that lies before the parties, as `aarshjul draft show --json`; 404 before the first."""
    with part.reading() as session:
        cycle, found = _present(session, part)
        if found is None:
            raise Problem(404, "There is no version of the draft yet; `/draft/file` is where it starts.")
        return answer(draft_json(session, cycle, found))


def one_version(part: Insider, version: Number) -> Response:
    """Any version, whether or not it is still the present one."""
    with part.reading() as session:
        cycle = session.get_one(Cycle, part.cycle)
        return answer(draft_json(session, cycle, version_of(session, part, version)))


def working_file(part: Insider, version: Wanted = None) -> Response:
    """The regional goals as a draft file, with `based_on` filled in; before the first version, where it starts."""
    with part.reading() as session:
        cycle, found = _present(session, part)
        found = version_of(session, part, version) if version is not None else found
        text = draft_file(session, cycle, found)
    number = found.version if found is not None else None
    return answer({"cycle": part.cycle, "version": number, "draft_file": text})


def check(part: Insider, version: Wanted = None, lang: Lang = "en") -> Response:
    """What cannot be scored, what is met already, what is missing; and newer national goals. It forbids nothing."""
    with part.reading() as session:
        cycle, found = _present(session, part)
        found = version_of(session, part, version) if version is not None else found
        return answer(version_check_json(session, cycle, found, lang))


def differences(part: Insider, before: BeforeVersion = None, after: AfterVersion = None) -> Response:
    """By goal, indicator and field, and word by word; of prose by passages. As `aarshjul draft diff --json`."""
    old, new = pair(part, before, after)
    ends = {"from": version_json(old), "to": version_json(new)}
    return answer({"cycle": part.cycle, **ends, **differences_json(old, new)})


def pair(part: Part, before: int | None, after: int | None) -> tuple[Draft, Draft]:
    """The two versions that are to be held against each other.

    Raises:
        Problem: 404 where there are no such two.
    """
    with part.reading() as session:
        lines = versions_of(session, part.cycle)
    try:
        return pair_of(lines, before, after)
    except PaperError as problem:
        raise Problem(404, str(problem)) from None


def versions(part: Insider) -> Response:
    """From the first on, with what was decided about each and who signed it."""
    with part.reading() as session:
        return answer([line_json(line) for line in versions_of(session, part.cycle)])


def comments(part: Insider, window: Windowed) -> Response:
    """First comments with their replies, by number; settle one with the act `settle-comment`."""
    with part.reading() as session:
        names, _ = people_of(session, part.cycle)
        threads = threads_of(comments_of(session, part.cycle), names)
    return answer(window.of([thread_json(each) for each in threads]))


def consultation(part: Insider) -> Response:
    """Each member's position and what they still owe, as `aarshjul consultation --json`."""
    with part.reading() as session:
        cycle = session.get_one(Cycle, part.cycle)
        return answer(consultation_json(load_consultation(session, cycle, part.moment)))


def _present(session: Session, part: Part) -> tuple[Cycle, Draft | None]:
    cycle = session.get_one(Cycle, part.cycle)
    return cycle, present_draft(session, cycle)


def version_of(session: Session, part: Part, number: int) -> Draft:
    """A version of the cycle's draft.

    Raises:
        Problem: 404 where there is none of that number.
    """
    found = session.get(Draft, (part.cycle, number))
    if found is None:
        raise Problem(404, "The draft has no such version.")
    return found
