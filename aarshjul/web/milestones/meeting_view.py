"""A meeting as its page shows it: when, where, what it is about, and everyone of it with what they answered."""

from dataclasses import dataclass
from typing import Self

from aarshjul.core.attendance import Body, Count, Group, Reply, Seat
from aarshjul.core.cycle_words import ROLES
from aarshjul.core.roll import Point, Roll
from aarshjul.web.board_words import GROUPS, REPLIES, STATES, WORDS
from aarshjul.web.cycle_view import day_of, hours, moment_in_words
from notifications.dates import joined


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatView:
    """Somebody of a meeting, in words; `beside` says for whom they were there, or who was for them."""

    name: str
    organisation: str
    beside: str
    roles: str
    answer: str
    when: str
    through: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupView:
    """Those who stand alike."""

    title: str
    seats: tuple[SeatView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingView:
    """A meeting in words; `others` are the milestones that it carries beside the one that was asked for."""

    title: str
    about: str
    day: str
    time: str
    place: str
    state: str
    late: bool
    tentative: bool
    elsewhere: bool
    others: tuple[Point, ...]
    minutes: tuple[str, ...]
    counts: tuple[str, ...]
    unrecorded: bool
    groups: tuple[GroupView, ...]

    @classmethod
    def of(cls, roll: Roll, zone: str, language: str) -> Self:
        """As a reader of the language is shown it; moments are those of a zone."""
        telling, own = roll.telling, roll.carries[0]
        groups = ((each, roll.attendance.of(each)) for each in Group)
        return cls(
            title=roll.title,
            about=own.title if own.title != roll.title else "",
            day=day_of(telling.on, language),
            time=hours(telling.at, telling.ends, language),
            place=telling.place or "",
            state=STATES[language][roll.state],
            late=roll.state == "overdue",
            tentative=telling.status == "tentative",
            elsewhere=roll.elsewhere,
            others=tuple(
                each for each in roll.carries if (each.cycle, each.milestone) != (own.cycle, own.milestone)
            ),
            minutes=tuple(dict.fromkeys(each.minutes for each in roll.carries if each.minutes)),
            counts=tuple(_count(each, language) for each in roll.attendance.counts),
            unrecorded=roll.state == "done" and not roll.attendance.recorded,
            groups=tuple(
                GroupView(
                    title=GROUPS[language][group], seats=tuple(_seat(each, zone, language) for each in seats)
                )
                for group, seats in groups
                if seats
            ),
        )


def _seat(seat: Seat, zone: str, language: str) -> SeatView:
    person = seat.person
    bodies = sorted(person.bodies)
    roles = [_role(body, language) for body in bodies if not _says_chair(body, bodies)]
    return SeatView(
        name=person.name,
        organisation=person.organisation or "",
        beside=_beside(seat, language),
        roles=_capital(joined(list(dict.fromkeys(roles)), language)),
        answer=REPLIES[language][person.reply] if person.belongs else "",
        when=moment_in_words(person.answered_at, zone, language),
        through=_through(seat, language),
    )


def _says_chair(body: Body, bodies: list[Body]) -> bool:
    """Whether a chair's own role says it already."""
    return any(other.role.startswith(f"{body.role}-") and other.of == body.of for other in bodies)


def _role(body: Body, language: str) -> str:
    """A body is named by what it is part of, as a meeting may bring those of several."""
    words = ROLES[language].get(body.role, body.role)
    return words.format(holder=body.of, council=body.of)


def _beside(seat: Seat, language: str) -> str:
    words = WORDS[language]
    for word, others in (("stands_for", seat.stands_for), ("stood_for_by", seat.stood_for_by)):
        if others:
            return words[word].format(names=joined([each.name for each in others], language))
    return ""


def _through(seat: Seat, language: str) -> str:
    person, words = seat.person, WORDS[language]
    if person.reply is Reply.NONE:
        return ""
    if person.through == "secretary":
        return words["through_secretary"]
    if person.by is not None:
        return words["through_by"].format(name=person.by)
    return words["through_mail" if person.through == "mail" else "through_self"]


def _count(count: Count, language: str) -> str:
    words = WORDS[language]
    body = _role(count.body, language)
    said = words["count"].format(body=_capital(body), present=count.present, members=count.members)
    more = words["represented"].format(count=count.represented) if count.represented else ""
    return f"{said} ({more})" if more else said


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
