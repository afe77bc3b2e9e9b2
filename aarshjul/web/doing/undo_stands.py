"""What an act that can be taken back is about, as it stands in the record: read before the act and after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from aarshjul.acts.presented import request_of
from aarshjul.files.act_forms import Answer, Delegate, Leave, Prefer, Recommend, RecordResult, ResolveFinding
from aarshjul.files.join_form import Join
from aarshjul.files.process_forms import (
    AppointDeputy,
    RequestData,
    Respond,
    SettleComment,
    SettleTask,
    Vote,
)
from models.approval import Vote as VoteRow
from models.consultation import Comment, Position
from models.contract import FindingResolution, Goal, Indicator, Judgement
from models.cycle import Cycle, Membership
from models.dialogue import Task
from models.evidence import DataRequest
from models.milestone import Invitation, Milestone
from models.person import Person

Stand = dict[str, Any]
"""What stands, by what it is about; names that begin with `_` are facts for the way back, and nothing it restores."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """A look at a cycle's record within an act's transaction: `by` acts, `today` is the cycle's day."""

    session: Session
    cycle: str
    by: str
    today: date

    def all(self, model: Any, *where: ColumnElement[bool]) -> Iterable[Any]:
        """The rows, as they are now."""
        return self.session.scalars(select(model).where(*where).execution_options(populate_existing=True))

    def one(self, model: Any, *where: ColumnElement[bool]) -> Any | None:
        """The first row, or None."""
        return next(iter(self.all(model, *where)), None)


def milestones(look: Look, _form: object = None) -> Stand:
    """When and where each milestone is, and whether it is open."""
    return {
        f"milestone/{row.slug}": [
            *(None if row.on is None else str(row.on), row.at, row.ends, row.place),
            *(row.tentative, row.state, row.meeting_id),
        ]
        for row in look.all(Milestone, col(Milestone.cycle_id) == look.cycle)
    }


def member(look: Look, form: Join | Leave) -> Stand:
    """Whether somebody takes part, as what and with which deputy; a deadline can close with the last who owed it."""
    person = form.person_id if isinstance(form, Join) else form.person
    row = look.session.get(Membership, (look.cycle, person), populate_existing=True)
    present = row is not None and row.left_at is None
    said = {"roles": row.roles, "deputy": row.deputy_id} if row is not None and present else None
    known = look.session.get(Person, person) is not None
    return {"member": said, "_known": known, **milestones(look)}


def delegation(look: Look, form: Delegate) -> Stand:
    """Who acts for somebody from when until when; one that has ended is none."""
    row = look.session.get(Membership, (look.cycle, form.person or look.by), populate_existing=True)
    if row is None or row.delegate_id is None or (row.delegate_until and row.delegate_until < look.today):
        return {"delegate": None}
    until = [str(each) if each else None for each in (row.delegate_from, row.delegate_until)]
    return {"delegate": [row.delegate_id, *until]}


def deputy(look: Look, form: AppointDeputy) -> Stand:
    """Who stands in for somebody."""
    row = look.session.get(Membership, (look.cycle, form.person), populate_existing=True)
    return {"deputy": row.deputy_id if row is not None else None}


def wishes(look: Look, form: Prefer) -> Stand:
    """What somebody wanted of what the form names."""
    row = look.session.get(Person, form.person or look.by, populate_existing=True)
    named = form.model_fields_set - {"person", "news"}
    said = {f"wish/{name}": getattr(row, name) for name in sorted(named)} if row is not None else {}
    return {**said, **(news(look) if "news" in form.model_fields_set else {})}


def news(look: Look, _form: object = None) -> Stand:
    """Whether who acts gets mail that is no duty."""
    row = look.session.get(Membership, (look.cycle, look.by), populate_existing=True)
    return {"wish/news": row is not None and row.subscribed}


def answers(look: Look, form: Answer) -> Stand:
    """What each invitee of the meeting has answered."""
    row = look.one(Milestone, col(Milestone.cycle_id) == look.cycle, col(Milestone.slug) == form.milestone)
    found = look.all(Invitation, col(Invitation.milestone_id) == (row.id if row is not None else None))
    return {f"answer/{each.person_id}": each.partstat for each in found}


