"""Somebody who writes the draft in a browser without scripts: opens a page, changes fields of its form, presses."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

from notifications.personal_links import make_link
from tests.web.logged_in import Site
from tests.web.serving import SECRET

GOALS = """format: aarshjul/draft@1
goals:
  - id: "9"
    title: Retning
    text: |-
      Samler.

      Hjælper.
    indicators:
      - {id: 9a, title: Planer, rule: {at_least: 60}, unit: stk., owner: holder, source: Sagssystem}
      - {id: 9b, rule: {yes_no: true}, owner: holder, source: S}
  - {id: "10", title: Vækst, text: Vokser, indicators: [{id: 10a, rule: {at_most: 7.5}, owner: w1, source: S}]}
"""


class Form(HTMLParser):
    """The first form of a class on a page: its fields as a browser would send them, and its buttons."""

    def __init__(self, text: str, action: str = "") -> None:
        super().__init__()
        self.action, self.values, self.buttons = action, dict[str, str](), list[str]()
        self._in = self._found = False
        self._area = self._select = ""
        self.feed(text)
        assert self._found, text[:2000]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            wanted = (
                said.get("action", "").partition("?")[0].endswith(self.action)
                and said.get("method") == "post"
            )
            wanted = wanted and "logout" not in said.get("action", "")
            self._in = wanted and not self._found
            self._found = self._found or self._in
        if not self._in:
            return
        name = said.get("name", "")
        if tag == "input" and said.get("type") not in ("radio", "checkbox"):
            self.values[name] = said.get("value", "")
        if tag == "textarea":
            self._area, self.values[name] = name, ""
        if tag == "select":
            self._select, self.values[name] = name, ""
        if tag == "option" and "selected" in said:
            self.values[self._select] = said["value"]
        if tag == "button" and name == "press":
            self.buttons.append(said["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = False
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            # A browser leaves out a line end that a textarea begins with.
            self.values[self._area] += data if self.values[self._area] else data.removeprefix("\n")

    def button(self, begins: str) -> str:
        return next(each for each in self.buttons if each.startswith(begins))


@dataclass
class Pen:
    """Somebody at a cycle's pages, by a login or by a link of their own."""

    site: Site
    top: str = "/cycles/c"
    tabs: dict[str, Form] = field(default_factory=dict)

    @classmethod
    def by_link(cls, site: Site, person: str) -> "Pen":
        return cls(site, f"/p/{make_link(SECRET.encode(), 'c', person, site.clock())}")

    def get(self, path: str) -> httpx.Response:
        return self.site.client.get(f"{self.top}{path}")

    def open(self, path: str = "/draft/edit", action: str = "") -> Form:
        answer = self.get(path)
        assert answer.status_code == 200, answer.text[:3000]
        return Form(answer.text, action or path.partition("?")[0].rpartition("/")[2])

    def send(
        self, path: str, form: Form, changes: dict[str, str] | None = None, press: str = "save"
    ) -> httpx.Response:
        return self.site.post(f"{self.top}{path}", {**form.values, **(changes or {}), "press": press})

    def keep(self, path: str, form: Form, changes: dict[str, str]) -> httpx.Response:
        """As htmx saves while one writes."""
        return self.site.post(f"{self.top}{path}", {**form.values, **changes}, hx_request="true")

    def write(self, path: str, changes: dict[str, str], press: str = "save") -> httpx.Response:
        return self.send(path, self.open(path), changes, press)

    def submit(self, message: str = "Ny", **changes: str) -> httpx.Response:
        form = self.open("/draft/submit")
        return self.site.post(f"{self.top}/draft/submit", {**form.values, "message": message, **changes})
