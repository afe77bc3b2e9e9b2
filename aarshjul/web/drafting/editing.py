"""The draft in forms: all goals on one page, each goal with its indicators on one of its own; saved as one writes."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from fastapi import Request, Response

from aarshjul.core.sketch import PARTS, TOP, Sketched, added, changed, moved, next_id, removed
from aarshjul.files.draft_sketch import prose_of
from aarshjul.web.desk import Desk
from aarshjul.web.doing.doors import Look, Press
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.drafting.copies import Copies, Copy, OtherCopy
from aarshjul.web.drafting.edit_pages import Shown, goal_page, overview, saving
from aarshjul.web.drafting.filling import Filling, Sent, as_count, sent
from aarshjul.web.drafting.gate import lost
from aarshjul.web.gate import not_here

_BACK = "draft", "edit"


@dataclass(frozen=True, slots=True)
class Editing:
    """The pages `/draft/edit` and `/draft/edit/KEY`, and what is pressed on them."""

    desk: Desk
    copies: Copies

    def look(self) -> Look:
        """All goals."""
        return lambda _request, seat: self._page(seat, self.copies.load(seat), TOP)

    def look_at_goal(self) -> Look:
        """One goal with its indicators."""

        def look(request: Request, seat: Seat) -> Response:
            return self._page(seat, self.copies.load(seat), str(request.path_params["part"]))

        return look

    def press(self) -> Press:
        """Save what came, and do what the button says."""

        def press(request: Request, seat: Seat, typed: Typed) -> Response:
            page = str(request.path_params.get("part", TOP))
            if request.headers.get("hx-request") == "true":
                return self._keep(seat, typed, page)
            return self._save(seat, typed, page)

        return press

    def _page(self, seat: Seat, copy: Copy, key: str, shown: Shown | None = None) -> Response:
        shown = shown or Shown(now=self.desk.now())
        if key == TOP:
            return overview(self.desk.engine, seat, copy, shown)
        goal = copy.sketch.find(key)
        if goal is None or len(copy.sketch.path_to(key)) != 2:
            return not_here()
        return goal_page(self.desk.engine, seat, copy, goal, shown)

    def _keep(self, seat: Seat, typed: Typed, page: str) -> Response:
        """Save while somebody writes; the answer takes its place in the page."""
        form = sent(typed, seat.language)
        filling = Filling(form, press=False)
        now = self.desk.now()
        try:
            self.copies.alter(seat, _base(typed), filling.into)
        except OtherCopy:
            return saving(self.desk.engine, seat, None, page, typed, now)
        copy = self.copies.load(seat)
        overtaken = any((part := copy.sketch.find(key)) and part.tab != form.tab for key in filling.newer)
        if filling.lost or overtaken:
            return saving(self.desk.engine, seat, None, page, typed, now)
        return saving(self.desk.engine, seat, copy, page, typed, now)

    def _save(self, seat: Seat, typed: Typed, page: str) -> Response:
        form = sent(typed, seat.language)
        filling = Filling(form)
        act, key, more = [*typed.text("press", "save").split(" "), "", ""][:3]

        def change(sketch: Sketched, number: int) -> Sketched:
            return _CHANGES.get(act, _nothing)(filling.into(sketch, number), key, more)

        self.copies.alter(seat, _base(typed), change)
        if filling.lost:
            return lost(seat, typed)
        if filling.newer:
            return self._both(seat, page, form, filling)
        return _on(seat, page, act, key, more)

    def _both(self, seat: Seat, page: str, form: Sent, filling: Filling) -> Response:
        """The page with what was typed, and beside it what another tab has saved meanwhile."""
        copy = self.copies.load(seat)
        sketch, beside = copy.sketch, dict[tuple[str, str], str]()
        for key in filling.newer:
            stored = sketch.find(key)
            if stored is None:
                continue
            typed_in = form.over(stored)
            names = {*stored.fields, *typed_in.fields}
            beside |= {
                (key, name): stored.get(name) for name in names if stored.get(name) != typed_in.get(name)
            }
            sketch = changed(sketch, key, form.over)
        shown = Shown(now=self.desk.now(), beside=beside, newer=True)
        return self._page(seat, replace(copy, sketch=sketch), page, shown)


Changing = Callable[[Sketched, str, str], Sketched]


def _nothing(sketch: Sketched, _key: str, _more: str) -> Sketched:
    return sketch


def _move(step: int) -> Changing:
    """One place up or down, from the place at which the page showed it: pressed twice, it moves once."""

    def move(sketch: Sketched, key: str, place: str) -> Sketched:
        path = sketch.path_to(key)
        if len(path) < 2:
            return sketch
        there = [each.key for each in path[-2].there]
        return moved(sketch, key, step) if key in there and place == str(there.index(key)) else sketch

    return move


def _add(sketch: Sketched, under: str, key: str) -> Sketched:
    """A part below another, under the key that the page drew for it."""
    parent = sketch.find(under)
    if parent is None or not key.startswith("n") or not key.isalnum() or len(key) > 40:
        return sketch
    own = {"rule": PARTS, "level": "regional"} if under == TOP else {}
    return added(sketch, under, Sketched(key=key, fields={"id": next_id(sketch, parent), **own}))


def _take_kind(sketch: Sketched, kind: str, _more: str) -> Sketched:
    """As one text, or as goals; what the other has stays in the copy."""
    fields = {name: each for name, each in sketch.fields.items() if name != "kind"}
    return replace(sketch, fields={**fields, **(prose_of("").fields if kind == "text" else {})})


_CHANGES: dict[str, Changing] = {
    "up": _move(-1),
    "down": _move(1),
    "remove": lambda sketch, key, _: removed(sketch, key),
    "restore": lambda sketch, key, _: removed(sketch, key, gone=False),
    "add": _add,
    "kind": _take_kind,
}


def _on(seat: Seat, page: str, act: str, key: str, more: str) -> Response:
    """To the same page, which shows when it was saved; to a new goal's own page."""
    parts = _BACK if page == TOP else (*_BACK, page)
    anchor = ""
    if act == "add":
        parts, anchor = ((*_BACK, more), "") if key == TOP else (parts, f"#part-{more}")
    elif act in ("up", "down", "remove", "restore") and key:
        anchor = f"#part-{key}"
    return Response(status_code=303, headers={"Location": f"{seat.to(*parts)}{anchor}"})


def _base(typed: Typed) -> int | None:
    return as_count(typed.text("base"))
