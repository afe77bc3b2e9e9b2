"""Taking back: what one pressed oneself a little while ago, once; and messages that have not gone yet."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, null, update
from sqlmodel import Session, col

from aarshjul.acts.locking import locked
from aarshjul.acts.perform import act
from aarshjul.core.errors import Refused
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.act_forms import ActForm
from aarshjul.web.doing.codes import wants_code
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.undo_stands import Look, Stand
from aarshjul.web.doing.undoing import UNDOING, Pressed
from models.engine import writing
from models.webuse import FormPress

LASTS = timedelta(hours=24)
"""How long what somebody pressed can be taken back with one press; until then what stood before is kept."""
TYPED = "typed"
"""Beside the way back, or alone: the mark of what the form had in it."""
_PATH = re.compile(r"/[A-Za-z0-9._~%/-]{1,290}")


class CannotUndo(Refused):
    """What was pressed is not taken back; `about` names the words that say why."""

    def __init__(self, about: str) -> None:
        super().__init__(about)
        self.about = about


@contextmanager
def noting_the_way_back(
    session: Session, seat: Seat, once: str, name: str, form: ActForm, now: datetime
) -> Iterator[None]:
    """Around an act in its transaction: what takes it back is written down with the press, if anything does."""
    way = UNDOING.get(name)
    if not once or way is None:
        yield
        return
    locked(session, seat.cycle, name, form)
    look = _look(session, seat, now)
    was = way.stand(look, form)
    yield
    session.flush()
    stands = way.stand(look, form)
    found = way.back(Pressed(form=form, was=was, now=stands, by=seat.person, today=look.today))
    if found is not None:
        press = session.get_one(FormPress, once)
        press.undo = (press.undo or {}) | _kept(*found, was, stands)
    _forget(session, now)


def take_back(engine: Engine, seat: Seat, once: str, now: datetime, hold: timedelta) -> bool:
    """Do what takes a press back; False where that was done before.

    Raises:
        CannotUndo: where it is not theirs, too long ago, or something happened to it meanwhile.
        Refused: where the act that takes it back is refused. Nothing is written then.
    """
    with writing(engine) as session:
        press = session.get(FormPress, once, with_for_update=True)
        if press is None or (press.person_id, press.cycle_id) != (seat.person, seat.cycle):
            raise CannotUndo("undo_none")
        if press.undone_at is not None:
            return False
        if now - press.pressed_at > LASTS:
            raise CannotUndo("undo_late")
        if press.undo is None or "do" not in press.undo:
            raise CannotUndo("undo_never")
        _undo(session, seat, press.act, press.undo, now, hold)
        kept = {name: said for name, said in press.undo.items() if name == TYPED}
        press.undone_at, press.undo = now, kept or None
    return True


def _undo(
    session: Session, seat: Seat, pressed: str, kept: Mapping[str, Any], now: datetime, hold: timedelta
) -> None:
    way, form = UNDOING[pressed], parse_act(kept["do"], kept["fields"])
    if way is None or wants_code(seat, [(kept["do"], kept["fields"])]):
        raise CannotUndo("undo_code")
    locked(session, seat.cycle, kept["do"], form)
    look = _look(session, seat, now)
    before = _marked(way.stand(look, form))  # the way back is about the same thing
    if any(before.get(name, _NOTHING) != mark for name, mark in kept["is"].items()):
        raise CannotUndo("undo_changed")
    act(session, seat.cycle, seat.person, kept["do"], form, now, hold=hold)
    session.flush()
    after, wanted = _marked(way.stand(look, form)), {**before, **kept["was"]}
    if any(after.get(name, _NOTHING) != wanted.get(name, _NOTHING) for name in {*after, *wanted}):
        raise CannotUndo("undo_partly")


def back_to(seat: Seat, path: str) -> str:
    """The way to a page of theirs in this cycle that a form names; to the cycle's own where it is none."""
    top = f"/{'/'.join(seat.top)}"
    inside = unquote(path) == top or unquote(path).startswith(f"{top}/")
    safe = _PATH.fullmatch(path) and not any(unquote(each) in ("", ".", "..") for each in path.split("/")[1:])
    return seat.place.after(path) if inside and safe else seat.to()


def _look(session: Session, seat: Seat, now: datetime) -> Look:
    today = now.astimezone(ZoneInfo(seat.zone)).date()
    return Look(session=session, cycle=seat.cycle, by=seat.person, today=today)


def _kept(do: str, fields: Mapping[str, Any], was: Stand, stands: Stand) -> dict[str, Any]:
    """The way back, with marks of what it restores and of what it finds: only of what the act changed."""
    old, new = _marked(was), _marked(stands)
    changed = sorted(name for name in {*old, *new} if old.get(name, _NOTHING) != new.get(name, _NOTHING))
    return {
        "do": do,
        "fields": dict(fields),
        "was": {name: old.get(name, _NOTHING) for name in changed},
        "is": {name: new.get(name, _NOTHING) for name in changed},
    }


def _marked(stand: Stand) -> dict[str, str]:
    """What tells one state from another, without what it says."""
    return {name: _mark(value) for name, value in stand.items() if not name.startswith("_")}


def _mark(value: object) -> str:
    return sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


_NOTHING = _mark(None)


def _forget(session: Session, now: datetime) -> None:
    """What can no longer be taken back leaves nothing of what stood before."""
    old = col(FormPress.pressed_at) < now - LASTS, col(FormPress.undo).is_not(None)
    session.execute(
        update(FormPress).where(*old).values(undo=null()).execution_options(synchronize_session=False)
    )
