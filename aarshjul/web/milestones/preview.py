"""What an act would do, in words: what changes, whom it tells what, and what to look at before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Self

from aarshjul.acts.rehearsing import Change, Rehearsal
from aarshjul.core.cycle import Telling
from aarshjul.core.duties import DutyKind
from aarshjul.core.meeting_cautions import Caution
from aarshjul.core.meeting_words import words_of
from aarshjul.web.cycle_view import hours
from aarshjul.web.milestones.words import KINDS, WORDS
from notifications.dates import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeView:
    """A milestone as it stands and as it would."""

    title: str
    was: str
    will: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PreviewView:
    """A rehearsal in words; `told` are names with what each would get."""

    changes: tuple[ChangeView, ...]
    told: tuple[tuple[str, tuple[str, ...]], ...]
    told_on: str
    asked_anew: bool
    cautions: tuple[str, ...]

    @classmethod
    def of(cls, seen: Rehearsal, cycle: str, cycles: Mapping[str, str], language: str) -> Self:
        """As a reader of the language is shown it; `cycles` are the titles of cycles that share meetings."""
        return cls(
            changes=tuple(_change(each, cycle, cycles, language) for each in seen.changes),
            told=tuple(
                (each.name, tuple(_line(kind, title, language) for kind, title in each.lines))
                for each in seen.told
            ),
            told_on=day_in_words(seen.told_on, language) if seen.told_on is not None else "",
            asked_anew=any(kind is DutyKind.UPDATE for each in seen.told for kind, _ in each.lines)
            and any(_elsewhere(each) for each in seen.changes),
            cautions=_cautions(seen, language),
        )


def mark_of(seen: Rehearsal) -> str:
    """What tells whether a second press would do what the first one showed."""
    return sha256(repr((seen.changes, seen.told)).encode()).hexdigest()[:32]


def _elsewhere(change: Change) -> bool:
    """Whether it is at another time or place, and not only certain or off."""
    return replace(change.was, status="") != replace(change.will, status="")


def _change(change: Change, cycle: str, cycles: Mapping[str, str], language: str) -> ChangeView:
    said = WORDS[language]
    title = change.title
    if change.cycle != cycle:
        title = said["in_cycle"].format(title=title, cycle=cycles.get(change.cycle, change.cycle))
    will = _telling(change.will, language)
    return ChangeView(
        title=title,
        was=_telling(change.was, language),
        will=f"{will}, {said['closes']}" if change.closes else will,
    )


def _telling(telling: Telling, language: str) -> str:
    said = WORDS[language]
    parts = [day_in_words(telling.on, language) if telling.on else said["no_date"]]
    parts += [hours(telling.at, telling.ends, language), telling.place or ""]
    parts += [said.get(telling.status, "")]
    return ", ".join(part for part in parts if part)


def _line(kind: DutyKind, title: str, language: str) -> str:
    words = KINDS[language].get(kind, "{title}")
    return words.format(title=title) if title else words.partition(":")[0]


def _cautions(seen: Rehearsal, language: str) -> tuple[str, ...]:
    found = [_capital(words_of(_named(each, seen.titles, language), language)) for each in seen.cautions]
    if seen.outside is not None:
        first, last = seen.outside
        on = seen.changes[0].will.on
        days = {
            name: _short(day, language)
            for name, day in (("first", first), ("last", last), ("on", on or last))
        }
        found.append(_capital(WORDS[language]["outside"].format(**days)))
    return tuple(dict.fromkeys(found))


def _named(caution: Caution, titles: Mapping[str, str], language: str) -> Caution:
    """With titles for ids, and days as people write them."""
    facts = {}
    for name, value in caution.facts.items():
        if name in ("on", "board_on"):
            facts[name] = _short(date.fromisoformat(value), language)
        elif name in ("other", "others", "board", "root"):
            facts[name] = ", ".join(titles.get(each, each) for each in value.split(", "))
        else:
            facts[name] = value
    return replace(caution, milestone=titles.get(caution.milestone or "", caution.milestone), facts=facts)


def _short(day: date, language: str) -> str:
    return f"{day.day}.{day.month}.{day.year}" if language == "da" else day.isoformat()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
