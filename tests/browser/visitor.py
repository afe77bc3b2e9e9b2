"""Somebody with a browser: what they open, press and see, and that no page complains or asks anybody else."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Response,
    sync_playwright,
)

from tests.interop.needs import HERE

AXE = HERE / "node" / "node_modules" / "axe-core" / "axe.min.js"
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
GUIDE = ("cycle", "goals", "consultation", "move", "own-page", "minutes", "approval")
"""The pictures of the guides for coordinators, in docs/pictures, by the story's course."""
PATIENCE = 20_000  # milliseconds
_EXPECTED = re.compile(
    r"the server responded with a status of (4\d\d|503)"
)  # pages that say no say it to the console
_AXE_RUN = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ' ' + n.html.slice(0, 160)));
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(SWITCHES))
        try:
            yield browser
        finally:
            browser.close()


@dataclass(kw_only=True)
class Visitor:
    """One browser with its own cookies; `complaints` is what went wrong that no person would see."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    sizes: list[tuple[str, int]] = field(default_factory=list)
    pictured: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._broken)
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def open(self, address: str) -> int:
        """Open a page, by its path or its whole address; its status."""
        answer = self.page.goto(urljoin(self.base, address))
        assert answer is not None
        return answer.status

    def press(self, name: str, *, exact: bool = False) -> None:
        """Press the first button of that name, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=exact).first.click()

    def follow(self, name: str, *, exact: bool = False) -> None:
        """Follow the first link of that name."""
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()

    def fill(self, **fields: str) -> None:
        """Fill in fields by their names (`from_` for `from`)."""
        for name, value in fields.items():
            self.page.locator(f"[name='{name.rstrip('_')}']").first.fill(value)

    def choose(self, name: str, value: str) -> None:
        """Choose a value of a field with choices."""
        found = self.page.locator(f"[name='{name}']").first
        if found.evaluate("e => e.tagName") == "SELECT":
            found.select_option(value)
        else:
            self.page.locator(f"[name='{name}'][value='{value}']").first.check()

    def unfold(self, name: str) -> Locator:
        """Open the form that is folded away under these words; returns it."""
        found = self.page.locator("details", has=self.page.locator("summary", has_text=name)).last
        found.locator("summary").first.click()
        return found

    def write(self, **fields: str) -> None:
        """Fill in the fields of the last part on the page, by the ends of their names."""
        for name, value in fields.items():
            self.page.locator(f"[name$='.{name}']:visible").last.fill(value)

    def text(self) -> str:
        """All that stands on the page."""
        return self.page.locator("body").inner_text()

    def sees(self, words: str) -> bool:
        """Whether these words stand on the page, however they are broken into lines."""
        return " ".join(words.split()) in " ".join(self.text().split())

    def violations(self) -> list[str]:
        """What axe-core has against the page, one line a place."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))  # past the policy, which lets no page load it
        found: list[str] = self.page.evaluate(_AXE_RUN, list(WCAG))
        return found

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than the window."""
        wide: bool = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return wide

    def picture(self, name: str, *, whole: bool = True) -> None:
        """Keep a picture of the page, where pictures are kept."""
        folder = os.environ.get("AARSHJUL_SCREENS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(folder, f"{name}.png")), full_page=whole)

    def for_guide(self, name: str, top: str, height: int, width: int = 1000) -> None:
        """Take a picture of the guide anew, where `AARSHJUL_GUIDE` says into which folder; from an element down.

        The height is that of what is seen of the page, in pixels; `name` is one of `GUIDE`.
        """
        assert name in GUIDE, name
        folder, size = os.environ.get("AARSHJUL_GUIDE"), self.page.viewport_size
        if folder and size:
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.locator(top).first.evaluate("e => e.scrollIntoView()")
            self.page.screenshot(path=str(Path(folder, f"{name}.png")))
            self.page.set_viewport_size(size)
        self.pictured.append(name)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _EXPECTED.search(message.text):
            self.complaints.append(f"console: {message.text}")

    def _broken(self, error: Error) -> None:
        self.complaints.append(f"script: {error}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.base).netloc:
            self.complaints.append(f"asked somebody else: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status}: {urlsplit(response.url).path}")
        self.sizes.append((response.url, int(response.headers.get("content-length", "0"))))


@contextmanager
def visiting(browser: Browser, base: str, width: int = 1440, **more: Any) -> Iterator[Visitor]:
    """A new browser for one person; at the end it has nothing to complain of."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **more)
    try:
        visitor = Visitor(page=context.new_page(), base=base)
        yield visitor
        assert visitor.complaints == []
    finally:
        context.close()
