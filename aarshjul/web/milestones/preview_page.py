"""The page before an act: what it would do, whom it tells, and the button that does it."""

from dataclasses import replace

from fastapi import Response
from sqlalchemy import select
from sqlmodel import col

from aarshjul.acts.rehearsing import Rehearsal
from aarshjul.web.desk import Desk
from aarshjul.web.doing.form import Field
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.milestones.forms import form_of, hidden
from aarshjul.web.milestones.loading import Loaded
from aarshjul.web.milestones.preview import PreviewView, mark_of
from aarshjul.web.milestones.words import WORDS
from models.cycle import Cycle
from models.engine import reading
from notifications.dates import joined


def preview_page(
    desk: Desk, seat: Seat, found: Loaded, act: str, typed: Typed, seen: Rehearsal, *, anew: bool = False
) -> Response:
    """What would happen; `anew` where it is not what the page before showed."""
    said = WORDS[seat.language]
    form = form_of(seat, found, act, to_preview=False)
    mark = Field(name="seen", label="", kind="hidden", values=(mark_of(seen),))
    pressed = replace(
        form,
        title="",
        intro="",
        fields=(*hidden(form, typed), mark),
        once=typed.once or form.once,
        secondary=False,
    )
    heading = said["preview_title"].format(what=said[f"{act}_it"].format(title=found.roll.title))
    return seated(
        "milestones/preview.html",
        seat,
        heading,
        status=409 if anew else 200,
        own=said,
        said=FORM_WORDS[seat.language],
        cycle=found.row,
        slug=found.milestone.id,
        title=found.roll.title,
        view=PreviewView.of(seen, seat.cycle, _cycles(desk, seen), seat.language),
        form=pressed,
        anew=anew,
        present=_present(found, typed, seat.language) if act == "hold" else None,
        minutes=desk.settings.withdraw_minutes,
        correct=seat.to("milestones", found.milestone.id, act, "preview"),
    )


def _present(found: Loaded, typed: Typed, language: str) -> str:
    chosen = [each.label for each in found.invited if each.value in typed.all("present")]
    said = WORDS[language]
    names = joined(chosen, language)
    return said["present_are"].format(names=names) if chosen else said["nobody_present"]


def _cycles(desk: Desk, seen: Rehearsal) -> dict[str, str]:
    """The titles of the cycles that it would change; who may change them may read that."""
    ids = {each.cycle for each in seen.changes}
    with reading(desk.engine) as session:
        query = select(col(Cycle.id), col(Cycle.title)).where(col(Cycle.id).in_(ids))
        return dict(session.execute(query).tuples().all())
