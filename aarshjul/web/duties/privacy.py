"""What is kept about people, as everybody may read it: made from the one list of it, with the times that are kept to."""

from datetime import timedelta
from typing import Any, Literal

from babel.dates import format_timedelta

from aarshjul.settings import Settings
from aarshjul.web.duties.kept_words import TABLES
from aarshjul.web.duties.privacy_words import PURPOSES, SEEN, WORDS
from aarshjul.web.duties.section import Section, contacts
from models.kept import KEPT, Kept

COMPLAINTS = "https://www.datatilsynet.dk"
_LOCALES = {"da": "da_DK", "en": "en_GB"}
_RIGHTS = ("see", "correct", "stop", "ask")


def privacy(settings: Settings, language: str, coordinates: bool) -> tuple[str, str, tuple[Section, ...]]:
    """Its heading, first sentence and sections; `coordinates` is told how what is missing is set."""
    say = WORDS[language]
    sections = (
        _responsible(settings, language, coordinates),
        Section(id="why", title=say["why_title"], sentences=(say["why"],)),
        Section(
            id="kept",
            title=say["kept_title"],
            sentences=(say["kept"],),
            columns=(say["what"], say["why_column"], say["seen_column"], say["ends_column"]),
            rows=tuple(_row(kept, language) for kept in KEPT),
        ),
        Section(
            id="rights",
            title=say["rights_title"],
            sentences=(say["rights"],),
            items=tuple(say[name] for name in _RIGHTS),
        ),
        Section(
            id="complain",
            title=say["complain_title"],
            sentences=(say["complain"],),
            contacts=contacts(COMPLAINTS),
        ),
        Section(
            id="not",
            title=say["elsewhere_title"],
            items=tuple(say[n] for n in ("no_third", "cookies", "sent")),
        ),
    )
    return say["title"], say["intro"], sections


def _responsible(settings: Settings, language: str, coordinates: bool) -> Section:
    say = WORDS[language]
    ask = settings.privacy_contact or settings.body_contact
    said = [say["who"].format(body=settings.body_name) if settings.body_name else say["who_not_set"]]
    said.append(say["officer"] if ask else say["officer_not_set"])
    if coordinates and not (ask and settings.body_name):
        said.append(say["how_set"])
    return Section(id="who", title=say["who_title"], sentences=tuple(said), contacts=contacts(ask))


def _row(kept: Kept, language: str) -> tuple[str, ...]:
    return (
        TABLES[language][kept.table],
        PURPOSES[language][kept.purpose],
        SEEN[language][kept.seen],
        how_long(kept, language),
    )


def how_long(kept: Kept, language: str) -> str:
    """When it is forgotten, in words."""
    say = WORDS[language]
    return say["after"].format(time=in_words(kept.ends, language)) if kept.ends else say["stays"]


def in_words(time: timedelta, language: str) -> str:
    """`30 dage`, `1 hour`: never rounded to a larger unit than it is told in."""
    unit: Literal["day", "hour"] = "day" if time >= timedelta(days=1) else "hour"
    return format_timedelta(time, granularity=unit, threshold=1e9, locale=_LOCALES[language])


def kept_json() -> dict[str, Any]:
    """The list itself, for programs: every table with its columns, what for, who sees it, and how long it is kept."""
    return {
        "tables": [
            {
                "table": kept.table,
                "columns": list(kept.columns),
                "purpose": PURPOSES["en"][kept.purpose],
                "seen_by": SEEN["en"][kept.seen],
                "kept_after_end_seconds": int(kept.ends.total_seconds()) if kept.ends else None,
            }
            for kept in KEPT
        ]
    }
