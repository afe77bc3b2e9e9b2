"""From a letter to its document: the templates under `words/` say it, one for each kind and language."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from calendars.text import clean, one_line
from notifications.danish import DANISH
from notifications.document import (
    Block,
    Button,
    Document,
    Facts,
    Greeting,
    Listing,
    Paragraph,
    Quote,
    Signature,
    Small,
    Table,
)
from notifications.english import ENGLISH
from notifications.facts import DecisionFacts, MilestoneFacts, ScoreFacts
from notifications.letter import Letter
from notifications.tongue import Tongue

TONGUES = {tongue.code: tongue for tongue in (DANISH, ENGLISH)}
_LONGEST_TITLE = 90  # in a subject line, so that the date behind it is still seen
_FOLDER = Path(__file__).parent / "words"

Said = Callable[[], str]


def worded(letter: Letter) -> Document:
    """The letter in words, in its language: greeting, what it is about, why it comes."""
    page = _Page(letter)
    context = _context(letter, page)
    for name in ("_greeting", letter.kind.value, "_closing"):
        _words().get_template(f"{letter.language}/{name}.j2").render(context)
    return page.document()


class _Page:
    """What a template calls to say something; white space within is folded, so no text can forge a block."""

    def __init__(self, letter: Letter) -> None:
        self._letter = letter
        self._tongue = TONGUES[letter.language]
        self._subject = self._title = self._why = ""
        self._blocks: list[Block] = []

    def subject(self, caller: Said) -> str:
        self._subject = one_line(caller())
        return ""

    def title(self, caller: Said) -> str:
        self._title = one_line(caller())
        return ""

    def p(self, caller: Said) -> str:
        if text := one_line(caller()):
            self._blocks.append(Paragraph(text))
        return ""

    def greet(self, salutation: str) -> str:
        self._blocks.append(Greeting(f"{salutation} {self._letter.recipient.address.shown}"))
        return ""

    def why(self, caller: Said) -> str:
        self._why = one_line(caller())
        return ""

    def reply(self, caller: Said) -> str:
        self._blocks.append(Small(self._why, one_line(caller())))
        return ""

    def quote(self, text: str | None) -> str:
        if text and clean(text).strip():
            self._blocks.append(Quote(clean(text).strip()))
        return ""

    def facts(self, milestone: MilestoneFacts) -> str:
        return self._rows(self._tongue.rows(milestone))

    def items(self, items: Iterable[str]) -> str:
        lines = tuple(one_line(item) for item in items)
        if lines:
            self._blocks.append(Listing(lines))
        return ""

    def version(self, decision: DecisionFacts) -> str:
        if decision.version is None:
            return ""
        shown = str(decision.version) + (f" ({decision.hash})" if decision.hash else "")
        return self._rows([(self._tongue.labels["version"], shown)])

    def scores(self, score: ScoreFacts) -> str:
        labels, share = self._tongue.labels, self._tongue.share
        rows = [
            (
                goal.id,
                goal.title,
                share(goal.low, goal.high) if goal.shown is None else share(goal.shown, goal.shown),
            )
            for goal in score.goals
        ]
        rows.append(("", labels["total"], total(self._tongue, score)))
        head = ("", labels["goal"], labels["score"])
        self._blocks.append(Table(head, tuple(tuple(one_line(cell) for cell in row) for row in rows)))
        return ""

    def button(self) -> str:
        if self._letter.link is not None:
            self._blocks.append(Button(self._tongue.labels["open"], self._letter.link))
        return ""

    def sign(self, close: str) -> str:
        self._blocks.append(Signature(close, self._letter.sender.shown))
        return ""

    def document(self) -> Document:
        return Document(
            language=self._tongue.code, subject=self._subject, title=self._title, blocks=tuple(self._blocks)
        )

    def _rows(self, rows: list[tuple[str, str]]) -> str:
        if rows:
            self._blocks.append(Facts(tuple((label, one_line(value)) for label, value in rows)))
        return ""


def total(tongue: Tongue, score: ScoreFacts) -> str:
    """The total attainment as people read it."""
    return (
        tongue.share(score.low, score.high) if score.shown is None else tongue.share(score.shown, score.shown)
    )


def _context(letter: Letter, page: _Page) -> dict[str, object]:
    tongue = TONGUES[letter.language]
    names = {"holder": one_line(letter.holder), "council": one_line(letter.council)}
    body = letter.decision and tongue.body(letter.decision.body, **names)
    first, *others = letter.milestones or (None,)
    return {
        **{name: getattr(page, name) for name in _SAID},
        **names,
        "letter": letter,
        "t": tongue,
        "cycle": one_line(letter.cycle),
        "m": first,
        "others": [*(first.with_it if first else ()), *others],
        "d": letter.decision,
        "s": letter.score,
        "total": total(tongue, letter.score) if letter.score else None,
        "body": body,
        "fallen": tongue.joined([tongue.body(slug, **names) for slug in letter.decision.fallen])
        if letter.decision
        else "",
        "roles": tongue.joined(
            [one_line(tongue.role(slug, **names)) for slug in _said_once(letter.recipient.roles)]
        ),
    }


_SAID = (
    "subject",
    "title",
    "p",
    "greet",
    "why",
    "reply",
    "quote",
    "facts",
    "items",
    "version",
    "scores",
    "button",
    "sign",
)


def _said_once(roles: tuple[str, ...]) -> list[str]:
    """The roles without those that another one implies: who chairs a body is a member of it."""
    bodies = {role.split("-")[0] for role in roles if role.endswith("-chair")}
    return [role for role in roles if role not in bodies]


@cache
def _words() -> Environment:
    """The templates, compiled once a process; nothing is escaped, as blocks are not markup yet."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=False,  # noqa: S701 -- plain sentences; the HTML of a message is escaped in `html.py`
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.filters["short"] = _short
    environment.filters["cap"] = lambda text: text[:1].upper() + text[1:]
    return environment


def _short(title: str) -> str:
    line = one_line(title)
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1].rstrip() + "…"
