"""The versions of a draft as links below it: who submitted each, when, and what was decided about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from aarshjul.papers.versions import VersionLine
from aarshjul.web.board_words import BODIES, OUTCOMES, WORDS
from aarshjul.web.cycle_view import moment_in_words
from aarshjul.web.place import Place
from models.cycle import Cycle


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionView:
    """One version; `changes` leads to what is new in it, and is empty for the first."""

    number: int
    title: str
    address: str
    said: str
    message: str
    changes: str
    shown: bool


def version_views(
    lines: Sequence[VersionLine], cycle: Cycle, place: Place, shown: str | None
) -> tuple[VersionView, ...]:
    """All of them, the newest first."""
    comparing = any(name in ("from", "to") for name, _ in place.kept)
    newest = str(lines[-1].draft.version)
    asked = "" if comparing else shown or newest
    return tuple(_view(line, cycle, place, asked) for line in reversed(lines))


def _view(line: VersionLine, cycle: Cycle, place: Place, asked: str) -> VersionView:
    number, words = line.draft.version, WORDS[place.language]
    return VersionView(
        number=number,
        title=words["version_alone"].format(version=number),
        address=place.here(version=number),
        said=", ".join(_said(line, cycle, place.language)),
        message=line.draft.message or "",
        changes=place.here(**{"from": number - 1, "to": number}) if number > 1 else "",
        shown=str(number) == asked,
    )


def _said(line: VersionLine, cycle: Cycle, language: str) -> list[str]:
    """When it came in, and what was decided about it; what fell says so."""
    words = WORDS[language]
    decided = [
        words["decision_fell" if row.void_at is not None else "decision_stands"].format(
            body=BODIES[language].get(row.body, row.body),
            outcome=OUTCOMES[language].get(row.outcome, row.outcome),
        )
        for row in line.decisions
    ]
    return [moment_in_words(line.draft.submitted_at, cycle.timezone, language), *decided]
