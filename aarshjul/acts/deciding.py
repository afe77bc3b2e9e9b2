"""What is asked before a body's decision is written down: who takes it, when it was taken, and what stands already."""

from datetime import date

from sqlalchemy import Select, select
from sqlmodel import col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.core.stages import APPROVALS, Outcome
from aarshjul.files.act_forms import Decide
from models.dialogues import open_tasks
from models.draft import Decision, Draft
from models.votes import votes_on

MOST_NAMED = 5


def who_decides(acting: Acting, form: Decide) -> str | None:
    """None where a member decides (or who stands in for one); the coordinator's id where it was recorded.

    Raises:
        ActRefused: to anybody else, or where the minutes are missing.
    """
    members = {member.person for member in acting.view.people((form.body,))}
    if acting.by in members:
        return None
    absent = members & acting.stands_in_for
    themselves = absent & _voted_themselves(acting, form.body) if absent else absent
    if absent - themselves:
        return None
    if acting.is_coordinator:
        if not form.minutes:
            raise ActRefused(f"a coordinator records what the {form.body} decided with its minutes (minutes)")
        return acting.by
    if themselves:
        raise ActRefused(
            f"{' and '.join(sorted(themselves))} voted themselves: that ended it for {acting.by}, who stands in"
        )
    raise ActRefused(
        f"{acting.by} may not decide for the {form.body}: only its members, their delegates, "
        "or a coordinator with the minutes"
    )


def _voted_themselves(acting: Acting, body: str) -> frozenset[str]:
    """Those for whom nobody stands in any more in this case, as they have voted on the present version."""
    draft = acting.session.get(Draft, (acting.cycle.id, acting.cycle.draft_version or 0))
    rows = votes_on(acting.session, draft, body, acting.cycle.round) if draft is not None else []
    return frozenset(row.person_id for row in rows if row.cast_by == row.person_id)


def day_of(acting: Acting, decision: Decision) -> date:
    """The day on which a body decided, on the cycle's own calendar."""
    return decision.decided_on or acting.view.today(decision.decided_at)


def decided_day(acting: Acting, form: Decide, draft: Draft) -> date:
    """The day of the meeting that decided; today where the act names none.

    Raises:
        ActRefused: for a day to come, or one before the text was there to be decided about.
    """
    day = form.decided_on or acting.today
    if day > acting.today:
        raise ActRefused(f"decided_on is {day}, which is still to come: today is {acting.today}")
    submitted = acting.view.today(draft.submitted_at)
    if day < submitted:
        raise ActRefused(
            f"decided_on is {day}, before version {draft.version} was submitted on {submitted}: "
            "nobody can have decided about it then"
        )
    return day


def check_order(acting: Acting, form: Decide, draft: Draft, day: date) -> None:
    """The council's day is not before that of the board's approval of the same text.

    Raises:
        ActRefused: where it is.
    """
    if form.body != "council":
        return
    query = _of_body(acting, "board").where(
        col(Decision.draft_hash) == draft.hash,
        col(Decision.void_at).is_(None),
        col(Decision.outcome).in_(APPROVALS),
    )
    board = acting.session.scalars(query).first()
    if board is not None and day < day_of(acting, board):
        raise ActRefused(
            f"decided_on is {day}, before the board approved the draft on {day_of(acting, board)}"
        )


def refuse_second(acting: Acting, form: Decide, draft: Draft, day: date) -> None:
    """A body decides once about a version; where it put it off, again on another day.

    Raises:
        ActRefused: with what stands.
    """
    query = _of_body(acting, form.body).where(col(Decision.draft_version) == draft.version)
    for row in acting.session.scalars(query):
        stands = row.void_at is None or row.outcome == Outcome.RETURNED
        if stands and (row.outcome != Outcome.POSTPONED or day_of(acting, row) == day):
            raise ActRefused(
                f"the {row.body} has decided about version {row.draft_version} already: {_told(acting, row)}. "
                "What stands is changed by a new version of the draft"
            )


def _told(acting: Acting, row: Decision) -> str:
    minutes = f"minutes '{row.minutes}'" if row.minutes else "without minutes"
    by = f"recorded by {row.recorded_by}" if row.recorded_by else f"by {row.decided_by}"
    return f"{row.outcome} on {day_of(acting, row)} ({minutes}, {by})"


def _of_body(acting: Acting, body: str) -> Select[tuple[Decision]]:
    """A body's decisions, the latest first."""
    query = select(Decision).where(col(Decision.cycle_id) == acting.cycle.id, col(Decision.body) == body)
    return query.order_by(col(Decision.id).desc())


def refuse_open_tasks(acting: Acting, form: Decide) -> None:
    """What the dialogue meeting wants changed is made or declined before the board approves.

    Raises:
        ActRefused: with the tasks that are open.
    """
    if form.body != "board" or Outcome(form.outcome) not in APPROVALS:
        return
    tasks = open_tasks(acting.session, acting.cycle.id)
    if tasks:
        named = ", ".join(f"{task.number} ({task.area})" for task in tasks[:MOST_NAMED])
        more = f" and {len(tasks) - MOST_NAMED} more" if len(tasks) > MOST_NAMED else ""
        raise ActRefused(
            f"the board cannot approve while changes that a meeting wants are open: task {named}{more}; "
            "settle-task says of each that it is done or declined"
        )
