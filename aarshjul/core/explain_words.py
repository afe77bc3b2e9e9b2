"""The words that explanations are made of, in each language."""

from dataclasses import dataclass

from aarshjul.core.languages import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The turns of phrase of one language; `line` takes `zero` and `full`."""

    language: Language
    mean: str
    weighted_mean: str
    weight: str
    not_counted: str
    same_as: str
    and_: str
    of: str
    between: str
    missing: str
    met: str
    not_met: str
    is_: str
    is_not: str
    more_than: str
    less_than: str
    against_at_most: str
    assessed: str
    line: str
    in_band: str
    no_band: str
    capped: str
    floored: str


WORDS: dict[Language, Words] = {
    "en": Words(
        language="en",
        mean="mean of",
        weighted_mean="weighted mean of",
        weight="weight",
        not_counted="weight 0, not counted",
        same_as="same as goal",
        and_="and",
        of="of",
        between="between",
        missing="no result yet",
        met="met",
        not_met="not met",
        is_="is",
        is_not="is not",
        more_than="more than",
        less_than="less than",
        against_at_most="against at most",
        assessed="assessed at",
        line="on the line from {zero} (0 %) to {full} (100 %)",
        in_band="falls in the band",
        no_band="falls in no band",
        capped=", capped at",
        floored=", floored at 0 %",
    ),
    "da": Words(
        language="da",
        mean="gennemsnit af",
        weighted_mean="vægtet gennemsnit af",
        weight="vægt",
        not_counted="vægt 0, tæller ikke med",
        same_as="samme som mål",
        and_="og",
        of="af",
        between="mellem",
        missing="intet resultat endnu",
        met="opfyldt",
        not_met="ikke opfyldt",
        is_="er",
        is_not="er ikke",
        more_than="over",
        less_than="under",
        against_at_most="mod højst",
        assessed="vurderet til",
        line="på linjen fra {zero} (0 %) til {full} (100 %)",
        in_band="falder i trinnet",
        no_band="falder uden for alle trin",
        capped=", tæller højst",
        floored=", tæller mindst 0 %",
    ),
}

BOUNDS: dict[Language, dict[str, str]] = {
    "en": {"from_": "from", "above": "above", "to": "up to", "below": "below"},
    "da": {"from_": "fra", "above": "over", "to": "op til", "below": "under"},
}
