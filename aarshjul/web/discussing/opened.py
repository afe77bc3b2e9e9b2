"""What the pages about the draft have before them: the record, open for a look, and who looks."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.offering import looking
from aarshjul.core.cycle_words import role_in_words
from aarshjul.core.languages import Language
from aarshjul.web.cycle_view import moment_in_words
from aarshjul.web.desk import Desk
from aarshjul.web.discussing.shared_words import WORDS
from aarshjul.web.doing.deeds import Guard
from aarshjul.web.doing.form import FormView, Option, Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from models.consulting import people_of
from models.cycle import Cycle
from models.draft_text import present_draft
from models.engine import reading

HASH = "hash"
"""The hidden field with the hash of the text that a page showed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """The record of a cycle while a page is made of it.

    Attributes:
        acting: who looks, as they would act now; None where nothing can be done in the cycle.
        moment: of which the page is: that up to which the cycle was played, or now.
        names: of everybody who takes or took part, by id.
    """

    session: Session
    cycle: Cycle
    seat: Seat
    acting: Acting | None
    moment: datetime
    names: Mapping[str, str]

    @property
    def language(self) -> Language:
        """What the page is written in."""
        return "en" if self.seat.language == "en" else "da"

    def name(self, person: str) -> str:
        """What somebody is called."""
        return self.names.get(person, person)

    def owner(self, owner: str) -> str:
        """A person by name, a role by what it is called."""
        parties = {"holder": self.cycle.holder, "council": self.cycle.council}
        found = self.names.get(owner) or role_in_words(owner, self.language, **parties)
        return found[:1].upper() + found[1:]

    def when(self, moment: datetime | None) -> str:
        """Day and time where the cycle is, within a sentence."""
        said = moment_in_words(moment, self.cycle.timezone, self.language)
        return said[:1].lower() + said[1:] if self.language == "da" else said

    def people(self, ids: tuple[str, ...]) -> tuple[Option, ...]:
        """People to choose from."""
        return tuple(Option(value=each, label=self.name(each)) for each in ids)


@contextmanager
def opened(desk: Desk, seat: Seat) -> Iterator[Opened]:
    """The record for a look of somebody's."""
    with reading(desk.engine) as session:
        row, now = session.get_one(Cycle, seat.cycle), desk.now()
        names, _ = people_of(session, row.id)
        yield Opened(
            session=session,
            cycle=row,
            seat=seat,
            acting=looking(session, row.id, seat.person, now),
            moment=row.played_until or now,
            names=names,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Pressed:
    """A form that was pressed and is shown again: what was typed, and what is wrong with it."""

    form: str
    typed: Typed
    problems: tuple[Problem, ...] = ()

    def within(self, form: FormView) -> FormView:
        """The form with what was typed, where it is the one; of what its page showed the new holds."""
        if form.id != self.form:
            return form
        texts = {name: value for name, value in self.typed.texts.items() if name != HASH}
        return form.filled(Typed(texts=texts, files=self.typed.files), self.problems)


def is_pressed(pressed: Pressed | None, form: str) -> bool:
    """Whether a form was pressed: it is shown again then, though it may no longer be offered."""
    return pressed is not None and pressed.form == form


def filled(form: FormView, pressed: Pressed | None) -> FormView:
    """A form as its page shows it."""
    return pressed.within(form) if pressed is not None else form


def same_text(seat: Seat, shown: str) -> Guard:
    """Let through only where the text that lies before the parties is still the one that the page showed."""

    def guard(session: Session) -> None:
        draft = present_draft(session, session.get_one(Cycle, seat.cycle))
        if draft is None or draft.hash != shown:
            raise ActRefused(WORDS[seat.language]["text_changed"])

    return guard
