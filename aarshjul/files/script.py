"""All files of a play, read before anything is written."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from aarshjul.core.contract import Contract
from aarshjul.core.errors import Refused
from aarshjul.files.act_forms import SubmitDraft
from aarshjul.files.acts_file import ActsFile
from aarshjul.files.cycle_form import CycleForm
from aarshjul.files.documents import enclosed, read_draft
from aarshjul.files.national_file import read_national
from aarshjul.files.read import read_acts, read_contract, read_cycle


class HomeTaken(Refused):
    """The folder holds something that is not a played year, or cannot be used."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """What is played: a cycle, the contract that it presents, what people do, and the drafts that they submit."""

    form: CycleForm
    contract: Contract | None
    acts: ActsFile | None
    drafts: dict[str, str]

    @property
    def zone(self) -> ZoneInfo:
        """Where the cycle's people live."""
        return ZoneInfo(self.form.timezone)


def read_script(cycle_file: Path, acts_file: Path | None) -> Script:
    """Read everything.

    Raises:
        Invalid: with all that is wrong in them.
    """
    form = with_national_goals(read_cycle(cycle_file), cycle_file.parent)
    contract = read_contract(cycle_file.parent / form.scores) if form.scores else None
    return with_acts(form, contract, acts_file)


def with_national_goals(form: CycleForm, folder: Path) -> CycleForm:
    """The cycle with the national goals that it names, which lie in that folder.

    Raises:
        Invalid: with all that is wrong in their file.
    """
    return (
        form if form.national_goals is None else form.with_shared(read_national(folder / form.national_goals))
    )


def with_acts(form: CycleForm, contract: Contract | None, acts_file: Path | None) -> Script:
    """A cycle that is at hand, with the acts of a file and the drafts that they name.

    Raises:
        Invalid: with all that is wrong in those.
    """
    if acts_file is None:
        return Script(form=form, contract=contract, acts=None, drafts={})
    acts = _with_documents(read_acts(acts_file), acts_file.parent)
    named = [
        act.fields.file
        for act in acts.acts
        if isinstance(act.fields, SubmitDraft) and act.fields.file is not None
    ]
    drafts = {name: read_draft(acts_file.parent / name) for name in named}
    return Script(form=form, contract=contract, acts=acts, drafts=drafts)


def _with_documents(acts: ActsFile, folder: Path) -> ActsFile:
    """The acts with the documents that they attach, found relative to the file of acts."""
    filled = tuple(replace(act, fields=enclosed(act.fields, folder)) for act in acts.acts)
    return replace(acts, acts=filled)


def make_home(home: Path) -> None:
    """Make the folder of a played year, or find it as an earlier play left it.

    Raises:
        HomeTaken: where it is somebody's, or nothing can be written there.
    """
    check_home(home)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise HomeTaken(f"{home} cannot be made: {problem.strerror}") from None
    if not os.access(home, os.W_OK | os.X_OK):
        raise HomeTaken(f"{home} cannot be written to: choose another folder")


def check_home(home: Path) -> None:
    """Refuse a folder that is somebody's, and no home of ours.

    Raises:
        HomeTaken: where it is a file, or holds other things.
    """
    if home.exists() and not home.is_dir():
        raise HomeTaken(f"{home} is a file, not a folder")
    ours = (home / "aarshjul.db").exists() or (home / "prefect").exists()
    if home.exists() and any(home.iterdir()) and not ours:
        raise HomeTaken(f"{home} is not empty and holds no played year: choose another folder")
