"""Handing in the draft: what is new in it, what to look at, what falls with it; then it is a version for everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from sqlmodel import Session, col, select

from aarshjul.acts.checking import check
from aarshjul.acts.falling import TOLD_OF_A_FALL
from aarshjul.acts.hashing import canonical
from aarshjul.core.contract import Contract
from aarshjul.core.cycle_words import role_in_words
from aarshjul.core.difference_report import Report, report_of_contracts, report_of_texts
from aarshjul.core.draft import Submission
from aarshjul.core.findings import Finding
from aarshjul.core.languages import Language
from aarshjul.core.sketch import Sketched
from aarshjul.core.stages import APPROVALS
from aarshjul.files.draft_editing import as_file
from aarshjul.papers.differences_page import differences_body
from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import Wish, gone_on
from aarshjul.web.doing.doors import Look, Press
from aarshjul.web.doing.form import Field, FormView, Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.drafting.copies import Copies, Copy
from aarshjul.web.drafting.filling import as_count
from aarshjul.web.drafting.gate import is_over
from aarshjul.web.drafting.troubles import Wrong, address_of, shown, where_of
from aarshjul.web.drafting.views import around, behind_in_words
from aarshjul.web.drafting.words import WORDS
from aarshjul.web.frame import seated
from models.draft import Decision
from models.draft_text import contract_in_draft
from models.engine import reading
from models.webuse import FormPress

_FIELD_OF: Mapping[str, str] = {
    "no-owner": "owner",
    "no-assessor": "owner",
    "unknown-owner": "owner",
    "no-source": "source",
    "no-text": "text",
    "weights-differ": "weight",
    "baseline-meets-target": "baseline",
    "baseline-differs": "baseline",
    "target-met": "rule",
}
"""Where a finding is put right; in the rule where it is none of these."""


@dataclass(frozen=True, slots=True)
class Submitting:
    """The page `/draft/submit` and what is pressed on it."""

    desk: Desk
    copies: Copies

    def look(self) -> Look:
        """What would be submitted."""
        return lambda _request, seat: self._page(seat, self.copies.load(seat))

    def press(self) -> Press:
        """Submit the copy as the page showed it."""

        def press(_request: Request, seat: Seat, typed: Typed) -> Response:
            if self._pressed(typed.once):
                return gone_on(seat.to("draft", "versions"), "already")
            copy = self.copies.load(seat)
            submission = None if copy.is_prose else copy.drafted().submission
            is_shown = as_count(typed.text("revision")) == copy.revision and not copy.is_behind
            if not is_shown or (submission is None and not copy.is_prose):
                problem = Problem(field="", said=WORDS[seat.language]["changed_since"])
                return self._page(seat, copy, typed, (problem,))
            return self._submit(seat, typed, copy, submission)

        return press

    def _pressed(self, once: str) -> bool:
        """Whether this very form was pressed and done before: its copy is gone since."""
        with reading(self.desk.engine) as session:
            return bool(once) and session.get(FormPress, once) is not None

    def _submit(self, seat: Seat, typed: Typed, copy: Copy, submission: Submission | None) -> Response:
        text = (
            as_file(submission, copy.frame, copy.base) if submission else canonical(copy.sketch.get("text"))
        )
        base = {"base": str(copy.base)} if copy.base is not None else {}
        wish = Wish(do="submit-draft", fields={"text": text, **base, **typed.fields("message")})
        then = seat.to("draft", "versions")
        answer = self.desk.deeds.press(
            seat, typed, wish, then=then, again=lambda problems: self._page(seat, copy, typed, problems)
        )
        if answer.status_code == 303 and (seen := as_count(typed.text("revision"))):
            self.copies.drop(seat, seen=seen)
        return answer

    def _page(
        self, seat: Seat, copy: Copy, typed: Typed | None = None, problems: Sequence[Problem] = ()
    ) -> Response:
        words = WORDS[seat.language]
        drafted = None if copy.is_prose else copy.drafted()
        found = shown(drafted.troubles, copy.sketch, seat) if drafted else ()
        submission = drafted.submission if drafted else None
        ready = bool(copy.revision) and not copy.is_behind and not found
        with reading(self.desk.engine) as session:
            names = around(session, copy, seat.language).names
            report = _report(copy, submission, _language(seat))
            findings = _findings(session, copy, submission, seat)
            warning = _warning(session, copy, seat)
        form = _form(copy, seat, warning) if ready and (report or copy.present is None) else None
        if form is not None and typed is not None:
            form = form.filled(typed, problems)
        values: dict[str, Any] = {
            "words": words,
            "said": FORM_WORDS[seat.language],
            "copy": copy,
            "found": found,
            "behind": behind_in_words(copy, seat, names),
            "over": is_over(copy),
            "changes": differences_body(report, _language(seat), top=3) if report else "",
            "findings": findings,
            "form": form,
            "problems": problems if form is None else (),
        }
        status = 409 if problems else 200
        return seated("drafting/submit.html", seat, words["submit_title"], status=status, **values)


def _report(copy: Copy, submission: Submission | None, language: Language) -> Report:
    """What is new against the present version; empty where nothing is, or there is none yet."""
    if copy.present is None:
        return ()
    was = contract_in_draft(copy.present)
    if submission is not None and was is not None:
        return report_of_contracts(was, submission.contract, language)
    if submission is None and not copy.is_prose:
        return ()
    now = as_file(submission, copy.frame, None) if submission else canonical(copy.sketch.get("text"))
    return report_of_texts(copy.present.text, now, language)


def _findings(session: Session, copy: Copy, submission: Submission | None, seat: Seat) -> list[Wrong]:
    """What the check of drafts has to say of the house's own goals, with the way to the field."""
    if submission is None:
        return []
    found = check(session, copy.cycle, submission.contract, _language(seat))
    return [_finding(each, copy.sketch, submission.contract, seat) for each in found]


