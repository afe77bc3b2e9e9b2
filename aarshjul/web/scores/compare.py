"""`/compare`: a coordinator's contracts by year, and by region."""

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response

from aarshjul.core.contract import Contract
from aarshjul.core.languages import Language
from aarshjul.web.desk import Desk
from aarshjul.web.doing.seat import Seat
from aarshjul.web.scores.comparing import (
    Beside,
    Comparison,
    by_region,
    by_year,
    comparison,
    to_be_seen,
)
from aarshjul.web.scores.loading import Scored
from aarshjul.web.scores.showing import shown, with_scores
from aarshjul.web.scores.what_if_words import WORDS
from models.engine import reading


def compare(desk: Desk) -> APIRouter:
    """The page, for coordinators who are logged in: a link is to one cycle, and says nothing of others."""
    router = APIRouter()

    def look(_request: Request, seat: Seat) -> Response:
        with reading(desk.engine) as session:
            seen = to_be_seen(session, seat.viewer.cycles if seat.viewer is not None else ())
        return with_scores(desk, seat, lambda found: _page(found, seen))

    desk.doors.look(router, "/compare", look, by_link=False)
    return router


def _page(found: Scored, seen: Sequence[Beside]) -> Response:
    words = WORDS[found.language]
    tables = comparisons(found.contract, seen, found.language)
    return shown("compare.html", found, words["compare"], words=words, tables=tables)


def comparisons(base: Contract, seen: Sequence[Beside], language: Language) -> list[Comparison]:
    """The tables that have more than this contract alone."""
    words = WORDS[language]
    years, regions = by_year(base, seen), by_region(base, seen)
    made = (
        ("years", words["by_year"].format(holder=base.holder), years, _heads(years, year=True)),
        ("regions", words["by_region"].format(year=base.year), regions, _heads(regions, year=False)),
    )
    return [
        comparison(name, title, columns, heads, words["total"], language)
        for name, title, columns, heads in made
        if len(columns) > 1
    ]


def _heads(columns: Sequence[Beside], *, year: bool) -> list[str]:
    """The years or the houses; where two have the same, the contracts' own titles."""
    names = [str(each.contract.year) if year else each.contract.holder for each in columns]
    return [
        f"{name}: {each.contract.title}" if names.count(name) > 1 else name
        for name, each in zip(names, columns, strict=True)
    ]
