"""The page that a link in a mail opens: what is owed, one press each, and what else there is for its reader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from aarshjul.core import cycle as core
from aarshjul.core.cycle_words import PHASES
from aarshjul.web.board_words import STAGES
from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.doors import Press
from aarshjul.web.doing.form import Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.personal.meeting import meeting_page
from aarshjul.web.personal.owed import mine
from aarshjul.web.personal.view import Shown
from aarshjul.web.personal.words import WORDS
from models.consulting import people_of
from models.cycle import Cycle
from models.engine import reading
from models.loading import load_cycle

_ACTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "answer": ("answer", ("milestone", "reply", "person")),
    "done": ("done", ("milestone", "person")),
    "condition": ("settle-condition", ("condition",)),
}
"""What the buttons do: the act, and its fields."""


@dataclass(frozen=True, slots=True)
class Home:
    """What is answered, at a desk."""

    desk: Desk

    def look(self, _request: Request, seat: Seat) -> Response:
        """The page."""
        return self.page(seat)

    def press(self, name: str, seat: Seat, typed: Typed) -> Response:
        """One of its buttons, or of a milestone's page, which it leads back to."""
        do, names = _ACTS[name]
        fields = typed.fields(*names)
        if do == "settle-condition":
            fields["outcome"] = "met"
        if do == "done":
            fields.setdefault("person", seat.person)  # one's own part, never everybody's
        at = typed.text("at")
        then = seat.to("milestones", at) if at else seat.to()

        def again(problems: tuple[Problem, ...]) -> Response:
            return meeting_page(self.desk, seat, at, problems) if at else self.page(seat, problems)

        return self.desk.deeds.press(seat, typed, Wish(do=do, fields=fields), then=then, again=again)

    def page(self, seat: Seat, problems: tuple[Problem, ...] = ()) -> Response:
        """What is owed and the rest; on top what was wrong with a press."""
        words = WORDS[seat.language]
        with reading(self.desk.engine) as session:
            cycle = session.get_one(Cycle, seat.cycle)
            moment = cycle.played_until or self.desk.now()
            view = load_cycle(session, seat.cycle)
            found = mine(session, view, seat.person, moment)
            names, _ = people_of(session, seat.cycle)
        shown = Shown(seat=seat, names=names)
        return seated(
            "personal/home.html",
            seat,
            words["title"].format(cycle=seat.title),
            status=409 if problems else 200,
            words=words,
            said=FORM_WORDS[seat.language],
            problems=problems,
            asks=shown.asks(found.asks),
            instead=words[_instead(cycle, seat)],
            answered=shown.answered(found.answered),
            done=found.done,
            coming=shown.coming(found),
            status_says=_status(view, cycle, seat),
            active=cycle.state == "active",
            published=() if seat.sees_drafts else tuple(_published(cycle)),
        )


def home_pages(desk: Desk) -> APIRouter:
    """The routes of `/p/TOKEN` and of its buttons."""
    router, home = APIRouter(), Home(desk)
    desk.doors.look_by_link(router, "", home.look)
    for name in _ACTS:
        desk.doors.press_by_link(router, f"/{name}", _pressed(home, name))
    return router


def _pressed(home: Home, name: str) -> Press:
    def press(_request: Request, seat: Seat, typed: Typed) -> Response:
        return home.press(name, seat, typed)

    return press


def _published(cycle: Cycle) -> Iterator[str]:
    """The pages that hold what was published, for who only follows."""
    if cycle.published_draft is not None:
        yield "draft"
    if cycle.published_run is not None:
        yield "goals"


def _instead(cycle: Cycle, seat: Seat) -> str:
    """What is said where nothing is owed."""
    if cycle.state == "draft":
        return "draft_cycle"
    if cycle.state == "closed":
        return "closed"
    return "nothing" if seat.sees_drafts else "subscriber"


def _status(view: core.Cycle, cycle: Cycle, seat: Seat) -> str:
    """Where the cycle stands, in two sentences; how far the draft is tells those who may read it."""
    words, language = WORDS[seat.language], seat.language
    if cycle.state != "active":
        return ""
    said = [words["phase"].format(phase=PHASES[language][core.phase_of(view.milestones)])]
    if seat.sees_drafts:
        said.append(words["stage"].format(stage=STAGES[language][cycle.stage]))
    return " ".join(said)
