"""A plan of milestones and real meetings as a coordinator reads it, and as JSON for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from aarshjul.core.languages import LANGUAGES
from aarshjul.core.meeting_words import DAYS, words_of, words_of_kept

if TYPE_CHECKING:
    from rich.console import Console

    from aarshjul.core.meeting_cautions import Caution
    from aarshjul.core.meeting_plan import Plan, Proposal

_SAID: dict[str, dict[str, Any]] = {
    "en": {
        "columns": ("Milestone", "From", "To", "Meeting", "What follows"),
        "none": "none yet",
        "kept": "Keep their dates",
        "cautions": "Look at",
        "settled": "Tied to their meetings already, and unchanged",
        "nothing": "No meetings of the council or the board are here: `aarshjul import FILE` brings a calendar in.",
        "all_done": "Nothing to propose.",
        "apply": "Nothing is changed yet; `aarshjul cycle anchor {cycle} --by PERSON --apply` does it.",
    },
    "da": {
        "columns": ("Milepæl", "Fra", "Til", "Møde", "Hvad der følger med"),
        "none": "endnu ingen",
        "kept": "Beholder deres datoer",
        "cautions": "Se på",
        "settled": "Hører til deres møder i forvejen, uændret",
        "nothing": "Ingen møder i råd eller bestyrelse er læst ind: `aarshjul import FIL` læser en kalender ind.",
        "all_done": "Intet at foreslå.",
        "apply": "Intet er ændret endnu; `aarshjul cycle anchor {cycle} --by PERSON --apply` gør det.",
    },
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """A plan with what the table and JSON say beside it."""

    cycle: str
    title: str
    bodies: Mapping[str, Sequence[str]]
    plan: "Plan"
    cautions: "Sequence[Caution]"

    def as_json(self) -> dict[str, Any]:
        """The plan for programs: dates as text, warnings in both languages."""
        return {
            "cycle": self.cycle,
            "bodies": {role: list(names) for role, names in self.bodies.items()},
            "proposals": [_proposal_json(each) for each in self.plan.proposals],
            "kept": [
                {
                    "milestone": each.milestone.id,
                    "on": _iso(each.on),
                    "why": str(each.why),
                    "message": {language: words_of_kept(each, language) for language in LANGUAGES},
                }
                for each in self.plan.kept
            ],
            "settled": [each.id for each in self.plan.settled],
            "warnings": [
                {
                    "code": str(each.code),
                    "error": each.is_error,
                    "milestone": each.milestone,
                    "meeting": each.meeting,
                    "message": {language: words_of(each, language) for language in LANGUAGES},
                }
                for each in self.cautions
            ],
        }


def _proposal_json(proposal: Any) -> dict[str, Any]:
    meeting = proposal.meeting
    return {
        "milestone": proposal.milestone.id,
        "title": proposal.milestone.title,
        "from": _iso(proposal.milestone.on),
        "to": meeting.on.isoformat(),
        "at": meeting.at,
        "ends": meeting.ends,
        "place": meeting.place,
        "status": meeting.status,
        "meeting": meeting.id,
        "body": meeting.body,
        "follows": [
            {"milestone": each.milestone.id, "from": _iso(each.milestone.on), "to": each.to.isoformat()}
            for each in proposal.follows
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def show(found: Looked, language: str, *, to_apply: bool) -> None:
    """Print the plan; where it is not applied at once, say how."""
    from aarshjul.cli.output import console

    screen, said = console(), _SAID[language]
    bodies = "; ".join(f"{role}: {', '.join(names)}" for role, names in found.bodies.items())
    _line(screen, f"{found.title} · {found.cycle}", style="bold")
    _line(screen, bodies or said["nothing"])
    if found.plan.proposals:
        _show_proposals(screen, found, language)
    else:
        _line(screen, said["all_done"])
    _list(screen, said["cautions"], [_caution(each, language) for each in found.cautions])
    _list(
        screen,
        said["kept"],
        [f"{each.milestone.id}: {words_of_kept(each, language)}" for each in found.plan.kept],
    )
    _list(screen, said["settled"], [f"{each.id} ({each.meeting})" for each in found.plan.settled])
    if found.plan.proposals and not to_apply:
        _line(screen, said["apply"].format(cycle=found.cycle))


def _show_proposals(screen: "Console", found: Looked, language: str) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, heading in enumerate(_SAID[language]["columns"]):
        table.add_column(heading, no_wrap=number in (1, 2), overflow="fold")
    for proposal in found.plan.proposals:
        table.add_row(*(Text(cell) for cell in _cells(proposal, language)))
    screen.print(table)


def _cells(proposal: "Proposal", language: str) -> tuple[str, ...]:
    milestone, meeting = proposal.milestone, proposal.meeting
    none = _SAID[language]["none"]
    follows = [f"{each.milestone.id}\n  {each.milestone.on or none} → {each.to}" for each in proposal.follows]
    where = [meeting.place] if meeting.place else []
    return (
        milestone.id,
        _day(milestone.on, language),
        _day(meeting.on, language) + (f" {meeting.at}" if meeting.at else ""),
        "\n".join([f"{meeting.body}: {meeting.title}", *where, meeting.id]),
        "\n".join(follows),
    )


def _day(day: date | None, language: str) -> str:
    return f"{DAYS[language][day.weekday()][:3]} {day}" if day is not None else str(_SAID[language]["none"])


def _caution(caution: "Caution", language: str) -> str:
    mark = "!" if caution.is_error else "-"
    return f"{mark} {words_of(caution, language)} [{caution.code}]"


def _list(screen: "Console", heading: str, items: list[str]) -> None:
    if items:
        _line(screen, f"{heading}:", style="bold")
        for item in items:
            _line(screen, f"  {item}")


def _line(screen: "Console", text: str, style: str = "") -> None:
    from rich.text import Text

    screen.print(Text(text, style=style))
