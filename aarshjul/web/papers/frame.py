"""A paper as a page of the web: what its file would hold, in the frame of all pages."""

from typing import Any

from fastapi import Response

from aarshjul.papers.errors import PaperError
from aarshjul.papers.frame import Paper
from aarshjul.web.doing.seat import Seat
from aarshjul.web.frame import framed, seated
from aarshjul.web.notices import notice
from aarshjul.web.papers.printing import PRINTER, PrinterBusy
from aarshjul.web.papers.words import WORDS
from aarshjul.web.place import Place


def on_paper(paper: Paper, seat: Seat, *, file: str = "", **values: Any) -> Response:
    """The page of a paper for who sits at it.

    Args:
        paper: its body is safe HTML; its title, kind and other texts are people's.
        seat: where it stands.
        file: the way to the same as a file.
        values: what stands around it: `beyond`, addresses with titles between the cycle and the paper; `ways`, what can
            be done from here; `versions`, `compared` and `words`. Nothing without.
    """
    ways = ((file, WORDS[seat.language]["pdf"]),) if file else ()
    shown: dict[str, Any] = {"versions": (), **values, "ways": (*values.get("ways", ()), *ways)}
    return seated("papers/paper.html", seat, _heading(paper), paper=paper, **shown)


def paper_for_anybody(paper: Paper, place: Place, back: tuple[tuple[str, str], ...]) -> Response:
    """The page of a paper that has been published, for a reader whom we do not know; `back` leads where they came from."""
    shown: dict[str, Any] = {"ways": (), "versions": (), "back": back}
    return framed("papers/paper.html", place, None, _heading(paper), paper=paper, **shown)


def as_file(paper: Paper, seat: Seat, name: str) -> Response:
    """A paper as a PDF to keep, named without its ending; where none can be made, now or ever, a page says so."""
    try:
        content = PRINTER.pdf(paper)
    except PrinterBusy:
        return notice(seat.place, "busy", status=503, words=WORDS, seat=seat)
    except PaperError:  # the operator is told of what is missing where a command makes one
        return notice(seat.place, "no_pdf", status=503, words=WORDS, seat=seat)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.pdf"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type="application/pdf", headers=headers)


def _heading(paper: Paper) -> str:
    return f"{paper.kind}: {paper.title}" if paper.kind else paper.title
