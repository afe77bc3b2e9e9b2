"""A whole year in a folder: read, played through real Prefect flows, and all that it leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aarshjul.core.contract import Contract
from aarshjul.core.errors import Refused
from aarshjul.files.acts_file import ActsFile
from aarshjul.files.cycle_form import CycleForm
from aarshjul.files.read import read_acts, read_contract, read_cycle
from aarshjul.settings import Settings, load_settings
from flows.delivery import deliver_all
from flows.leavings import leave_all
from flows.playing import Play, acts_of
from flows.rounds import played_round
from models.engine import open_engine, upgrade

Progress = Callable[[datetime, str], None]


class HomeTaken(Refused):
    """The folder holds something that is not a played year."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """What is played: a cycle, the contract that it presents, and what people do."""

    form: CycleForm
    contract: Contract | None
    acts: ActsFile | None
    folder: Path

    @property
    def zone(self) -> ZoneInfo:
        """Where the cycle's people live."""
        return ZoneInfo(self.form.timezone)


def read_script(cycle_file: Path, acts_file: Path | None) -> Script:
    """Read all files of a play before anything is written.

    Raises:
        Invalid: with all that is wrong in them.
    """
    form = read_cycle(cycle_file)
    contract = read_contract(cycle_file.parent / form.scores) if form.scores else None
    acts = read_acts(acts_file) if acts_file else None
    return Script(form=form, contract=contract, acts=acts, folder=acts_file.parent if acts_file else Path())


def check_home(home: Path) -> None:
    """Refuse a folder that is somebody's, and no home of ours."""
    if home.exists() and not home.is_dir():
        raise HomeTaken(f"{home} is a file, not a folder")
    if home.exists() and any(home.iterdir()) and not (home / "aarshjul.db").exists():
        raise HomeTaken(f"{home} is not empty and holds no played year: choose another folder")


def played_settings(home: Path) -> Settings:
    """The settings of a played year: its own database, whatever the machine's is."""
    return load_settings(home).model_copy(update={"database_url": None})


def simulate(
    script: Script, home: Path, *, first: date | None, last: date | None, progress: Progress
) -> list[dict[str, Any]]:
    """Play a year in a home; goes on where it was killed. Returns the story.

    Raises:
        Refused: where an act is refused, or one that must be is not; what happened so far is left.
    """
    settings = played_settings(home)
    acts = acts_of(script.acts, script.zone, script.folder) if script.acts else []
    for folder in ("mail", "teams"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.url)
    try:
        upgrade(engine)
        play = Play(engine, script.form, script.contract, acts)
        play.prepare(first)
        _finish_what_was_begun(play, settings)
        try:
            for at, act in play.steps(first, last):
                if act is not None:
                    play.do(act)
                    progress(at, act.name)
                else:
                    played_round(at.astimezone(script.zone).date().isoformat(), engine, settings, at)
                    progress(at, "round")
        finally:
            story = leave_all(engine, home, script.form.id)
        return story
    finally:
        engine.dispose()


def _finish_what_was_begun(play: Play, settings: Settings) -> None:
    """Messages of a play that was killed before they went: they go first, as they would have gone."""
    last = play.last_moment()
    if last is not None:
        deliver_all(play.engine, settings, last)