def votes(look: Look, form: Vote) -> Stand:
    """How each member has voted on the text that lies before the body, and who said so."""
    cycle = look.session.get_one(Cycle, look.cycle)
    found = look.all(
        VoteRow,
        col(VoteRow.cycle_id) == look.cycle,
        col(VoteRow.body) == form.body,
        col(VoteRow.round) == cycle.round,
    )
    return {f"vote/{each.person_id}": [each.vote, each.cast_by] for each in found}


def result(look: Look, form: RecordResult) -> Stand:
    """An indicator's result with where it is from, and the deadlines that it may close."""
    cycle = look.session.get_one(Cycle, look.cycle)
    row = look.one(
        Indicator, col(Indicator.contract_id) == cycle.contract_id, col(Indicator.slug) == form.indicator
    )
    said = [row.actual, row.source, row.evidence] if row is not None else None
    return {"result": said, **milestones(look)}


def request(look: Look, form: RequestData) -> Stand:
    """What is asked of whom, and whether it is still waited for."""
    row = look.one(
        DataRequest, col(DataRequest.cycle_id) == look.cycle, col(DataRequest.indicator) == form.indicator
    )
    about = request_of(form.indicator)
    waits = look.one(Milestone, col(Milestone.cycle_id) == look.cycle, col(Milestone.about) == about)
    said = [row.owner, str(row.due), row.source, row.note] if row is not None else None
    return {"request": said, "waits": [waits.state, str(waits.on)] if waits is not None else None}


def finding(look: Look, form: ResolveFinding) -> Stand:
    """How a finding is explained, and by whom."""
    row = look.one(
        FindingResolution,
        col(FindingResolution.cycle_id) == look.cycle,
        col(FindingResolution.finding) == form.finding,
    )
    return {"finding": [row.value, row.reason, row.person_id] if row is not None else None}


def recommendation(look: Look, form: Recommend) -> Stand:
    """What is recommended for a goal, why, and by whom."""
    cycle = look.session.get_one(Cycle, look.cycle)
    goal = look.one(Goal, col(Goal.contract_id) == cycle.contract_id, col(Goal.slug) == form.goal)
    if goal is None or goal.recommended is None:
        return {"recommended": None}
    judged = list(
        look.all(
            Judgement,
            col(Judgement.cycle_id) == look.cycle,
            col(Judgement.goal_id) == goal.id,
            col(Judgement.kind) == "recommended",
        )
    )
    last = max(judged, key=lambda each: each.id or 0, default=None)
    return {
        "recommended": f"{goal.recommended:f}",
        "_reason": last.reason if last is not None else None,
        "_by": last.person_id if last is not None else None,
    }


def thread(look: Look, form: SettleComment) -> Stand:
    """What became of a comment, why, and who said so."""
    row = look.one(Comment, col(Comment.cycle_id) == look.cycle, col(Comment.number) == form.comment)
    return {"comment": [row.state, row.reason, row.settled_by] if row is not None else None}


def task(look: Look, form: SettleTask) -> Stand:
    """What became of a change that a meeting wanted, why, in which version, and who said so."""
    row = look.one(Task, col(Task.cycle_id) == look.cycle, col(Task.number) == form.task)
    said = [row.state, row.reason, row.settled_by, row.draft_version] if row is not None else None
    return {"task": said}


def position(look: Look, form: Respond) -> Stand:
    """Where a member stands on the present version, who said so, and the deadlines that it may close."""
    cycle = look.session.get_one(Cycle, look.cycle)
    row = look.one(
        Position,
        col(Position.cycle_id) == look.cycle,
        col(Position.draft_version) == cycle.draft_version,
        col(Position.person_id) == (form.person or look.by),
    )
    return {
        "position": [row.position, row.remarks, row.given_by] if row is not None else None,
        **milestones(look),
    }
