"""Acts on milestones: confirm, move, cancel, hold, done."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.following import ask_anew, last_told, revise_and_tell, take_along
from aarshjul.acts.meetings import go_along, note_in_meeting, set_telling
from aarshjul.acts.sharing import Carried, may_change_all, others_at_the_meeting, shares_entry
from aarshjul.acts.standing_in import may_act_for
from aarshjul.core import cycle as core
from aarshjul.core.owing import owing
from aarshjul.core.stages import Step
from aarshjul.files.act_forms import Cancel, Confirm, Done, Hold, Move
from models.loading import milestone_value
from models.milestone import Completion, Milestone


def confirm(acting: Acting, form: Confirm) -> None:
    """A tentative date becomes certain; those who reserved it are told."""
    row, others = check_confirm(acting, form)
    revision = acting.next_revision(row)
    for each, mine in ((acting, row), *others):
        mine.tentative = False
        own = revision if shares_entry(acting.session, row, mine) else None
        each.revise(mine, "confirm", revision=own)
        each.happened("confirmed", milestone=mine, revision=mine.revision)
    note_in_meeting(acting, row)


def check_confirm(acting: Acting, form: Confirm) -> tuple[Milestone, list[Carried]]:
    """The milestone, and what else its meeting carries that becomes certain with it.

    Raises:
        ActRefused: where its date is not to be confirmed now, or not by who acts.
    """
    acting.needs(core.COORDINATOR)
    row = acting.open_milestone(form.milestone)
    if not row.tentative:
        raise ActRefused(f"{row.slug} is confirmed already")
    if row.on is None:
        raise ActRefused(f"{row.slug} has no date to confirm: move it to one first")
    others = [each for each in others_at_the_meeting(acting, row) if each[1].tentative]
    may_change_all(acting, row, others)
    return row, others


def move(acting: Acting, form: Move) -> None:
    """A milestone gets another date, time or place; what hangs on it follows; invitees are asked anew."""
    row, will, others = check_move(acting, form)
    known = last_told(row)
    set_telling(row, will)
    row.anchored = row.anchored or form.to is not None
    revision = acting.next_revision(row)
    _moved(acting, row, known, revision, form.reason)
    for each, mine in others:
        known = last_told(mine)
        go_along(mine, row, acting.view.zone, each.view.zone)
        own = revision if shares_entry(acting.session, row, mine) else None
        _moved(each, mine, known, own, form.reason)
    note_in_meeting(acting, row)


def check_move(acting: Acting, form: Move) -> tuple[Milestone, core.Telling, list[Carried]]:
    """The milestone, when and where it will be, and what else its meeting carries.

    Raises:
        ActRefused: where it is not to be moved there, or not by who acts.
    """
    acting.needs(core.COORDINATOR)
    row = acting.open_milestone(form.milestone)
    to = form.to or row.on
    if to is None:
        raise ActRefused(f"{row.slug} has no date: say where it moves (to)")
    if to < acting.today:
        raise ActRefused(f"{row.slug} cannot be moved to {to}, which is past")
    was = milestone_value(row).telling
    at, ends = _times(row, form)
    will = replace(was, on=to, at=at, ends=ends, place=form.place if form.place is not None else row.place)
    if will == was:
        raise ActRefused(f"{row.slug} is there already: nothing to move")
    others = others_at_the_meeting(acting, row)
    may_change_all(acting, row, others)
    return row, will, others


def _moved(
    acting: Acting, row: Milestone, known: core.Telling, revision: int | None, reason: str | None
) -> None:
    """What a move brings with it, in the cycle whose milestone it is."""
    revise_and_tell(acting, row, known, "move", root=row.slug, reason=reason, revision=revision)
    ask_anew(acting, row)
    acting.happened("moved", milestone=row, revision=row.revision, to=str(row.on))
    if row.on is not None and row.on != known.on:
        take_along(acting, row, row.on)


def _times(row: Milestone, form: Move) -> tuple[str | None, str | None]:
    """When it begins and ends then; where only the beginning is given the length stays."""
    at, ends = form.at or row.at, form.ends or row.ends
    if form.at and not form.ends and row.at and row.ends:
        length = _minutes(row.ends) - _minutes(row.at)
        ends = _clock(min(_minutes(form.at) + length, 24 * 60 - 1))
    if ends is not None and (at is None or ends <= at):
        raise ActRefused(f"{row.slug} cannot end ({ends}) before it begins ({at or 'no time given'})")
    return at, ends


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def cancel(acting: Acting, form: Cancel) -> None:
    """A milestone will not be; those who were invited, or owe something, are told."""
    row = check_cancel(acting, form)
    call_off(acting, row, form.reason)
    acting.happened("cancelled", milestone=row, revision=row.revision)


def check_cancel(acting: Acting, form: Cancel) -> Milestone:
    """The milestone.

    Raises:
        ActRefused: where it is not to be cancelled, or not by who acts.
    """
    acting.needs(core.COORDINATOR)
    row = acting.open_milestone(form.milestone)
    _not_a_conditions(row)
    return row


def call_off(acting: Acting, row: Milestone, reason: str | None) -> None:
    """Cancel a milestone, whoever asked for it."""
    was = last_told(row)
    row.state = core.State.CANCELLED
    row.on = row.on or row.last_on
    revise_and_tell(acting, row, was, "cancel", root=row.slug, reason=reason)


def hold(acting: Acting, form: Hold) -> None:
    """A meeting was held: it closes, with its minutes; a dialogue meeting takes the draft to `discussed`."""
    row = check_hold(acting, form)
    row.state, row.minutes, row.present = core.State.DONE, form.minutes, list(form.present)
    acting.happened("held", milestone=row, present=list(form.present) or None)


def check_hold(acting: Acting, form: Hold) -> Milestone:
    """The meeting; one of the dialogue takes the draft's next stage.

    Raises:
        ActRefused: where it cannot have been held, or who acts may not say so.
    """
    acting.needs(core.COORDINATOR)
    row = acting.open_milestone(form.milestone)
    if row.kind != core.Kind.MEETING:
        raise ActRefused(f"{row.slug} is a {row.kind}, not a meeting: it cannot be held")
    if row.on is None or row.on > acting.today:
        raise ActRefused(f"{row.slug} is on {row.on}: it cannot have been held yet")
    for person in form.present:
        acting.member(person)
    if row.phase == core.Phase.DIALOGUE:
        acting.step(Step.HOLD_DIALOGUE)
    return row


def done(acting: Acting, form: Done) -> None:
    """What was owed at a deadline is done, by one person or, as the coordinator says, by all."""
    row, who = check_done(acting, form)
    for person in who:
        complete(acting, row, person)
    close_when_done(acting, row, all_of_it=acting.is_coordinator and form.person is None)
    acting.happened("done", milestone=row, people=sorted(who))


def check_done(acting: Acting, form: Done) -> tuple[Milestone, set[str]]:
    """The deadline, and those whose part of it is done.

    Raises:
        ActRefused: where it closes by another act, or who acts owes nothing there and may not say it for others.
    """
    row = acting.open_milestone(form.milestone)
    _can_be_done(row)
    return row, _whose(acting, row, form.person)


def _not_a_conditions(row: Milestone) -> None:
    """What follows up a condition ends with the condition, never without it."""
    about, _, number = (row.about or "").partition(":")
    if about == "condition":
        raise ActRefused(
            f"{row.slug} follows up condition {number}: settle-condition says that it is met, or waived"
        )


def _can_be_done(row: Milestone) -> None:
    _not_a_conditions(row)
    about, _, indicator = (row.about or "").partition(":")
    if about == "request":
        raise ActRefused(f"{row.slug} waits for the result of {indicator}: record-result closes it")
    if row.kind == core.Kind.MEETING:
        raise ActRefused(f"{row.slug} is a meeting: hold it")
    if (
        row.kind == core.Kind.DECISION
        and row.phase == core.Phase.APPROVAL
        and set(row.owed_by or ()) & {*core.BODIES}
    ):
        raise ActRefused(f"{row.slug} is a decision: it closes when {' and '.join(row.owed_by or ())} decide")


def _whose(acting: Acting, row: Milestone, person: str | None) -> set[str]:
    """Those whose part is done: one's own, that of whom one stands in for, or whom the coordinator names."""
    milestone = acting.view.by_id[row.slug]
    owe = {member.person for member in owing(acting.view, milestone, acting.today)}
    if acting.is_coordinator:
        if person is None:
            return owe
        if person not in owe:
            raise ActRefused(f"{person} does not owe anything at {row.slug}")
        return {person}
    mine = owe & ({acting.by} | acting.stands_in_for)
    if person is not None:
        if person in owe:
            may_act_for(acting, person, None)
        mine &= {person}
    if not mine:
        raise ActRefused(f"{acting.by} does not owe anything at {row.slug}")
    return mine if acting.by not in mine else {acting.by}


def complete(acting: Acting, row: Milestone, person: str) -> None:
    """A person's part of a milestone is done; once is enough."""
    if acting.session.get(Completion, (row.id, person)) is None:
        acting.session.add(Completion(milestone_id=row.id or 0, person_id=person, done_at=acting.now))


def close_when_done(acting: Acting, row: Milestone, *, all_of_it: bool = False) -> None:
    """Close a milestone when nobody owes anything at it any more."""
    acting.session.flush()
    query = select(col(Completion.person_id)).where(col(Completion.milestone_id) == row.id)
    have = set(acting.session.scalars(query))
    owe = {member.person for member in acting.view.people(tuple(row.owed_by or ()))}
    if all_of_it or (owe and owe <= have):
        row.state, row.on = core.State.DONE, row.on or row.last_on


def begins(row: Milestone, view: core.Cycle) -> datetime | None:
    """When a milestone begins, as an instant; one without a time is only past when its day is."""
    if row.on is None:
        return None
    if row.at is None:
        return core.moment(row.on + timedelta(days=1), "00:00", view.zone)
    return core.moment(row.on, row.at, view.zone)
