"""Doing an act: one transaction with its history, the same for web, command line, scenario file and API."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts import (
    attainment,
    conditions,
    consulting,
    dates,
    decisions,
    deputies,
    drafts,
    evidence,
    lifecycle,
    meetings,
    minuting,
    people,
    results,
    signing,
    votes,
)
from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.locking import locked
from aarshjul.acts.noting import note_changes
from aarshjul.acts.sharing import know_together
from aarshjul.core.owed import due, next_due
from aarshjul.files.act_forms import ActForm
from models.chain import append
from models.cycle import Cycle, Membership
from models.engine import writing
from models.ledger import done_before, earliest, waiting_days
from models.loading import load_cycle, load_cycles
from models.person import Person
from models.vouching import standing

Act = Callable[[Acting, Any], None]

ACTS: dict[str, Act] = {
    "activate": lifecycle.activate,
    "close": lifecycle.close,
    "join": lifecycle.join,
    "leave": lifecycle.leave,
    "request-data": results.request_data,
    "record-result": results.record_result,
    "attach": evidence.attach,
    "resolve-finding": attainment.resolve_finding,
    "recommend": attainment.recommend,
    "decide-attainment": attainment.decide_attainment,
    "submit-draft": drafts.submit_draft,
    "take-national-goals": drafts.take_national_goals,
    "comment": consulting.comment,
    "settle-comment": consulting.settle_comment,
    "respond": consulting.respond,
    "minute": minuting.minute,
    "settle-task": minuting.settle_task,
    "confirm": dates.confirm,
    "move": dates.move,
    "anchor": meetings.anchor,
    "cancel": dates.cancel,
    "hold": dates.hold,
    "done": dates.done,
    "vote": votes.vote,
    "decide": decisions.decide,
    "settle-condition": conditions.settle_condition,
    "sign": signing.sign,
    "put-in-force": signing.put_in_force,
    "answer": people.answer,
    "delegate": people.delegate,
    "appoint-deputy": deputies.appoint_deputy,
    "prefer": people.prefer,
    "unsubscribe": people.unsubscribe,
}
IN_A_DRAFT_CYCLE = frozenset(
    {
        *("activate", "close", "join", "leave", "delegate", "appoint-deputy", "prefer"),
        *("confirm", "move", "anchor", "cancel"),
    }
)
"""What may be done before a cycle is activated: getting it ready."""


def perform(
    engine: Engine,
    cycle_id: str,
    by: str,
    name: str,
    form: ActForm,
    now: datetime,
    *,
    played: int | None = None,
    hold: timedelta | None = None,
) -> None:
    """Do one act: check who may, write the change and its history, ask for a round; all of it or nothing.

    Args:
        engine: the database.
        cycle_id: the cycle it is done in.
        by: the id of who does it.
        name: the act's name, one of `ACTS`.
        form: its fields, parsed.
        now: the moment, aware.
        played: where a file of acts is played: how many of its acts are done with this one.
        hold: how long the messages that it causes wait, so that they can be taken back.

    Raises:
        Refused: where a rule forbids it; nothing is written then.
    """
    with writing(engine) as session:
        act(session, cycle_id, by, name, form, now, hold=hold)
        if played is not None:
            session.get_one(Cycle, cycle_id).played_acts = played


def act(
    session: Session,
    cycle_id: str,
    by: str,
    name: str,
    form: ActForm,
    now: datetime,
    *,
    hold: timedelta | None = None,
) -> None:
    """Do one act within a transaction of the caller's."""
    cycles = locked(session, cycle_id, name, form)
    takes_part(session, cycles.get(cycle_id), cycle_id, by, name)
    touched = side_by_side(session, cycles, by, now)
    before = {each: standing(session, each) for each in touched}
    ACTS[name](touched[cycle_id], form)
    session.flush()
    if len(touched) > 1:
        know_together(session, load_cycles(session, sorted(touched)).values())
    for each in touched.values():
        _ask_for_a_round(session, each.cycle, now, hold)
        note_changes(each, before[each.cycle.id])
        append(session, each.cycle, each.events, now)


def takes_part(session: Session, cycle: Cycle | None, cycle_id: str, by: str, name: str) -> None:
    """Refuse an act to who is no member, and where the cycle is not in a state for it.

    Raises:
        ActRefused: with what is missing.
    """
    if cycle is None:
        raise ActRefused(f"there is no cycle {cycle_id} here")
    if session.get(Person, by) is None:
        raise ActRefused(f"there is no person {by} here")
    member = session.get(Membership, (cycle_id, by))
    if member is None or member.left_at is not None:
        raise ActRefused(f"{by} takes no part in {cycle_id}")
    if cycle.state == "closed":
        raise ActRefused(
            f"{cycle_id} is closed: nothing can be done in it any more; what it holds can be read "
            f"(`aarshjul status {cycle_id}`, `draft show`, `results`, `history show`) "
            f"and taken out (`export {cycle_id} --all`)"
        )
    if cycle.state == "draft" and name not in IN_A_DRAFT_CYCLE:
        raise ActRefused(f"{cycle_id} is not activated yet")


def side_by_side(session: Session, cycles: Mapping[str, Cycle], by: str, now: datetime) -> dict[str, Acting]:
    """Somebody who acts in each of the cycles that an act touches, each with the others beside it."""
    touched = {each: Acting(session=session, cycle=row, by=by, now=now) for each, row in cycles.items()}
    for each in touched.values():
        each.beside = {other: theirs for other, theirs in touched.items() if theirs is not each}
    return touched


def _ask_for_a_round(session: Session, cycle: Cycle, now: datetime, hold: timedelta | None) -> None:
    """Ask for a round where the act has left something to do; else say when there will be something."""
    view = load_cycle(session, cycle.id)
    today = view.today(now)
    keys = [duty.key for duty in due(view, now)]
    if view.notices or set(keys) - done_before(session, keys):
        cycle.round_wanted += 1
        cycle.next_due_on = today
        if hold:
            cycle.held_until = now + hold
    elif cycle.next_due_on is None or cycle.next_due_on > today:
        waiting = waiting_days(session, {cycle.id: view.zone}, now)
        cycle.next_due_on = earliest(next_due(view, now), waiting.get(cycle.id))
