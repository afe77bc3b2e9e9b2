"""The page of one cycle: where it stands, the wheel, the year along its dates, and the same dates as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core.cycle import COORDINATOR, effective_roles
from aarshjul.core.cycle_words import PHASES
from aarshjul.web.board.board_view import BoardRow
from aarshjul.web.board.round_watch import is_late, last_acts
from aarshjul.web.board.timeline import NARROW, WIDE, Dated, timeline
from aarshjul.web.board.timeline_svg import timeline_svg
from aarshjul.web.board.words import WORDS as OWN
from aarshjul.web.board_words import STATES, WORDS
from aarshjul.web.cycle_view import CycleView, day_of, names_in
from aarshjul.web.doing.seat import Seat
from aarshjul.web.login.sessions import Viewer
from aarshjul.web.place import Place
from models.held import held_until
from models.milestone import Milestone
from models.standing import Standing, standing


@dataclass(frozen=True, kw_only=True, slots=True)
class CyclePage:
    """What the page shows; `pictures` are the year along its dates, wide and narrow."""

    seat: Seat
    view: CycleView
    row: BoardRow
    state: str
    pictures: tuple[Markup, ...]
    follows: Mapping[str, str]
    undated: tuple[str, ...]


def cycle_page(session: Session, viewer: Viewer, place: Place, cycle: str, now: datetime) -> CyclePage:
    """The page of a cycle for one of its coordinators."""
    found = standing(session, [cycle], now)[0]
    names = names_in(session, [found])
    late = is_late(found, last_acts(session, [cycle]).get(cycle), now)
    seat = _seat(viewer, place, found, held_until(session, found.row, now))
    follows = _follows(session, cycle)
    return CyclePage(
        seat=seat,
        view=CycleView.of(found, names, place.language, stalled=late),
        row=BoardRow.of(found, names, place.language, stalled=late),
        state=found.row.state,
        pictures=_pictures(found, seat, follows),
        follows={slug: found.titles.get(other, other) for slug, other in follows.items()},
        undated=tuple(found.titles[each.id] for each in found.milestones if each.on is None),
    )


def _seat(viewer: Viewer, place: Place, found: Standing, held: datetime | None) -> Seat:
    member = found.view.by_person.get(viewer.person)
    roles = effective_roles(tuple(member.roles)) if member else frozenset({COORDINATOR})
    return Seat.of_login(found.row, viewer, roles, place, held)


def _follows(session: Session, cycle: str) -> dict[str, str]:
    """For each milestone whose date hangs on another one's, that one; what was moved by itself hangs on none."""
    query = select(col(Milestone.slug), col(Milestone.rule)).where(
        col(Milestone.cycle_id) == cycle, col(Milestone.anchored).is_(False)
    )
    pairs = (
        (slug, rule.get("before") or rule.get("after")) for slug, rule in session.execute(query).tuples()
    )
    return {slug: str(other) for slug, other in pairs if other}


def _pictures(found: Standing, seat: Seat, follows: Mapping[str, str]) -> tuple[Markup, ...]:
    language, own = seat.language, OWN[seat.language]
    dates = [
        Dated(
            id=each.id,
            title=found.titles[each.id],
            phase=each.phase,
            kind=each.kind,
            state=each.state_on(found.today),
            on=each.on or each.last_on,
            follows=follows.get(each.id),
        )
        for each in found.milestones
    ]
    said = {}
    for each, milestone in zip(dates, found.milestones, strict=True):
        parts = [each.title, day_of(milestone.on, language), STATES[language][each.state]]
        if milestone.tentative:
            parts.insert(2, WORDS[language]["tentative"])
        if each.follows:
            parts.append(own["follows"].format(title=found.titles.get(each.follows, each.follows)))
        said[each.id] = ", ".join(parts)
    drawn = [timeline(dates, found.today, shape) for shape in (WIDE, NARROW)]
    return tuple(
        timeline_svg(
            each,
            name=own["timeline_alt"],
            language=language,
            phases=PHASES[language],
            today=own["today"],
            said=said,
            leads=lambda slug: seat.to("milestones", slug),
        )
        for each in drawn
        if each is not None
    )
