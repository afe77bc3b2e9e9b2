"""`aarshjul what-if`: other results, the smallest change that is enough, targets tried on what was measured."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Home, Json
from aarshjul.core.errors import Invalid
from aarshjul.core.languages import Language

if TYPE_CHECKING:
    from aarshjul.core.contract import Contract
    from aarshjul.core.rules import Actual
    from aarshjul.core.targets import Tried
    from aarshjul.core.what_if import Lifts

TOTAL = "total"


class WrongWish(Invalid):
    """What is asked for cannot be asked of this contract."""


def what_if(
    contract: Annotated[
        str, typer.Argument(metavar="CONTRACT", help="A contract file, a contract's id or a cycle's.")
    ],
    *,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="ID=VALUE",
            help="Another result of an indicator: a number, true or false, nothing for a missing one.",
        ),
    ] = None,
    lift: Annotated[
        str | None, typer.Option(metavar="GOAL", help="What should rise: a goal's id, or `total`.")
    ] = None,
    over: Annotated[
        str | None, typer.Option(metavar="PER_CENT", help="To which per cent it should rise, or over it.")
    ] = None,
    targets: Annotated[
        str | None,
        typer.Option(metavar="DRAFT", help="Try these targets: a file, a cycle's draft or a contract's id."),
    ] = None,
    language: Annotated[Language, typer.Option("--lang", help="The language of explanations.")] = "en",
    home: Home = None,
    json: Json = False,
) -> None:
    """Show what other results would have given, what would have been enough, or what other targets would have.

    Nothing is written. Results that are set count for what is lifted and tried as well.
    """
    threshold = _threshold(lift, over)
    if not changes and lift is None and targets is None:
        raise WrongWish(
            "nothing is asked: say --set ID=VALUE, --lift GOAL --over PER_CENT, or --targets DRAFT"
        )
    from aarshjul.cli.what_if_contracts import with_results, with_targets
    from aarshjul.core.targets import targets_on
    from aarshjul.core.what_if import with_actuals

    before = with_results(contract, home)
    given = read_changes(before, changes or ())
    after = with_actuals(before, given)
    lifted = None if threshold is None or lift is None else _lifted(after, lift, threshold)
    tried = None if targets is None else targets_on(with_targets(targets, home, after), after)
    if json:
        _print_json(before, given, after, lift, lifted, tried)
        return
    from aarshjul.cli.output import console
    from aarshjul.cli.what_if_tables import show_changes, show_lifts, show_tried

    screen = console()
    if given:
        show_changes(screen, before, after, language)
    if lifted is not None and lift is not None:
        show_lifts(screen, after, lift, lifted, language)
    if tried is not None:
        show_tried(screen, after, tried, language)


def read_changes(contract: "Contract", said: Sequence[str]) -> "dict[str, Actual | None]":
    """The results of `--set`, each suiting its indicator; or the problems of all of them together."""
    from aarshjul.files.measured import read_measured

    known = {leaf.id: leaf for _, leaf in contract.leaves()}
    problems: list[str] = []
    found: dict[str, Actual | None] = {}
    for each in said:
        name, equals, value = (part.strip() for part in each.partition("="))
        problem = "has no `=`; must be ID=VALUE" if not equals else None
        if problem is None and name not in known:
            problem = _unknown(contract, name, list(known))
        if problem is None and name in found:
            problem = f"sets {name} twice; keep one"
        if problem is None:
            found[name], problem = read_measured(known[name].rule, value)
        if problem is not None:
            problems.append(f"--set {each}: {problem}")
    if problems:
        raise WrongWish(*problems)
    return found


def _unknown(contract: "Contract", name: str, known: list[str]) -> str:
    from aarshjul.files.problems import clipped, did_you_mean

    parts = [leaf.id for goal in contract.goals if goal.id == name for leaf in goal.leaves()]
    parts += [leaf.id for goal in contract.goals for each in goal.indicators for leaf in _below(each, name)]
    if parts:
        return f"{name} has no result of its own; set {' or '.join(parts)}"
    return f"{contract.id} has no indicator {clipped(name)}; {did_you_mean(name, known)}"


def _below(indicator: Any, name: str) -> list[Any]:
    """The leaves below the indicator of that id, in this one or below it."""
    if indicator.id == name:
        return list(indicator.leaves())
    return [leaf for child in indicator.indicators for leaf in _below(child, name)]


def _threshold(lift: str | None, over: str | None) -> Decimal | None:
    from pydantic_core import PydanticCustomError

    from aarshjul.files.fields import read_number
    from aarshjul.files.tree import Plain

    if (lift is None) != (over is None):
        raise WrongWish("--lift and --over belong together: --lift total --over 97")
    if over is None:
        return None
    try:
        return read_number(Plain(over.strip().removesuffix("%").strip()))
    except PydanticCustomError as error:
        raise WrongWish(f"--over {error.message()}") from None


def _lifted(contract: "Contract", lift: str, over: Decimal) -> "Lifts":
    from aarshjul.core.what_if import lifts
    from aarshjul.files.problems import clipped, did_you_mean

    goals = [goal.id for goal in contract.goals]
    if lift != TOTAL and lift not in goals:
        hint = did_you_mean(lift, [*goals, TOTAL])
        raise WrongWish(f"--lift {lift}: {contract.id} has no goal {clipped(lift)}; {hint}")
    return lifts(contract, over, None if lift == TOTAL else lift)


def _print_json(
    before: "Contract",
    given: "dict[str, Actual | None]",
    after: "Contract",
    lift: str | None,
    lifted: "Lifts | None",
    tried: "Tried | None",
) -> None:
    from aarshjul.cli.output import print_json
    from aarshjul.core.what_if_json import actual_json, changes_json, lifts_json, tried_json

    print_json(
        {
            "contract": before.id,
            "set": {name: actual_json(actual) for name, actual in given.items()},
            **changes_json(before, after),
            "lift": None if lifted is None or lift is None else lifts_json(lift, lifted),
            "targets": None if tried is None else tried_json(tried),
        }
    )
