"""The people of a cycle as its page shows them: as whom they take part, and what each of them owes."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.core import cycle as core
from aarshjul.core.cycle_words import role_in_words
from aarshjul.web.board.board_view import days_left
from aarshjul.web.board.words import WORDS as OWN
from aarshjul.web.board_words import WORDS
from aarshjul.web.cycle_view import day_of
from models.person import Organisation, Person
from models.standing import Standing
from notifications.dates import day_in_words, joined


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """Something that somebody owes."""

    id: str
    title: str
    day: str
    left: str
    late: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonView:
    """Somebody who takes part; `beside` says who acts for them, and whether mail comes back."""

    id: str
    name: str
    organisation: str
    roles: str
    beside: tuple[str, ...]
    owes: tuple[Owed, ...]


def people_views(
    session: Session, found: Standing, names: Mapping[str, str], language: str
) -> tuple[PersonView, ...]:
    """Everybody who has not left: who owes what is overdue first, then who owes most."""
    houses = _organisations(session, found)
    owes: dict[str, list[Owed]] = {}
    for milestone in found.milestones:
        if owing := found.owing(milestone):
            owed = _owed(found, milestone, language)
            for person in owing:
                owes.setdefault(person, []).append(owed)
    views = [
        _view(found, member, owes.get(member.person, []), names, houses, language)
        for member in found.view.members
        if not member.left
    ]
    return tuple(sorted(views, key=lambda each: (not any(one.late for one in each.owes), -len(each.owes))))


def _view(
    found: Standing,
    member: core.Member,
    owed: list[Owed],
    names: Mapping[str, str],
    houses: Mapping[str, str],
    language: str,
) -> PersonView:
    row = found.row
    plain = {role for role in member.roles if not any(each.startswith(f"{role}-") for each in member.roles)}
    roles = [role_in_words(each, language, holder=row.holder, council=row.council) for each in sorted(plain)]
    said = joined(roles, language)
    return PersonView(
        id=member.person,
        name=names.get(member.person, member.person),
        organisation=houses.get(member.person, ""),
        roles=said[:1].upper() + said[1:],
        beside=tuple(_beside(found, member, names, language)),
        owes=tuple(owed),
    )


def _beside(found: Standing, member: core.Member, names: Mapping[str, str], language: str) -> list[str]:
    words, own, said = WORDS[language], OWN[language], []
    until = member.delegate_until
    if member.delegate is not None and (until is None or until >= found.today):
        name, dates = names.get(member.delegate, member.delegate), delegated(member, language)
        said.append(own["delegate_is"].format(name=name, dates=dates))
    if member.deputy is not None:
        said.append(own["deputy_is"].format(name=names.get(member.deputy, member.deputy)))
    for person, since in found.outbox.bounced:
        if person == member.person:
            said.append(words["bounces"].format(day=day_of(since.date(), language).lower()))
    return said


def delegated(member: core.Member, language: str) -> str:
    """From when until when somebody else acts for a member, in words."""
    first, last, words = member.delegate_from, member.delegate_until, OWN[language]
    said = {name: day_in_words(day, language) for name, day in (("first", first), ("last", last)) if day}
    if first and last:
        return words["from_until"].format(**said)
    return words["from_on" if first else "until_on" if last else "always"].format(**said)


def _owed(found: Standing, milestone: core.Milestone, language: str) -> Owed:
    on = milestone.on
    return Owed(
        id=milestone.id,
        title=found.titles[milestone.id],
        day=day_of(on, language),
        left=days_left(on, found.today, language) if on else "",
        late=on is not None and on < found.today,
    )


def _organisations(session: Session, found: Standing) -> dict[str, str]:
    """What people belong to, by their ids."""
    people = [member.person for member in found.view.members]
    query = (
        select(col(Person.id), col(Organisation.name))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(Person.id).in_(people))
    )
    return dict(session.execute(query).tuples().all())
