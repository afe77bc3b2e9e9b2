"""What a played year's calendars must say, worked out from its record without the code that writes calendars."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select
from sqlmodel import col

from models.cycle import Cycle
from models.engine import reading
from models.milestone import CalendarEntry, Milestone, MilestoneRevision
from models.person import Person
from tests.interop.homes import Mailed
from tests.interop.readers import Seen

SAID = {
    ("da", "tentative"): "Foreløbig: ",
    ("en", "tentative"): "Tentative: ",
    ("da", "cancelled"): "AFLYST: ",
    ("en", "cancelled"): "CANCELLED: ",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Meant:
    """One milestone in one of its revisions, as the record has it."""

    cycle: str
    slug: str
    uid: str
    revision: int
    title: str
    zone: str
    on: date
    at: str | None
    ends: str | None
    status: str
    roles: frozenset[str] = frozenset()

    def seen(self, file: str, language: str, method: str = "") -> Seen:
        """How a reader must understand it."""
        start, end = self._when()
        return Seen(
            file=file,
            uid=self.uid,
            method=method,
            kind="VEVENT",
            sequence=self.revision - 1,
            # A CANCEL to one who is no longer wanted at a meeting that goes on must have no STATUS (RFC 5546, 3.2.5).
            status="" if method == "CANCEL" and self.status != "cancelled" else self.status.upper(),
            start=start,
            end=end,
            summary=SAID.get((language, self.status), "") + " ".join(self.title.split()),
        )

    def _when(self) -> tuple[str, str]:
        if self.at is None:
            return self.on.isoformat(), (self.on + timedelta(days=1)).isoformat()
        start = self._utc(self.at)
        end = self._utc(self.ends) if self.ends else start + timedelta(hours=1)
        return f"{start:%Y-%m-%dT%H:%M:%SZ}", f"{end:%Y-%m-%dT%H:%M:%SZ}"

    def _utc(self, clock: str) -> datetime:
        """A time that clocks have twice is the first of them (RFC 5545, 3.3.5)."""
        return datetime.combine(self.on, time.fromisoformat(clock), ZoneInfo(self.zone)).astimezone(UTC)


def standing(engine: Engine) -> list[Meant]:
    """Every milestone of the plan that has a date, as it stands at the end of the year."""
    query = (
        select(Milestone, col(CalendarEntry.uid), col(Cycle.timezone))
        .join(CalendarEntry, col(CalendarEntry.milestone_id) == col(Milestone.id))
        .join(Cycle, col(Cycle.id) == col(Milestone.cycle_id))
        .where(col(Milestone.on).is_not(None), col(Milestone.about).is_(None))
    )
    with reading(engine) as session:
        return [_stands(row, uid, zone) for row, uid, zone in session.execute(query)]


def _stands(row: Milestone, uid: str, zone: str) -> Meant:
    assert row.on is not None
    sure = "tentative" if row.tentative else "confirmed"
    return Meant(
        cycle=row.cycle_id,
        slug=row.slug,
        uid=uid,
        revision=row.revision,
        title=row.title,
        zone=zone,
        on=row.on,
        at=row.at,
        ends=row.ends,
        status="cancelled" if row.state == "cancelled" else sure,
        roles=frozenset([*row.for_roles, *(row.owed_by or ())]),
    )


def mailed(engine: Engine, mails: list[Mailed]) -> Iterator[tuple[Mailed, Seen]]:
    """Each mailed calendar with what it must say: the revision that its duty names, in the reader's language."""
    with reading(engine) as session:
        revisions = {
            (row.cycle_id, row.slug, revision.revision): _was(row, revision, uid, zone)
            for row, revision, uid, zone in session.execute(
                select(Milestone, MilestoneRevision, col(CalendarEntry.uid), col(Cycle.timezone))
                .join(MilestoneRevision, col(MilestoneRevision.milestone_id) == col(Milestone.id))
                .join(CalendarEntry, col(CalendarEntry.milestone_id) == col(Milestone.id))
                .join(Cycle, col(Cycle.id) == col(Milestone.cycle_id))
                .where(col(MilestoneRevision.on).is_not(None))
            )
        }
        people = dict(session.execute(select(col(Person.email), col(Person.language))).tuples().all())
        languages = dict(session.execute(select(col(Cycle.id), col(Cycle.language))).tuples().all())
    for mail in mails:
        (duty,) = [line for line in mail.duties if line.split("/")[3] in ("invite", "update", "cancel")]
        cycle, milestone, revision, kind, *_ = duty.split("/")
        meant = revisions[cycle, milestone, int(revision)]
        language = people[mail.to] or languages[cycle]
        method = "CANCEL" if kind == "cancel" else "REQUEST"
        yield mail, meant.seen(f"mail-{mail.number:05}.ics", language, method)


def _was(row: Milestone, revision: MilestoneRevision, uid: str, zone: str) -> Meant:
    assert revision.on is not None
    return Meant(
        cycle=row.cycle_id,
        slug=row.slug,
        uid=uid,
        revision=revision.revision,
        title=row.title,
        zone=zone,
        on=revision.on,
        at=revision.at,
        ends=revision.ends,
        status=revision.status,
    )
