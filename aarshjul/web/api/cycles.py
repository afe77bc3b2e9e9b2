"""Reading cycles: where they stand, their dates, people, meetings and the wheel."""

from dataclasses import fields
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.cycle import Milestone
from aarshjul.core.languages import Language
from aarshjul.core.whose_meeting import is_of
from aarshjul.web.api import shapes
from aarshjul.web.api.callers import Insider, Member, Part, Reader
from aarshjul.web.api.problems import Problem
from aarshjul.web.api.routing import Windowed, answer, look
from aarshjul.web.doing.seat import SUBSCRIBER
from aarshjul.wheel.drawing import wheel_svg
from aarshjul.wheel.loading import wheel_of
from aarshjul.wheel.wheel import ShownWheel, Wheel
from models.attendance import load_roll
from models.cycle import Membership
from models.loading import load_cycle
from models.person import Organisation, Person
from models.standing import Standing, standing

MilestoneId = Annotated[str, Path(description="The milestone's id.", max_length=80)]


def cycle_routes() -> APIRouter:
    """The routes of who one is, of cycles, milestones, people and meetings."""
    router = APIRouter(tags=["cycles"])
    look(router, "/me", me, "Who the token stands for", shapes.Me)
    look(router, "/cycles", cycles, "The cycles that I take part in", shapes.Listing[shapes.CycleBrief])
    look(router, "/cycles/{cycle}", one_cycle, "Where a cycle stands", shapes.Standing)
    base = "/cycles/{cycle}/milestones"
    look(router, base, milestones, "The milestones of a cycle", list[shapes.Milestone])
    look(router, f"{base}/{{milestone}}", one_milestone, "One milestone", shapes.Milestone)
    look(router, f"{base}/{{milestone}}/attendance", attendance, "Who comes to a meeting", shapes.Attendance)
    look(router, "/cycles/{cycle}/people", people, "People and what they owe", shapes.Listing[shapes.Person])
    picture = {200: {"description": "The picture.", "content": {"image/svg+xml": {}}}}
    look(
        router,
        "/cycles/{cycle}/wheel.svg",
        wheel,
        "The annual wheel as a picture",
        None,
        responses=picture,
        response_class=Response,
    )
    return router


def me(caller: Reader) -> Response:
    """The person whose authority the token has, its scopes, and the cycles that it reaches."""
    token = caller.token
    return answer(
        {
            "person": caller.person.id,
            "name": caller.person.name,
            "token": token.name,
            "scopes": token.scopes,
            "cycle": token.cycle_id,
            "expires_at": token.expires_at.isoformat(),
            "cycles": [_brief(part) for part in caller.parts.values()],
        }
    )


def cycles(caller: Reader, window: Windowed) -> Response:
    """Those of the token's person, the latest year first. Cycles of others are nobody else's to see."""
    return answer(window.of([_brief(part) for part in caller.parts.values()]))


def _brief(part: Part) -> dict[str, Any]:
    return {
        "id": part.cycle,
        "title": part.title,
        "contract_year": part.year,
        "state": part.state,
        "language": part.language,
        "timezone": part.zone,
        "roles": sorted(part.roles),
    }


def one_cycle(part: Insider) -> Response:
    """As `aarshjul status --json`. What was delivered, what is held up and what others owe is for coordinators."""
    with part.reading() as session:
        found = _standing(session, part).as_json()
    if not part.coordinates:
        own = [{**each, "owing": _told(each["owing"], part)} for each in found["milestones"]]
        found |= {"deliveries": None, "outbox": None, "milestones": own}
    return answer(found)


def _told(owing: list[str], part: Part) -> list[str]:
    """Who owes something is for coordinators; others are told where they owe something themselves."""
    return [each for each in owing if part.coordinates or each == part.person]


def _standing(session: Session, part: Part) -> Standing:
    return standing(session, [part.cycle], part.desk.now())[0]


def milestones(part: Member) -> Response:
    """In the order of their dates; subscribers see those that are for them."""
    with part.reading() as session:
        found = _standing(session, part)
        return answer([_milestone(found, each, part) for each in _shown(found, part)])


