"""The code that what binds wants of who came by a link: mailed at the first press, asked for at the second."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Response
from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from aarshjul.acts.locking import hold_for_all
from aarshjul.acts.perform import act
from aarshjul.core.errors import Refused
from aarshjul.files.act_forms import NO_ONE, ActForm, Decide
from aarshjul.settings import Settings
from aarshjul.web.doing.code_page import CodePage, code_page
from aarshjul.web.doing.code_words import WORDS
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.limits import QUARTER, Limit
from aarshjul.web.login.mail import Postman, own_mail
from models.codes import just_made, mailed_enough, make_code, right_code, take_code
from models.contract import Judgement, ScoringRun
from models.cycle import Cycle
from models.draft import Draft
from models.engine import reading, writing
from models.person import Person
from notifications.channel import Parcel
from notifications.forgetting import CODE_SUFFIX

WITH_CODE = frozenset({"decide", "vote", "sign", "put-in-force", "decide-attainment"})
"""Acts that bind: a link alone, which a forwarded mail gives away, does none of them."""
_OF_NO_TEXT = frozenset({"decide-attainment", "delegate"})
CODE, ABOUT, ANEW = "code", "code_about", "code_anew"
"""The fields of the page that asks: the digits, what they are for, and the button that wants others."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """An act that a press would do: its name, its fields as text and parsed, and what is asked before it."""

    do: str
    fields: Mapping[str, str | Sequence[str]]
    form: ActForm
    guard: Callable[[Session], None] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """A code that was right: its number, and what it is for."""

    number: int
    purpose: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeMail:
    """A code on its way to the address on record."""

    person: str
    cycle: str
    number: int
    code: str = field(repr=False)
    language: str
    now: datetime

    suffix = CODE_SUFFIX

    def parcels(self, session: Session, settings: Settings) -> list[Parcel]:
        """The mail with the code; what it is for stands on the page, and a mail that is read by others says little."""
        person, words = session.get_one(Person, self.person), WORDS[self.language]
        text = words["mail"].format(
            name=person.name,
            code=f"{self.code[:4]} {self.code[4:]}",
            cycle=session.get_one(Cycle, self.cycle).title,
        )
        # Servers write a Message-ID into their logs, and of eight digits any hash gives them away.
        key = f"code\0{self.number}\0{self.person}\0{self.now.isoformat()}"
        mail = own_mail(settings, person, words["mail_subject"], text, self.language, self.now, key=key)
        return [Parcel(number=self.number, payload=mail, person=self.person, recipients=(person.email,))]


@dataclass(frozen=True, slots=True)
class Codes:
    """Whether a press brings its code, and the page that asks for one.

    Presses are counted per network beside the tries of a code: enough for a council that votes in one room.
    """

    engine: Engine
    now: Callable[[], datetime]
    postman: Postman
    presses: Limit = field(default_factory=lambda: Limit(300, QUARTER))

    def asked(self, seat: Seat, typed: Typed, deeds: Sequence[Deed]) -> Given | Response:
        """The right code of a press, else the page that asks for it.

        Raises:
            Refused: where the act would be; no code is sent for what cannot be done.
        """
        if not self.presses.allows(seat.network, self.now()):
            return self._page(seat, typed, deeds, wrong="many", status=429)
        code = "".join(each for each in typed.text(CODE) if each not in " -\u00a0")
        if CODE not in typed.texts or typed.text(ANEW):
            return self._send(seat, typed, deeds)
        with writing(self.engine) as session:
            purpose = purpose_of(session, seat, deeds)
            changed = typed.text(ABOUT) != purpose
            number = (
                None if changed else right_code(session, seat.person, seat.cycle, purpose, code, self.now())
            )
        if changed:
            return self._send(seat, typed, deeds, wrong="changed")
        if number is None:
            return self._page(seat, typed, deeds, wrong="wrong" if code else "missing", status=400)
        return Given(number=number, purpose=purpose)

    def _send(self, seat: Seat, typed: Typed, deeds: Sequence[Deed], wrong: str = "") -> Response:
        now = self.now()
        self._rehearse(seat, deeds, now)
        with writing(self.engine) as session:
            purpose = purpose_of(session, seat, deeds)
            underway = just_made(session, seat.person, seat.cycle, purpose, now)
            enough = not underway and mailed_enough(session, seat.person, now)
            made = None if underway or enough else make_code(session, seat.person, seat.cycle, purpose, now)
        if made is not None:
            row, code = made
            self.postman.take(
                CodeMail(
                    person=seat.person,
                    cycle=seat.cycle,
                    number=row.id or 0,
                    code=code,
                    language=seat.language,
                    now=now,
                )
            )
        status = 429 if enough else 409 if wrong else 200
        return self._page(seat, typed, deeds, wrong="enough" if enough else wrong, status=status)

    def _rehearse(self, seat: Seat, deeds: Sequence[Deed], now: datetime) -> None:
        """Do it and take it back."""
        with Session(self.engine) as session:
            try:
                hold(session, seat, deeds)
                for each in deeds:
                    if each.guard is not None:
                        each.guard(session)
                    act(session, seat.cycle, seat.person, each.do, each.form, now)
            finally:
                session.rollback()

    def _page(
        self, seat: Seat, typed: Typed, deeds: Sequence[Deed], *, wrong: str = "", status: int
    ) -> Response:
        with reading(self.engine) as session:
            purpose = purpose_of(session, seat, deeds)
            address = session.get_one(Person, seat.person).email
            binding = next(each for each in deeds if _binds(each.do, each.fields))
            shown = _shown(session, binding)
            draft = _draft(session, seat.cycle)
        about = (draft.version, draft.hash) if draft is not None and binding.do not in _OF_NO_TEXT else None
        view = CodePage(do=binding.do, fields=shown, address=masked(address), purpose=purpose, draft=about)
        return code_page(seat, typed, view, wrong=wrong, status=status)


def take(session: Session, seat: Seat, deeds: Sequence[Deed], given: Given, now: datetime) -> None:
    """Use a code up in the transaction of its acts, which then holds the cycle: it is for what is done now.

    Raises:
        Refused: where somebody else used it, or changed what it was for, since it was looked at.
    """
    hold(session, seat, deeds)
    same = purpose_of(session, seat, deeds) == given.purpose
    if not same or not take_code(session, given.number, given.purpose, now):
        raise Refused(WORDS[seat.language]["is_wrong"])


def hold(session: Session, seat: Seat, deeds: Sequence[Deed]) -> None:
    """Lock what the acts will, in their order, so that what they are about stays."""
    hold_for_all(session, seat.cycle, [(each.do, each.form) for each in deeds])


def purpose_of(session: Session, seat: Seat, deeds: Sequence[Deed]) -> str:
    """SHA-256, in hexadecimal, of what a press would do: who, where, the act, its fields, and the text it is about."""
    draft = _draft(session, seat.cycle)
    about: list[object] = [draft.hash if draft is not None else None]
    if any(each.do == "decide-attainment" for each in deeds):
        for row in (ScoringRun, Judgement):
            newest = select(func.max(col(row.id))).where(col(row.cycle_id) == seat.cycle)
            about.append(session.scalar(newest))
    acts = [[each.do, {name: _plain(value) for name, value in each.fields.items()}] for each in deeds]
    said = json.dumps([seat.cycle, seat.person, acts, about], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def masked(address: str) -> str:
    """An address as its owner knows it again, and nobody else learns it."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}\u2022\u2022\u2022@{domain}"


