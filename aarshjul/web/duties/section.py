"""A page that tells something: headings with sentences, lists, and where to write to."""

import re
from dataclasses import dataclass

_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """Whom to ask; `href` leads there where the text is an address of mail or of the web."""

    text: str

    @property
    def href(self) -> str:
        """Nothing where it is neither: a browser is not led anywhere by what only looks like an address."""
        if self.text.startswith(("https://", "http://")) and " " not in self.text:
            return self.text
        return f"mailto:{self.text}" if _MAIL.fullmatch(self.text) else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading with what stands below it; `rows` have a name and what is said of it."""

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    columns: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()


def contacts(*texts: str | None) -> tuple[Contact, ...]:
    """Those that an operator has set."""
    return tuple(Contact(text=text) for text in texts if text)
