"""A whole year in a folder: read, played through real Prefect flows, and all that it leaves."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from aarshjul.files.script import Script
from aarshjul.settings import Settings, load_settings, played
from flows.delivery import deliver_all
from flows.leavings import leave_all
from flows.playing import Play, acts_of
from flows.rounds import played_round
from models.engine import open_engine, upgrade

Progress = Callable[[datetime, str], None]


def simulate(
    script: Script, home: Path, *, first: date | None, last: date | None, progress: Progress
) -> list[dict[str, Any]]:
    """Play a year in a home; goes on where it was killed. Returns the story.

    Raises:
        Refused: where an act is refused, or one that must be is not; what happened so far is left.
    """
    settings = played(load_settings(home), script.form.id)
    acts = acts_of(script.acts, script.zone, script.drafts) if script.acts else []
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
                play.stand_still(at)
            play.stand_still(play.end(last) - timedelta(seconds=1))
        finally:
            story = leave_all(engine, home, script.form.id)
        return story
    finally:
        engine.dispose()


def _finish_what_was_begun(play: Play, settings: Settings) -> None:
    """Messages of a play that was killed before they went: they go first, as they would have gone."""
    last = play.undelivered_round()
    if last is not None:
        deliver_all(play.engine, settings, last)
