"""`aarshjul score`: what contracts have attained, from their files alone."""

from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.core.languages import Language

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from aarshjul.core.contract import Contract
    from aarshjul.core.findings import Finding
    from aarshjul.core.scoring import Score, Scores

WORDS = {
    "en": ("Goal", "Title", "Score", "How", "Total", "Findings", "between {low} and {high} %"),
    "da": ("Mål", "Titel", "Opfyldt", "Hvordan", "Samlet", "Fund", "mellem {low} og {high} %"),
}


def score(
    contracts: Annotated[list[str], typer.Argument(metavar="CONTRACT.yaml...", help="Contract files.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="A JSON line for each file.")] = False,
    language: Annotated[
        Language, typer.Option("--lang", "--language", help="The language of explanations.")
    ] = "en",
) -> None:
    """Score contract files: attainment per goal, how it came about, and what somebody should look at."""
    from aarshjul.cli.output import console, print_json
    from aarshjul.core.findings import findings
    from aarshjul.core.score_json import as_json
    from aarshjul.core.scoring import score as score_contract

    read = _read_all(contracts)
    screen = None if json else console()
    for contract in read:
        scores = score_contract(contract)
        found = findings(contract, scores, language=language)
        if screen is None:
            print_json(as_json(contract, scores, found, language=language))
        else:
            _show(screen, contract, scores, found, language)


def _read_all(names: list[str]) -> "list[Contract]":
    """Every contract, or the problems of all files together."""
    from aarshjul.core.errors import Invalid
    from aarshjul.files.contract_file import read_contract

    contracts: list[Contract] = []
    problems: list[str] = []
    for name in names:
        try:
            contracts.append(read_contract(name))
        except Invalid as error:
            problems += error.problems
    if problems:
        raise Invalid(*problems)
    return contracts


def _show(
    screen: "Console",
    contract: "Contract",
    scores: "Scores",
    found: "tuple[Finding, ...]",
    language: Language,
) -> None:
    from rich.text import Text

    *_, total, findings_word, _ = WORDS[language]
    screen.print(Text(f"{contract.title} · {contract.holder} · {contract.council}", style="bold"))
    screen.print(_table(contract, scores, language))
    screen.print(Text.assemble((f"{total}: ", "bold"), _figure(scores.total, language)))
    if found:
        screen.print(Text(f"\n{findings_word}:", style="bold yellow"))
        for finding in found:
            line = Text.assemble("  ", (finding.id, "yellow"), f"  {finding.message}")
            screen.print(line, soft_wrap=True)
    screen.print()


def _table(contract: "Contract", scores: "Scores", language: Language) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from aarshjul.core.explain import explain_goal

    goal_word, title, score_word, how, *_ = WORDS[language]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(goal_word, no_wrap=True, min_width=max(len(goal.id) for goal in contract.goals))
    table.add_column(title, ratio=2)
    table.add_column(score_word, justify="right", no_wrap=True, min_width=len(score_word))
    table.add_column(how, ratio=5)
    for goal in contract.goals:
        scored = scores.goals[goal.id]
        explanation = explain_goal(goal, scored, language)
        table.add_row(Text(goal.id), Text(goal.title), _figure(scored, language), Text(explanation))
    return table


def _figure(scored: "Score", language: Language) -> "Text":
    from rich.text import Text

    from aarshjul.core.figures import half_up

    if scored.shown is None:
        words = WORDS[language][-1].format(low=half_up(scored.low), high=half_up(scored.high))
        return Text(words, style="yellow")
    return Text(f"{scored.shown} %", style="green" if scored.shown >= 100 else "")
