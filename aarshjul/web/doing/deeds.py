"""Doing an act that somebody pressed a button for: once, with what is wrong said in the form, and a round asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from urllib.parse import urlencode

from fastapi import Response
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from aarshjul.acts.locking import locked
from aarshjul.acts.perform import act
from aarshjul.acts.signing_service import confirmed
from aarshjul.core.errors import Invalid, Refused
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.act_forms import ActForm
from aarshjul.files.process_forms import Attach
from aarshjul.settings import Settings
from aarshjul.wake import wake
from aarshjul.web.doing.codes import ABOUT, ANEW, CODE, Codes, Deed, Given, take, wants_code
from aarshjul.web.doing.form import Problem
from aarshjul.web.doing.held_up import held_up
from aarshjul.web.doing.names import names_in
from aarshjul.web.doing.refusals import problems_of
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.taking_back import TYPED, noting_the_way_back
from aarshjul.web.doing.typed import ONCE, SEEN, Typed, Upload
from aarshjul.web.doing.words import WORDS
from models.engine import reading, writing
from models.webuse import FormPress

Fields = Mapping[str, str | Sequence[str]]
Guard = Callable[[Session], None]
Again = Callable[[tuple[Problem, ...]], Response]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """An act that somebody wants done: its name and fields as text, and the file that came with it.

    `guard` is asked in the act's own transaction, before it, with the cycle locked: it raises Refused where what the
    page showed is no longer so.
    """

    do: str
    fields: Fields
    upload: Upload | None = None
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the pages do in a cycle, for who sits at it; nothing else of the web writes to the record of a cycle."""

    engine: Engine
    settings: Settings
    now: Callable[[], datetime]
    codes: Codes

    def press(self, seat: Seat, typed: Typed, wish: Wish, *also: Wish, then: str, again: Again) -> Response:
        """Do what a form asks for, and answer.

        Args:
            seat: who pressed.
            typed: the form as it came; its `once` makes a second press do nothing.
            wish: the act.
            *also: acts that the same press does after it: all of them are done, or none.
            then: where to go afterwards, an address of ours; `done=ACT` is added to its query.
            again: the form once more, filled with what was typed, for what is wrong (status 400 or 409).
        """
        wishes, mark = (wish, *also), typed.mark(ONCE, SEEN, CODE, ABOUT, ANEW)
        if self._sent_otherwise(typed.once, mark):
            said = WORDS[seat.language]["sent_otherwise"]
            return again((Problem(field="", said=said, anew=True),))
        try:
            given = self._code(seat, typed, wishes)
            if isinstance(given, Response):
                return gone_on(then, "already") if self._pressed(typed.once) else given
            fresh = self.do(seat, *wishes, once=typed.once, mark=mark, given=given)
        except (Invalid, Refused) as error:
            names = names_in(self.engine, seat.cycle, seat.language)
            return again(problems_of(error, seat.language, names))
        except OperationalError as error:
            return again(held_up(error, seat.language))
        undo = typed.once if fresh and self._can_be_undone(typed.once) else ""
        return gone_on(then, wish.do if fresh else "already", undo)

    def _code(self, seat: Seat, typed: Typed, wishes: Sequence[Wish]) -> Given | Response | None:
        """The code that a press brings, or the page that asks for it; None where none is wanted (any more)."""
        if not wants_code(seat, [(each.do, each.fields) for each in wishes]) or self._pressed(typed.once):
            return None
        return self.codes.asked(
            seat, typed, [_deed(each, parse_act(each.do, each.fields)) for each in wishes]
        )

    def do(self, seat: Seat, *wishes: Wish, once: str, mark: str = "", given: Given | None = None) -> bool:
        """Do acts in one transaction; False where this very form was pressed and done before.

        `mark` tells what was typed, and `given` is the code that acts which bind want of who came by a link.

        Raises:
            Invalid: where its fields are not what the act takes.
            Refused: where a rule forbids it.
        """
        if self._pressed(once):
            return False
        if given is None and wants_code(seat, [(each.do, each.fields) for each in wishes]):
            raise Refused("this wants a code that is sent by mail: press the button on its page")
        forms = [(each, self._form(seat, each)) for each in wishes]
        try:
            self._perform(seat, forms, once, mark, given)
        except IntegrityError:
            if not self._pressed(once):
                raise
            return False  # two presses at one moment: the other one did it
        wake(self.settings.home)
        return True

    def _form(self, seat: Seat, wish: Wish) -> ActForm:
        form = _with_upload(parse_act(wish.do, wish.fields), wish.upload)
        if wish.guard is not None:  # before a signing service is shown a text that its signer has not seen
            with reading(self.engine) as session:
                wish.guard(session)
        return confirmed(self.engine, self.settings, seat.cycle, seat.person, form, self.now())

    def _perform(
        self, seat: Seat, forms: Sequence[tuple[Wish, ActForm]], once: str, mark: str, given: Given | None
    ) -> None:
        now, hold = self.now(), timedelta(minutes=self.settings.withdraw_minutes)
        with writing(self.engine) as session:
            if once:
                _note_press(session, seat, forms[0][0].do, once, mark, now)
            if given is not None:
                take(session, seat, [_deed(each, form) for each, form in forms], given, now)
            for wish, form in forms:
                if wish.guard is not None:
                    locked(session, seat.cycle, wish.do, form)
                    wish.guard(session)
                alone = once if len(forms) == 1 else ""  # of several acts at once, none is taken back alone
                with noting_the_way_back(session, seat, alone, wish.do, form, now):
                    act(session, seat.cycle, seat.person, wish.do, form, now, hold=hold)

    def _can_be_undone(self, once: str) -> bool:
        with reading(self.engine) as session:
            row = session.get(FormPress, once) if once else None
            return row is not None and row.undo is not None and "do" in row.undo

    def _sent_otherwise(self, once: str, mark: str) -> bool:
        """Whether the form was done before with something else in it: somebody went back and wrote anew."""
        with reading(self.engine) as session:
            row = session.get(FormPress, once) if once else None
            return row is not None and row.undo is not None and row.undo.get(TYPED, mark) != mark

    def _pressed(self, once: str) -> bool:
        if not once:
            return False
        with reading(self.engine) as session:
            return session.get(FormPress, once) is not None


def gone_on(then: str, done: str, undo: str = "") -> Response:
    """The way on after a press; the page there says what was done, and takes back the press that `undo` names."""
    path, _, rest = then.partition("#")
    asked = urlencode({"done": done, **({"undo": undo} if undo else {})})
    joined = f"{path}{'&' if '?' in path else '?'}{asked}{f'#{rest}' if rest else ''}"
    return Response(status_code=303, headers={"Location": joined})


def _deed(wish: Wish, form: ActForm) -> Deed:
    return Deed(do=wish.do, fields=wish.fields, form=form, guard=wish.guard)


def _note_press(session: Session, seat: Seat, name: str, once: str, mark: str, now: datetime) -> None:
    row = FormPress(once=once, person_id=seat.person, cycle_id=seat.cycle, act=name, pressed_at=now)
    row.undo = {TYPED: mark} if mark else None
    session.add(row)
    session.flush()


def _with_upload(form: ActForm, upload: Upload | None) -> ActForm:
    """The form with what the file holds; its name alone, whatever folders the sender's machine keeps it in."""
    if not isinstance(form, Attach) or upload is None:
        return form
    name = PurePath(upload.name.replace("\\", "/")).name
    return form.model_copy(update={"file": name}).with_content(upload.content, len(upload.content))
