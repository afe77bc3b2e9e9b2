"""Acts on the draft contract: submit a version, take up national goals."""

from typing import Any

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.drafting import frame_of, shared_goals, shared_set
from aarshjul.acts.falling import reopen_fallen, void_approvals
from aarshjul.acts.hashing import canonical, content_hash
from aarshjul.acts.national import covering, version_of
from aarshjul.core import cycle as core
from aarshjul.core.contract import Contract
from aarshjul.core.draft import own_goals
from aarshjul.core.errors import Invalid
from aarshjul.core.stages import Step
from aarshjul.core.text_merging import marked_line
from aarshjul.files.act_forms import SubmitDraft
from aarshjul.files.draft_file import draft_from_text, is_structured
from aarshjul.files.process_forms import TakeNationalGoals
from aarshjul.files.write import dump_contract
from models.contract import Contract as ContractRow
from models.draft import Draft
from models.draft_text import contract_in_draft, present_draft
from models.milestone import Milestone
from models.national import NationalGoals

__all__ = ["AUTHORS", "TAKERS", "canonical", "content_hash", "submit_draft", "take_national_goals"]

AUTHORS = (core.COORDINATOR, core.HOLDER, core.WORKING_GROUP)
"""The roles that submit versions of the draft."""
TAKERS = (core.COORDINATOR, core.HOLDER)
"""The roles that take up newer national goals."""


def submit_draft(acting: Acting, form: SubmitDraft) -> None:
    """A new version lies before the parties; earlier approvals fall with the text that they were given to."""
    acting.needs(*AUTHORS)
    current = present_draft(acting.session, acting.cycle)
    text = form.text or ""
    if line := marked_line(text):
        raise ActRefused(
            f"{form.file or 'the draft'}:{line}: marks what two people changed: choose, and remove the marks"
        )
    if is_structured(text, form.file or ""):
        version = _structured(acting, form, text, current)
    else:
        version = Draft(**_head(acting), text=canonical(text), based_on=form.base, message=form.message)
    _check_new(version, current)
    _check_base(acting, version, current)
    _lay_before(acting, version, current, "draft-submitted")


def _structured(acting: Acting, form: SubmitDraft, text: str, current: Draft | None) -> Draft:
    """The version that a draft file, or a whole contract, makes."""
    row = shared_set(acting.session, acting.cycle, current)
    submission = draft_from_text(text, form.file or "draft", frame_of(acting.cycle, row))
    if None not in (form.base, submission.based_on) and form.base != submission.based_on:
        raise ActRefused(
            f"the draft says `based_on: {submission.based_on}`, and `base` is {form.base}: say one version"
        )
    version = _version(acting, submission.contract, row)
    version.based_on = form.base or submission.based_on
    version.message = form.message or submission.message
    return version


def _version(acting: Acting, contract: Contract, row: NationalGoals | None) -> Draft:
    """A version that is a contract, whose id no other contract has."""
    if acting.session.get(ContractRow, contract.id) is not None:
        raise ActRefused(f"the record has a contract {contract.id} already: give the draft another `id`")
    return Draft(
        **_head(acting),
        text=dump_contract(contract),
        structured=True,
        national_set=None if row is None else row.id,
        national_version=None if row is None else row.version,
    )


def _head(acting: Acting) -> dict[str, Any]:
    return {
        "cycle_id": acting.cycle.id,
        "version": (acting.cycle.draft_version or 0) + 1,
        "round": acting.cycle.round,
        "submitted_by": acting.by,
        "submitted_at": acting.now,
    }


def _check_new(version: Draft, current: Draft | None) -> None:
    if not version.text.strip():
        raise ActRefused("the draft is empty")
    version.hash = content_hash(version.text)
    if current is not None and current.hash == version.hash:
        raise ActRefused(f"this is version {current.version} unchanged: there is nothing new to submit")


