"""The draft contract as a paper to read: each goal's text, and its indicators as a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from aarshjul.core.contract import ONE, Contract, Goal, Indicator
from aarshjul.core.cycle_words import role_in_words
from aarshjul.core.figures import written
from aarshjul.core.languages import Language
from aarshjul.core.rule_words import rule_in_words
from aarshjul.core.rules import Assessed
from aarshjul.papers.frame import Paper, environment, paper
from aarshjul.papers.markdown import one_line, safe_html
from aarshjul.papers.words import moment
from models.cycle import Cycle
from models.draft import Draft

WORDS: dict[Language, dict[str, str]] = {
    "da": {
        "kind": "Udkast til resultatkontrakt",
        "published": "Godkendt tekst",
        "version": "Version {version}, indsendt {at}",
        "goal": "Mål {id}: {title}",
        "same_as": "Samme som mål {id}, og tæller som et mål for sig.",
        "focus": "Fokusområde",
        "level": "Niveau",
        "weight": "Vægt",
        "indicator": "Delmål",
        "target": "Måltal",
        "baseline": "Udgangspunkt",
        "source": "Kilde",
        "owner": "Ansvarlig",
        "hash": "Tekstens kontrolkode (SHA-256): {hash}",
    },
    "en": {
        "kind": "Draft contract",
        "published": "Approved text",
        "version": "Version {version}, submitted {at}",
        "goal": "Goal {id}: {title}",
        "same_as": "The same as goal {id}, and a goal of its own.",
        "focus": "Focus area",
        "level": "Level",
        "weight": "Weight",
        "indicator": "Indicator",
        "target": "Target",
        "baseline": "Baseline",
        "source": "Source",
        "owner": "Owner",
        "hash": "The text's check code (SHA-256): {hash}",
    },
}
COLUMNS = ("indicator", "target", "baseline", "source", "owner")


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalShown:
    """A goal as the page has it: what stands in the order of the contract, and a row for each indicator."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    text: Markup | None
    same_as: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def draft_page(
    cycle: Cycle, draft: Draft, contract: Contract | None, names: Mapping[str, str] | None = None
) -> Paper:
    """The whole page, in the cycle's language; a version that is prose stands as it was written.

    `names` are those of people by their ids: an owner who is not among them is a role, or stands by the id.
    """
    language: Language = "en" if cycle.language == "en" else "da"
    words = WORDS[language]
    at = draft.submitted_at.astimezone(ZoneInfo(cycle.timezone))
    return paper(
        cycle.title if contract is None else contract.title,
        language,
        draft_body(draft, contract, language, names),
        subtitle=words["version"].format(version=draft.version, at=moment(at, language)),
        kind=words["published" if draft.version == cycle.published_draft else "kind"],
        foot=words["hash"].format(hash=draft.hash),
    )


def draft_body(
    draft: Draft,
    contract: Contract | None,
    language: Language,
    names: Mapping[str, str] | None = None,
    *,
    top: int = 2,
) -> Markup:
    """What stands on that page below its title; `top` is the level of its first headings."""
    if contract is None:
        return safe_html(draft.text, below=top - 1)
    owners = _Owners(contract, names or {}, language)
    return Markup(  # noqa: S704 -- the template escapes what it is given
        environment()
        .get_template("draft.html")
        .render(
            words=WORDS[language],
            top=top,
            note=safe_html(contract.note, below=top - 1) if contract.note else None,
            goals=[_goal(goal, language, owners, top) for goal in contract.goals],
        )
    )


class _Owners:
    """Who collects results, in words."""

    def __init__(self, contract: Contract, names: Mapping[str, str], language: Language) -> None:
        self._contract, self._names, self._language = contract, names, language

    def __call__(self, owner: str | None) -> str:
        """A person by name, a role by what it is called; nothing where nobody is named."""
        if owner is None:
            return ""
        parties = {"holder": self._contract.holder, "council": self._contract.council}
        return one_line(self._names.get(owner) or role_in_words(owner, self._language, **parties))


def _goal(goal: Goal, language: Language, owners: _Owners, top: int) -> GoalShown:
    words = WORDS[language]
    facts = [(words["focus"], goal.focus), (words["level"], goal.level)]
    if goal.weight != ONE:
        facts.append((words["weight"], written(goal.weight, language)))
    columns, rows = _filled([row for each in goal.indicators for row in _rows(each, language, 0, owners)])
    return GoalShown(
        heading=one_line(words["goal"].format(id=goal.id, title=goal.title)),
        facts=tuple((name, one_line(value)) for name, value in facts if value is not None),
        text=safe_html(goal.text, below=top) if goal.text else None,
        same_as=None if goal.same_as is None else words["same_as"].format(id=goal.same_as),
        columns=tuple(words[name] for name in columns),
        rows=rows,
    )


def _filled(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The columns in which anything stands, and the rows without the others: a telephone is narrow."""
    kept = [at for at in range(len(COLUMNS)) if any(row[at] for row in rows)]
    return tuple(COLUMNS[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)


def _rows(indicator: Indicator, language: Language, depth: int, owners: _Owners) -> Iterator[tuple[str, ...]]:
    """A row for the indicator and, marked by how deep they lie, for those below it."""
    unit = f" {one_line(indicator.unit)}".replace(" %", "\u00a0%") if indicator.unit else ""
    rule = indicator.rule
    weight = (
        ""
        if indicator.weight == ONE
        else f" ({WORDS[language]['weight'].lower()} {written(indicator.weight, language)})"
    )
    yield (
        one_line(f"{'– ' * depth}{indicator.id} {indicator.title or ''}{weight}"),
        ""
        if rule is None
        else one_line(rule_in_words(rule, language)) + ("" if isinstance(rule, Assessed) else unit),
        "" if indicator.baseline is None else written(indicator.baseline, language) + unit,
        one_line(indicator.source or ""),
        owners(indicator.owner),
    )
    for child in indicator.indicators:
        yield from _rows(child, language, depth + 1, owners)
