"""My data: all that is kept about somebody, to see, to have corrected, and to take along."""

import json
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from aarshjul.papers.frame import Paper, paper
from aarshjul.web.cycle_view import moment_in_words
from aarshjul.web.desk import Desk
from aarshjul.web.doing.seat import Seat
from aarshjul.web.frame import seated
from aarshjul.web.page import templates
from aarshjul.web.papers.frame import as_file
from aarshjul.web.personal_data.data_view import Table, names_for, tables
from aarshjul.web.personal_data.data_words import WORDS
from aarshjul.web.personal_data.own_page import PAGES, coordinators
from aarshjul.web.personal_data.words import WORDS as PAGE_WORDS
from models.engine import reading
from models.loading import load_cycle
from models.own_data import own_data

MOST_SHOWN = 100
"""Rows of a kind on the page; what is downloaded has all."""
_KINDS = {"html": "text/html; charset=utf-8", "json": "application/json"}


def data(desk: Desk) -> APIRouter:
    """`/data`, and `/data.json`, `/data.html`, `/data.pdf` to take it along."""
    router, pages = APIRouter(), _Data(desk)
    desk.doors.look(router, "/data", pages.look)
    desk.doors.look(router, "/data.json", pages.as_json)
    desk.doors.look(router, "/data.html", pages.as_html)
    desk.doors.look(router, "/data.pdf", pages.as_document)
    return router


@dataclass(frozen=True, slots=True)
class _Data:
    desk: Desk

    def look(self, _request: Request, seat: Seat) -> Response:
        page, say = PAGE_WORDS[seat.language], WORDS[seat.language]
        with reading(self.desk.engine) as session:
            found = own_data(session, seat.person, seat.cycle)
            shown = tables(found, names_for(session, seat), seat, MOST_SHOWN)
            ask = coordinators(session, load_cycle(session, seat.cycle), seat.language)
        values: dict[str, Any] = {
            "words": page,
            "said": say,
            "ask": ask,
            "tables": shown,
            "downloads": tuple((seat.to(f"data.{kind}"), say[kind]) for kind in ("html", "pdf", "json")),
            "ways": tuple((name, seat.to(name), page[name]) for name in PAGES),
            "page": "data",
        }
        return seated("personal_data/data.html", seat, page["data"], **values)

    def as_json(self, _request: Request, seat: Seat) -> Response:
        """The rows as the record has them, under the names of its tables and columns."""
        return data_file(self.desk, seat.person, seat.cycle)

    def as_html(self, _request: Request, seat: Seat) -> Response:
        return _download("html", self._paper(seat).html.encode())

    def as_document(self, _request: Request, seat: Seat) -> Response:
        return as_file(self._paper(seat), seat, "data")

    def _paper(self, seat: Seat) -> Paper:
        say = WORDS[seat.language]
        with reading(self.desk.engine) as session:
            found = own_data(session, seat.person, seat.cycle)
            shown = tables(found, names_for(session, seat), seat, None)
        when = moment_in_words(self.desk.now(), seat.zone, seat.language)
        return paper(
            say["paper"].format(cycle=seat.title),
            seat.language,
            _body(shown),
            subtitle=say["paper_as_of"].format(name=seat.name, when=when),
            kind=say["paper_kind"],
        )


def data_file(desk: Desk, person: str, cycle: str) -> Response:
    """The rows about somebody as the record has them, under the names of its tables and columns, as a file to keep."""
    with reading(desk.engine) as session:
        found = own_data(session, person, cycle)
    told = {
        "person": person,
        "cycle": cycle,
        "at": desk.now().isoformat(),
        "data": {each.kept.table: list(each.rows) for each in found},
    }
    return _download("json", json.dumps(told, ensure_ascii=False, indent=2).encode())


def _body(shown: tuple[Table, ...]) -> Markup:
    body = templates().get_template("personal_data/paper.html").render(tables=shown)
    return Markup(body)  # noqa: S704 -- its values are escaped


def _download(kind: str, content: bytes) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="data.{kind}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type=_KINDS[kind], headers=headers)
