"""What somebody could do about a milestone at this moment, as the acts' own checks say it: what its page offers them.

Nothing is decided here: whoever presses a button is asked again by the act. Nothing is written, and nobody waits.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.acts.acting import Acting
from aarshjul.acts.dates import check_cancel, check_confirm, check_done, check_hold, check_move
from aarshjul.acts.evidence import may_attach
from aarshjul.acts.meetings import check_anchor
from aarshjul.acts.offering import would
from aarshjul.acts.perform import side_by_side, takes_part
from aarshjul.core import cycle as core
from aarshjul.files.act_forms import NO_ONE, ActForm, Anchor, Cancel, Confirm, Done, Hold, Move
from aarshjul.files.process_forms import Attach
from models.cycle import Cycle
from models.loading import load_cycles, milestone_of
from models.milestone import Milestone
from models.sharing import cycles_at

CHECKS: dict[str, Callable[[Acting, Any], object]] = {
    "confirm": check_confirm,
    "move": check_move,
    "cancel": check_cancel,
    "hold": check_hold,
    "done": check_done,
    "attach": may_attach,
    "anchor": check_anchor,
}


def offered(
    session: Session, view: core.Cycle, by: str, slug: str, now: datetime, meeting: str | None = None
) -> frozenset[str]:
    """The acts on a milestone that would be done for somebody now.

    Args:
        session: a look at the record.
        view: the cycle, as the same look has it.
        by: the id of who would act.
        slug: the milestone; nothing can be done about one that the cycle has not.
        now: the moment, aware.
        meeting: a real one that it could be tied to; letting go of the one that it has is `anchor` as well.
    """
    row = milestone_of(session, view.id, slug)
    if row is None:
        return frozenset()
    acting = _looking(session, view, by, now, {row.meeting_id, meeting} - {None})
    return frozenset(
        name
        for name, form in _forms(row, acting.today, meeting)
        if would(acting, partial(_check, name=name, form=form))
    )


def _check(acting: Acting, name: str, form: ActForm) -> None:
    takes_part(acting.session, acting.cycle, acting.cycle.id, acting.by, name)
    CHECKS[name](acting, form)


def _forms(row: Milestone, today: date, meeting: str | None) -> Iterator[tuple[str, ActForm]]:
    """Each act as somebody could mean it: a move to another day to come, and so on."""
    slug, latest = row.slug, max(row.on or row.last_on, today)
    yield "confirm", Confirm(milestone=slug)
    if latest < date.max:
        yield "move", Move(milestone=slug, to=latest + timedelta(days=1))
    yield "cancel", Cancel(milestone=slug)
    yield "hold", Hold(milestone=slug)
    yield "done", Done(milestone=slug)
    yield "attach", Attach(file="paper", milestone=slug)
    for each in (NO_ONE if row.meeting_id is not None else None, meeting):
        if each is not None:
            yield "anchor", Anchor(milestone=slug, meeting=each)


def _looking(session: Session, view: core.Cycle, by: str, now: datetime, meetings: set[str | None]) -> Acting:
    """Somebody as they would act, with the cycles of which the meetings carry milestones; their rows are copies."""
    others = (cycles_at(session, filter(None, meetings)) if meetings else set()) - {view.id}
    rows = session.scalars(select(Cycle).where(col(Cycle.id).in_({view.id, *others})))
    acting = side_by_side(session, {row.id: Cycle(**row.model_dump()) for row in rows}, by, now)
    views = {view.id: view, **(load_cycles(session, sorted(others)) if others else {})}
    for each, theirs in views.items():
        acting[each].view = theirs
    return acting[view.id]
