"""Acts that put an approved contract in force: sign, put in force."""

from sqlalchemy import select
from sqlmodel import col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.dates import close_when_done, complete
from aarshjul.acts.decisions import current_draft
from aarshjul.acts.falling import is_signature_deadline
from aarshjul.core import cycle as core
from aarshjul.core.stages import Stage, Step
from aarshjul.files.act_forms import PutInForce, Sign
from models.draft import Signature


def sign(acting: Acting, form: Sign) -> None:
    """A chair, or deputy chair, confirms the approved text; with the second signature it is in force."""
    if not acting.roles & core.CHAIRS[form.body]:
        raise ActRefused(f"{acting.by} may not sign for the {form.body}: only its chair or deputy chair")
    draft_hash = current_draft(acting).hash if acting.cycle.draft_version else ""
    query = select(col(Signature.body)).where(
        col(Signature.cycle_id) == acting.cycle.id, col(Signature.draft_hash) == draft_hash
    )
    signed = set(acting.session.scalars(query))
    acting.step(Step.SIGN, both_signed=signed | {form.body} == set(core.BODIES))
    if form.body in signed:
        raise ActRefused(f"the {form.body} has signed already")
    acting.session.add(
        Signature(
            cycle_id=acting.cycle.id,
            body=form.body,
            person_id=acting.by,
            draft_hash=draft_hash,
            signed_at=acting.now,
        )
    )
    acting.happened("signed", phase=core.Phase.APPROVAL, body=form.body, draft=draft_hash)
    _signature_deadlines(acting, {acting.by})
    if acting.cycle.stage == Stage.IN_FORCE:
        acting.happened("came-into-force", phase=core.Phase.IN_FORCE, draft=draft_hash)


def _signature_deadlines(acting: Acting, people: set[str] | None) -> None:
    """Who has signed owes no signature any more, nor does anybody once the contract is in force."""
    for row in acting.milestones():
        if is_signature_deadline(row) and row.state == core.State.OPEN:
            owe = {member.person for member in acting.view.people(tuple(row.owed_by or ()))}
            for person in owe if people is None else owe & people:
                complete(acting, row, person)
            close_when_done(acting, row, all_of_it=acting.cycle.stage == Stage.IN_FORCE)


def put_in_force(acting: Acting, _form: PutInForce) -> None:
    """The coordinator puts an approved contract in force without electronic signatures."""
    acting.needs(core.COORDINATOR)
    acting.step(Step.PUT_IN_FORCE)
    _signature_deadlines(acting, None)
    acting.happened("put-in-force", phase=core.Phase.IN_FORCE, draft=current_draft(acting).hash)
