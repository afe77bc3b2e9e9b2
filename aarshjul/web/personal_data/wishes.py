"""The form of somebody's wishes, and which of them differ from what the record has."""

from collections.abc import Iterable, Sequence
from datetime import date

from babel.dates import get_day_names

from aarshjul.core.date_rules import WEEKDAYS
from aarshjul.core.quiet_days import UNTIL
from aarshjul.files.act_forms import NO_ONE
from aarshjul.files.vocabulary import CHANNELS, OTHER_CHANNEL
from aarshjul.web.doing.form import Field, FormView, Option, options
from aarshjul.web.doing.typed import Typed
from aarshjul.web.personal_data.words import WORDS
from models.person import Person
from notifications.dates import day_in_words

LANGUAGES = (("da", "Dansk"), ("en", "English"))
Fields = dict[str, str | Sequence[str]]


def wishes_form(person: Person, services: Iterable[str], action: str, language: str) -> FormView:
    """The form with what the record has; `services` are other channels that the operator has named."""
    say = WORDS[language]
    weekdays, periods = parted(person.quiet)
    fields = [
        _channels(person, services, language),
        Field(
            name="language",
            label=say["language"],
            hint=say["language_hint"],
            kind="select",
            options=options(LANGUAGES),
            values=(person.language,) if person.language else (),
            required=person.language is not None,
        ),
        Field(
            name="digest",
            label=say["digest"],
            kind="radio",
            options=options((("true", say["digest_true"]), ("false", say["digest_false"]))),
            values=("true" if person.digest else "false",),
            required=True,
        ),
        Field(
            name="weekdays",
            label=say["weekdays"],
            hint=say["weekdays_hint"],
            kind="checkbox",
            options=_weekdays(language),
            values=weekdays,
        ),
        *_periods(periods, language),
        Field(
            name="secretary",
            label=say["secretary"],
            hint=say["secretary_hint"],
            kind="email",
            values=(person.secretary or "",),
        ),
    ]
    return FormView(id="wishes", action=action, button=say["save"], fields=tuple(fields))


def _channels(person: Person, services: Iterable[str], language: str) -> Field:
    say = WORDS[language]
    named = {name: say[name] for name in CHANNELS}
    named |= {f"{OTHER_CHANNEL}{each}": each for each in sorted(services)}
    named |= {each: each.removeprefix(OTHER_CHANNEL) for each in person.channels if each not in named}
    return Field(
        name="channels",
        label=say["channels"],
        kind="checkbox",
        options=options(named),
        values=tuple(person.channels),
        required=True,
    )


def _weekdays(language: str) -> tuple[Option, ...]:
    names = get_day_names("wide", locale=language)
    return options([(each, str(names[number])) for number, each in enumerate(WEEKDAYS)])


def _periods(periods: tuple[str, ...], language: str) -> list[Field]:
    say = WORDS[language]
    kept = Field(
        name="periods",
        label=say["periods"],
        hint=say["periods_hint"],
        kind="checkbox",
        options=options([(each, _in_words(each, language)) for each in periods]),
        values=periods,
    )
    return [
        *([kept] if periods else []),
        Field(name="quiet_from", label=say["quiet_from"], hint=say["quiet_hint"], kind="date"),
        Field(name="quiet_until", label=say["quiet_until"], kind="date"),
    ]


def parted(quiet: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The weekdays among somebody's quiet days, and the rest."""
    days = tuple(quiet)
    return tuple(d for d in days if d in WEEKDAYS), tuple(d for d in days if d not in WEEKDAYS)


def _in_words(period: str, language: str) -> str:
    ends = [day_in_words(date.fromisoformat(each), language) for each in period.split(UNTIL)]
    return " - ".join(ends)


def changed(person: Person, typed: Typed) -> Fields:
    """What of the form differs from the record, as fields of the act `prefer`."""
    fields: Fields = {}
    channels = typed.all("channels")
    if set(channels) != set(person.channels):
        fields["channels"] = list(channels)
    if (language := typed.text("language")) and language != person.language:
        fields["language"] = language
    if (digest := typed.text("digest")) and digest != ("true" if person.digest else "false"):
        fields["digest"] = digest
    quiet = _quiet(typed)
    if sorted(quiet) != sorted(person.quiet):
        fields["quiet"] = quiet or NO_ONE
    if (secretary := typed.text("secretary")) != (person.secretary or ""):
        fields["secretary"] = secretary or NO_ONE
    return fields


def _quiet(typed: Typed) -> list[str]:
    """Everything that is ticked, and the new period."""
    first, last = typed.text("quiet_from"), typed.text("quiet_until")
    new = [f"{first}{UNTIL}{last}" if last and last != first else first] if first else []
    return [*typed.all("weekdays"), *typed.all("periods"), *new]
