"""The words of `aarshjul what-if`, in each language."""

from dataclasses import dataclass

from aarshjul.core.languages import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Headings and sentences; those with braces take what they name."""

    goal: str
    title: str
    now: str
    then: str
    how: str
    total: str
    between: str
    unchanged: str
    reached: str
    wanted: str
    low: str
    indicator: str
    actual: str
    enough: str
    change: str
    gives: str
    missing: str
    yes: str
    no: str
    hopeless: str
    at_most: str
    with_targets: str
    then_given: str
    no_actual: str
    no_target: str
    unsuited: str
    other_unit: str


WORDS: dict[Language, Words] = {
    "en": Words(
        goal="Goal",
        title="Title",
        now="Now",
        then="Then",
        how="How",
        total="Total",
        between="{low} to {high}",
        unchanged="No goal stands otherwise.",
        reached="{what} is at {score}: {over} is reached already.",
        wanted="{what} is at {score}. One of these alone brings it to {over} or over:",
        low="Results are missing: everything here reckons with the low end, as if they were worth nothing.",
        indicator="Indicator",
        actual="Now",
        enough="Enough",
        change="Of the target",
        gives="Gives",
        missing="missing",
        yes="yes",
        no="no",
        hopeless="Cannot be reached by these alone:",
        at_most="at most",
        with_targets="These targets",
        then_given="With these targets {year} would have given {score}; its own gave {own}.",
        no_actual="not measured in {year}, so it is a range: {names}",
        no_target="measured in {year}, with no target here: {names}",
        unsuited="{name} counts as missing: {why}",
        other_unit="in another unit than in {year}, and tried all the same: {names}",
    ),
    "da": Words(
        goal="Mål",
        title="Titel",
        now="Nu",
        then="Så",
        how="Hvordan",
        total="Samlet",
        between="{low} til {high}",
        unchanged="Intet mål ændrer sig.",
        reached="{what} er på {score}: {over} er allerede nået.",
        wanted="{what} er på {score}. En af disse alene bringer det til {over} eller derover:",
        low="Der mangler resultater: alt her regner med den lave ende, som om de intet var værd.",
        indicator="Delmål",
        actual="Nu",
        enough="Nok",
        change="Af måltallet",
        gives="Giver",
        missing="mangler",
        yes="ja",
        no="nej",
        hopeless="Kan ikke nås med disse alene:",
        at_most="højst",
        with_targets="Disse måltal",
        then_given="Med disse måltal ville {year} have givet {score}; dets egne gav {own}.",
        no_actual="ikke målt i {year}, derfor et spænd: {names}",
        no_target="målt i {year}, uden måltal her: {names}",
        unsuited="{name} regnes som manglende: {why}",
        other_unit="i en anden enhed end i {year}, og prøvet alligevel: {names}",
    ),
}
