"""A council with two houses: two cycles that one real meeting carries, and the mail programs of its people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from icalendar import Calendar, Event
from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.acts.importing import import_cycle
from aarshjul.acts.perform import perform
from aarshjul.core.errors import Refused
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.read import cycle_from_text
from aarshjul.settings import Settings
from flows.rehearsing import deliver_to_files, plain_round
from models.cycle import Cycle
from models.engine import reading, writing
from models.milestone import CalendarEntry, Invitation, Milestone
from models.proof import verify
from tests.acts.meetings import hold_meeting
from tests.builders import at
from tests.world import moment_of

CYCLE = """\
format: aarshjul/cycle@1
id: {id}
title: Kontrakt {id}
contract_year: 2023
holder: Erhvervshus {id}
council: KKR
people:
  - {{id: co, name: Koordinator, email: co@example.org, roles: [coordinator]}}
  - {{id: co-{id}, name: Husets koordinator, email: co-{id}@example.org, roles: [coordinator]}}
  - {{id: both, name: KKR-medlem, email: both@example.org, roles: [council]}}
  - {{id: only-{id}, name: Medlem, email: only-{id}@example.org, roles: [council]}}
milestones:
  - id: approval
    title: Godkendelse i {id}
    phase: approval
    kind: meeting
    on: 2023-02-17
    at: "10:00"
    ends: "12:00"
    for: [council]
    remind: [-7, -1]
  - id: papers
    title: Bilag i {id}
    phase: approval
    kind: deadline
    on: {{before: approval, working_days: 5}}
    for: [council]
    owed_by: [coordinator]
"""
DECISIONS = (
    CYCLE.replace("kind: meeting", "kind: decision")
    .replace("    remind: [-7, -1]\n", "    owed_by: [board]\n    actions: [invite]\n")
    .replace("[council]", "[board]")
)
"""The same of a board, which decides there."""
MEETING = "kkr-2023-02-10"
FIRST, SECOND = "east", "west"
EVERYBODY = ["both", "only-east", "only-west"]
"""Those whom the meeting concerns: in both cycles, or in one alone."""


@dataclass(kw_only=True)
class Shown:
    """An entry in somebody's calendar, as their mail program knows it."""

    sequence: int
    stamp: datetime
    live: bool
    starts: datetime
    status: str
    title: str
    text: str


