"""Milestones and meetings in a line each, and what is proposed for them."""

from typing import Any

from aarshjul.core.anchoring import propose
from aarshjul.core.cycle import Kind, Phase
from aarshjul.core.date_rules import BeforeRule
from aarshjul.core.meeting_cautions import Caution, about_plan
from aarshjul.core.meeting_plan import Plan, Planned
from aarshjul.core.real_meeting import RealMeeting
from aarshjul.core.working_days import WorkingDays
from tests.builders import d, days

TODAY = "2026-03-02"


def council(on: str, at: str | None = "10:00", **facts: Any) -> RealMeeting:
    facts.setdefault("id", f"kkr-{on}{f'-{at}' if at != '10:00' else ''}")
    return RealMeeting(body="KKR", title="KKR-møde", on=d(on), at=at, **facts)


def board(on: str, at: str | None = "09:00", **facts: Any) -> RealMeeting:
    facts.setdefault("id", f"board-{on}")
    return RealMeeting(body="Bestyrelsen", title="Bestyrelsesmøde", on=d(on), at=at, **facts)


def planned(
    name: str, on: str, owed_by: str = "council", kind: Kind = Kind.DECISION, **facts: Any
) -> Planned:
    facts.setdefault("rule", d(on))
    facts.setdefault("phase", Phase.APPROVAL)
    facts.setdefault("title", name)
    return Planned(id=name, on=d(on), last_on=d(on), kind=kind, owed_by=(owed_by,), **facts)


def plan(
    milestones: list[Planned],
    *meetings: RealMeeting,
    today: str = TODAY,
    calendar: WorkingDays | None = None,
    **options: Any,
) -> Plan:
    of = {
        "council": [m for m in meetings if m.body == "KKR"],
        "board": [m for m in meetings if m.body != "KKR"],
    }
    known = {m.id: m for m in meetings}
    return propose(milestones, calendars=of, known=known, days=calendar or days(), today=d(today), **options)


def cautions(
    found: Plan, *meetings: RealMeeting, today: str = TODAY, calendar: WorkingDays | None = None
) -> list[Caution]:
    known = {m.id: m for m in meetings}
    return list(about_plan(found, known=known, days=calendar or days(), today=d(today)))


def codes(found: Plan, *meetings: RealMeeting, **options: Any) -> set[str]:
    return {str(each.code) for each in cautions(found, *meetings, **options)}


def chosen(found: Plan) -> dict[str, str]:
    return {each.milestone.id: each.meeting.id for each in found.proposals}


APPROVALS = [
    planned(
        "board-approval", "2027-02-12", "board", rule=BeforeRule(before="council-approval", working_days=0)
    ),
    planned("council-approval", "2027-02-12"),
]
