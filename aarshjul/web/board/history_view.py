"""The last of what happened in a cycle, as its page tells it: who, what, when, and what came of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.web.board.history_words import DETAILS, HAPPENED, SENT
from aarshjul.web.board_words import BODIES, OUTCOMES, REPLIES, STAGES
from aarshjul.web.cycle_view import day_of, moment_in_words
from models.history import HistoryEntry
from models.standing import Standing
from notifications.dates import joined

SHOWN = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """An entry in words; `details` are its lines below."""

    number: int
    when: str
    who: str
    what: str
    title: str
    details: tuple[str, ...]


def happenings(
    session: Session, found: Standing, names: Mapping[str, str], language: str, before: int | None = None
) -> tuple[Happening, ...]:
    """The last entries before a number, the newest first; `names` are of people by their ids."""
    query = select(HistoryEntry).where(col(HistoryEntry.cycle_id) == found.row.id)
    if before is not None:
        query = query.where(col(HistoryEntry.number) < before)
    query = query.order_by(col(HistoryEntry.number).desc()).limit(SHOWN)
    telling = Telling(found, names, language)
    return tuple(telling.of(entry) for entry in session.scalars(query))


@dataclass(frozen=True, slots=True)
class Telling:
    """How one cycle's entries are told in a language."""

    found: Standing
    names: Mapping[str, str]
    language: str

    def of(self, entry: HistoryEntry) -> Happening:
        """An entry in words."""
        duty = entry.type == "duty"
        known = (SENT if duty else HAPPENED)[self.language]
        who = self._say("round") if duty or not entry.who else self._name(entry.who)
        return Happening(
            number=entry.number,
            when=moment_in_words(entry.happened_at, self.found.row.timezone, self.language),
            who=who,
            what=known.get(entry.what, entry.what.replace("-", " ")),
            title=self.found.titles.get(entry.milestone or "", entry.milestone or ""),
            details=tuple(dict.fromkeys(self._details(entry))),
        )

    def _details(self, entry: HistoryEntry) -> Iterator[str]:
        facts = entry.facts
        if entry.type == "duty" and entry.count:
            # One reader is named by the id; of several the record keeps the role.
            named = entry.who is not None and entry.who in self.names
            yield (
                self._say("told_one", name=self._name(entry.who or ""))
                if named and entry.count == 1
                else self._say("told", count=entry.count)
            )
        yield from self._people(facts, entry.who)
        if facts.get("body") and facts.get("outcome"):
            body, outcome = BODIES[self.language], OUTCOMES[self.language]
            said = facts["body"], facts["outcome"]
            yield self._say(
                "decision", body=body.get(said[0], said[0]), outcome=outcome.get(said[1], said[1])
            )
        if facts.get("reply") in REPLIES[self.language]:
            yield self._say("reply", reply=REPLIES[self.language][facts["reply"]])
        for name in ("version", "goal"):
            if facts.get(name) is not None:
                yield self._say(name, **{name: facts[name]})
        yield from self._changes(facts)

    def _people(self, facts: Mapping[str, Any], who: str | None) -> Iterator[str]:
        """For whom it was, where that is somebody else; to whom something was given."""
        given = facts.get("people") or [facts.get("for_person") or facts.get("person")]
        names = [self._name(each) for each in given if isinstance(each, str) and each != who]
        if names:
            yield self._say("for", names=joined(names, self.language))
        to = facts.get("to")  # a person's id, or what something became
        if isinstance(to, str) and to in self.names:
            yield self._say("to_person", names=self._name(to))

    def _changes(self, facts: Mapping[str, Any]) -> Iterator[str]:
        """From what to what, of what a coordinator follows: dates, the stage, results."""
        for row, change in facts.get("changed", {}).items():
            was, to = change.get("was"), change.get("to")
            if not was or not to:
                continue
            kind, _, name = row.partition("/")
            if kind == "milestone" and "on" in was:
                days = {key: self._day(each["on"]) for key, each in (("was", was), ("to", to))}
                title = self.found.titles.get(name, name)
                yield f"{title}: {self._say('date', **days)}"
            elif kind == "cycle" and "stage" in was:
                words = STAGES[self.language]
                yield self._say(
                    "stage", was=words.get(was["stage"], was["stage"]), to=words.get(to["stage"], to["stage"])
                )
            elif kind == "indicator" and "actual" in was:
                values = {key: _shown(each["actual"]) for key, each in (("was", was), ("to", to))}
                yield self._say("result", indicator=facts.get("indicator") or name, **values)

    def _day(self, on: str | None) -> str:
        return day_of(date.fromisoformat(on) if on else None, self.language)

    def _name(self, person: str) -> str:
        return self.names.get(person, person)

    def _say(self, word: str, **values: object) -> str:
        return DETAILS[self.language][word].format(**values)


def _shown(value: object) -> str:
    """A figure of the record; a dash where there was none."""
    return "-" if value is None else str(value)[:80]