def one_milestone(part: Member, milestone: MilestoneId) -> Response:
    """A milestone with its date, time and place, and who still owes something at it."""
    with part.reading() as session:
        found = _standing(session, part)
        for each in _shown(found, part):
            if each.id == milestone:
                return answer(_milestone(found, each, part))
    raise Problem(404, "There is no such milestone in this cycle.")


def _shown(found: Standing, part: Part) -> list[Milestone]:
    return [each for each in found.milestones if part.sees_drafts or SUBSCRIBER in each.for_]


def _milestone(found: Standing, each: Milestone, part: Part) -> dict[str, Any]:
    told = each.telling
    return {
        "id": each.id,
        "title": found.titles[each.id],
        "phase": str(each.phase),
        "kind": str(each.kind),
        "date": told.on.isoformat() if told.on else None,
        "at": told.at,
        "ends": told.ends,
        "place": told.place,
        "status": "tentative" if each.tentative else "confirmed",
        "state": str(each.state_on(found.today)),
        "revision": each.revision,
        "for": list(each.for_),
        "owed_by": list(each.owed_by),
        "owing": _told(found.owing(each), part) if part.sees_drafts else None,
    }


def attendance(part: Insider, milestone: MilestoneId) -> Response:
    """As `aarshjul attendance --json`: everyone once, also where a meeting carries several cycles; for those of it."""
    with part.reading() as session:
        view = load_cycle(session, part.cycle)
        roll = load_roll(session, part.cycle, milestone, part.moment)
    if roll is None:
        raise Problem(404, "There is no such milestone in this cycle.")
    if not is_of(view, view.by_id[milestone], part.person, view.today(part.moment)):
        raise Problem(403, "Who comes to a meeting is for those who are of it.")
    return answer(roll.as_json())


def people(part: Insider, window: Windowed) -> Response:
    """Everybody who takes or took part, in their order; what others still owe is for coordinators."""
    with part.reading() as session:
        found = _standing(session, part)
        owes: dict[str, list[str]] = {}
        for milestone in found.milestones:
            for person in _told(found.owing(milestone), part):
                owes.setdefault(person, []).append(milestone.id)
        query = (
            select(Membership, Person, col(Organisation.name))
            .join(Person, col(Person.id) == col(Membership.person_id))
            .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
            .where(col(Membership.cycle_id) == part.cycle)
            .order_by(col(Membership.position), col(Person.id))
        )
        rows = session.execute(query).tuples().all()
        return answer(window.of([_person(member, person, of, owes, part) for member, person, of in rows]))


def _person(
    member: Membership, person: Person, organisation: str | None, owes: dict[str, list[str]], part: Part
) -> dict[str, Any]:
    return {
        "person": person.id,
        "name": person.name,
        "organisation": organisation,
        "roles": list(member.roles),
        "email": person.email if part.coordinates or person.id == part.person else None,
        "left": member.left_at is not None,
        "delegate": member.delegate_id,
        "deputy": member.deputy_id,
        "owes": owes.get(person.id, []),
    }


def wheel(
    part: Member,
    lang: Annotated[Language | None, Query(description="Its language; else the cycle's.")] = None,
) -> Response:
    """The year as a circle, as SVG; the same as `aarshjul wheel`. Subscribers' has the dates that are for them."""
    with part.reading() as session:
        drawn = wheel_of(session, part.cycle)
        shown = {each.id for each in _shown(_standing(session, part), part)}
    today = part.moment.astimezone(drawn.zone).date()
    if not part.sees_drafts:
        drawn = _only(drawn, shown, today)
    picture = wheel_svg(drawn, language=lang or drawn.language, today=today)
    return Response(picture, media_type="image/svg+xml")


def _only(drawn: Wheel, shown: set[str], today: date) -> Wheel:
    """The wheel with these milestones alone, in the phase that it is in."""
    kept = tuple(each for each in drawn.milestones if each.id in shown)
    if not kept:
        raise Problem(404, "No date of this cycle is for subscribers.")
    whole = {each.name: getattr(drawn, each.name) for each in fields(drawn)}
    return ShownWheel(**{**whole, "milestones": kept}, phase=drawn.phase_now(today))
