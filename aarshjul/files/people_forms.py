"""A person as a cycle file and the act `join` write one."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, PlainValidator, model_validator

from aarshjul.core.date_rules import WEEKDAYS
from aarshjul.core.languages import LANGUAGES, Language
from aarshjul.core.quiet_days import UNTIL, QuietDays, quiet_days
from aarshjul.files.fields import Email, Id, Line, Listed, Truth, distinct, one_of, read_date
from aarshjul.files.forms import Form, wrong
from aarshjul.files.problems import clipped, did_you_mean
from aarshjul.files.vocabulary import CHANNELS, OTHER_CHANNEL

LONGEST_QUIET = 366  # days: who is away for longer has a delegate, or leaves
_OTHER_CHANNEL = re.compile(OTHER_CHANNEL + r"[a-z0-9][a-z0-9_-]{0,31}")


def read_channel(value: object) -> str:
    """A way to reach somebody: one of ours, or a service that the operator has named."""
    if isinstance(value, str) and (value in CHANNELS or _OTHER_CHANNEL.fullmatch(value)):
        return str(value)
    text = str(value)
    if text.startswith(OTHER_CHANNEL):
        raise wrong(
            f"is {clipped(text)}; must be {OTHER_CHANNEL}NAME, with the name that the operator gave a service: "
            "up to 32 of a to z, 0 to 9, dashes and underscores"
        )
    hint = did_you_mean(text, list(CHANNELS))
    beside = "" if hint.startswith("did") else f" (or {OTHER_CHANNEL}NAME, a service that the operator named)"
    raise wrong(f"is {clipped(text)}; {hint}{beside}")


def read_quiet(value: object) -> str:
    """A weekday, a date, or a period of at most a year with both its ends, as text in one way of writing."""
    text = str(value)
    if not isinstance(value, str | date):
        raise wrong("must be text such as friday, 2022-12-23 or 2022-12-19..2022-12-30")
    if text in WEEKDAYS:
        return text
    if not text[:1].isdigit():
        hint = did_you_mean(text, list(WEEKDAYS))
        raise wrong(f"is {clipped(text)}; {hint} (or a date, or two dates with {UNTIL} between them)")
    first, between, last = text.partition(UNTIL)
    if not between:
        return read_date(first).isoformat()
    begins, ends = read_date(first), read_date(last)
    if begins > ends:
        raise wrong(f"is {text}, which ends before it begins; write {ends}{UNTIL}{begins}")
    if (ends - begins).days >= LONGEST_QUIET:
        raise wrong(
            f"is {text}; must be at most {LONGEST_QUIET} days (who is away for longer names a delegate)"
        )
    return f"{begins}{UNTIL}{ends}"


def _leave_a_day(values: Sequence[str]) -> Sequence[str]:
    """Somebody whom no weekday suits would never get what waits for one."""
    if set(WEEKDAYS[:5]) <= set(values):
        raise wrong("has all of monday to friday; leave at least one of them out")
    return values


Roles = Annotated[tuple[Id, ...], Listed, AfterValidator(distinct("role"))]
Channels = Annotated[
    tuple[Annotated[str, PlainValidator(read_channel, json_schema_input_type=str)], ...],
    Listed,
    AfterValidator(distinct("channel")),
]
QuietList = Annotated[
    tuple[Annotated[str, PlainValidator(read_quiet, json_schema_input_type=str)], ...],
    Listed,
    AfterValidator(distinct("day")),
    AfterValidator(_leave_a_day),
]
LanguageField = Annotated[Language, one_of(*LANGUAGES)]


class PersonForm(Form):
    """Somebody in a cycle; without `language` the cycle's goes, `teams` is the name to mention in Teams.

    `deputy` is the id of who stands in for them wherever they do not act.

    `digest`, `quiet` and `secretary` are their own wishes: one message a morning, days on which what can wait
    does, and the address of who answers invitations for them.
    """

    id: Id
    name: Line
    email: Email
    organisation: Line | None = None
    roles: Roles = ()
    channels: Channels = ("email",)
    language: LanguageField | None = None
    teams: Line | None = None
    digest: Truth = False
    quiet: QuietList = ()
    secretary: Email | None = None
    deputy: Id | None = None

    @model_validator(mode="after")
    def _has_another_secretary(self) -> "PersonForm":
        if self.deputy == self.id:
            raise wrong("`deputy` is the person's own id; must be somebody else's", "deputy")
        if self.secretary is not None and self.secretary.casefold() == self.email.casefold():
            raise wrong("`secretary` is the person's own `email`; must be another address", "secretary")
        return self

    @property
    def quiet_days(self) -> QuietDays:
        """The days of `quiet`, as the rules ask for them."""
        return quiet_days(self.quiet)
