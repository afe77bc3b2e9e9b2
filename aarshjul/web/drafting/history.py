"""All versions of the draft: read, compared, downloaded, gone on from; newer national goals taken up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response

from aarshjul.acts.checking import Offer, offer
from aarshjul.papers.draft_page import draft_page
from aarshjul.papers.versions import VersionLine, versions_of
from aarshjul.web.board_words import BODIES, OUTCOMES
from aarshjul.web.board_words import WORDS as BOARD_WORDS
from aarshjul.web.cycle_view import moment_in_words
from aarshjul.web.desk import Desk
from aarshjul.web.doing.deeds import Wish
from aarshjul.web.doing.doors import Look, Press
from aarshjul.web.doing.form import Field, FormView, Option, Problem
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.drafting.copies import Copies, copy_in, sketch_of_version
from aarshjul.web.drafting.filling import as_count
from aarshjul.web.drafting.gate import refusal, takes_up, writes
from aarshjul.web.drafting.words import WORDS
from aarshjul.web.frame import seated
from aarshjul.web.gate import not_here
from aarshjul.web.papers.frame import as_file
from models.consulting import people_of
from models.cycle import Cycle
from models.draft import Draft
from models.draft_text import contract_in_draft, present_draft
from models.engine import reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A version as the table has it."""

    number: int
    when: str
    who: str
    message: str
    states: tuple[str, ...]
    is_prose: bool


@dataclass(frozen=True, slots=True)
class History:
    """The page `/draft/versions`, its downloads, and what is pressed on it."""

    desk: Desk
    copies: Copies

    def look(self) -> Look:
        """The versions, for whoever may read drafts."""
        return lambda _request, seat: self._page(seat) if seat.sees_drafts else refusal(seat)

    def download(self, form: str) -> Look:
        """A version as it was frozen (`yaml`: its SHA-256 is the version's), or as a paper (`pdf`)."""

        def look(request: Request, seat: Seat) -> Response:
            if not seat.sees_drafts:
                return refusal(seat)
            with reading(self.desk.engine) as session:
                number = as_count(str(request.path_params["version"])) or 0
                draft = session.get(Draft, (seat.cycle, number))
                if draft is None:
                    return not_here()
                cycle = session.get_one(Cycle, seat.cycle)
                names, _ = people_of(session, seat.cycle)
            name = f"{cycle.id}-v{draft.version}"
            if form == "pdf":
                page = draft_page(_spoken(cycle, seat), draft, contract_in_draft(draft), names)
                return as_file(page, seat, name)
            ending = "yaml" if draft.structured else "md"
            return _file(draft.text.encode(), f"{name}.{ending}", "text/plain; charset=utf-8")

        return look

    def drop(self) -> Press:
        """Throw one's copy away, as the page showed it."""

        def press(_request: Request, seat: Seat, typed: Typed) -> Response:
            copy = self.copies.load(seat)
            seen = as_count(typed.text("revision"))
            if copy.revision and (seen is None or not self.copies.drop(seat, seen=seen)):
                return self._page(seat, (Problem(field="", said=WORDS[seat.language]["drop_newer"]),))
            return Response(status_code=303, headers={"Location": seat.to("draft", "edit")})

        return press

    def restore(self) -> Press:
        """Begin a new copy from an earlier version, on top of the present one."""

        def press(_request: Request, seat: Seat, typed: Typed) -> Response:
            number, seen = as_count(typed.text("version")), as_count(typed.text("revision")) or 0
            with reading(self.desk.engine) as session:
                cycle = session.get_one(Cycle, seat.cycle)
                draft = session.get(Draft, (seat.cycle, number)) if number else None
                present = present_draft(session, cycle)
                if draft is None or present is None:
                    return not_here()
                sketch = sketch_of_version(session, cycle, draft, prefix=f"r{seen + 1}x{draft.version}x")
            if not self.copies.replace(seat, present.version, sketch, seen=seen):
                return self._page(seat, (Problem(field="", said=WORDS[seat.language]["changed_since"]),))
            return Response(status_code=303, headers={"Location": seat.to("draft", "edit")})

        return press

    def take(self) -> Press:
        """Take up newer national goals."""

        def press(_request: Request, seat: Seat, typed: Typed) -> Response:
            wish = Wish(do="take-national-goals", fields=typed.fields("version", "message"))
            then = seat.to("draft", "versions")
            return self.desk.deeds.press(
                seat, typed, wish, then=then, again=lambda problems: self._page(seat, problems)
            )

        return press

    def _page(self, seat: Seat, problems: Sequence[Problem] = ()) -> Response:
        words = WORDS[seat.language]
        with reading(self.desk.engine) as session:
            lines = versions_of(session, seat.cycle)
            names, _ = people_of(session, seat.cycle)
            cycle = session.get_one(Cycle, seat.cycle)
            copy = copy_in(session, seat) if writes(seat) else None
            found = offer(session, cycle, present_draft(session, cycle)) if takes_up(seat) else None
        rows = [
            _row(line, seat, names, line.draft.version == cycle.draft_version) for line in reversed(lines)
        ]
        forms = []
        if copy is not None and len(rows) > 1:
            forms.append(_again(rows, copy.revision, seat))
        if found is not None:
            forms.insert(0, _taking(found, seat))
        values: dict[str, Any] = {
            "words": words,
            "said": FORM_WORDS[seat.language],
            "rows": rows,
            "acts": forms,
            "writes": copy is not None,
            "problems": problems,
        }
        status = 409 if problems else 200
        return seated("drafting/versions.html", seat, words["versions_title"], status=status, **values)


