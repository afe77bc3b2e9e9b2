"""Acts on the draft contract: submit a version."""

import hashlib
import unicodedata

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.falling import reopen_fallen, void_approvals
from aarshjul.core import cycle as core
from aarshjul.core.stages import Step
from aarshjul.files.act_forms import SubmitDraft
from models.draft import Draft
from models.milestone import Milestone


def canonical(text: str) -> str:
    """A text as its hash sees it: composed letters, line feeds, no white space at line ends or at the end."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def content_hash(text: str) -> str:
    """The SHA-256 of a text's canonical form."""
    return hashlib.sha256(canonical(text).encode()).hexdigest()


def submit_draft(acting: Acting, form: SubmitDraft) -> None:
    """A new version lies before the parties; earlier approvals fall with the text that they were given to."""
    acting.needs(core.COORDINATOR, core.HOLDER, core.WORKING_GROUP)
    text = canonical(form.text or "")
    if not text.strip():
        raise ActRefused("the draft is empty")
    new_hash = content_hash(text)
    current = acting.session.get(Draft, (acting.cycle.id, acting.cycle.draft_version or 0))
    if current is not None and current.hash == new_hash:
        raise ActRefused(f"this is version {current.version} unchanged: there is nothing new to submit")
    acting.step(Step.SUBMIT_DRAFT)
    acting.cycle.draft_version = (acting.cycle.draft_version or 0) + 1
    acting.session.add(
        Draft(
            cycle_id=acting.cycle.id,
            version=acting.cycle.draft_version,
            round=acting.cycle.round,
            text=text,
            hash=new_hash,
            submitted_by=acting.by,
            submitted_at=acting.now,
        )
    )
    acting.session.flush()
    acting.happened(
        "draft-submitted", phase=core.Phase.DRAFTING, version=acting.cycle.draft_version, draft=new_hash
    )
    fallen = void_approvals(acting)
    if fallen:
        reopen_fallen(acting, fallen)
    _close_draft_deadline(acting)


def _close_draft_deadline(acting: Acting) -> None:
    """A version serves the earliest deadline that waits for one, and all that were missed."""
    waiting = [
        row for row in acting.milestones() if row.done_when == "draft" and row.state == core.State.OPEN
    ]
    for row in _served(acting, waiting):
        row.state, row.on = core.State.DONE, row.on or row.last_on


def _served(acting: Acting, waiting: list[Milestone]) -> list[Milestone]:
    missed = [row for row in waiting if row.on is not None and row.on < acting.today]
    return missed or waiting[:1]
