"""Dates, clocks, figures and names in a row, as a language writes them; Babel knows how."""

from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

# The patterns are Unicode's own full dates but for English, whose comma after the weekday came and went with
# the releases of its tables.
_DAYS = {"da": "EEEE 'den' d. MMMM y", "en": "EEEE d MMMM y"}
_CLOCKS = {"da": "HH.mm", "en": "HH:mm"}
_LOCALES = {"da": "da_DK", "en": "en_GB"}


@lru_cache(maxsize=512)
def day_in_words(day: date, language: str) -> str:
    """`fredag den 18. november 2022`, `Friday 18 November 2022`."""
    return format_date(day, _DAYS[language], locale=_LOCALES[language])


@lru_cache(maxsize=512)
def clock(at: str, language: str) -> str:
    """A time of day, given as `HH:MM`, as it is written: `10.00`, `10:00`."""
    return format_time(time.fromisoformat(at), _CLOCKS[language], locale=_LOCALES[language])


def joined(names: Sequence[str], language: str) -> str:
    """Names in a row as people say them: `A, B og C`."""
    return format_list(list(names), locale=_LOCALES[language]) if len(names) > 1 else "".join(names)


def megabytes(octets: int, language: str) -> str:
    """A size that a person can judge: kB below one megabyte, else MB with a decimal."""
    if octets < 1_000_000:
        return f"{format_decimal(-(-octets // 1000), locale=_LOCALES[language])} kB"
    return f"{format_decimal(octets / 1_000_000, format='#,##0.0', locale=_LOCALES[language])} MB"