def _row(line: VersionLine, seat: Seat, names: dict[str, str], is_present: bool) -> Row:
    words, board = WORDS[seat.language], BOARD_WORDS[seat.language]
    bodies, outcomes = BODIES[seat.language], OUTCOMES[seat.language]
    decided = [
        board["decision_fell" if each.void_at is not None else "decision_stands"].format(
            body=bodies.get(each.body, each.body), outcome=outcomes.get(each.outcome, each.outcome)
        )
        for each in line.decisions
    ]
    signed = [words["signed"].format(body=bodies.get(each.body, each.body)) for each in line.signatures]
    return Row(
        number=line.draft.version,
        when=moment_in_words(line.draft.submitted_at, seat.zone, seat.language),
        who=names.get(line.draft.submitted_by, line.draft.submitted_by),
        message=line.draft.message or "",
        states=(*([words["present"]] if is_present else []), *decided, *signed),
        is_prose=not line.draft.structured,
    )


def _again(rows: Sequence[Row], revision: int, seat: Seat) -> FormView:
    """Which earlier version to go on from."""
    words = WORDS[seat.language]
    title = BOARD_WORDS[seat.language]["version_alone"]
    older = tuple(Option(value=str(row.number), label=title.format(version=row.number)) for row in rows[1:])
    return FormView(
        id="again",
        action=seat.to("draft", "restore"),
        title=words["again"],
        intro=words["again_intro"],
        button=words["again_button"],
        warning=words["again_warning"] if revision else "",
        fields=(
            Field(name="revision", label="", kind="hidden", values=(str(revision),)),
            Field(name="version", label=words["again_which"], kind="select", options=older, required=True),
        ),
        secondary=True,
    )


def _taking(found: Offer, seat: Seat) -> FormView:
    """The newer national goals that can be taken up."""
    words = WORDS[seat.language]
    goals = ", ".join(goal for goal, _ in found.differences)
    return FormView(
        id="take",
        action=seat.to("draft", "national"),
        title=words["offer"],
        intro=words["offer_intro"].format(version=found.version, goals=goals),
        button=words["offer_button"],
        warning=words["offer_warning"],
        fields=(
            Field(name="version", label="", kind="hidden", values=(str(found.version),)),
            Field(name="message", label=words["message"]),
        ),
    )


def _spoken(cycle: Cycle, seat: Seat) -> Cycle:
    """The cycle in the reader's language, which is never stored."""
    return Cycle(**{**cycle.model_dump(), "language": seat.language})


def _file(content: bytes, name: str, kind: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    }
    return Response(content, media_type=kind, headers=headers)
