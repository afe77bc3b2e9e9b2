"""A cycle with many people in it, who get mail through a real server."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.settings import Settings
from flows.delivery import due
from models.engine import reading
from models.message import Attempt, Message
from notifications.channels import way_of
from notifications.outbox import GIVE_UP_AFTER, deliver_batch
from tests.servers.smtp import Server
from tests.world import World, moment_of

CYCLE = """\
format: aarshjul/cycle@1
id: c
title: Aftale 2026
contract_year: 2026
holder: Huset
council: Rådet
scores: small.contract.yaml
people:
  - {id: kim, name: Koordinator, email: kim@example.org, roles: [coordinator]}
"""
MILESTONES = """\
milestones:
  - {id: text, title: Tekst, phase: drafting, kind: deadline, on: 2025-03-21, owed_by: [crowd], remind: [-7, -3, -1]}
  - id: talk
    title: Møde
    phase: dialogue
    kind: meeting
    on: 2025-04-10
    at: "10:00"
    ends: "12:00"
    place: Rådhuset
    for: [crowd]
    owed_by: [crowd]
    remind: [-14, -7]
"""


def cycle_of(people: int, *, extra: str = "", milestones: str = MILESTONES) -> str:
    """A cycle file with so many people in the crowd."""
    lines = [
        f"  - {{id: p{n:03}, name: 'Møgelhøj, plads {n}', email: p{n:03}@example.org, roles: [crowd]}}\n"
        for n in range(people)
    ]
    return CYCLE + extra + "".join(lines) + milestones


@dataclass(kw_only=True)
class Crowd(World):
    """A small installation whose messages go by mail."""

    server: Server | None = None
    settings_: dict[str, Any] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """The installation's settings: the server's, where there is one."""
        given: dict[str, Any] = {
            "home": self.folder,
            "secret": "for tests, and long enough for one",
            "sender_address": "kkr@example.org",
        }
        if self.server is not None:
            given |= mail_settings(self.server)
        return Settings(**{**given, **self.settings_})

    def deliver(self, when: str, channel: str = "email") -> int:
        """Deliver what may go at a moment, a batch after the other; how many messages were handed over."""
        now = moment_of(when, "07:00")
        count, go_on = 0, True
        while go_on and channel in due(self.engine, now):
            batch = deliver_batch(self.engine, channel, way_of(self.settings, channel), now, GIVE_UP_AFTER)
            count, go_on = count + batch.count, batch.go_on
        return count

    def messages(self, **wanted: Any) -> list[Message]:
        """Rows of the outbox, in their order."""
        query = select(Message)
        for name, value in wanted.items():
            query = query.where(col(getattr(Message, name)) == value)
        with reading(self.engine) as session:
            return list(session.scalars(query.order_by(col(Message.id))))

    def states(self, **wanted: Any) -> dict[str, str]:
        """The state of messages, by key without the cycle's name."""
        return {row.key.removeprefix("c/"): row.state for row in self.messages(**wanted)}

    def attempts(self, key: str) -> list[Attempt]:
        """The attempts at a message."""
        query = select(Attempt).join(Message, col(Message.id) == col(Attempt.message_id))
        with reading(self.engine) as session:
            found = session.scalars(query.where(col(Message.key) == f"c/{key}").order_by(col(Attempt.id)))
            return list(found)


def mail_settings(server: Server) -> dict[str, Any]:
    """The settings that lead to a server."""
    return {
        "smtp_host": "localhost",
        "smtp_port": server.port,
        "smtp_user": server.user,
        "smtp_password": server.password,
        "smtp_timeout": 20.0,
        "ca_file": server.ca_file,
    }


def crowd(engine: Engine, folder: Path, server: Server | None, text: str, **settings: Any) -> Crowd:
    """An active installation; nothing has been sent yet."""
    made = Crowd(engine=engine, folder=folder, text=text, server=server, settings_=settings)
    made.act("2025-03-03", "kim", "activate")
    return made


def noon(day: str) -> datetime:
    """Midday, in the cycle's zone."""
    return moment_of(day)
