"""What a rule or a field says no with, as the summary and the fields of a form show it, in the page's language."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from aarshjul.core.errors import Invalid, Refused
from aarshjul.web.doing.form import Problem
from notifications.dates import day_in_words

DANISH = Path(__file__).parents[1] / "locale" / "da" / "LC_MESSAGES" / "refusals.po"
_FIELD = re.compile(r"--([a-z_]+): (.*)", re.DOTALL)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BETWEEN = re.compile(r"(, | and | or )")
_JOINS = {"da": {" and ": " og ", " or ": " eller "}}


def problems_of(
    error: Invalid | Refused, language: str, names: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """Each problem with the field that it is about.

    Args:
        error: what came instead of what was asked for.
        language: of the page.
        names: what people, milestones and roles are called, by the ids that rules name them by.
    """
    lines = error.problems if isinstance(error, Invalid) else (str(error),)
    return tuple(_problem(line, language, names or {}) for line in lines)


def _problem(line: str, language: str, names: Mapping[str, str]) -> Problem:
    found = _FIELD.fullmatch(line)
    if found is None:
        return Problem(field="", said=in_words(line, language, names))
    return Problem(field=found[1], said=in_words(found[2], language, names, fields=True))


def in_words(sentence: str, language: str, names: Mapping[str, str], *, fields: bool = False) -> str:
    """A sentence of a rule in the page's language, with names for ids; as it is where it is none that we know."""
    for pattern, said in _patterns("field", "rule") if fields else _patterns("rule"):
        if found := pattern.fullmatch(sentence):
            wanted = said if language == "da" else _numbered(sentence, found)
            return _upper(wanted.format(*(_named(each, language, names) for each in found.groups())))
    return sentence


@lru_cache(maxsize=1)
def danish() -> Mapping[str, Mapping[str, str]]:
    """The Danish sentences by the English ones: what a `rule` says, what a `field` says, what is `named` in them."""
    with DANISH.open("rb") as file:
        found = read_po(file, locale="da", abort_invalid=True)
    tables: dict[str, dict[str, str]] = {"rule": {}, "field": {}, "named": {}}
    for message in found:
        if message.id:
            tables[str(message.context)][str(message.id)] = str(message.string)
    return tables


@lru_cache(maxsize=4)
def _patterns(*contexts: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What to look for, that which says most first, as one sentence may fit in two."""
    table = {english: said for context in contexts for english, said in danish()[context].items()}
    ordered = sorted(table.items(), key=lambda each: -len(each[0].replace("{}", "")))
    return tuple((re.compile(_pattern(english), re.DOTALL), said) for english, said in ordered)


def _pattern(english: str) -> str:
    """Each gap ends where its next words first stand, and never later: a long sentence is gone through once."""
    first, *rest = (re.escape(part) for part in english.split("{}"))
    gaps = [f"(?>(.*?){part})" for part in rest[:-1]] + [f"(.*?){part}" for part in rest[-1:]]
    return "".join([first, *gaps])


def _numbered(sentence: str, found: re.Match[str]) -> str:
    """The sentence itself as a template of what it names."""
    parts, last = [], 0
    for number in range(1, len(found.groups()) + 1):
        start, end = found.span(number)
        parts += [_bare(sentence[last:start]), f"{{{number - 1}}}"]
        last = end
    return "".join([*parts, _bare(sentence[last:])])


def _bare(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _named(value: str, language: str, names: Mapping[str, str]) -> str:
    """What a sentence names, as people call it: one thing, or several in a row."""
    return "".join(_parts(value, language, names))


def _parts(value: str, language: str, names: Mapping[str, str]) -> Iterator[str]:
    joins = _JOINS.get(language, {})
    whole = _one(value, language, names)
    if whole != value:
        yield whole
        return
    for part in _BETWEEN.split(value):
        yield joins.get(part, part) if _BETWEEN.fullmatch(part) else _one(part, language, names)


def _one(value: str, language: str, names: Mapping[str, str]) -> str:
    if value in names:
        return names[value]
    if language != "da":
        return value
    if _DATE.fullmatch(value):
        return _day(value, language)
    for pattern, said in _patterns("named"):
        if found := pattern.fullmatch(value):
            return said.format(*(_one(each, language, names) for each in found.groups()))
    return value


def _day(value: str, language: str) -> str:
    try:
        return day_in_words(date.fromisoformat(value), language)
    except ValueError:
        return value


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
