"""Contracts of any shape, for properties."""

from decimal import Decimal

from hypothesis import strategies as st

from aarshjul.core.contract import Contract, Goal, Indicator, Reported
from aarshjul.core.rules import (
    Assessed,
    AtLeast,
    AtMost,
    Band,
    Bands,
    LessThan,
    Linear,
    MoreThan,
    Rule,
    YesNo,
)

D = Decimal


def numbers(lowest: int = -1000, highest: int = 1000) -> st.SearchStrategy[Decimal]:
    """Decimals with three places or none, their trailing zeros kept."""
    thousandths = st.integers(lowest * 1000, highest * 1000)
    return thousandths.map(lambda whole: D(whole).scaleb(-3)) | st.integers(lowest, highest).map(D)


positive = numbers(0).filter(lambda number: number > 0)
caps = st.sampled_from([D(100), D(120), D("112.5")])
_odd = [
    "true",
    "null",
    "~",
    "45",
    "4.5e3",
    "2022-11-18",
    "10:00",
    "yes",
    "'",
    '"',
    "æøå",
    "@x",
    "%",
    "&a",
    "*b",
    "!c",
    "|",
    ">",
    "-",
    "?",
    ":",
    "#",
    ",",
    "[x]",
    "{y}",
    "a:b",
]
_letters = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
words = (
    st.text(_letters, min_size=1, max_size=30).map(str.strip).filter(bool)
    | st.sampled_from(_odd)
    | st.sampled_from(["- a", "a: b", "a #b", "a, b", "? x", "a - b"])
)
"""Lines of text, among them many that YAML could take for something else."""


texts = words | st.lists(words | st.just(""), min_size=1, max_size=4).map("\n".join).filter(str.strip)
"""Texts of one line or several, with blank ones among them."""


def rules() -> st.SearchStrategy[Rule]:
    """Any rule, with or without a cap."""
    return st.one_of(
        st.builds(lambda target, cap: AtLeast(target=target, cap=cap), positive, caps),
        st.builds(AtLeast.rising, positive, positive, caps),
        st.builds(lambda limit, cap: AtMost(limit=limit, cap=cap), numbers(0), caps),
        st.builds(lambda limit: MoreThan(limit=limit), numbers()),
        st.builds(lambda limit: LessThan(limit=limit), numbers()),
        st.just(YesNo()),
        st.builds(lambda cap: Assessed(cap=cap), caps),
        st.builds(
            lambda zero, step, cap: Linear(zero_at=zero, full_at=zero + step, cap=cap),
            numbers(),
            positive,
            caps,
        ),
        st.builds(_bands, st.lists(numbers(), min_size=1, max_size=4), numbers(0, 100), caps),
    )


def _bands(bounds: list[Decimal], score: Decimal, cap: Decimal) -> Bands:
    names = ("to", "from_", "below", "above")
    bands = [Band(score=score, **{names[place]: bound}) for place, bound in enumerate(bounds)]
    return Bands(bands=tuple(bands), cap=cap)


@st.composite
def _actual(draw: st.DrawFn, rule: Rule) -> Decimal | bool | None:
    if draw(st.integers(0, 3)) == 0:
        return None
    if isinstance(rule, YesNo):
        return draw(st.booleans())
    return draw(numbers(0, 100)) if isinstance(rule, Assessed) else draw(numbers())


@st.composite
def _indicator(draw: st.DrawFn, name: str, depth: int) -> Indicator:
    weight = draw(st.sampled_from([D(1), D(1), D("0.5"), D(2)]))
    if depth and draw(st.booleans()):
        count = draw(st.integers(1, 3))
        children = tuple(draw(_indicator(f"{name}.{place}", depth - 1)) for place in range(count))
        return Indicator(id=name, weight=weight, indicators=children, note=draw(st.none() | words))
    rule = draw(rules())
    return Indicator(
        id=name,
        title=draw(st.none() | words),
        weight=weight,
        rule=rule,
        baseline=draw(st.none() | numbers()),
        actual=draw(_actual(rule)),
        reported=tuple(
            draw(st.lists(st.builds(lambda value: Reported(value=value), numbers(0, 120)), max_size=1))
        ),
        source=draw(st.none() | words),
        other_measurements=tuple(draw(st.lists(numbers(), max_size=2))),
    )


_reported = st.lists(
    st.builds(lambda value, where: Reported(value=value, where=where), numbers(0, 120), words), max_size=2
).map(tuple)


@st.composite
def _goal(draw: st.DrawFn, place: int) -> Goal:
    """A goal, or a copy of an earlier one."""
    same_as = f"g{draw(st.integers(0, place - 1))}" if place and draw(st.booleans()) else None
    count = 0 if same_as else draw(st.integers(1, 3))
    return Goal(
        id=f"g{place}",
        title=draw(words),
        focus=draw(st.none() | words),
        text=draw(st.none() | texts),
        weight=draw(st.sampled_from([D(1), D(1), D("0.25"), D(3)])),
        same_as=same_as,
        reported=draw(_reported),
        decided=draw(st.none() | numbers(0, 120)),
        indicators=tuple(draw(_indicator(f"i{place}.{each}", 2)) for each in range(count)),
    )


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    """A contract of up to four goals, some of them copies, with results missing here and there."""
    goals = tuple(draw(_goal(place)) for place in range(draw(st.integers(1, 4))))
    facts = {name: draw(words) for name in ("title", "holder", "council")}
    return Contract(id="any", year=2024, goals=goals, **facts)
