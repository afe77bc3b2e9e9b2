"""A database full of active cycles: the shape of the real year, people of their own, days that are busy or quiet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert

from models.cycle import Cycle, Membership
from models.engine import upgrade, writing
from models.loading import tables
from models.milestone import Invitation, Milestone
from models.person import Person

CYCLE, MEMBERSHIP, MILESTONE, INVITATION, PERSON = tables(Cycle, Membership, Milestone, Invitation, Person)

BUSY_DAY = date(2022, 9, 5)
QUIET_DAYS = tuple(BUSY_DAY + timedelta(days=day) for day in (1, 2, 3, 4))
IDLE_UNTIL = date(2022, 9, 23)
BUSY_PER_CENT = 16
QUIET_CYCLES = 5  # cycles with something due on each quiet day, however many there are in all
BATCH = 500  # cycles a transaction
AHEAD = timedelta(days=14)  # the first reminder of the milestone at hand
JOINED = datetime(2022, 5, 1, 7, tzinfo=UTC)

ROLES = (
    [["coordinator"]]
    + [["holder"]] * 2
    + [["working-group"]] * 6
    + [["board", "board-chair"], ["board", "board-deputy-chair"]]
    + [["board"]] * 6
    + [["council", "council-chair"], ["council", "council-deputy-chair"]]
    + [["council"]] * 11
)
EVERYBODY = ["coordinator", "holder", "working-group", "board", "council"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Date:
    """One of the twelve milestones; without a day it is the one at hand, whose reminders fall on the chosen days."""

    slug: str
    phase: str
    kind: str
    on: date | None
    owed_by: tuple[str, ...]
    remind: tuple[int, ...]
    invited: tuple[str, ...] = ()
    done: bool = False
    actions: tuple[str, ...] | None = None


DATES = (
    Date(slug="results", phase="data-collection", kind="deadline", on=date(2022, 5, 20),
         owed_by=("holder",), remind=(-14, -7, -1, 1, 3), done=True),
    Date(slug="recommendation", phase="scoring", kind="deadline", on=date(2022, 6, 10),
         owed_by=("holder",), remind=(-7, -1, 1), done=True),
    Date(slug="council-june", phase="scoring", kind="decision", on=date(2022, 6, 24), owed_by=("council",),
         remind=(-7,), invited=("council",), done=True, actions=("invite", "remind")),
    Date(slug="working-group-start", phase="drafting", kind="meeting", on=date(2022, 8, 25),
         owed_by=("working-group",), remind=(-7, -2), invited=("working-group", "holder"), done=True),
    Date(slug="first-draft", phase="drafting", kind="deadline", on=date(2022, 8, 31),
         owed_by=("holder",), remind=(-14, -7, -1, 1, 3), done=True),
    Date(slug="comments", phase="drafting", kind="deadline", on=None, owed_by=tuple(EVERYBODY),
         remind=(-14, -7, -1, 1, 3)),
    Date(slug="dialogue-papers", phase="dialogue", kind="deadline", on=date(2022, 11, 4),
         owed_by=("holder",), remind=(-7, -1, 1)),
    Date(slug="dialogue-meeting", phase="dialogue", kind="meeting", on=date(2022, 11, 18),
         owed_by=("board", "council"), remind=(-14, -7, -1),
         invited=("board", "council", "working-group", "holder")),
    Date(slug="approval-papers", phase="approval", kind="deadline", on=date(2023, 1, 27),
         owed_by=("holder",), remind=(-14, -7, -1, 1)),
    Date(slug="board-approval", phase="approval", kind="decision", on=date(2023, 2, 10), owed_by=("board",),
         remind=(-7, -1, 1, 3), invited=("board",), actions=("invite", "remind")),
    Date(slug="council-approval", phase="approval", kind="decision", on=date(2023, 2, 10),
         owed_by=("council",), remind=(-7, -1, 1, 3), invited=("council",),
         actions=("invite", "remind", "publish")),
    Date(slug="signatures", phase="in-force", kind="deadline", on=date(2023, 2, 24),
         owed_by=("board-chair", "council-chair"), remind=(-3, 1, 3)),
)  # fmt: skip


def first_due(number: int, cycles: int) -> date:
    """The day on which a cycle has something due: 16 in 100 on the busy day, five on each quiet one, the rest later."""
    busy = cycles * BUSY_PER_CENT // 100
    if number < busy:
        return BUSY_DAY
    if number < busy + QUIET_CYCLES * len(QUIET_DAYS):
        return QUIET_DAYS[(number - busy) // QUIET_CYCLES]
    return IDLE_UNTIL


def seed(engine: Engine, cycles: int) -> None:
    """Make the tables and fill them with so many active cycles of 12 milestones and 30 people each."""
    upgrade(engine)
    for start in range(0, cycles, BATCH):
        numbers = range(start, min(start + BATCH, cycles))
        with writing(engine) as session:
            session.execute(insert(CYCLE), [_cycle(n, first_due(n, cycles)) for n in numbers])
            session.execute(insert(PERSON), [row for n in numbers for row in _people(n)])
            session.execute(insert(MEMBERSHIP), [row for n in numbers for row in _members(n)])
            rows = [row for n in numbers for row in _milestones(n, first_due(n, cycles) + AHEAD)]
            session.execute(insert(MILESTONE), rows)
            session.execute(insert(INVITATION), [row for n in numbers for row in _invitations(n)])


def _name(number: int) -> str:
    return f"cycle-{number:05d}"


def _person(number: int, place: int) -> str:
    return f"person-{number:05d}-{place:02d}"


def _cycle(number: int, due: date) -> dict[str, Any]:
    return {
        "id": _name(number),
        "title": f"Resultatkontrakt {number}",
        "contract_year": 2023,
        "holder": f"Erhvervshus {number}",
        "council": f"KKR {number}",
        "timezone": "Europe/Copenhagen",
        "language": "da",
        "days_off": ["2022-05-27", "2022-12-23"],
        "quiet": [{"from": "2022-10-17", "to": "2022-10-21", "why": "efterårsferie"}],
        "state": "active",
        "stage": "drafting",
        "activated_at": JOINED,
        "next_due_on": due,
    }


def _people(number: int) -> Iterator[dict[str, Any]]:
    for place in range(len(ROLES)):
        name = _person(number, place)
        yield {"id": name, "name": f"Medlem {place}", "email": f"{name}@example.org", "channels": ["email"]}


def _members(number: int) -> Iterator[dict[str, Any]]:
    for place, roles in enumerate(ROLES):
        yield {
            "cycle_id": _name(number),
            "person_id": _person(number, place),
            "position": place,
            "roles": roles,
            "joined_at": JOINED,
            "welcomed": True,
        }


def _milestones(number: int, at_hand: date) -> Iterator[dict[str, Any]]:
    for place, each in enumerate(DATES):
        on = each.on or at_hand
        yield {
            "id": number * len(DATES) + place + 1,
            "cycle_id": _name(number),
            "slug": each.slug,
            "position": place,
            "title": f"{each.slug} for {number}",
            "phase": each.phase,
            "kind": each.kind,
            "rule": {"on": on.isoformat()},
            "on": on,
            "last_on": on,
            "state": "done" if each.done else "open",
            "for_roles": EVERYBODY if each.kind != "meeting" else list(each.invited),
            "owed_by": list(each.owed_by),
            "remind": list(each.remind),
            "actions": None if each.actions is None else list(each.actions),
        }


def _invitations(number: int) -> Iterator[dict[str, Any]]:
    for place, each in enumerate(DATES):
        told = {
            "on": each.on and each.on.isoformat(),
            "at": None,
            "ends": None,
            "place": None,
            "status": "confirmed",
        }
        for member, roles in enumerate(ROLES):
            if each.invited and set(roles) & set(each.invited):
                yield {
                    "milestone_id": number * len(DATES) + place + 1,
                    "person_id": _person(number, member),
                    "told": told,
                    "told_on": JOINED.date(),
                    "sequence": 0,
                    "partstat": "accepted" if member % 3 else "needs-action",
                }
