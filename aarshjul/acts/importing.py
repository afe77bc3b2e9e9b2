"""Bringing contracts and cycles into the record, whole or not at all."""

import hashlib
import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from aarshjul.acts.acting import ActRefused, keep_revision
from aarshjul.acts.meetings import placed, set_telling, telling_of, tie
from aarshjul.acts.national import import_national
from aarshjul.acts.people import store_person
from aarshjul.core.contract import Contract
from aarshjul.core.deadlines import resolve
from aarshjul.core.errors import Invalid
from aarshjul.files.cycle_form import CycleForm, MilestoneForm
from aarshjul.files.people_forms import PersonForm
from aarshjul.files.write import dump_cycle
from models.chain import Event, append
from models.contract import Contract as ContractRow
from models.contract_rows import contract_json, load_contract, store_contract
from models.cycle import Cycle, Membership
from models.json_values import working_days
from models.meeting import Meeting
from models.milestone import Milestone
from models.person import Organisation, Person
from models.rules_json import rule_to_json
from models.sharing import lock_meetings
from models.vouching import stands


def import_contract(session: Session, contract: Contract) -> bool:
    """Write a contract; False where it is here already, the same.

    Raises:
        Refused: where another contract of that id is here.
    """
    if session.get(ContractRow, contract.id) is None:
        store_contract(session, contract)
        return True
    known = load_contract(session, contract.id)
    if known is None or contract_json(known) != contract_json(contract):
        raise ActRefused(
            f"contract {contract.id} is here already with another content: give this one another id"
        )
    return False


def import_cycle(session: Session, form: CycleForm, contract: Contract | None, now: datetime) -> bool:
    """Write a cycle, its people and milestones as a silent draft; False where it is here already, the same.

    Raises:
        Refused: where another cycle of that id, or another person of an id, is here.
        Invalid: where dates by rule hang on each other in a circle, or a meeting is not in the record.
    """
    source = source_hash(form, contract)
    known = session.get(Cycle, form.id)
    if known is not None:
        if known.source_hash != source:
            raise ActRefused(f"cycle {form.id} is here already with another content: change it by acts")
        return False
    if contract is not None:
        import_contract(session, contract)
    if form.shared is not None:
        import_national(session, form.shared, now)
    cycle = Cycle(
        id=form.id,
        title=form.title,
        contract_year=form.contract_year,
        holder=form.holder,
        council=form.council,
        timezone=form.timezone,
        language=form.language,
        contract_id=contract.id if contract is not None else None,
        scores_file=form.scores,
        national_file=form.national_goals,
        days_off=[day.isoformat() for day in form.days_off],
        quiet=[_quiet(period) for period in form.quiet],
        source_hash=source,
    )
    session.add(cycle)
    session.flush()
    for position, person in enumerate(form.people):
        _add_person(session, cycle, person, position, now)
    session.flush()
    for person in form.people:
        session.get_one(Membership, (cycle.id, person.id)).deputy_id = person.deputy
    _add_milestones(session, cycle, form, now)
    session.flush()
    facts = {"source": source, "stands": stands(session, cycle.id)}
    append(session, cycle, [Event(type="act", what="imported", facts=facts)], now)
    return True


def source_hash(form: CycleForm, contract: Contract | None) -> str:
    """What a cycle was made from, as one hash."""
    presented = contract_json(contract) if contract is not None else None
    text = dump_cycle(form) + json.dumps(presented, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _quiet(period: Any) -> dict[str, Any]:
    return {"from": period.from_.isoformat(), "to": period.to.isoformat(), "why": period.why}


def _add_person(session: Session, cycle: Cycle, form: PersonForm, position: int, now: datetime) -> None:
    known = session.get(Person, form.id)
    if known is not None:
        organisation = session.get(Organisation, known.organisation_id) if known.organisation_id else None
        have = (known.name, known.email, organisation.name if organisation else None)
        if have != (form.name, form.email, form.organisation):
            raise ActRefused(
                f"person {form.id} is here already as {known.name} <{known.email}>: give this one another id"
            )
    else:
        store_person(session, form)
    session.add(
        Membership(
            cycle_id=cycle.id, person_id=form.id, position=position, roles=list(form.roles), joined_at=now
        )
    )


def _add_milestones(session: Session, cycle: Cycle, form: CycleForm, now: datetime) -> None:
    days = working_days(cycle.days_off, cycle.quiet)
    real = _meetings(session, form)
    zone = ZoneInfo(cycle.timezone)
    tied = {slug: telling_of(meeting, zone) for slug, meeting in real.items()}
    rules = {each.id: tied[each.id].on or each.on if each.id in tied else each.on for each in form.milestones}
    dates = resolve(rules, contract_year=form.contract_year, days=days)
    for position, milestone in enumerate(form.milestones):
        row = _milestone(cycle, milestone, position, dates[milestone.id])
        session.add(row)
        if milestone.id in real:
            set_telling(row, placed(row, tied[milestone.id]))
        keep_revision(session, row, "import", now)
        if milestone.id in real:
            tie(session, row, real[milestone.id], now)


def _meetings(session: Session, form: CycleForm) -> dict[str, Meeting]:
    """The real meetings that a file names, by the milestones' ids, locked.

    Raises:
        Invalid: with the line of each that the record has not, or that is cancelled.
    """
    names = {each.meeting for each in form.milestones if each.meeting is not None}
    lock_meetings(session, names)
    found, problems = {}, []
    for each in form.milestones:
        if each.meeting is None:
            continue
        meeting = session.get(Meeting, each.meeting)
        where = getattr(each.meeting, "where", form.id)
        if meeting is None:
            why = "which is not in the record; import the body's calendar of meetings first, or leave it out"
            problems.append(f"{where}: `meeting` names `{each.meeting}`, {why}")
        elif meeting.status == "cancelled":
            problems.append(
                f"{where}: `meeting` names `{each.meeting}`, which is cancelled; name another one"
            )
        else:
            found[each.id] = meeting
    if problems:
        raise Invalid(*problems)
    return found


def _milestone(cycle: Cycle, form: MilestoneForm, position: int, on: date) -> Milestone:
    """A milestone's row; where others invite, what the file leaves out is written out, and nobody owes an answer."""
    owed_by, actions = form.owed_by, form.actions
    if form.invited_elsewhere:
        owed_by, actions = owed_by or (), form.effective_actions
    return Milestone(
        cycle_id=cycle.id,
        slug=form.id,
        position=position,
        title=form.title,
        phase=form.phase,
        kind=form.kind,
        rule=rule_to_json(form.on),
        on=on,
        last_on=on,
        at=form.at,
        ends=form.ends,
        place=form.place,
        tentative=form.status == "tentative",
        for_roles=list(form.for_),
        owed_by=None if owed_by is None else list(owed_by),
        done_when=form.done_when,
        remind=list(form.remind),
        actions=None if actions is None else list(actions),
        invited_elsewhere=form.invited_elsewhere,
        even_on_days_off=form.even_on_days_off,
    )
