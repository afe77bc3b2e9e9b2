"""`aarshjul consultation`: who has answered on the draft, who has not, and what was said."""

from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home, Json

if TYPE_CHECKING:
    from rich.console import Console

    from aarshjul.core.consultation import Asked, Consultation, Remark, Thread


def consultation(
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")],
    *,
    home: Home = None,
    json: Json = False,
) -> None:
    """Show where the consultation on the draft stands: each member's answer, and the comments by goal."""
    from aarshjul.cli.output import console, print_json
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.clock import now
    from aarshjul.core.consultation_json import consultation_json
    from models.consulting import load_consultation
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        row = known_cycle(session, cycle)
        found = load_consultation(session, row, row.played_until or now())
    if json:
        print_json(consultation_json(found), indent=2)
    else:
        _show(console(), found, {"holder": row.holder, "council": row.council})


def _show(screen: "Console", found: "Consultation", parties: dict[str, str]) -> None:
    from rich.text import Text

    version = f"version {found.version}" if found.version else "no version yet"
    screen.print(Text(f"{found.cycle}: {version}, round {found.round}", style="bold"))
    _members(screen, found, parties)
    for thread in found.threads:
        for line in _thread(thread, found.round):
            screen.print(Text(line))
    for sentence in _sums(found):
        screen.print(Text(sentence))


def _members(screen: "Console", found: "Consultation", parties: dict[str, str]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from aarshjul.core.cycle_words import role_in_words

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    headings = (
        ("Organisation", 3),
        ("Name", 3),
        ("Role", 2),
        ("Comments", 1),
        ("Position", 4),
        ("Still owes", 4),
    )
    for heading, ratio in headings:
        table.add_column(heading, overflow="fold", ratio=ratio)
    for each in found.members:
        roles = ", ".join(role_in_words(role, "en", **parties) for role in each.roles)
        cells = (each.organisation or "", each.name, roles, str(each.comments or ""))
        table.add_row(*map(Text, (*cells, _position(each), _owes(each))))
    screen.print(table)


def _position(each: "Asked") -> str:
    stand = each.stand
    if stand is None:
        return ""
    said = stand.position.replace("-", " ")
    by = f" (by {stand.by})" if stand.by else ""
    return f"{said}{by}" if each.current else f"{said}{by}, on version {stand.version}"


def _owes(each: "Asked") -> str:
    if each.owes is None:
        return ""
    due = f"{each.owes}, since {each.since}" if each.since else f"{each.owes}, by {each.due}"
    return f"{due}; reminded {each.reminded}" if each.reminded else due


def _thread(thread: "Thread", present: int) -> list[str]:
    about = (
        f"indicator {thread.indicator}" if thread.indicator else f"goal {thread.goal}" if thread.goal else ""
    )
    earlier = f"round {thread.round}" if thread.round != present else ""
    late = "late" if thread.first.late else ""
    state = f"{thread.state}: {thread.reason}" if thread.reason else thread.state
    marks = ", ".join(part for part in (about or "the whole draft", earlier, late, state) if part)
    return [
        f"{thread.number}. {_said(thread.first)} ({marks})",
        *[f"   {each.number}. {_said(each)}" for each in thread.replies],
    ]


def _said(remark: "Remark") -> str:
    text = " ".join(remark.text.split())
    return f"{remark.name}: {text if len(text) <= 300 else text[:299] + '…'}"


def _sums(found: "Consultation") -> list[str]:
    """What counts now; and what stands above of earlier versions and rounds, which does not count any more."""
    now, earlier = found.counts(), found.earlier()
    version = f"On version {found.version}" if found.version else "Before the first version"
    return [
        f"Round {found.round}: {now['answered']} of {now['asked']} have answered.",
        _sum(version, _positions(now), "on earlier versions", _positions(earlier), "nobody has said yet"),
        _sum(
            f"Comments of round {found.round}",
            _states(now),
            "of earlier rounds",
            _states(earlier),
            "none",
        ),
    ]


def _sum(what: str, now: list[str], before: str, earlier: list[str], nothing: str) -> str:
    said = f"{what}: {', '.join(now) or nothing}"
    return f"{said}; {before}: {', '.join(earlier)}." if earlier else f"{said}."


def _positions(counts: dict[str, int]) -> list[str]:
    words = {
        "agrees": ("agrees", "agree"),
        "agrees-with-remarks": ("agrees with remarks", "agree with remarks"),
        "objects": ("objects", "object"),
    }
    return [
        f"{counts[key]} {one if counts[key] == 1 else more}"
        for key, (one, more) in words.items()
        if counts[key]
    ]


def _states(counts: dict[str, int]) -> list[str]:
    return [f"{counts[state]} {state}" for state in ("open", "accepted", "declined") if counts[state]]
