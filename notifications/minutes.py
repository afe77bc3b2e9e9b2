"""The opening of minutes: what, when and where, who was there and who was not; plain text to paste."""

from collections.abc import Iterable
from itertools import groupby

from aarshjul.core.attendance import Attendance, Count, Group, Person, Seat
from aarshjul.core.cycle import BODIES
from aarshjul.core.gathering import Gathering
from aarshjul.core.roll import Roll
from calendars.text import one_line
from notifications.catalog import marked as _
from notifications.tongue import TONGUES, Tongue

_RECORDED = {
    _("Present"): (Group.PRESENT, Group.STAND_IN),
    _("Also present"): (Group.GUEST,),
    _("Apologies"): (Group.APOLOGIES, Group.REPRESENTED),
    _("Absent"): (Group.ABSENT,),
}
_EXPECTED = {
    _("Coming"): (Group.ACCEPTED,),
    _("Perhaps coming"): (Group.TENTATIVE,),
    _("Apologies"): (Group.APOLOGIES,),
    _("No answer"): (Group.NO_ANSWER,),
}
NO_ORGANISATION = _("Without an organisation")


def opening(roll: Roll, language: str) -> str:
    """The opening part of a meeting's minutes.

    Where it is not on record who was present, it says who is coming instead. Names stand by organisation, a line
    for each; who was never invited and did not come is not mentioned.
    """
    found = gathering(roll, language)
    told = ", ".join(part for part in (found.when, found.place) if part)
    parts = ["\n".join([found.title, _heading(told), *found.points])]
    parts += ["\n".join([heading, *lines]) for heading, lines in found.groups]
    if found.counts:
        parts.append("\n".join(found.counts))
    return "\n\n".join(parts) + "\n"


def gathering(roll: Roll, language: str) -> Gathering:
    """The same in its parts, for papers of other shapes."""
    tongue = TONGUES[language]
    groups = _RECORDED if roll.attendance.recorded else _EXPECTED
    return Gathering(
        title=_heading(roll.title),
        when=tongue.when(roll.telling),
        place=one_line(roll.telling.place) if roll.telling.place else None,
        points=tuple(_heading(f"{each.of}: {each.title}") for each in roll.carries if len(roll.carries) > 1),
        groups=tuple(
            (tongue.say(heading), tuple(_by_organisation(tongue, seats)))
            for heading, members in groups.items()
            if (seats := roll.attendance.of(*members))
        ),
        counts=tuple(_counts(tongue, roll.attendance)),
    )


def _heading(text: str) -> str:
    line = one_line(text)
    return line[:1].upper() + line[1:]


def _by_organisation(tongue: Tongue, seats: Iterable[Seat]) -> list[str]:
    lines = []
    for organisation, together in groupby(seats, lambda seat: seat.person.organisation):
        names = "; ".join(_name(tongue, seat) for seat in together)
        lines.append(f"{one_line(organisation) if organisation else tongue.say(NO_ORGANISATION)}: {names}")
    return lines


def _name(tongue: Tongue, seat: Seat) -> str:
    """A name, with whom they were there for, or who was there for them."""
    name = one_line(seat.person.name)
    if seat.stands_for:
        return tongue.say(_("{name} (for {absent})"), name=name, absent=_names(tongue, seat.stands_for))
    if seat.stood_for_by:
        return tongue.say(
            _("{name} (represented by {others})"), name=name, others=_names(tongue, seat.stood_for_by)
        )
    return name


def _names(tongue: Tongue, people: Iterable[Person]) -> str:
    return tongue.joined([one_line(each.name) for each in people])


def _counts(tongue: Tongue, found: Attendance) -> list[str]:
    return [_count(tongue, each) for each in found.counts if each.body.role in BODIES]


def _count(tongue: Tongue, each: Count) -> str:
    """How many of a body were there, in a line: whether that is enough is for its own rules to say."""
    body = tongue.body(each.body.role, holder=each.body.of, council=each.body.of)
    numbers = {"body": _heading(body), "present": each.present, "members": each.members}
    if each.represented:
        more = _("{body}: {present} of {members} present, {represented} represented")
        return tongue.say(more, **numbers, represented=each.represented)
    return tongue.say(_("{body}: {present} of {members} present"), **numbers)