def _check_base(acting: Acting, version: Draft, current: Draft | None) -> None:
    """Refuse what was made from another version than the present one: nothing is overwritten silently."""
    base = version.based_on
    if current is None:
        if base is not None:
            raise ActRefused(f"there is no version {base} of the draft yet: leave `base` (`based_on`) out")
        return
    if base == current.version or (base is None and not version.structured):
        return
    at = current.submitted_at.astimezone(acting.view.zone)
    which = f"version {current.version}, which {current.submitted_by} submitted on {at:%Y-%m-%d at %H:%M},"
    how = f"see what changed and merge with `aarshjul draft merge {acting.cycle.id} FILE -o MERGED`"
    if base is None:
        raise ActRefused(
            f"{which} is the present one, and this draft does not say which version it was made from: where it was "
            f"that one, say `based_on: {current.version}`, else {how}"
        )
    if base > current.version:
        raise ActRefused(f"there is no version {base} of the draft: {which} is the present one")
    raise ActRefused(
        f"this was made from version {base}, and meanwhile {which} came in: {how}, and submit what comes out"
    )


def take_national_goals(acting: Acting, form: TakeNationalGoals) -> None:
    """The draft goes on with a version of the national goals; its own goals stay as they are."""
    acting.needs(*TAKERS)
    current = present_draft(acting.session, acting.cycle)
    contract = contract_in_draft(current) if current is not None else None
    if current is None or contract is None:
        raise ActRefused(
            "there is no draft with goals yet that could take them up: submit a draft file first"
        )
    row = _wanted(acting, form.version)
    had = shared_set(acting.session, acting.cycle, current) if current.national_set is not None else None
    own = own_goals(contract, shared_goals(had, acting.cycle))
    try:
        taken = frame_of(acting.cycle, row).filled(
            own, name=contract.id, title=contract.title, note=contract.note
        )
    except Invalid as problem:
        raise ActRefused(f"version {row.version} of {row.id} does not go with the draft: {problem}") from None
    version = _version(acting, taken, row)
    version.based_on, version.message = current.version, form.message
    version.hash = content_hash(version.text)
    if version.hash == current.hash:
        raise ActRefused(
            f"version {row.version} of {row.id} changes nothing in the draft: it has those goals"
        )
    _lay_before(acting, version, current, "national-goals-taken")


def _wanted(acting: Acting, number: int | None) -> NationalGoals:
    year = acting.cycle.contract_year
    newest = covering(acting.session, year)
    if newest is None:
        raise ActRefused(f"there are no national goals for {year}: `aarshjul import FILE` brings them in")
    row = newest if number is None else version_of(acting.session, newest.id, number)
    if row is None:
        raise ActRefused(f"there is no version {number} of {newest.id}: its newest is {newest.version}")
    return row


def _lay_before(acting: Acting, version: Draft, current: Draft | None, what: str) -> None:
    acting.step(Step.SUBMIT_DRAFT)
    acting.cycle.draft_version = version.version
    acting.session.add(version)
    acting.session.flush()
    acting.happened(
        what,
        phase=core.Phase.DRAFTING,
        version=version.version,
        draft=version.hash,
        was=None if current is None else current.hash,
        to=version.hash,
        message=None if version.message is None else content_hash(version.message),
        national=None
        if version.national_set is None
        else f"{version.national_set}/{version.national_version}",
    )
    acting.events[-1].facts["based_on"] = version.based_on  # null where its author did not say
    fallen = void_approvals(acting)
    if fallen:
        reopen_fallen(acting, fallen)
    _close_draft_deadline(acting)


def _close_draft_deadline(acting: Acting) -> None:
    """A version serves the earliest deadline that waits for one, and all that were missed."""
    waiting = [row for row in acting.milestones(done_when="draft") if row.state == core.State.OPEN]
    for row in _served(acting, waiting):
        row.state, row.on = core.State.DONE, row.on or row.last_on


def _served(acting: Acting, waiting: list[Milestone]) -> list[Milestone]:
    missed = [row for row in waiting if row.on is not None and row.on < acting.today]
    return missed or waiting[:1]
