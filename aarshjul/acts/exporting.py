"""A cycle of the record as a cycle file says it: what `import` brought in, with all that has changed since."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.acts.acting import ActRefused
from aarshjul.core import cycle as core
from aarshjul.core.date_rules import DateRule
from aarshjul.core.deadlines import anchor_of, resolve
from aarshjul.core.working_days import WorkingDays
from aarshjul.files.cycle_form import CycleForm, MilestoneForm, QuietForm
from aarshjul.files.people_forms import PersonForm
from models.cycle import Cycle, Membership
from models.json_values import working_days
from models.milestone import Milestone
from models.person import Organisation, Person
from models.rules_json import rule_from_json

On = date | DateRule


@dataclass(frozen=True, kw_only=True, slots=True)
class Exported:
    """A cycle as a form, and what the form has no words for, a sentence each."""

    form: CycleForm
    lost: tuple[str, ...]


def export_cycle(session: Session, cycle: Cycle, *, with_cancelled: bool = False) -> Exported:
    """The cycle as it stands now.

    A date by rule stays a rule as long as the rule gives the milestone's date; what was moved by itself has
    its date. Who has left is not in it. A file cannot say that a milestone is cancelled: such a one is left
    out, or with `with_cancelled` (for another year) kept as if it were open.

    Raises:
        Refused: where no milestone is left.
    """
    every = _milestones(session, cycle.id)
    rows = [row for row in every if row.about is None]
    kept = [row for row in rows if with_cancelled or row.state != core.State.CANCELLED]
    if not kept:
        raise ActRefused(f"every milestone of {cycle.id} is cancelled: there is nothing to export")
    dates = _dates(kept, cycle.contract_year, working_days(cycle.days_off, cycle.quiet))
    lost = [f"{row.slug} is cancelled and left out" for row in rows if row not in kept]
    lost += [f"{row.slug} follows up {row.about} and is left out" for row in every if row.about is not None]
    lost += [f"{row.slug} waits for a date; its last one was {row.last_on}" for row in kept if row.on is None]
    form = CycleForm(
        id=cycle.id,
        title=cycle.title,
        contract_year=cycle.contract_year,
        holder=cycle.holder,
        council=cycle.council,
        timezone=cycle.timezone,
        language=cycle.language,
        scores=cycle.scores_file,
        national_goals=cycle.national_file,
        days_off=tuple(date.fromisoformat(day) for day in cycle.days_off),
        quiet=tuple(_quiet(period) for period in cycle.quiet),
        people=tuple(_people(session, cycle.id)),
        milestones=tuple(_milestone(row, dates[row.slug]) for row in kept),
    )
    return Exported(form=form, lost=tuple(lost))


def _quiet(period: dict[str, Any]) -> QuietForm:
    first, last = date.fromisoformat(period["from"]), date.fromisoformat(period["to"])
    return QuietForm(from_=first, to=last, why=period["why"])


def _milestones(session: Session, cycle_id: str) -> list[Milestone]:
    query = select(Milestone).where(col(Milestone.cycle_id) == cycle_id).order_by(col(Milestone.position))
    return list(session.scalars(query))


def _dates(rows: list[Milestone], contract_year: int, days: WorkingDays) -> dict[str, On]:
    """Each milestone's rule, or its date where the rule does not give it (any more)."""
    names = {row.slug for row in rows}
    now: dict[str, date] = {row.slug: row.on or row.last_on for row in rows}
    found: dict[str, On] = {}
    for row in rows:
        rule = rule_from_json(row.rule)
        anchor = anchor_of(rule)
        follows = not row.anchored and (anchor is None or anchor in names)
        found[row.slug] = rule if follows else now[row.slug]
    while True:
        given = resolve(found, contract_year=contract_year, days=days)
        wrong = {name: day for name, day in now.items() if given[name] != day}
        if not wrong:
            return found
        # What hangs on a milestone is judged again once that milestone itself has its date.
        first = [name for name in wrong if anchor_of(found[name]) not in wrong]
        found |= {name: now[name] for name in first}


def _people(session: Session, cycle_id: str) -> list[PersonForm]:
    query = (
        select(Membership, Person, Organisation)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(Membership.cycle_id) == cycle_id, col(Membership.left_at).is_(None))
        .order_by(col(Membership.position))
    )
    found = session.execute(query).all()
    present = {person.id for _, person, _ in found}
    return [
        PersonForm(
            id=person.id,
            name=person.name,
            email=person.email,
            organisation=organisation.name if organisation else None,
            roles=tuple(membership.roles),
            channels=tuple(person.channels),
            language=person.language,
            teams=person.teams,
            digest=person.digest,
            quiet=tuple(person.quiet),
            secretary=person.secretary,
            deputy=membership.deputy_id if membership.deputy_id in present else None,
        )
        for membership, person, organisation in found
    ]


def _milestone(row: Milestone, on: On) -> MilestoneForm:
    return MilestoneForm(
        id=row.slug,
        title=row.title,
        phase=row.phase,
        kind=row.kind,
        on=on,
        at=row.at,
        ends=row.ends,
        place=row.place,
        meeting=row.meeting_id,
        status="tentative" if row.tentative else "confirmed",
        for_=tuple(row.for_roles),
        owed_by=_unless_understood(row, row.owed_by, []),
        done_when=row.done_when,
        remind=tuple(row.remind),
        actions=_unless_understood(row, row.actions, ["remind"] if row.remind else []),
        invited_elsewhere=row.invited_elsewhere,
        even_on_days_off=row.even_on_days_off,
    )


def _unless_understood(
    row: Milestone, value: list[str] | None, understood: list[str]
) -> tuple[str, ...] | None:
    """What the file says; where others invite, the row has what the file leaves out."""
    if value is None or (row.invited_elsewhere and value == understood):
        return None
    return tuple(value)
