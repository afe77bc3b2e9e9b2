"""Where each member stands on the present version, in words."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from aarshjul.core.consultation import Asked, Consultation, Stand, is_late
from aarshjul.core.cycle import Cycle, Milestone
from aarshjul.core.cycle_words import role_in_words
from aarshjul.web.discussing.opened import Opened
from aarshjul.web.discussing.shared_words import WORDS as SHARED
from aarshjul.web.discussing.standing_words import WORDS
from models.consultations import round_began
from models.draft_text import present_draft
from models.milestone import Milestone as Row
from notifications.dates import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class StandView:
    """A member: who, where they stand, and what is still owed; `marks` are words beside the position."""

    name: str
    beside: str
    position: str
    marks: tuple[str, ...]
    because: str
    comments: int
    owes: tuple[str, ...]
    overdue: bool


def stand_views(looked: Opened, cycle: Cycle, found: Consultation) -> tuple[StandView, ...]:
    """All who are asked, and who have spoken unasked."""
    query = select(col(Row.slug)).where(col(Row.cycle_id) == looked.cycle.id, col(Row.done_when) == "comment")
    asking = set(looked.session.scalars(query))
    waiting = [each for each in cycle.milestones if each.id in asking]
    began = round_began(looked.session, looked.cycle)
    return tuple(_view(looked, each, waiting, began) for each in found.members)


def counts_of(found: Consultation, language: str) -> str:
    """How many have answered, and what."""
    counts = found.counts()
    named = {name: counts[name] for name in ("asked", "answered", "agrees", "objects")}
    return WORDS[language]["counts"].format(remarks=counts["agrees-with-remarks"], **named)


def _view(looked: Opened, each: Asked, waiting: list[Milestone], began: date | None) -> StandView:
    words, shared = WORDS[looked.language], SHARED[looked.language]
    parties = {"holder": looked.cycle.holder, "council": looked.cycle.council}
    roles = ", ".join(role_in_words(role, looked.language, **parties) for role in each.roles)
    marks = [] if each.is_asked else [words["unasked"]]
    if each.stand is not None and each.current and _came_late(looked, each.stand, waiting, began):
        marks.append(shared["late"])
    if each.stand is not None and each.stand.by:
        marks.append(words["by"].format(name=each.stand.by))
    return StandView(
        name=each.name,
        beside=", ".join(part for part in (each.organisation, roles) if part),
        position=_position(each, looked.language),
        marks=tuple(marks),
        because=(each.stand.remarks or "") if each.stand is not None and each.current else "",
        comments=each.comments,
        owes=_owes(each, looked.language),
        overdue=each.since is not None,
    )


def _came_late(looked: Opened, stand: Stand, waiting: list[Milestone], began: date | None) -> bool:
    """Whether it came after the last deadline; not where the version itself did, as nobody could say it in time."""
    draft, zone = present_draft(looked.session, looked.cycle), ZoneInfo(looked.cycle.timezone)
    if draft is None or is_late(waiting, began, draft.submitted_at.astimezone(zone).date()):
        return False
    return is_late(waiting, began, stand.on.astimezone(zone).date())


def _position(each: Asked, language: str) -> str:
    words, shared = WORDS[language], SHARED[language]
    if each.stand is None:
        return words["silent"]
    said = shared[each.stand.position]
    if not each.current:
        said = words["earlier"].format(position=said, version=each.stand.version)
    return said[:1].upper() + said[1:]


def _owes(each: Asked, language: str) -> tuple[str, ...]:
    words = WORDS[language]
    if each.owes is None or each.due is None:
        return ()
    said = words["owed_since" if each.since else "owed"].format(day=day_in_words(each.due, language))
    reminded = words["reminded"].format(day=day_in_words(each.reminded, language)) if each.reminded else ""
    return (said, reminded) if reminded else (said,)
