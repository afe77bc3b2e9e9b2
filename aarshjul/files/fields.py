"""The types of fields: each reads what a file, a command line or a program gives, or says what it wants.

From a file, only what stands without quotes can be a number or a truth value. From a command line
(`context={"shell": True}`) everything is text, so quotes do not matter there.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo

from aarshjul.files.forms import wrong
from aarshjul.files.problems import clipped, did_you_mean
from aarshjul.files.text import LARGEST, UNWANTED, named
from aarshjul.files.tree import Plain

NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
EARLIEST, LATEST = 1900, 2200
LONGEST_ID = 80
LONGEST_LINE = 300
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_FINITE = re.compile(r"[-+]?\.?(?:nan|inf|infinity)", re.IGNORECASE)


def is_number(text: str) -> bool:
    """Whether YAML 1.2 reads this plain text as a number (hexadecimal, octal and NaN apart)."""
    return NUMBER.fullmatch(text) is not None


def is_truth(text: str) -> bool:
    """Whether YAML 1.2 reads this plain text as true or false."""
    return text in _TRUTH


def _said(value: object) -> str:
    if isinstance(value, dict | list | tuple):
        return "is a list" if not isinstance(value, dict) else "is a mapping"
    if value is None:
        return "is empty"
    if isinstance(value, bool):
        return f"is {str(value).lower()}"
    return f"is {clipped(str(value))}"


def read_number(value: object) -> Decimal:
    """An exact decimal of at most 15 digits before the point and 12 after."""
    if isinstance(value, Decimal):
        return _sized(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _sized(Decimal(value))
    if isinstance(value, Plain) and NUMBER.fullmatch(value):
        if len(value) > 40:
            raise wrong(f"is {clipped(value)}; must be a number of at most 15 digits and 12 decimals")
        return _sized(Decimal(value))
    raise wrong(f"{_said(value)}; {_number_hint(value)}")


def _number_hint(value: object) -> str:
    if isinstance(value, str):
        if not isinstance(value, Plain) and NUMBER.fullmatch(value):
            return f"must be a number, so write {value} without quotes"
        with_point = value.replace(",", ".")
        if NUMBER.fullmatch(with_point):
            return f"must be a number with a point, {with_point}"
        if _FINITE.fullmatch(value):
            return "must be a finite number"
    return "must be a number such as 45 or 7.79"


def _sized(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise wrong(f"is {number}; must be a finite number")
    exponent = number.as_tuple().exponent
    if number.adjusted() >= 15 or (isinstance(exponent, int) and exponent < -12):
        raise wrong(f"is {clipped(str(number))}; must be a number of at most 15 digits and 12 decimals")
    return number if number else abs(number)


def read_truth(value: object) -> bool:
    """True or false, and no other word for them."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Plain) and value in _TRUTH:
        return _TRUTH[value]
    raise wrong(f"{_said(value)}; must be true or false")


def read_actual(value: object) -> Decimal | bool:
    """A measurement: a number, or true or false for a yes_no rule."""
    if isinstance(value, bool) or (isinstance(value, Plain) and value in _TRUTH):
        return read_truth(value)
    return read_number(value)


def whole(lowest: int, highest: int) -> PlainValidator:
    """A whole number within bounds."""

    def read(value: object) -> int:
        number = int(value) if isinstance(value, Plain) and WHOLE.fullmatch(value) else value
        if isinstance(number, bool) or not isinstance(number, int) or not lowest <= number <= highest:
            raise wrong(f"{_said(value)}; must be a whole number from {lowest} to {highest}")
        return number

    return PlainValidator(read, json_schema_input_type=Annotated[int, Field(ge=lowest, le=highest)])


def _text(value: object, info: ValidationInfo) -> str:
    if not isinstance(value, str):
        raise wrong(f"{_said(value)}; must be text")
    if isinstance(value, Plain) and not _from_shell(info) and (is_number(value) or is_truth(value)):
        raise wrong(f'is {clipped(value)}; must be text, so put it in quotes: "{value[:60]}"')
    if not value.strip():
        raise wrong("is empty; must be text (or left out, where it may be)")
    if found := UNWANTED.search(value):
        line = value.count("\n", 0, found.start()) + 1
        raise wrong(f"holds the control character {named(found[0])} in its line {line}; remove it")
    if len(value) > LARGEST // 4 and (size := len(value.encode())) > LARGEST:
        raise wrong(f"has {size} bytes; must be text of at most {LARGEST} bytes (1 MB)")
    return str(value)


def _from_shell(info: ValidationInfo) -> bool:
    return bool(info.context and info.context.get("shell"))


def read_line(value: object, info: ValidationInfo) -> str:
    """Text on one line, as names, titles and places are."""
    text = _text(value, info).strip()
    if any(end in text for end in "\n\r\t"):
        raise wrong("has more than one line or a tab; must be one line")
    if len(text) > LONGEST_LINE:
        raise wrong(f"has {len(text)} characters; must be a line of at most {LONGEST_LINE}")
    return text


