"""From a letter to its document: the templates under `words/` say it, one for each kind of message.

They are written in English and translated by catalogue; what they insert is prepared here.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from aarshjul.core.cycle import Kind
from calendars.text import one_line
from notifications import dates, terms
from notifications.catalog import marked as _
from notifications.document import Block, Button, Document, Greeting, Small
from notifications.facts import MilestoneFacts
from notifications.frame import Frame, frame_of, stop_at
from notifications.letter import Letter
from notifications.matter import Matter, matter_of, without_mail
from notifications.page import Page
from notifications.tongue import TONGUES, Tongue

_FOLDER = Path(__file__).parent / "words"
_FRAME = ("greet", "p", "button", "sign", "why", "small")
_BODY = (
    *("subject", "title", "p", "heading", "quote"),
    *("facts", "rows", "items", "changes", "version", "scores", "carry"),
)


def worded(letter: Letter, *, mail: bool = True) -> Document:
    """The letter in words, in its language: greeting, what it is about, why it comes.

    A card or a note is no `mail`: nothing goes with it, and a reply to it reaches nobody.
    """
    said = told(matter_of(letter) if mail else without_mail(matter_of(letter)))
    before, after = _around(frame_of(letter))
    name, stop, link = letter.recipient.address.shown, stop_at(letter), letter.link or ""
    blocks = (
        *[_of_reader(block, name, stop, link) for block in before],
        *said.blocks,
        *[_of_reader(block if mail else _unanswerable(block), name, stop, link) for block in after],
    )
    return Document(language=letter.language, subject=said.subject, title=said.title, blocks=blocks)


def _of_reader(block: Block, name: str, stop: str | None, link: str) -> Block:
    """A block of the frame with what is this reader's alone: the name, their page, and the address that stops."""
    match block:
        case Greeting(sentence):
            return Greeting(one_line(sentence.format(name=name)))
        case Button(label, _):
            return Button(label, link)
        case Small(why, reply, (text, label, _)) if stop is not None:
            return Small(why, reply, (text, label, stop))
        case _:
            return block


def _unanswerable(block: Block) -> Block:
    """The end of a message without where a reply goes."""
    return Small(block.why, "", block.stop) if isinstance(block, Small) else block


@lru_cache(maxsize=256)
def _around(frame: Frame) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """What stands before and after the matter, the reader's own still to be filled in; kept, as many share it."""
    tongue = TONGUES[frame.language]
    values = _values_around(frame, tongue)
    found = []
    for template in ("_greeting", "_closing"):
        page = Page(tongue, values)
        _template(template).render(_context(tongue, page, _FRAME) | {"frame": frame})
        found.append(page.document().blocks)
    before, after = found
    return before, after


@lru_cache(maxsize=256)
def told(matter: Matter) -> Document:
    """What a letter is about in words; kept, as a reminder's many readers are told the same.

    Its template is given the matter alone, so that it cannot say to all what is one reader's own.
    """
    tongue = TONGUES[matter.language]
    values = _values_of(matter, tongue)
    page = Page(tongue, values)
    first, *others = matter.milestones or (None,)
    context = _context(tongue, page, _BODY) | {
        "matter": matter,
        "t": tongue,
        "v": values,
        "m": first,
        "others": [*(first.with_it if first else ()), *others],
        "d": matter.decision,
        "s": matter.score,
        "documents": lambda: [told(part) for part in matter.parts],
    }
    _template(matter.kind.value).render(context)
    return page.document()


def _context(tongue: Tongue, page: Page, calls: Iterable[str]) -> dict[str, object]:
    """What a template can call; `_` and `ngettext` are what the catalogues are made from."""
    found: dict[str, object] = {name: getattr(page, name) for name in calls}
    return found | {"_": tongue.sentences.gettext, "ngettext": tongue.sentences.ngettext}


def _values_around(frame: Frame, tongue: Tongue) -> dict[str, str | int]:
    """What stands for the `{names}` around the matter; docs/translating.md lists them."""
    names = _names(frame.holder, frame.council)
    return {
        **names,
        "cycle": one_line(frame.cycle),
        "sender": frame.sender.shown,
        "answers_to": (frame.reply_to or frame.sender).email,
        "absent": frame.absent or "",
        "copied": tongue.joined([copy.shown for copy in frame.copies]),
        "roles": _roles(frame.roles, tongue, names),
    }


def _values_of(matter: Matter, tongue: Tongue) -> dict[str, str | int]:
    """What stands for the `{names}` in what the letter is about."""
    names = _names(matter.holder, matter.council)
    found: dict[str, str | int] = {**names, "cycle": one_line(matter.cycle), "absent": matter.absent or ""}
    if matter.milestones:
        found |= _of_milestone(matter.milestones[0], tongue)
    if matter.decision is not None:
        body = tongue.body(matter.decision.body, **names)
        fallen = [tongue.body(slug, **names) for slug in matter.decision.fallen]
        found |= {"body": body, "Body": body[:1].upper() + body[1:], "fallen": tongue.joined(fallen)}
    if matter.score is not None:
        found |= {"contract": one_line(matter.score.contract), "total": tongue.total(matter.score)}
    return found


def _names(holder: str, council: str) -> dict[str, str]:
    return {"holder": one_line(holder), "council": one_line(council)}


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


def _roles(roles: tuple[str, ...], tongue: Tongue, names: dict[str, str]) -> str:
    """Why it comes to this person: their roles, without those that another one implies.

    Who chairs a body is a member of it.
    """
    bodies = {role.split("-")[0] for role in roles if role.endswith("-chair")}
    said = [one_line(tongue.role(role, **names)) for role in roles if role not in bodies]
    return tongue.joined(said) or tongue.say(terms.NO_ROLE)


@cache
def _template(name: str) -> Template:
    return _words().get_template(f"{name}.j2")


@cache
def _words() -> Environment:
    """The templates, compiled once a process; nothing is escaped, as blocks are not markup yet."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=False,  # noqa: S701 -- plain sentences; the HTML of a message is escaped in `html.py`
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.globals.update(
        MEETING=Kind.MEETING.value,
        why_codes=terms.WHY,
        other_why=terms.OTHER_WHY,
        messages=terms.MESSAGES,
        asks_of_others=terms.ASKS_OF_OTHERS,
        day=dates.day_in_words,
        megabytes=dates.megabytes,
    )
    return environment
