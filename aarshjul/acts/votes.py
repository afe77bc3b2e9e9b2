"""The act `vote`: how a member votes on the text that lies before the body; optional, and deciding nothing."""

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.decisions import current_draft
from aarshjul.acts.standing_in import may_act_for, why_not_for
from aarshjul.core import cycle as core
from aarshjul.core.errors import Refused
from aarshjul.core.stages import Facts, Outcome, Stage, decision_step, next_stage
from aarshjul.files.process_forms import Vote
from models.approval import Vote as VoteRow
from models.draft import Draft


def vote(acting: Acting, form: Vote) -> None:
    """A member votes, somebody who stands in for them, or the coordinator writes the roll call down.

    A member counts once: the last vote of their own, else the roll call's, else the stand-in's.
    """
    draft, person, row = check_vote(acting, form)
    was = row.vote if row is not None else None
    if row is None:
        row = _new(acting, form.body, draft, person)
        acting.session.add(row)
    elif (row.vote, row.cast_by) == (form.vote, acting.by):
        raise ActRefused(f"{person} has voted {form.vote} already")
    row.vote, row.cast_by, row.cast_at = form.vote, acting.by, acting.now
    acting.happened(
        "voted",
        phase=core.Phase.APPROVAL,
        body=form.body,
        draft=draft.hash,
        for_person=person,
        was=was,
        to=form.vote,
    )


def check_vote(acting: Acting, form: Vote) -> tuple[Draft, str, VoteRow | None]:
    """On which version, whose vote it is, and how they have voted so far.

    Raises:
        ActRefused: where that is not to be voted on now, or not by who acts.
    """
    draft = _before_the_body(acting, form.body)
    person = _whose(acting, form)
    row = acting.session.get(VoteRow, _key(acting, form.body, draft, person))
    _may_vote_for(acting, person, row)
    return draft, person, row


def _key(acting: Acting, body: str, draft: Draft, person: str) -> tuple[str, str, int, str, str]:
    return acting.cycle.id, body, acting.cycle.round, draft.hash, person


def _new(acting: Acting, body: str, draft: Draft, person: str) -> VoteRow:
    return VoteRow(
        cycle_id=acting.cycle.id,
        body=body,
        round=acting.cycle.round,
        draft_hash=draft.hash,
        person_id=person,
        vote="abstain",
        cast_by=acting.by,
        cast_at=acting.now,
    )


def _before_the_body(acting: Acting, body: str) -> Draft:
    """The version that the body may decide about now.

    Raises:
        ActRefused: where it may not, as the table of stages has it.
    """
    draft = current_draft(acting)
    try:
        next_stage(Stage(acting.cycle.stage), decision_step(body, Outcome.RETURNED), Facts())
    except Refused as refusal:
        said = str(refusal).partition("not possible now: ")
        raise ActRefused(f"the {body} has nothing to vote on now: {said[2] or said[0]}") from None
    return draft


def _whose(acting: Acting, form: Vote) -> str:
    """The member whose vote it is: who is named, oneself, or the one member of the body whom one stands in for."""
    members = {member.person for member in acting.view.people((form.body,))}
    if form.person is not None:
        if form.person not in members:
            raise ActRefused(f"{form.person} is not a member of the {form.body}")
        return form.person
    if acting.by in members:
        return acting.by
    absent = sorted(members & acting.stands_in_for)
    if len(absent) > 1:
        raise ActRefused(f"{acting.by} stands in for {' and '.join(absent)}: say for whom (person)")
    if not absent:
        wants = ": name whose vote it is (person)" if acting.is_coordinator else ""
        raise ActRefused(
            f"{acting.by} has no vote in the {form.body}{wants or ', nor stands in for one who has'}"
        )
    return absent[0]


def _may_vote_for(acting: Acting, person: str, row: VoteRow | None) -> None:
    """A stand-in yields to the member and to the roll call; a roll call to the member's own vote."""
    if person == acting.by:
        return
    if acting.is_coordinator:
        if row is not None and row.cast_by == person:
            raise ActRefused(f"{person} has voted {row.vote} themselves, which stands")
        return
    if person not in acting.stands_in_for:
        raise ActRefused(why_not_for(acting, person))
    may_act_for(acting, person, row.cast_by if row is not None else None)
    if row is not None and _is_coordinator(acting, row.cast_by):
        raise ActRefused(f"how {person} voted was written down by {row.cast_by}: {row.vote}, which stands")


def _is_coordinator(acting: Acting, person: str) -> bool:
    member = acting.view.by_person.get(person)
    return member is not None and core.COORDINATOR in member.roles