def read_id(value: object) -> str:
    """A name for files, mail headers and addresses: letters, digits, dots, dashes and underscores."""
    if isinstance(value, str) and DATE.fullmatch(value):
        raise wrong(f"is the date {value}; must be an id that does not look like a date")
    is_fraction = isinstance(value, Plain) and is_number(value) and not value.isdigit()
    if is_fraction:
        raise wrong(f'is the number {value}; must be text, so put it in quotes: "{value}"')
    if isinstance(value, Plain) and is_truth(value):
        raise wrong(f"is {value}; must be an id, which is text")
    if not isinstance(value, str) or len(value) > LONGEST_ID or not ID.fullmatch(value):
        raise wrong(
            f"{_said(value)}; must be at most {LONGEST_ID} letters (a to z), digits, dots, dashes and "
            "underscores, and begin with a letter or digit"
        )
    return str(value)


def read_date(value: object) -> date:
    """A day that exists, as 2022-11-18, in the years in which contracts may be."""
    if isinstance(value, date) and type(value) is date:
        return value
    if not isinstance(value, str) or not DATE.fullmatch(value):
        raise wrong(f"{_said(value)}; must be a date such as 2022-11-18")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise wrong(f"is {value}, a day that does not exist; must be a date such as 2022-11-18") from None
    if not EARLIEST <= day.year <= LATEST:
        raise wrong(f"is {value}; must be a date from {EARLIEST} to {LATEST}")
    return day


def read_time(value: object) -> str:
    """A time of day, as 10:00."""
    if not isinstance(value, str) or not TIME.fullmatch(value):
        raise wrong(f'{_said(value)}; must be a time from 00:00 to 23:59, such as "10:00"')
    return str(value)


def read_email(value: object) -> str:
    """One address; nothing that a mail header could take for two."""
    if not isinstance(value, str) or len(value) > 254 or not _EMAIL.fullmatch(value):
        raise wrong(f"{_said(value)}; must be one address such as anna@example.org")
    return str(value)


def read_zone(value: object) -> str:
    """The name of a time zone that this machine knows."""
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*", value):
        try:
            return str(ZoneInfo(value).key)
        except (OSError, ValueError, LookupError):
            pass
    raise wrong(f"{_said(value)}; {_zone_hint(str(value))}")


def _zone_hint(value: str) -> str:
    hint = did_you_mean(value, sorted(available_timezones()))
    return hint if hint.startswith("did") else "must be a time zone such as Europe/Copenhagen"


def one_of(*names: str) -> PlainValidator:
    """One of a few words."""

    def read(value: object) -> str:
        if isinstance(value, str) and value in names:
            return str(value)
        raise wrong(f"{_said(value)}; {did_you_mean(str(value), list(names))}")

    described = Annotated[str, Field(json_schema_extra={"enum": list(names)})]
    return PlainValidator(read, json_schema_input_type=described)


def _split(value: object, info: ValidationInfo) -> object:
    """A command line writes a list with commas."""
    if isinstance(value, str) and _from_shell(info):
        return [Plain(part.strip()) for part in value.split(",") if part.strip()]
    return value


def _one_or_more(value: object, info: ValidationInfo) -> object:
    """A command line writes a text once for each; one alone is a list of one, commas and all."""
    return [value] if isinstance(value, str) and _from_shell(info) else value


def distinct(what: str) -> Callable[[Any], Any]:
    """A check that no item of a list stands twice."""

    def check(values: tuple[Any, ...]) -> tuple[Any, ...]:
        seen = set()
        for value in values:
            if value in seen:
                raise wrong(f"has the {what} {value} twice; keep one")
            seen.add(value)
        return values

    return check


# What a program's description says of each beside; the readers alone decide.
_DIGITS = Annotated[str, Field(pattern=f"^{NUMBER.pattern}$", max_length=40)]
_SHORT_ID = Annotated[str, Field(pattern=f"^{ID.pattern}$", max_length=LONGEST_ID)]
_ONE_LINE = Annotated[str, Field(pattern=r"^[^\n\r\t]+$", min_length=1, max_length=LONGEST_LINE)]
_SOME_TEXT = Annotated[str, Field(min_length=1)]
_ADDRESS = Annotated[str, Field(max_length=254, json_schema_extra={"format": "email"})]
_CLOCK = Annotated[str, Field(pattern=f"^{TIME.pattern}$")]

Number = Annotated[Decimal, PlainValidator(read_number, json_schema_input_type=float | _DIGITS)]
Truth = Annotated[bool, PlainValidator(read_truth, json_schema_input_type=bool)]
ActualField = Annotated[
    Decimal | bool, PlainValidator(read_actual, json_schema_input_type=float | _DIGITS | bool)
]
Text = Annotated[str, PlainValidator(_text, json_schema_input_type=_SOME_TEXT)]
Line = Annotated[str, PlainValidator(read_line, json_schema_input_type=_ONE_LINE)]
Id = Annotated[str, PlainValidator(read_id, json_schema_input_type=_SHORT_ID)]
Date = Annotated[date, PlainValidator(read_date, json_schema_input_type=date)]
Time = Annotated[str, PlainValidator(read_time, json_schema_input_type=_CLOCK)]
Email = Annotated[str, PlainValidator(read_email, json_schema_input_type=_ADDRESS)]
Zone = Annotated[str, PlainValidator(read_zone, json_schema_input_type=str)]
Listed = BeforeValidator(_split)
Repeated = BeforeValidator(_one_or_more)
