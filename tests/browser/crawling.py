"""Going through all pages that somebody can come to by links, a few of each kind."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from playwright.sync_api import Error

from tests.browser.visitor import Visitor

OF_A_KIND = 2
_NOT_PAGES = re.compile(r"\.(svg|ics|pdf|ya?ml|json|css|js|woff2|png)$|/documents/\d+$|/download")


@dataclass(kw_only=True)
class Crawl:
    """A visitor's way through the pages, from a start.

    Attributes:
        fixed: words of addresses that name a kind of page; every other one names a thing, of which few are looked at.
    """

    visitor: Visitor
    start: str
    language: str
    fixed: frozenset[str]
    kinds: Counter[str] = field(default_factory=Counter)

    def pages(self) -> Iterator[str]:
        """Each page, open, by its path; its kind's first ones alone."""
        waiting, known = deque([self.start]), {self.start}
        while waiting:
            address = waiting.popleft()
            if self.kinds[kind := self._kind(address)] >= OF_A_KIND:
                continue
            self.kinds[kind] += 1
            if not self._is_page(address):
                continue
            yield address
            for link in self._links():
                if link not in known:
                    known.add(link)
                    waiting.append(link)

    def _is_page(self, address: str) -> bool:
        """Open what an address leads to; what the browser keeps as a file is none."""
        try:
            status = self.visitor.open(f"{address}{'&' if '?' in address else '?'}lang={self.language}")
        except Error as reason:
            if "Download is starting" not in reason.message:
                raise
            return False
        assert status == 200, (status, address)
        return True

    def _links(self) -> list[str]:
        found: list[str] = self.visitor.page.eval_on_selector_all(
            "a[href]:not([download])", "all => all.map(a => a.href)"
        )
        return [short for each in found if (short := self._short(each)) is not None]

    def _short(self, link: str) -> str | None:
        """The path of a page of ours, with what it asks for but the language; None for what is none."""
        parts = urlsplit(urldefrag(urljoin(self.visitor.page.url, link))[0])
        if parts.netloc != urlsplit(self.visitor.base).netloc or _NOT_PAGES.search(parts.path):
            return None
        asked = "&".join(
            f"{name}={value}"
            for name, value in parse_qsl(parts.query)
            if name not in ("lang", "done", "undo")
        )
        return f"{parts.path}{f'?{asked}' if asked else ''}"

    def _kind(self, address: str) -> str:
        """The address with a star for everything that names a thing."""
        path, _, asked = address.partition("?")
        words = [each if each in self.fixed else "*" for each in path.strip("/").split("/")]
        names = sorted({name for name, _ in parse_qsl(asked)})
        return f"/{'/'.join(words)}?{'&'.join(names)}"
