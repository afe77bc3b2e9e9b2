"""A language as messages speak it: terms, dates, times and roles, and a milestone as a table."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from gettext import NullTranslations

from aarshjul.core.cycle import Telling
from aarshjul.core.languages import LANGUAGES
from calendars.address import Address
from calendars.text import one_line
from notifications import dates, terms
from notifications.catalog import catalog
from notifications.catalog import marked as _
from notifications.facts import MilestoneFacts, ScoreFacts

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Tongue:
    """What is said in one language, `da` or `en`; whole sentences are in `words/`."""

    code: str

    @cached_property
    def sentences(self) -> NullTranslations:
        """Its catalogue."""
        return catalog(self.code)

    def say(self, term: str, **values: object) -> str:
        """An English term or sentence in this language, with its values filled in."""
        return self.sentences.gettext(term).format_map(values)

    def label(self, name: str) -> str:
        """The name of a row, a column or a button."""
        return self.sentences.gettext(terms.LABELS[name])

    def when(self, telling: Telling) -> str:
        """Date and time in words, from and to where both are known; says so where there is no date yet."""
        if telling.on is None:
            return self.say(_("date to follow"))
        day = dates.day_in_words(telling.on, self.code)
        if telling.at is None:
            return day
        clocks = [dates.clock(at, self.code) for at in (telling.at, telling.ends) if at is not None]
        return self.say(_("{day} at {clock}"), day=day, clock="-".join(clocks))

    def left(self, days: int) -> str:
        """How far a day is, counted from the day of the message; negative is past."""
        near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
        if days in near:
            return self.say(near[days])
        ngettext = self.sentences.ngettext
        ahead = ngettext("in {n} day", "in {n} days", days)
        return (ahead if days > 0 else ngettext("{n} day ago", "{n} days ago", -days)).format(n=abs(days))

    def joined(self, names: tuple[str, ...] | list[str]) -> str:
        """Names in a row as people say them."""
        return dates.joined(names, self.code)

    def addresses(self, who: tuple[Address, ...]) -> str:
        """People in a row, each with where to write to them."""
        return self.joined(
            [each.email if each.shown == each.email else f"{each.shown} ({each.email})" for each in who]
        )

    def share(self, low: int, high: int) -> str:
        """A per cent, or a range of them."""
        return self.say(_("{share}%"), share=low if low == high else f"{low}-{high}")

    def total(self, score: ScoreFacts) -> str:
        """The total attainment as people read it."""
        low, high = (score.low, score.high) if score.shown is None else (score.shown, score.shown)
        return self.share(low, high)

    def role(self, slug: str, *, holder: str, council: str) -> str:
        """What somebody with a role is called."""
        return self.say(terms.ROLES.get(slug, terms.OTHER_ROLE), role=slug, holder=holder, council=council)

    def body(self, slug: str, *, holder: str, council: str) -> str:
        """What a deciding body is called."""
        return self.say(terms.BODIES.get(slug, "{slug}"), slug=slug, holder=holder, council=council)

    def rows(self, milestone: MilestoneFacts) -> Rows:
        """A milestone as the rows of a facts table: what, when, where, what is owed and by whom."""
        return _rows(self, milestone)


TONGUES: dict[str, Tongue] = {code: Tongue(code) for code in LANGUAGES}


@lru_cache(maxsize=256)
def _rows(tongue: Tongue, milestone: MilestoneFacts) -> Rows:
    """Kept, as a reminder's many readers get the same table."""
    telling, was, label = milestone.telling, milestone.was, tongue.label
    found = [(label("what"), milestone.title)]
    if was is not None and milestone.retimed:
        found += [(label("before"), tongue.when(was)), (label("now"), tongue.when(telling))]
    else:
        found.append((tongue.say(terms.KINDS[milestone.kind]), tongue.when(telling)))
    found += _place(tongue, milestone)
    if telling.status in terms.STATUSES:
        found.append((label("status"), tongue.say(terms.STATUSES[telling.status])))
    if milestone.owed is not None:
        asks = terms.ASKS_OF_OTHERS if milestone.owing else terms.ASKS
        found.append((label("owed"), tongue.say(asks[milestone.owed])))
    if milestone.owing:
        found.append((label("owing"), tongue.joined(milestone.owing)))
    return tuple((label, one_line(value)) for label, value in found)


def _place(tongue: Tongue, milestone: MilestoneFacts) -> list[tuple[str, str]]:
    place, was, nowhere = milestone.telling.place, milestone.was, tongue.label("nowhere")
    if was is not None and was.place != place:
        before, now = tongue.label("place-before"), tongue.label("place-now")
        return [(before, was.place or nowhere), (now, place or nowhere)]
    return [(tongue.label("where"), place)] if place else []
