"""Rehearsing a year: the same acts, chapters and messages as in earnest, in a folder, without Prefect."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.parser import BytesHeaderParser
from email.policy import default
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.core.cycle import PHASES
from aarshjul.core.errors import Refused
from aarshjul.rounds.year import PlainSteps, Year
from aarshjul.settings import Settings
from flows.playing import Play
from flows.story import CHAPTERS
from models.engine import reading
from models.message import Message
from models.person import Person
from notifications.channels import way_of
from notifications.claiming import due_by_channel
from notifications.outbox import deliver_batch

MOST_PASSES = 50


class RehearsalStuck(Refused):
    """A round of the rehearsal does not come to an end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rehearsed:
    """One message that would go: when, what it is about, to whom, and its subject (none for a Teams card)."""

    on: date
    kind: str
    milestone: str | None
    person: str
    email: str
    channel: str
    number: int
    subject: str | None

    def as_json(self) -> dict[str, Any]:
        """The message as `cycle preview --json` gives it."""
        return {
            "date": self.on.isoformat(),
            "kind": self.kind,
            "milestone": self.milestone,
            "person": self.person,
            "email": self.email,
            "channel": self.channel,
            "number": self.number,
            "subject": self.subject,
        }


def rehearse(play: Play, settings: Settings, first: date | None, last: date | None) -> list[Rehearsed]:
    """Play a year in a home of its own, where every channel is a folder; gives all messages in their order.

    Raises:
        Refused: where an act is refused, or one that must be is not.
    """
    play.prepare(first)
    for at, act in play.steps(first, last):
        if act is not None:
            play.do(act)
        else:
            plain_round(play.engine, at)
            deliver_to_files(play.engine, settings, at)
    return list(_messages(play.engine, play))


def plain_round(engine: Engine, at: datetime) -> None:
    """One whole round through the story, without Prefect and without delivery, until nothing is left due.

    Raises:
        RehearsalStuck: where it does not come to an end.
    """
    for _ in range(MOST_PASSES):
        year = Year(engine, at)
        if not year.look():
            break
        steps = PlainSteps(year)
        for phase in PHASES:
            if year.concerned(phase):
                CHAPTERS[phase](steps)
                year.close_chapter(phase)
        year.settle()
    else:
        raise RehearsalStuck("a round of this year does not come to an end: this is a mistake of ours")


def deliver_to_files(engine: Engine, settings: Settings, at: datetime) -> None:
    """Every message that may go at a moment becomes a file, whatever the settings say: a rehearsal sends nothing."""
    quiet = settings.model_copy(update={"files_only": True})
    with reading(engine) as session:
        channels = sorted(due_by_channel(session, at))
    for name in channels:
        while deliver_batch(engine, name, way_of(quiet, name), at).go_on:
            pass


def _messages(engine: Engine, play: Play) -> Iterator[Rehearsed]:
    query = (
        select(Message, col(Person.email))
        .join(Person, col(Person.id) == col(Message.person_id))
        .where(col(Message.number).is_not(None))
        .order_by(col(Message.owed_at), col(Message.channel), col(Message.number))
    )
    with reading(engine) as session:
        for message, email in session.execute(query):
            yield Rehearsed(
                on=message.owed_at.astimezone(play.zone).date(),
                kind=message.kind,
                milestone=message.milestone,
                person=message.person_id,
                email=email,
                channel=message.channel,
                number=message.number,
                subject=_subject(message.payload) if message.channel == "email" else None,
            )


def _subject(payload: bytes) -> str:
    return str(BytesHeaderParser(policy=default).parsebytes(payload)["Subject"] or "")
