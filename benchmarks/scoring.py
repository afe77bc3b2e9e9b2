"""How much the findings, ranges and explanations of a scoring cost, against a bare scorer of the same contract.

    uv run python -m benchmarks.scoring

The lower bound knows the contract of 2021 and nothing else: it takes the same decimals to the same exact total
with `Fraction`, and makes no value that a person could ask anything of.
"""

import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

from aarshjul.core.contract import Contract, Indicator
from aarshjul.core.findings import findings
from aarshjul.core.rules import Assessed, AtLeast, MoreThan
from aarshjul.core.score_json import as_json
from aarshjul.core.scoring import score
from aarshjul.files.read import read_contract
from benchmarks.measure import as_table, in_turn, verdict

EXAMPLE = Path(__file__).parents[1] / "examples" / "nordjylland-2021.contract.yaml"
ROUNDS, TURNS = 100, 15
LIMIT = 3.0


def bare_total(contract: Contract) -> Fraction:
    """The exact total, by the plainest code that is right for this contract."""
    own = {
        goal.id: _mean([_bare(each) for each in goal.indicators])
        for goal in contract.goals
        if not goal.same_as
    }
    return _mean([own[goal.same_as or goal.id] for goal in contract.goals])


def _mean(scores: list[Fraction]) -> Fraction:
    return sum(scores, Fraction(0)) / len(scores)


def _bare(indicator: Indicator) -> Fraction:
    rule, actual = indicator.rule, indicator.actual
    if rule is None:
        return _mean([_bare(each) for each in indicator.indicators])
    if not isinstance(actual, Decimal):
        raise TypeError(indicator.id)
    match rule:
        case AtLeast():
            raw = 100 * Fraction(actual) / Fraction(rule.target)
        case MoreThan():
            raw = Fraction(100 if actual > rule.limit else 0)
        case Assessed():
            raw = Fraction(actual)
        case _:
            raise TypeError(rule)
    return min(max(raw, Fraction(0)), Fraction(100))


def whole(contract: Contract) -> object:
    """What a scoring run does: scores with ranges, findings, and the explanations of every goal."""
    scores = score(contract)
    return as_json(contract, scores, findings(contract, scores, language="da"), language="da")


def main() -> int:
    """Prints the table; 1 where the limit does not hold."""
    contract = read_contract(EXAMPLE)
    if bare_total(contract) != score(contract).total.exact:
        raise ValueError("the bound and the scorer disagree")
    contenders: list[tuple[str, Callable[[Contract], object]]] = [
        ("bare Fraction total", bare_total),
        ("scores with ranges", score),
        ("scores, findings, explanations", whole),
    ]
    taken = in_turn([partial(_many, work, contract) for _, work in contenders], TURNS)
    rows = [
        (name, f"{seconds / ROUNDS * 1000:.3f}", f"{seconds / taken[0]:.2f}")
        for (name, _), seconds in zip(contenders, taken, strict=True)
    ]
    print(as_table(("2021 contract", "ms", "ratio"), rows))
    ratio = taken[-1] / taken[0]
    print(verdict("scoring against the bare bound", ratio, LIMIT))
    return int(ratio > LIMIT)


def _many(work: Callable[[Contract], object], contract: Contract) -> None:
    for _ in range(ROUNDS):
        work(contract)


if __name__ == "__main__":
    sys.exit(main())
