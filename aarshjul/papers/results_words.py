"""What the paper about results says, in the two languages that we speak."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from aarshjul.core.cycle_words import role_in_words
from aarshjul.core.figures import half_up, written
from aarshjul.core.languages import Language
from aarshjul.core.ranges import Reach
from aarshjul.core.scoring import Score
from aarshjul.papers.results import Results, Stand


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """One language; what has braces is filled in."""

    code: Language
    kind: str
    subtitle: str
    total: str
    decided_total: str
    between: str
    missing: str
    alone: str
    with_all: str
    uncounted: str
    coming: str
    indicator: str
    stand: str
    asked: str
    result: str
    effect: str
    goals: str
    goal: str
    computed: str
    reported: str
    recommended: str
    decided: str
    findings: str
    no_findings: str
    open: str
    closed: str
    gone: str
    by_on: str
    asked_of: str
    late: str
    late_one: str
    document: str
    correct: str
    truth: Mapping[str, str]
    stands: Mapping[Stand, str]

    def per_cent(self, value: Fraction | Decimal) -> str:
        """A per cent as people read it: whole where it was computed, with its own decimals where it was stated."""
        shown = written(value, self.code) if isinstance(value, Decimal) else str(half_up(value))
        return f"{shown} %"

    def score(self, score: Score) -> str:
        """A score, or where it lies while something is missing."""
        if score.exact is not None:
            return self.per_cent(score.exact)
        return self.between.format(low=half_up(score.low), high=half_up(score.high))

    def effects(self, results: Results) -> list[str]:
        """What each missing result does to the total, a sentence each, and then what all do together."""
        found = [self._effect(line.indicator, line.reach) for line in results.lines if line.reach]
        total = results.total
        if found:
            found.append(self.with_all.format(low=half_up(total.low), high=half_up(total.high)))
        return found

    def _effect(self, indicator: str, reach: Reach) -> str:
        if not reach.width:
            return self.uncounted.format(indicator=indicator)
        return self.alone.format(indicator=indicator, low=half_up(reach.low), high=half_up(reach.high))

    def owner(self, owner: str, results: Results) -> str:
        """A person by name, a role by what it is called."""
        parties = {"holder": results.holder, "council": results.council}
        return results.names.get(owner) or role_in_words(owner, self.code, **parties)

    def stand_of(self, stand: Stand, days_late: int) -> str:
        """`3 days late`, `received, 3 days late`, else the word for it."""
        late = (self.late_one if days_late == 1 else self.late).format(days=days_late)
        if stand is Stand.LATE:
            return late
        return f"{self.stands[stand]}, {late}" if days_late else self.stands[stand]

    def actual(self, actual: str, unit: str | None) -> str:
        """A measurement with its unit, as its row keeps it."""
        if actual in self.truth:
            return self.truth[actual]
        return f"{written(Decimal(actual), self.code)} {unit or ''}".strip()


WORDS: dict[Language, Words] = {
    "da": Words(
        code="da",
        kind="Resultater og målopfyldelse",
        subtitle="{holder} · {council} · stand den {on}",
        total="Samlet målopfyldelse, beregnet",
        decided_total="Samlet målopfyldelse, besluttet",
        between="mellem {low} og {high} %",
        missing="Mangler",
        alone="{indicator} mangler: det samlede resultat ligger mellem {low} og {high} % alene på grund af den",
        with_all="Med alt, hvad der mangler: {low} til {high} %",
        uncounted="{indicator} mangler, men tæller ikke med",
        coming="Delmålenes resultater",
        indicator="Delmål",
        stand="Status",
        asked="Hvem og hvornår",
        result="Resultat",
        effect="Betydning for det samlede resultat",
        goals="Målene",
        goal="Mål",
        computed="Beregnet",
        reported="Afrapporteret",
        recommended="Indstillet",
        decided="Besluttet",
        findings="Fund",
        no_findings="Der er ingen fund.",
        open="åbent",
        closed="lukket",
        gone="findes ikke længere",
        by_on="{by}, {on}",
        asked_of="{owner}, senest {due}",
        late="{days} dage for sent",
        late_one="1 dag for sent",
        document="Bilag {number}",
        correct="rigtig værdi {value}",
        truth={"true": "ja", "false": "nej"},
        stands={
            Stand.RECEIVED: "modtaget",
            Stand.WAITING: "afventer",
            Stand.LATE: "for sent",
            Stand.MISSING: "mangler, ikke bedt om",
            Stand.DROPPED: "mangler, ventes ikke mere",
        },
    ),
    "en": Words(
        code="en",
        kind="Results and attainment",
        subtitle="{holder} · {council} · as of {on}",
        total="Attainment in all, computed",
        decided_total="Attainment in all, decided",
        between="between {low} and {high} %",
        missing="Missing",
        alone="{indicator} missing: the total is between {low} and {high} % because of it alone",
        with_all="With all that is missing: {low} to {high} %",
        uncounted="{indicator} is missing, and counts nothing",
        coming="The indicators' results",
        indicator="Indicator",
        stand="State",
        asked="Whom and when",
        result="Result",
        effect="What it does to the total",
        goals="The goals",
        goal="Goal",
        computed="Computed",
        reported="Reported",
        recommended="Recommended",
        decided="Decided",
        findings="Findings",
        no_findings="There are no findings.",
        open="open",
        closed="closed",
        gone="no longer found",
        by_on="{by}, {on}",
        asked_of="{owner}, by {due}",
        late="{days} days late",
        late_one="1 day late",
        document="Document {number}",
        correct="right value {value}",
        truth={"true": "yes", "false": "no"},
        stands={
            Stand.RECEIVED: "received",
            Stand.WAITING: "waiting",
            Stand.LATE: "late",
            Stand.MISSING: "missing, not asked for",
            Stand.DROPPED: "missing, no longer waited for",
        },
    ),
}