def _finding(finding: Finding, sketch: Sketched, contract: Contract, seat: Seat) -> Wrong:
    part = _part_of(finding, sketch)
    name = _FIELD_OF.get(finding.code, "rule")
    titles = {goal.id: goal.title for goal in contract.goals}
    where = where_of(sketch, part.key, seat.language) if part else titles.get(finding.goal, "")
    return Wrong(
        key=part.key if part else "",
        field=name,
        where=where or WORDS[seat.language]["all_goals"],
        said=finding.message,
        address=address_of(sketch, part.key, name, seat) if part else "",
    )


def _part_of(finding: Finding, sketch: Sketched) -> Sketched | None:
    """The goal or indicator of a finding in the forms; None for a national goal's, and for all goals together."""
    goal = next((each for each in sketch.there if each.get("id") == finding.goal), None)
    if goal is None or finding.indicator is None:
        return goal
    return next(
        (each for each in goal.walk() if each is not goal and each.get("id") == finding.indicator), goal
    )


def _form(copy: Copy, seat: Seat, warning: str) -> FormView:
    words = WORDS[seat.language]
    number = _next_version(copy)
    return FormView(
        id="submit",
        action=seat.to("draft", "submit"),
        button=words["submit_button"].format(version=number),
        fields=(
            Field(name="revision", label="", kind="hidden", values=(str(copy.revision),)),
            Field(name="message", label=words["message"]),
        ),
        warning=" ".join(each for each in (words["submit_warning"].format(version=number), warning) if each),
    )


def _next_version(copy: Copy) -> int:
    return (copy.present.version if copy.present else 0) + 1


def _warning(session: Session, copy: Copy, seat: Seat) -> str:
    """Which approvals would fall, and who is told; empty where none stands."""
    query = select(Decision.body).where(
        col(Decision.cycle_id) == seat.cycle,
        col(Decision.void_at).is_(None),
        col(Decision.outcome).in_(APPROVALS),
    )
    bodies = sorted(set(session.exec(query)))
    if not bodies:
        return ""
    parties = {"holder": copy.cycle.holder, "council": copy.cycle.council}

    def said(roles: Sequence[str]) -> str:
        return ", ".join(role_in_words(role, seat.language, **parties) for role in roles)

    told = tuple(dict.fromkeys((*TOLD_OF_A_FALL, *bodies)))
    return WORDS[seat.language]["fall_warning"].format(bodies=said(bodies), told=said(told))


def _language(seat: Seat) -> Language:
    return "en" if seat.language == "en" else "da"
