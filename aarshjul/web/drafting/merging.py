"""Two people on one draft: what the other changed meanwhile, what comes together by itself, and what is to be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from sqlmodel import Session

from aarshjul.acts.acting import ActRefused
from aarshjul.acts.hashing import canonical
from aarshjul.acts.merging import merge_goals
from aarshjul.core.contract import ContractError
from aarshjul.core.draft import own_goals
from aarshjul.core.languages import Language
from aarshjul.core.settling import Choice, settled
from aarshjul.core.sketch import Sketched
from aarshjul.core.text_merging import merge_texts
from aarshjul.files.draft_sketch import prose_of, sketch_of
from aarshjul.papers.differences_page import differences_body
from aarshjul.papers.versions import differences
from aarshjul.web.desk import Desk
from aarshjul.web.doing.doors import Look, Press
from aarshjul.web.doing.form import Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.drafting.copies import Copies, Copy
from aarshjul.web.drafting.filling import as_count
from aarshjul.web.drafting.merge_form import BOTH, MINE, THEIRS, Meeting, merge_form
from aarshjul.web.drafting.troubles import shown
from aarshjul.web.drafting.views import around, named
from aarshjul.web.drafting.words import WORDS
from aarshjul.web.frame import seated
from models.draft import Draft
from models.draft_text import contract_in_draft
from models.engine import reading


@dataclass(frozen=True, slots=True)
class MergePage:
    """The page `/draft/merge` and what is chosen on it."""

    desk: Desk
    copies: Copies

    def look(self) -> Look:
        """What both changed, and the choices."""
        return lambda _request, seat: self._page(seat)

    def press(self) -> Press:
        """Put what was chosen into the copy, which is then one of the present version."""

        def press(_request: Request, seat: Seat, typed: Typed) -> Response:
            words = WORDS[seat.language]
            met = self._met(seat)
            if met is None:
                return _on(seat)
            if met.wrong:
                return self._page(seat)
            seen = (as_count(typed.text("revision")), as_count(typed.text("present")))
            if seen != (met.copy.revision, met.present.version):
                return self._page(seat, typed, (Problem(field="", said=words["changed_since"]),))
            problems = _unchosen(met, typed, seat)
            try:
                sketch = None if problems else _chosen(met, typed)
            except ContractError as error:
                problems = (Problem(field="", said=words["unfit"].format(why=str(error))),)
                sketch = None
            if sketch is None:
                return self._page(seat, typed, problems)
            self.copies.replace(seat, met.present.version, sketch, seen=met.copy.revision)
            return _on(seat)

        return press

    def _met(self, seat: Seat) -> Meeting | None:
        """The copy and what came in meanwhile; None where nothing did."""
        copy = self.copies.load(seat)
        if not copy.is_behind or copy.present is None or not copy.revision:
            return None
        with reading(self.desk.engine) as session:
            base = session.get(Draft, (seat.cycle, copy.base)) if copy.base is not None else None
            return _meeting(session, copy, base, copy.present, seat)

    def _page(self, seat: Seat, typed: Typed | None = None, problems: Sequence[Problem] = ()) -> Response:
        met = self._met(seat)
        if met is None:
            return _on(seat)
        words = WORDS[seat.language]
        with reading(self.desk.engine) as session:
            names = around(session, met.copy, seat.language).names
        form = merge_form(met, seat)
        values: dict[str, Any] = {
            "words": words,
            "said": FORM_WORDS[seat.language],
            "met": met,
            "name": named(met.present.submitted_by, seat, names),
            "changes": _meanwhile(met, _language(seat)),
            "form": form.filled(typed, problems) if typed is not None else form,
            "choices": any(each.kind == "radio" for each in form.fields),
        }
        status = 409 if problems else 200
        return seated("drafting/merge.html", seat, words["merge_title"], status=status, **values)


def _meeting(session: Session, copy: Copy, base: Draft | None, present: Draft, seat: Seat) -> Meeting:
    if copy.is_prose:
        if present.structured or (base is not None and base.structured):
            return Meeting(copy=copy, base=base, present=present)
        was = canonical(base.text) if base is not None else ""
        other = f"version {present.version}"
        text = merge_texts(
            was, canonical(copy.sketch.get("text")), canonical(present.text), ours=MINE, other=other
        )
        return Meeting(copy=copy, base=base, present=present, text=text.text)
    drafted = copy.drafted()
    if drafted.submission is None:
        return Meeting(
            copy=copy, base=base, present=present, wrong=shown(drafted.troubles, copy.sketch, seat)
        )
    try:
        merged = merge_goals(session, copy.cycle, base, present, drafted.submission) if base else None
    except ActRefused:
        merged = None
    return Meeting(copy=copy, base=base, present=present, merged=merged)


def _meanwhile(met: Meeting, language: Language) -> str:
    """What the other changed, as it is shown between versions."""
    if met.base is None:
        return ""
    return differences_body(differences(met.base, met.present, language), language, top=3)


def _unchosen(met: Meeting, typed: Typed, seat: Seat) -> tuple[Problem, ...]:
    """The choices that nobody made."""
    wanted = [each for each in merge_form(met, seat).fields if each.kind == "radio"]
    allowed = {each.name: {option.value for option in each.options} for each in wanted}
    missing = [each for each in wanted if typed.text(each.name) not in allowed[each.name]]
    said = WORDS[seat.language]["choose_one"]
    return tuple(Problem(field=each.name, said=said.format(what=each.label)) for each in missing)


def _chosen(met: Meeting, typed: Typed) -> Sketched:
    """The copy with what was chosen, under keys that no page has yet."""
    prefix = f"m{met.copy.revision + 1}x"
    if met.text is not None:
        return prose_of(_text_chosen(met, typed))
    if met.merged is None:
        return met.copy.sketch if typed.text("c0") == MINE else _theirs(met, prefix)
    choices = {number: _choice(typed, number) for number in range(len(met.merged.conflicts))}
    contract = settled(met.merged, choices)
    return sketch_of(own_goals(contract, met.copy.frame.shared), contract, prefix)


def _text_chosen(met: Meeting, typed: Typed) -> str:
    side = typed.text("c0", BOTH)
    if side == MINE:
        return met.copy.sketch.get("text")
    return met.present.text if side == THEIRS else typed.text("t0")


def _theirs(met: Meeting, prefix: str) -> Sketched:
    contract = contract_in_draft(met.present)
    if contract is None:
        return prose_of(met.present.text)
    return sketch_of(own_goals(contract, met.copy.frame.shared), contract, prefix)


def _choice(typed: Typed, number: int) -> Choice:
    side = typed.text(f"c{number}")
    if side == BOTH:
        return Choice(text=typed.text(f"t{number}"))
    return Choice(side="theirs" if side == THEIRS else "mine")


def _on(seat: Seat) -> Response:
    return Response(status_code=303, headers={"Location": seat.to("draft", "submit")})


def _language(seat: Seat) -> Language:
    return "en" if seat.language == "en" else "da"