def wants_code(seat: Seat, acts: Iterable[tuple[str, Mapping[str, str | Sequence[str]]]]) -> bool:
    """Whether acts, by their names and fields, want a code of who sits there: those that bind, of who came by a link."""
    return seat.by_link and any(_binds(do, fields) for do, fields in acts)


def _binds(do: str, fields: Mapping[str, str | Sequence[str]]) -> bool:
    """An act that binds, or lets somebody else do those, with codes of their own, after the link has ended."""
    return do in WITH_CODE or (do == "delegate" and fields.get("to") != NO_ONE)


def _shown(session: Session, deed: Deed) -> dict[str, str | Sequence[str]]:
    """The fields as a reader knows them: people by name, conditions by their words."""
    shown = dict(deed.fields)
    if isinstance(deed.form, Decide) and deed.form.conditions:
        shown["conditions"] = tuple(each.text for each in deed.form.conditions)
    for name in ("person", "to"):
        person = session.get(Person, deed.fields[name]) if deed.fields.get(name) else None
        shown |= {name: person.name} if person is not None else {}
    return shown


def _plain(value: str | Sequence[str]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)


def _draft(session: Session, cycle: str) -> Draft | None:
    row = session.get_one(Cycle, cycle)
    return session.get(Draft, (cycle, row.draft_version or 0))
