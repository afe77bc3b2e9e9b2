"""Acts that put an approved contract in force: sign, put in force."""

from sqlalchemy import select
from sqlmodel import col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.becoming import become_contract
from aarshjul.acts.dates import close_when_done, complete
from aarshjul.acts.decisions import current_draft
from aarshjul.acts.falling import is_signature_deadline
from aarshjul.acts.hashing import content_hash
from aarshjul.core import cycle as core
from aarshjul.core.stages import Stage, Step
from aarshjul.files.act_forms import PutInForce, Sign
from models.draft import Signature
from models.person import Person


class Confirmed(Sign):
    """A signature with what the operator's signing service said of it; no file and no option can give these fields.

    Attributes:
        hash: the text that the service was shown.
    """

    hash: str
    service: str
    receipt: str


def sign(acting: Acting, form: Sign) -> None:
    """A chair, or deputy chair, confirms the approved text; with the second signature it is in force."""
    draft_hash = check_sign(acting, form)
    _write(acting, form, draft_hash)
    _signature_deadlines(acting, {acting.by})
    if acting.cycle.stage == Stage.IN_FORCE:
        contract = become_contract(acting)
        acting.happened("came-into-force", phase=core.Phase.IN_FORCE, draft=draft_hash, contract=contract)


def check_sign(acting: Acting, form: Sign) -> str:
    """The hash of the text that is signed; takes the draft to its next stage.

    Raises:
        ActRefused: where it is not to be signed now, or not by who acts.
    """
    if not acting.roles & core.CHAIRS[form.body]:
        raise ActRefused(f"{acting.by} may not sign for the {form.body}: only its chair or deputy chair")
    draft_hash = current_draft(acting).hash if acting.cycle.draft_version else ""
    signed = _signed(acting, draft_hash)
    acting.step(Step.SIGN, both_signed=signed.keys() | {form.body} == set(core.BODIES))
    _may_sign(acting, form, draft_hash, signed)
    return draft_hash


def _signed(acting: Acting, draft_hash: str) -> dict[str, str]:
    """Who has signed a text, by body."""
    query = select(col(Signature.body), col(Signature.person_id)).where(
        col(Signature.cycle_id) == acting.cycle.id, col(Signature.draft_hash) == draft_hash
    )
    return {row.body: row.person_id for row in acting.session.execute(query)}


def _may_sign(acting: Acting, form: Sign, draft_hash: str, signed: dict[str, str]) -> None:
    """Each body once, two people, and with a service only the text that it was shown."""
    if form.body in signed:
        raise ActRefused(f"the {form.body} has signed already")
    if acting.by in signed.values():
        raise ActRefused(
            f"{acting.by} has signed for the other body: nobody signs for both, so the other chair or deputy signs"
        )
    if isinstance(form, Confirmed) and form.hash != draft_hash:
        raise ActRefused("the draft has changed while it was being signed: look at it, and sign again")


def _write(acting: Acting, form: Sign, draft_hash: str) -> None:
    """The signature, with the name as it is today; the history keeps no names, and of a receipt the hash."""
    service = form if isinstance(form, Confirmed) else None
    acting.session.add(
        Signature(
            cycle_id=acting.cycle.id,
            body=form.body,
            person_id=acting.by,
            draft_hash=draft_hash,
            signed_at=acting.now,
            name=acting.session.get_one(Person, acting.by).name,
            service=service.service if service else None,
            receipt=service.receipt if service else None,
        )
    )
    acting.happened(
        "signed",
        phase=core.Phase.APPROVAL,
        body=form.body,
        draft=draft_hash,
        service=service.service if service else None,
        receipt=content_hash(service.receipt) if service else None,
    )


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
    acting.happened(
        "put-in-force",
        phase=core.Phase.IN_FORCE,
        draft=current_draft(acting).hash,
        contract=become_contract(acting),
    )
