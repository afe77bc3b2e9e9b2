"""Small contracts for tests of their differences, and a report as lines."""

from dataclasses import replace
from decimal import Decimal

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.difference_report import Report, report_of_contracts
from aarshjul.core.rules import (
    AtLeast,
)
from aarshjul.core.text_differences import Mark

D = Decimal


def indicator(name: str, target: int = 60, **facts: object) -> Indicator:
    return Indicator(id=name, rule=AtLeast(target=D(target)), **facts)  # type: ignore[arg-type]


def goal(name: str, *indicators: Indicator, **facts: object) -> Goal:
    facts.setdefault("title", f"Mål {name}")
    return Goal(id=name, indicators=indicators or (indicator(f"{name}a"),), **facts)  # type: ignore[arg-type]


def contract(*goals: Goal, **facts: object) -> Contract:
    around = {"title": "Kontrakt", "year": 2023, "holder": "Huset", "council": "Rådet", **facts}
    return Contract(id="c", goals=goals, **around)  # type: ignore[arg-type]


def said(before: Contract, after: Contract) -> list[str]:
    return shown(report_of_contracts(before, after, "en"))


def shown(report: Report) -> list[str]:
    lines = []
    for section in report:
        lines.append(
            "  " * (section.level - 1) + section.title + (f" ({section.note})" if section.note else "")
        )
        for line in section.lines:
            marks = {Mark.SAME: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}
            words = "".join(marks[piece.mark].format(piece.text) for piece in line.pieces)
            change = words or f"{line.before} -> {line.after}"
            lines.append("  " * section.level + f"{line.label}: {change}")
    return lines


BASE = contract(goal("9", indicator("9a"), indicator("9b")), goal("10"), goal("11"))


def with_nine(**facts: object) -> Contract:
    return replace(BASE, goals=(replace(BASE.goals[0], **facts), *BASE.goals[1:]))  # type: ignore[arg-type]


def with_leaf(**facts: object) -> Contract:
    first, second = BASE.goals[0].indicators
    return with_nine(indicators=(replace(first, **facts), second))  # type: ignore[arg-type]
