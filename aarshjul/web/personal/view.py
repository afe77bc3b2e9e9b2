"""A page of one's own in words: each thing that is owed with the one press, or the one link, that does it."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aarshjul.core import cycle as core
from aarshjul.web.cycle_view import day_of, hours
from aarshjul.web.doing.seat import Seat
from aarshjul.web.personal.owed import Answered, Ask, Mine, Wanted
from aarshjul.web.personal.words import WORDS
from models.milestone import Milestone
from notifications.facts import Owed

REPLIES = ("accepted", "declined", "tentative")


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """A press: what it sends beside the form's own fields, and its words."""

    name: str
    value: str
    label: str
    first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One thing on the page.

    Attributes:
        id: of its heading.
        hidden: what its form sends unseen; `action` where to. Empty where a link does it.
        ways: links, each with its words.
    """

    id: str
    title: str
    says: tuple[str, ...]
    due: str = ""
    late: bool = False
    mark: str = ""
    whose: str = ""
    action: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    buttons: tuple[Button, ...] = ()
    ways: tuple[tuple[str, str], ...] = ()
    once: str = field(default_factory=lambda: secrets.token_urlsafe(15))


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A date to come; `papers` is where its agenda is, empty where it has none for the reader."""

    title: str
    where: str
    day: str
    time: str
    place: str
    tentative: bool
    papers: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """Everything of a page that is somebody's own; `names` are of people by their ids."""

    seat: Seat
    names: Mapping[str, str]

    @property
    def words(self) -> Mapping[str, str]:
        """The sentences of the reader's language."""
        return WORDS[self.seat.language]

    def asks(self, asks: Sequence[Ask], *, at: str = "") -> tuple[Card, ...]:
        """What is owed; `at` is the milestone whose page it stands on."""
        return tuple(self._ask(number, each, at) for number, each in enumerate(asks, 1))

    def answered(self, given: Sequence[Answered], *, at: str = "") -> tuple[Card, ...]:
        """What was answered, and can be answered anew."""
        return tuple(self._answered(number, each, at) for number, each in enumerate(given, 1))

    def coming(self, mine: Mine) -> tuple[Line, ...]:
        """The dates that concern the reader."""
        return tuple(self._line(*each) for each in mine.coming)

    def _line(self, milestone: core.Milestone, row: Milestone) -> Line:
        language = self.seat.language
        is_met = milestone.kind is not core.Kind.DEADLINE or bool(milestone.invitees)
        agenda = self.seat.to("milestones", milestone.id, "agenda")
        return Line(
            title=row.title,
            where=self.seat.to("milestones", milestone.id),
            day=day_of(milestone.on, language),
            time=hours(milestone.at, milestone.ends, language),
            place=milestone.place or "",
            tentative=milestone.tentative,
            papers=agenda if is_met and self.seat.sees_drafts else "",
        )

    def _ask(self, number: int, ask: Ask, at: str) -> Card:
        words, row = self.words, ask.row
        said = self._says(ask)
        card = Card(
            id=f"ask-{number}",
            # On the milestone's own page its title and date stand above.
            title=said if at else row.title if row else words[f"{ask.what}_title"],
            says=() if at else (said,),
            due="" if at and not ask.late else self._due(ask),
            late=ask.late,
            mark=words["tentative"] if not at and ask.milestone and ask.milestone.tentative else "",
            whose=self._whose(ask.person),
        )
        return self._done_by(card, ask, at)

    def _says(self, ask: Ask) -> str:
        words = self.words
        if ask.what is Owed.ANSWER:
            return self._asked(ask.person)
        if ask.what is Owed.RESULTS and ask.number:
            return words["result"].format(number=ask.number)
        if ask.waits:
            return words[f"{ask.what}_later"]
        return words[ask.what].format(number=ask.number, text=ask.text)

    def _asked(self, person: str) -> str:
        own = person == self.seat.person
        return self.words["answer"] if own else self.words["answer_for"].format(name=self._name(person))

    def _due(self, ask: Ask) -> str:
        if ask.milestone is None:
            return ""
        words, language = self.words, self.seat.language
        if ask.milestone.on is None:
            return words["no_date"]
        said = day_of(ask.milestone.on, language)
        day = said[:1].lower() + said[1:] if language == "da" else said
        if ask.late:
            return words["late"].format(day=day)
        if ask.what is Owed.ANSWER:
            time = hours(ask.milestone.at, ask.milestone.ends, language)
            return ", ".join(each for each in (said, time, ask.milestone.place or "") if each)
        return words["by"].format(day=day)

    def _done_by(self, card: Card, ask: Ask, at: str) -> Card:
        """The card with what does it: a form with buttons, else links."""
        if ask.waits:
            read = ((self.seat.to("approval"), self.words["to_reading"]),)
            return replace(card, ways=read if ask.what is Owed.DECISION else ())
        hidden = [("milestone", ask.row.slug)] if ask.row else []
        hidden += [] if ask.person == self.seat.person else [("person", ask.person)]
        here = (("at", at),) if at else ()
        if ask.what is Owed.ANSWER and ask.row:
            page = self.seat.to("milestones", ask.row.slug)
            return replace(
                card,
                action=self.seat.to("answer"),
                hidden=(*hidden, *here),
                buttons=tuple(self._replies(ask.person, "")),
                ways=() if at else ((page, self.words["about_it"]),),
            )
        if ask.what is Owed.DONE:
            return replace(
                card, action=self.seat.to("done"), hidden=(*hidden, *here), buttons=self._one("done")
            )
        if ask.what is Wanted.CONDITION:
            number = ("condition", ask.number)
            return replace(
                card, action=self.seat.to("condition"), hidden=(number, *here), buttons=self._one("met")
            )
        return replace(card, ways=tuple((self.seat.to(*path), self.words[word]) for path, word in _ways(ask)))

    def _one(self, value: str) -> tuple[Button, ...]:
        return (Button(name="press", value=value, label=self.words[f"{value}_button"], first=True),)

    def _replies(self, person: str, given: str) -> Iterator[Button]:
        words, own = self.words, person == self.seat.person
        labels = {
            "accepted": words["accepted"] if own else words["accepted_for"].format(name=self._name(person)),
            "declined": words["declined"] if own else words["declined_for"].format(name=self._name(person)),
            "tentative": words["tentative_reply"],
        }
        for reply in REPLIES:
            if reply != given:
                first = reply == "accepted" and not given
                yield Button(name="reply", value=reply, label=labels[reply], first=first)

    def _answered(self, number: int, given: Answered, at: str) -> Card:
        words, own = self.words, given.person == self.seat.person
        reply = words[f"said_{given.reply}"]
        said = (
            words["your_answer"].format(reply=reply)
            if own
            else words["answer_of"].format(name=self._name(given.person), reply=reply)
        )
        by = given.by if given.by not in (None, given.person) else None
        says = (said, words["given_by"].format(name=self._name(by))) if by else (said,)
        return Card(
            id=f"answered-{number}",
            title=says[0] if at else given.row.title,
            says=says[1:] if at else says,
            due="" if at else day_of(given.milestone.on, self.seat.language),
            mark=words["tentative"] if given.milestone.tentative and not at else "",
            whose=self._whose(given.person),
            action=self.seat.to("answer"),
            hidden=(
                ("milestone", given.row.slug),
                *((("person", given.person),) if not own else ()),
                *((("at", at),) if at else ()),
            ),
            buttons=tuple(self._replies(given.person, given.reply)),
        )

    def _whose(self, person: str) -> str:
        return "" if person == self.seat.person else self.words["for"].format(name=self._name(person))

    def _name(self, person: str) -> str:
        return self.names.get(person, person)


def _ways(ask: Ask) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Where something is done that has a page of its own, and what that link says."""
    if ask.what is Owed.RESULTS:
        return ((("results", ask.number) if ask.number else ("goals",), "to_results"),)
    return {
        Owed.DECISION: ((("approval",), "to_approval"),),
        Wanted.VOTE: ((("approval",), "to_approval"),),
        Wanted.SIGNATURE: ((("approval",), "to_signing"),),
        Wanted.ATTAINMENT: ((("goals",), "to_attainment"),),
        Owed.DRAFT: ((("draft", "edit"), "to_draft"),),
        Owed.COMMENT: ((("comments",), "to_comments"), (("consultation",), "to_consultation")),
    }[ask.what]
