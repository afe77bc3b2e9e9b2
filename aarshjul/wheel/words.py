"""What a wheel says, in the two languages that we speak."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aarshjul.core.cycle_words import KINDS, PHASES
from aarshjul.core.languages import Language
from aarshjul.wheel.wheel import Look


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """One language: `months` and `short` from January on, `date_form` and `day_form` as patterns of day, month and year."""

    code: Language
    months: tuple[str, ...]
    short: tuple[str, ...]
    date_form: str
    day_form: str
    clock: str
    kinds: Mapping[str, str]
    looks: Mapping[Look, str]
    phases: Mapping[str, str]
    columns: tuple[str, ...]
    wheel: str
    summary: str
    milestones: str
    now: str
    plan: str
    over: str
    today: str
    undated: str
    formerly: str
    no_date: str

    def long(self, day: date) -> str:
        """A day in full: `18. november 2022`."""
        return self.date_form.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def brief(self, day: date, *, with_year: bool) -> str:
        """A day in few letters: `18. nov.`, with the year where the wheel has a month twice."""
        text = self.day_form.format(day=day.day, month=self.short[day.month - 1])
        return f"{text} {day.year}" if with_year else text

    def time(self, at: str | None, ends: str | None) -> str:
        """A time of day, or from when to when; empty where there is none."""
        if at is None:
            return ""
        return self.clock.format(at if ends is None else f"{at}–{ends}").replace(":", self.separator)

    @property
    def separator(self) -> str:
        """What stands between hours and minutes."""
        return "." if self.code == "da" else ":"


DANISH = Words(
    code="da",
    months=(
        *("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober"),
        *("november", "december"),
    ),
    short=("jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."),
    date_form="{day}. {month} {year}",
    day_form="{day}. {month}",
    clock="kl. {}",
    kinds=KINDS["da"],
    looks={
        Look.CONFIRMED: "bekræftet",
        Look.TENTATIVE: "foreløbig",
        Look.DONE: "gennemført",
        Look.OVERDUE: "overskredet",
        Look.CANCELLED: "aflyst",
    },
    phases=PHASES["da"],
    columns=("Dato", "Tid", "Milepæl", "Art", "Fase", "Status", "Sted"),
    wheel="Årshjul",
    summary="Fra {first} til {last}, med uret; {count}. De samme oplysninger står i tabellen.",
    milestones="Milepæle",
    now="Nu: {}",
    plan="Plan: {}",
    over="Året er afsluttet",
    today="I dag, {}",
    undated="Venter på en dato",
    formerly="før {}",
    no_date="uden dato",
)
ENGLISH = Words(
    code="en",
    months=(
        *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
        *("November", "December"),
    ),
    short=("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"),
    date_form="{day} {month} {year}",
    day_form="{day} {month}",
    clock="{}",
    kinds=KINDS["en"],
    looks={
        Look.CONFIRMED: "confirmed",
        Look.TENTATIVE: "tentative",
        Look.DONE: "done",
        Look.OVERDUE: "overdue",
        Look.CANCELLED: "cancelled",
    },
    phases=PHASES["en"],
    columns=("Date", "Time", "Milestone", "Kind", "Phase", "Status", "Place"),
    wheel="Annual wheel",
    summary="From {first} to {last}, clockwise; {count}. The table has the same facts.",
    milestones="Milestones",
    now="Now: {}",
    plan="Plan: {}",
    over="The year is over",
    today="Today, {}",
    undated="Waiting for a date",
    formerly="was {}",
    no_date="no date",
)


def words_of(language: str) -> Words:
    """The words of a language; Danish for one that we do not speak."""
    return ENGLISH if language == "en" else DANISH
