"""The messages of a cycle as its pages show them: to whom, about what, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from aarshjul.web.board.history_words import FATES, SENT
from aarshjul.web.cycle_view import moment_in_words
from models.cycle import Cycle
from models.deliveries import MESSAGE, Delivery, Wanted, deliveries

SHOWN = 25
_ANSWER = 160
_WRONG = frozenset({"failed", "uncertain"})


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageView:
    """A message in words; `answer` is what the other side said where it did not go well."""

    id: int
    person: str
    name: str
    what: str
    title: str
    channel: str
    when: str
    fate: str
    wrong: bool
    answer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Some(Wanted):
    """Some of those that are asked for, the newest first."""

    skip: int = 0

    def conditions(self) -> list[ColumnElement[bool]]:
        """That it is one of them: the rest stays in the database."""
        ids = (
            select(MESSAGE.c.id)
            .where(*Wanted.conditions(self))
            .order_by(MESSAGE.c.owed_at.desc(), MESSAGE.c.id.desc())
            .limit(SHOWN)
            .offset(self.skip)
        )
        return [MESSAGE.c.id.in_(ids)]


def message_views(
    session: Session, cycle: Cycle, names: Mapping[str, str], language: str, wanted: Wanted, skip: int = 0
) -> tuple[MessageView, ...]:
    """Some of the messages that are wanted, the newest first, after so many that are newer."""
    some = _Some(
        cycle=wanted.cycle,
        person=wanted.person,
        state=wanted.state,
        kind=wanted.kind,
        since=wanted.since,
        skip=skip,
    )
    found = deliveries(session, some)
    return tuple(message_view(each, cycle, names, language) for each in found)


def how_many(session: Session, wanted: Wanted) -> int:
    """How many messages are wanted."""
    query = select(func.count()).select_from(MESSAGE).where(*wanted.conditions())
    return session.scalar(query) or 0


def message_view(found: Delivery, cycle: Cycle, names: Mapping[str, str], language: str) -> MessageView:
    """A message as a reader of the language is shown it."""
    wrong = found.state in _WRONG
    return MessageView(
        id=found.id,
        person=found.person,
        name=names.get(found.person, found.person),
        what=SENT[language].get(found.kind, found.kind),
        title=found.title or "",
        channel=_channel(found.channel),
        when=moment_in_words(found.settled_at or found.owed_at, cycle.timezone, language),
        fate=FATES[language].get(found.state, found.state),
        wrong=wrong,
        answer=_answer(found.last) if wrong else "",
    )


def _channel(channel: str) -> str:
    return {"email": "Mail", "teams": "Teams"}.get(channel, channel.removeprefix("apprise:"))


def _answer(last: Any) -> str:
    """What the other side said, in one short line."""
    if last is None:
        return ""
    line = " ".join(last.text.split())[:_ANSWER]
    return line if last.code is None or line.startswith(str(last.code)) else f"{last.code} {line}"
