"""Many who want a PDF at one moment: one is made at a time, a few wait, the rest are told so; all others are served."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from markupsafe import Markup

from aarshjul.papers.errors import PaperError
from aarshjul.papers.frame import Paper, paper
from aarshjul.web.papers import printing
from aarshjul.web.papers.printing import MOST_ELEMENTS, MOST_WAITING, Printer, PrinterBusy
from tests.web.api.asking import Asking
from tests.web.logged_in import Site

PAGE = paper("Titel", "da", Markup("<p>x</p>"))
RESULTS = "/cycles/c/results"


@contextmanager
def jammed() -> Iterator[tuple[Printer, list[int]]]:
    """A printer that everybody waits for, with how many were at it at the same time."""
    go, begun, at_once, working = Event(), Event(), [0], []

    def slow(_page: Paper) -> bytes:
        working.append(1)
        at_once[0] = max(at_once[0], len(working))
        begun.set()
        go.wait(20)
        working.pop()
        return b"%PDF-"

    printer = Printer(make=slow)
    threads = [Thread(target=printer.pdf, args=(PAGE,)) for _ in range(MOST_WAITING)]
    try:
        for each in threads:
            each.start()
        assert begun.wait(20)
        while printer._waiting._value > 0:
            begun.wait(0.01)
        yield printer, at_once
    finally:
        go.set()
        for each in threads:
            each.join(20)


def test_one_is_made_at_a_time_and_whoever_cannot_wait_is_told_so_at_once() -> None:
    with jammed() as (printer, at_once), pytest.raises(PrinterBusy):
        printer.pdf(PAGE)
    assert at_once == [1]
    assert printer.pdf(PAGE) == b"%PDF-"


def test_one_that_fails_leaves_room_for_the_next() -> None:
    def broken(_page: Paper) -> bytes:
        raise PaperError("no Pango")

    printer = Printer(make=broken)
    for _ in range(MOST_WAITING + 1):
        with pytest.raises(PaperError):
            printer.pdf(PAGE)


def test_a_paper_that_would_take_minutes_is_made_no_pdf_of() -> None:
    made: list[Paper] = []

    def make(page: Paper) -> bytes:
        made.append(page)
        return b"%PDF-"

    printer = Printer(make=make)
    assert printer.pdf(paper("Titel", "da", Markup("<p>x</p>") * MOST_ELEMENTS)) == b"%PDF-"
    with pytest.raises(PaperError):
        printer.pdf(paper("Titel", "da", Markup("<p>x</p>") * (MOST_ELEMENTS + 1)))
    assert len(made) == 1


def test_a_page_and_a_program_are_told_to_come_again_and_the_rest_is_served(
    logins: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    logins.log_in()
    asking = Asking(site=logins)
    token = asking.token()
    with jammed() as (printer, _):
        for module in ("aarshjul.web.papers.frame", "aarshjul.web.api.papers"):
            monkeypatch.setattr(f"{module}.PRINTER", printer)
        page = logins.client.get(f"{RESULTS}?format=pdf")
        assert (page.status_code, "Prøv igen" in page.text) == (503, True)
        answer = asking.get(f"{RESULTS}/paper", token, format="pdf")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
        assert asking.get(f"{RESULTS}/paper", token, format="html").status_code == 200
    assert printing.PRINTER is not printer
