"""A language: how it says dates, times, names in a row and roles. The two that we speak are data."""

from dataclasses import dataclass
from datetime import date

from aarshjul.core.cycle import Kind, Telling
from notifications.facts import MilestoneFacts, Owed


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """What differs between languages outside of whole sentences, which are in `words/`.

    The patterns are for `str.format`; `labels` name the rows of a facts table and the fixed texts of a frame.
    """

    code: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day_pattern: str
    hours_pattern: str
    clock_separator: str
    conjunction: str
    days_ahead: dict[int, str]
    many_ahead: str
    many_ago: str
    percent: str
    no_date: str
    labels: dict[str, str]
    kinds: dict[Kind, str]
    statuses: dict[str, str]
    asks: dict[Owed, str]
    asks_of_others: dict[Owed, str]
    roles: dict[str, str]
    other_role: str
    bodies: dict[str, str]

    def day(self, day: date) -> str:
        """The date in words, with its weekday."""
        return self.day_pattern.format(
            weekday=self.weekdays[day.weekday()], day=day.day, month=self.months[day.month - 1], year=day.year
        )

    def hours(self, telling: Telling) -> str:
        """The time in words, from and to where both are known; empty for a whole day."""
        if telling.at is None:
            return ""
        clocks = telling.at if telling.ends is None else f"{telling.at}-{telling.ends}"
        return self.hours_pattern.format(clocks.replace(":", self.clock_separator))

    def when(self, telling: Telling) -> str:
        """Date and time in words; says so where there is no date yet."""
        return self.no_date if telling.on is None else self.day(telling.on) + self.hours(telling)

    def left(self, days: int) -> str:
        """How far a day is, counted from the day of the message; negative is past."""
        pattern = self.days_ahead.get(days) or (self.many_ahead if days > 0 else self.many_ago)
        return pattern.format(abs(days))

    def joined(self, names: tuple[str, ...] | list[str]) -> str:
        """Names in a row as people say them."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.conjunction} {names[-1]}"

    def share(self, low: int, high: int) -> str:
        """A per cent, or a range of them."""
        return self.percent.format(low if low == high else f"{low}-{high}")

    def rows(self, milestone: MilestoneFacts) -> list[tuple[str, str]]:
        """A milestone as the rows of a facts table."""
        telling, was = milestone.telling, milestone.was
        found = [(self.labels["what"], milestone.title)]
        if was is not None and milestone.retimed:
            found += [(self.labels["before"], self.when(was)), (self.labels["now"], self.when(telling))]
        else:
            found.append((self.kinds[milestone.kind], self.when(telling)))
        found += self._place(milestone)
        if telling.status in self.statuses:
            found.append((self.labels["status"], self.statuses[telling.status]))
        if milestone.owed is not None:
            asks = self.asks_of_others if milestone.owing else self.asks
            found.append((self.labels["owed"], asks[milestone.owed]))
        if milestone.owing:
            found.append((self.labels["owing"], self.joined(milestone.owing)))
        return found

    def _place(self, milestone: MilestoneFacts) -> list[tuple[str, str]]:
        place, was, nowhere = milestone.telling.place, milestone.was, self.labels["nowhere"]
        if was is not None and was.place != place:
            before, now = self.labels["place-before"], self.labels["place-now"]
            return [(before, was.place or nowhere), (now, place or nowhere)]
        return [(self.labels["where"], place)] if place else []

    def role(self, slug: str, *, holder: str, council: str) -> str:
        """What somebody with a role is called."""
        return self.roles.get(slug, self.other_role).format(slug, holder=holder, council=council)

    def body(self, slug: str, *, holder: str, council: str) -> str:
        """What a deciding body is called."""
        return self.bodies.get(slug, slug).format(holder=holder, council=council)