@dataclass(kw_only=True)
class Houses:
    """Two draft cycles whose approvals are tied to one meeting of the council on 10 February 2023."""

    engine: Engine
    folder: Path
    tied: tuple[str, ...] = (FIRST, SECOND)
    text: str = CYCLE
    calendars: dict[str, dict[str, Shown]] = field(default_factory=dict)
    got: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    read: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        with writing(self.engine) as session:
            for name in (FIRST, SECOND):
                form = cycle_from_text(self.text.format(id=name), name)
                import_cycle(session, form, None, at("2022-11-01"))
        hold_meeting(self.engine, MEETING, "2023-02-10", at="10:00", ends="12:00", place="Aalborg")
        for name in self.tied:
            self.act("2022-12-01", "co", "anchor", name, milestone="approval", meeting=MEETING)

    def act(self, when: str, by: str, do: str, cycle: str, **fields: str) -> None:
        """Do an act in one of the cycles; on the approval where it names no milestone."""
        if do in ("move", "confirm", "cancel", "answer", "hold"):
            fields.setdefault("milestone", "approval")
        perform(self.engine, cycle, by, do, parse_act(do, fields), moment_of(when))

    def refused(self, when: str, by: str, do: str, cycle: str, **fields: str) -> str:
        """The words with which an act is refused."""
        try:
            self.act(when, by, do, cycle, **fields)
        except Refused as refusal:
            return str(refusal)
        raise AssertionError(f"{do} in {cycle} was not refused")

    def activate(self, when: str, *cycles: str) -> list[str]:
        """The cycles begin to run; what the round after that sends."""
        for name in cycles or (FIRST, SECOND):
            self.act(f"{when} 06:00", "co", "activate", name)
        return self.round(when)

    def round(self, when: str) -> list[str]:
        """A round and its delivery: what people got about the meeting, as `person kind cycle`, and in which order."""
        now = moment_of(when, "07:00")
        plain_round(self.engine, now)
        return self.deliver(now)

    def deliver(self, now: datetime) -> list[str]:
        """What the round wrote reaches the mail programs."""
        deliver_to_files(self.engine, Settings(home=self.folder), now)
        before = len(self.got)
        for mail in self._new():
            cycle, slug, _, kind, *_ = str(mail["X-Aarshjul-Duty"]).split("/")
            person = str(mail["To"].addresses[0].username)
            if slug == "approval" and kind not in ("escalate", "decided"):
                self.got.append(f"{person} {kind} {cycle}")
                body = mail.get_body(("plain",))
                self.words.append(str(body.get_content()) if isinstance(body, EmailMessage) else "")
                self._show(person, mail, kind)
        return sorted(self.got[before:])

    def _new(self) -> Iterator[EmailMessage]:
        for file in sorted(set(self.folder.glob("mail/*.eml")) - self.read):
            self.read.add(file)
            mail = message_from_bytes(file.read_bytes(), policy=default)
            assert isinstance(mail, EmailMessage)
            yield mail

    def _show(self, person: str, mail: EmailMessage, kind: str) -> None:
        """What RFC 5546, 2.1.5 lets a mail program do: the higher SEQUENCE counts, then the later DTSTAMP."""
        parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        needed = {"invite": 1, "update": 1}.get(
            kind, 0
        )  # who was never invited hears of a CANCEL in words alone
        assert needed <= len(parts) <= max(needed, kind == "cancel"), kind
        for part in parts:
            calendar = Calendar.from_ical(part.get_content())
            (event,) = calendar.walk("VEVENT")
            assert isinstance(event, Event)
            shown = shown_by(calendar, event)
            mine = self.calendars.setdefault(person, {})
            known = mine.get(str(event["uid"]))
            assert shown.live or known is not None, f"{person} gets a CANCEL of what they never had"
            if known is not None:
                assert shown.sequence >= known.sequence, "SEQUENCE falls"
                assert (shown.sequence, shown.stamp) > (known.sequence, known.stamp), (
                    "nobody would look at it"
                )
            mine[str(event["uid"])] = shown

    def shows(self, person: str) -> list[Shown]:
        """What stands in somebody's calendar."""
        return [shown for shown in self.calendars.get(person, {}).values() if shown.live]

    def who_has_it(self) -> list[str]:
        """Everybody in whose calendar the meeting is, however often."""
        return sorted(person for person in self.calendars for _ in self.shows(person))

    def milestone(self, cycle: str) -> Milestone:
        """The approval of a cycle."""
        with reading(self.engine) as session:
            where = (col(Milestone.cycle_id) == cycle, col(Milestone.slug) == "approval")
            return session.scalars(select(Milestone).where(*where)).one()

    def entry(self, cycle: str) -> CalendarEntry:
        """Its calendar entry."""
        with reading(self.engine) as session:
            return session.get_one(CalendarEntry, self.milestone(cycle).id)

    def answer(self, cycle: str, person: str) -> str:
        """The answer that stands in a cycle."""
        with reading(self.engine) as session:
            return session.get_one(Invitation, (self.milestone(cycle).id, person)).partstat

    def holds(self) -> bool:
        """Whether the histories of both are whole."""
        with reading(self.engine) as session:
            return [verify(session, cycle) for cycle in session.scalars(select(col(Cycle.id)))] == [[], []]


def shown_by(calendar: Calendar, event: Event) -> Shown:
    """What an entry says."""
    stamp, starts = event.DTSTAMP, event.start
    assert isinstance(stamp, datetime)
    assert isinstance(starts, datetime)
    return Shown(
        sequence=int(str(event["sequence"])),
        stamp=stamp,
        live=str(calendar["method"]) == "REQUEST",
        starts=starts,
        status=str(event.get("status", "")),
        title=str(event["summary"]),
        text=str(event.get("description", "")),
    )
