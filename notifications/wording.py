"""From a letter to its document: the templates under `words/` say it, one for each kind of message.

They are written in English and translated by catalogue; what they insert is prepared here.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aarshjul.core.cycle import Kind
from calendars.text import one_line
from notifications import dates, terms
from notifications.catalog import marked as _
from notifications.document import Document
from notifications.facts import MilestoneFacts
from notifications.letter import Letter
from notifications.page import Page
from notifications.tongue import TONGUES, Tongue

_FOLDER = Path(__file__).parent / "words"
_CHAIRS = ("board-chair", "council-chair")


def worded(letter: Letter) -> Document:
    """The letter in words, in its language: greeting, what it is about, why it comes."""
    return _said(letter, "_greeting", letter.kind.value, "_closing")


def _said(letter: Letter, *templates: str) -> Document:
    tongue = TONGUES[letter.language]
    values = _values(letter, tongue)
    page = Page(tongue, values)
    context = _context(letter, tongue, page, values)
    for name in templates:
        _words().get_template(f"{name}.j2").render(context)
    return page.document()


def _context(letter: Letter, tongue: Tongue, page: Page, values: dict[str, str | int]) -> dict[str, object]:
    """What a template can ask and call; `_` and `ngettext` are what the catalogues are made from."""
    first, *others = letter.milestones or (None,)
    return {
        **{name: getattr(page, name) for name in _CALLS},
        "_": tongue.sentences.gettext,
        "ngettext": tongue.sentences.ngettext,
        "letter": letter,
        "t": tongue,
        "v": values,
        "m": first,
        "others": [*(first.with_it if first else ()), *others],
        "d": letter.decision,
        "s": letter.score,
        "documents": lambda: [_said(part, part.kind.value) for part in letter.parts],
        "stop_at": next((uri for uri in letter.unsubscribe if uri.startswith("https://")), None),
        "chair": next((role for role in _CHAIRS if role in letter.recipient.roles), None),
        "why_codes": terms.WHY,
        "other_why": terms.OTHER_WHY,
        "messages": terms.MESSAGES,
        "asks_of_others": terms.ASKS_OF_OTHERS,
        "day": dates.day_in_words,
        "megabytes": dates.megabytes,
    }


def _values(letter: Letter, tongue: Tongue) -> dict[str, str | int]:
    """What stands for the `{names}` in sentences; docs/translating.md lists them."""
    names = {"holder": one_line(letter.holder), "council": one_line(letter.council)}
    found: dict[str, str | int] = {
        **names,
        "cycle": one_line(letter.cycle),
        "name": letter.recipient.address.shown,
        "sender": letter.sender.shown,
        "answers_to": (letter.reply_to or letter.sender).email,
        "absent": letter.recipient.delegate_for or "",
        "copied": tongue.joined([copy.shown for copy in letter.copies]),
        "roles": _roles(letter, tongue, names),
    }
    if letter.milestones:
        found |= _of_milestone(letter.milestones[0], tongue)
    if letter.decision is not None:
        body = tongue.body(letter.decision.body, **names)
        fallen = [tongue.body(slug, **names) for slug in letter.decision.fallen]
        found |= {"body": body, "Body": body[:1].upper() + body[1:], "fallen": tongue.joined(fallen)}
    if letter.score is not None:
        found |= {"contract": one_line(letter.score.contract), "total": tongue.total(letter.score)}
    return found


def _of_milestone(milestone: MilestoneFacts, tongue: Tongue) -> dict[str, str | int]:
    """The first milestone: `due` looks ahead from the day of the message, `past` looks back."""
    when = tongue.when(milestone.telling)
    left = "" if milestone.days_left is None else tongue.left(milestone.days_left)
    return {
        "item": one_line(milestone.title),
        "when": when,
        "left": left,
        "due": tongue.say(_("{when}, that is {left}"), when=when, left=left) if left else when,
        "past": f"{when}, {left}" if left else when,
        "was": tongue.when(milestone.was) if milestone.was else "",
    }


def _roles(letter: Letter, tongue: Tongue, names: dict[str, str]) -> str:
    """Why it comes to this person: their roles, without those that another one implies.

    Who chairs a body is a member of it.
    """
    roles = letter.recipient.roles
    bodies = {role.split("-")[0] for role in roles if role.endswith("-chair")}
    said = [one_line(tongue.role(role, **names)) for role in roles if role not in bodies]
    return tongue.joined(said) or tongue.say(terms.NO_ROLE)


_CALLS = (
    *(
        "subject",
        "title",
        "p",
        "heading",
        "greet",
        "quote",
        "facts",
        "rows",
        "items",
        "version",
        "scores",
        "carry",
    ),
    *("button", "sign", "why", "small"),
)


@cache
def _words() -> Environment:
    """The templates, compiled once a process; nothing is escaped, as blocks are not markup yet."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=False,  # noqa: S701 -- plain sentences; the HTML of a message is escaped in `html.py`
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.globals.update(MEETING=Kind.MEETING.value)
    return environment
