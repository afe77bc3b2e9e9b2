"""PDFs that readers ask for, one after the other: setting pages takes all of a processor, and memory for every one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock

from aarshjul.papers.errors import PaperError
from aarshjul.papers.frame import Paper, as_pdf

MOST_WAITING = 8
"""So many may want one at a moment, the one that is being set among them: a thread waits for each."""
MOST_ELEMENTS = 20_000
"""So many elements a paper has that is made a PDF while somebody waits: 500 goals have fewer; these take 20 seconds."""


class PrinterBusy(Exception):  # noqa: N818 -- it is no error of anybody's
    """More want a PDF at this moment than may wait; the next moment it is another matter."""


@dataclass(frozen=True, slots=True)
class Printer:
    """Makes PDFs, one at a time.

    Attributes:
        make: what makes one.
    """

    make: Callable[[Paper], bytes] = as_pdf
    _one: Lock = field(default_factory=Lock)
    _waiting: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_WAITING))

    def pdf(self, paper: Paper) -> bytes:
        """A paper as a PDF.

        Raises:
            PrinterBusy: where too many wait for one already.
            PaperError: where this machine can make none, or none of so long a paper.
        """
        if paper.body.count("</") > MOST_ELEMENTS:
            raise PaperError("this paper is too long for a PDF; its page can be printed")
        if not self._waiting.acquire(blocking=False):
            raise PrinterBusy
        try:
            with self._one:
                return self.make(paper)
        finally:
            self._waiting.release()


PRINTER = Printer()
"""The one of this process: it is the process's time and memory that it shares out."""
