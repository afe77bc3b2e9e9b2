"""What the pages of a draft in the making have in common: when it was saved, who submitted meanwhile, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from aarshjul.core.contract import Goal, Indicator
from aarshjul.core.cycle_words import role_in_words
from aarshjul.core.rule_words import rule_in_words
from aarshjul.core.rules import Assessed
from aarshjul.core.sketch import Sketched
from aarshjul.web.cycle_view import moment_in_words
from aarshjul.web.doing.form import Option
from aarshjul.web.doing.seat import Seat
from aarshjul.web.drafting.copies import Copy
from aarshjul.web.drafting.troubles import Wrong
from aarshjul.web.drafting.words import WORDS
from models.consulting import people_of
from models.loading import load_cycle
from notifications.dates import clock


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """Who takes part, for the fields that name somebody."""

    names: Mapping[str, str]
    owners: tuple[Option, ...]


def around(session: Session, copy: Copy, language: str) -> Around:
    """The people and roles that can own an indicator: roles first, then people by name."""
    names, _ = people_of(session, copy.cycle.id)
    present = [each for each in load_cycle(session, copy.cycle.id).members if not each.left]
    parties = {"holder": copy.cycle.holder, "council": copy.cycle.council}
    roles = sorted({role for each in present for role in each.roles})
    found = [(role, role_in_words(role, language, **parties)) for role in roles]
    found += sorted(
        ((each.person, names.get(each.person, each.person)) for each in present), key=lambda it: it[1]
    )
    return Around(names=names, owners=tuple(Option(value=value, label=label) for value, label in found))


def goal_choices(copy: Copy, but: str) -> tuple[Option, ...]:
    """The goals that another goal can be the same as."""
    own = [
        (each.get("id"), each.get("title"))
        for each in copy.sketch.there
        if each.key != but and each.get("id")
    ]
    shared = [(goal.id, goal.title) for goal in copy.frame.shared or ()]
    return tuple(Option(value=name, label=f"{name} {title}") for name, title in [*shared, *own])


def saved_in_words(copy: Copy, seat: Seat, now: datetime) -> str:
    """When the copy was saved last."""
    return saved_at_in_words(copy.saved_at, seat, now)


def saved_at_in_words(at: datetime | None, seat: Seat, now: datetime) -> str:
    """`Gemt kl. 10.42` of today, the day as well of another; that nothing was saved."""
    words = WORDS[seat.language]
    if at is None:
        return words["not_saved"]
    zone = ZoneInfo(seat.zone)
    if at.astimezone(zone).date() == now.astimezone(zone).date():
        return words["saved"].format(time=clock(at.astimezone(zone).strftime("%H:%M"), seat.language))
    return words["saved_on"].format(at=moment_in_words(at, seat.zone, seat.language))


def behind_in_words(copy: Copy, seat: Seat, names: Mapping[str, str]) -> str:
    """Who submitted what meanwhile; empty where nobody did."""
    draft = copy.present
    if draft is None or not copy.is_behind:
        return ""
    at = moment_in_words(draft.submitted_at, seat.zone, seat.language)
    name = named(draft.submitted_by, seat, names)
    return WORDS[seat.language]["behind"].format(name=name, version=draft.version, at=at[:1].lower() + at[1:])


def named(person: str, seat: Seat, names: Mapping[str, str]) -> str:
    """Somebody by name; who reads it is `you`."""
    return WORDS[seat.language]["you"] if person == seat.person else names.get(person, person)


def title_of(part: Sketched, language: str) -> str:
    """A goal by number and title, as headings have it."""
    words = WORDS[language]
    return words["goal"].format(id=part.get("id") or "?", title=part.get("title") or words["unnamed"])


def wrong_by_field(found: Sequence[Wrong], sketch: Sketched) -> dict[tuple[str, str], str]:
    """The first problem of each field; none of parts that were added and nobody has written in yet."""
    written = {each.key for each in sketch.walk() if each.tab or each.get("title")}
    said = {(each.key, each.field): each.said for each in reversed(found)}
    return {at: sentence for at, sentence in said.items() if at[0] in written}


@dataclass(frozen=True, kw_only=True, slots=True)
class NationalView:
    """A national goal as it is shown: a line for each of its indicators."""

    title: str
    lines: tuple[str, ...]


def national_views(goals: Sequence[Goal], language: str) -> tuple[NationalView, ...]:
    """The national goals with this house's levels."""
    return tuple(_national(goal, language) for goal in goals)


def _national(goal: Goal, language: str) -> NationalView:
    words = WORDS[language]
    lines = [_measured(leaf, language) for leaf in goal.leaves()]
    if goal.same_as:
        lines = [words["copies"].format(id=goal.same_as)]
    return NationalView(title=words["goal"].format(id=goal.id, title=goal.title), lines=tuple(lines))


def _measured(leaf: Indicator, language: str) -> str:
    """An indicator with its target, on one line."""
    target = rule_in_words(leaf.rule, "en" if language == "en" else "da") if leaf.rule else ""
    unit = "" if isinstance(leaf.rule, Assessed) else leaf.unit or ""
    return " ".join(each for each in (leaf.id, leaf.title or "", "-", target, unit) if each)
