"""The last messages of a cycle as its page shows them: to whom, about what, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from aarshjul.web.board.history_words import FATES, SENT
from aarshjul.web.cycle_view import moment_in_words
from models.cycle import Cycle
from models.deliveries import MESSAGE, Delivery, Wanted, deliveries

SHOWN = 50
_ANSWER = 160
_WRONG = frozenset({"failed", "uncertain"})


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageView:
    """A message in words; `answer` is what the other side said where it did not go well."""

    name: str
    what: str
    title: str
    channel: str
    when: str
    fate: str
    wrong: bool
    answer: str


class _Newest(Wanted):
    """The newest of those that are asked for."""

    def conditions(self) -> list[ColumnElement[bool]]:
        """That it is one of them: the rest stays in the database."""
        ids = (
            select(MESSAGE.c.id)
            .where(*Wanted.conditions(self))
            .order_by(MESSAGE.c.owed_at.desc(), MESSAGE.c.id.desc())
            .limit(SHOWN)
        )
        return [MESSAGE.c.id.in_(ids)]


def message_views(
    session: Session, cycle: Cycle, names: Mapping[str, str], language: str
) -> tuple[MessageView, ...]:
    """The last messages, the newest first."""
    return tuple(_view(each, cycle, names, language) for each in deliveries(session, _Newest(cycle=cycle.id)))


def _view(found: Delivery, cycle: Cycle, names: Mapping[str, str], language: str) -> MessageView:
    wrong = found.state in _WRONG
    return MessageView(
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
