"""Where a page stands: what it is named from, the language that it is in, and what may be gone on to from it."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode

from starlette.requests import Request

from aarshjul.core.languages import LANGUAGES
from models.logins import FIRST_PAGE

_WITHIN = re.compile(r"/cycles(/[A-Za-z0-9._~%-]+){0,4}")
_DONE = re.compile(r"[a-z-]{1,30}")
_ONCE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A page as it was asked for.

    Attributes:
        path: as it was asked for, still quoted.
        asked: the language in its query, which its links carry on; None where it is left to the reader's.
        own: the reader's own language.
        done: what the page before did, by the act's name; `already` where it was done before.
        undo: the press that did it, where it can be taken back.
        kept: the rest of its query, as far as the page reads it: what the page in the other language shows as well.
    """

    path: str
    asked: str | None = None
    own: str = "da"
    kept: tuple[tuple[str, str], ...] = ()
    done: str = ""
    undo: str = ""

    @property
    def language(self) -> str:
        """What the page is written in."""
        return self.asked or self.own

    @property
    def other(self) -> str:
        """The language that it could be in as well."""
        return next(code for code in LANGUAGES if code != self.language)

    @property
    def root(self) -> str:
        """What leads from here to the top. Relative: whatever path a proxy has put before ours stays."""
        return "../" * (self.path.count("/") - 1) or "./"

    def to(self, *parts: str) -> str:
        """The way to a page of ours in the same language."""
        query = f"?lang={self.asked}" if self.asked else ""
        return f"{self.root}{'/'.join(quote(part, safe='') for part in parts)}{query}"

    def to_query(self, *parts: str, **query: str | int) -> str:
        """The way to a page of ours that reads a query, in the same language."""
        way = f"{self.root}{'/'.join(quote(part, safe='') for part in parts)}"
        return f"{way}?{urlencode({**query, **({'lang': self.asked} if self.asked else {})})}"

    def duty(self, name: str) -> str:
        """The way to a page that is for everybody, in this one's language: there, no reader has one of their own."""
        return f"{self.root}{name}?lang={self.language}"

    def static(self, name: str) -> str:
        """The way to a file that every page shares."""
        return f"{self.root}static/{name}"

    @property
    def in_this(self) -> str:
        """This page itself, as a form posts to it."""
        return f"?{urlencode([*self.kept, *([('lang', self.asked)] if self.asked else [])])}"

    @property
    def in_other(self) -> str:
        """This page in the other language."""
        return f"?{urlencode([*self.kept, ('lang', self.other)])}"

    def here(self, **query: str | int) -> str:
        """This page with another query, in the same language."""
        lang = {"lang": self.asked} if self.asked else {}
        return f"?{urlencode({**query, **lang})}"

    def after(self, path: str) -> str:
        """The way to a path that `within` let through."""
        return f"{self.root}{path.lstrip('/')}{f'?lang={self.asked}' if self.asked else ''}"


def place_of(request: Request, own: str = "da", *, keeps: tuple[str, ...] = ()) -> Place:
    """Where a request asks for, for a reader with a language of their own; `keeps` are the page's own questions."""
    asked = request.query_params.get("lang")
    raw = request.scope.get("raw_path") or request.scope["path"].encode()
    path = raw.decode("ascii", errors="replace")
    kept = tuple(
        (name, request.query_params[name][:_LONGEST]) for name in keeps if name in request.query_params
    )
    done, undo = request.query_params.get("done", ""), request.query_params.get("undo", "")
    return Place(
        path=path,
        asked=asked if asked in LANGUAGES else None,
        own=own,
        kept=kept,
        done=done if _DONE.fullmatch(done) else "",
        undo=undo if _ONCE.fullmatch(undo) else "",
    )


def within(path: str | None) -> str:
    """A path that may be gone on to after logging in: one of ours, whatever was asked for."""
    if not path or len(path) > _LONGEST or not _WITHIN.fullmatch(path):
        return FIRST_PAGE
    return FIRST_PAGE if any(unquote(part) in (".", "..") for part in path.split("/")) else path
