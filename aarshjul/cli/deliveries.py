"""`aarshjul deliveries`: the ledger; what was sent to whom, when, and what the other side answered."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Home, Json
from aarshjul.cli.ledger_words import NEW_ADDRESS, STYLES, answer_of, many, time
from aarshjul.core.errors import Invalid

if TYPE_CHECKING:
    from rich.console import Console

    from models.deliveries import Delivery, Wanted

Bounced = list[tuple[str, str, datetime]]


def deliveries(
    cycle: Annotated[str | None, typer.Argument(metavar="CYCLE", help="One cycle; else all.")] = None,
    *,
    person: Annotated[
        str | None, typer.Option(metavar="P", help="Only this person's, each told in full: 'I never got it'.")
    ] = None,
    state: Annotated[
        str | None, typer.Option(metavar="S", help="Only those in this state: sent, failed, waiting, ...")
    ] = None,
    kind: Annotated[str | None, typer.Option(metavar="K", help="Only this kind: remind, invite, ...")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Only what was written or settled since."),
    ] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Show the ledger: every message, the newest first, and what the mail server or Teams answered."""
    from aarshjul.cli.output import console, print_json

    wanted = _wanted(cycle, person, state, kind, since)
    found, comes_back, titles = _read(home, wanted)
    if json:
        print_json([each.as_json() for each in found], indent=2)
        return
    screen = console()
    _flag(screen, comes_back)
    if person is not None:
        from aarshjul.cli.person_view import show_person

        show_person(screen, found)
    elif found:
        _show(screen, found, with_cycle=len(titles) > 1)
    _sum_up(screen, found)


def _wanted(
    cycle: str | None, person: str | None, state: str | None, kind: str | None, since: datetime | None
) -> "Wanted":
    """What is asked for; states and kinds are known words.

    Raises:
        Invalid: for a word that is none of them.
    """
    from aarshjul.clock import COPENHAGEN
    from aarshjul.core.duties import DutyKind
    from models.deliveries import Wanted
    from models.message import STATES

    _one_of("--state", state, STATES)
    _one_of("--kind", kind, [each for each in DutyKind if each is not DutyKind.PUBLISH])
    moment = since.replace(tzinfo=COPENHAGEN) if since is not None else None
    return Wanted(cycle=cycle, person=person, state=state, kind=kind, since=moment)


def _one_of(option: str, word: str | None, known: Any) -> None:
    from aarshjul.files.problems import clipped, did_you_mean

    if word is not None and word not in known:
        raise Invalid(f"{option}: {clipped(word)}: {did_you_mean(word, [str(each) for each in known])}")


def _read(home: Path | None, wanted: "Wanted") -> "tuple[list[Delivery], Bounced, set[str]]":
    from aarshjul.cli.record import known_cycle, known_person, record
    from models.deliveries import bounced
    from models.deliveries import deliveries as ledger
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        if wanted.cycle is not None:
            known_cycle(session, wanted.cycle)
        if wanted.person is not None:
            known_person(session, wanted.person, wanted.cycle)
        found = ledger(session, wanted)
        return found, bounced(session, wanted), {each.cycle for each in found}


def _flag(screen: "Console", comes_back: Bounced) -> None:
    from rich.text import Text

    for person, address, since in comes_back:
        said = f"Mail to {person} <{address}> comes back since {time(since)}."
        screen.print(Text(said, style="bold red"))
    if comes_back:
        screen.print(Text(NEW_ADDRESS))


def _show(screen: "Console", found: "list[Delivery]", *, with_cycle: bool) -> None:
    """A line a message, those of one moment, kind and milestone together under one heading."""
    from itertools import groupby

    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, ratio in (("Id", None), ("Message", 3), ("To", 3), ("State", 2), ("What was answered", 4)):
        table.add_column(
            heading, overflow="fold", ratio=ratio, justify="right" if heading == "Id" else "left"
        )
    for (day, what), together in groupby(found, lambda each: (time(each.owed_at), _what(each, with_cycle))):
        for number, each in enumerate(together):
            table.add_row(
                Text(str(each.id)),
                Text("" if number else f"{day} {what}"),
                Text(each.person if each.channel == "email" else f"{each.person}, {each.channel}"),
                Text(each.state, style=STYLES.get(each.state, "dim")),
                Text(_answered(each)),
            )
        table.add_section()
    screen.print(table)


def _what(each: "Delivery", with_cycle: bool) -> str:
    words = (each.cycle if with_cycle else None, each.kind, each.milestone)
    return " ".join(word for word in words if word)


def _answered(each: "Delivery") -> str:
    """In one line what is known of it: the last answer, or why there is none yet."""
    if each.state == "merged":
        return f"in the digest {each.carrier or each.carried_by}"
    last = each.last
    said = "" if last is None else answer_of(last.code, last.text)
    tries = f" (try {each.tries})" if each.tries > 1 else ""
    held = f"goes {time(each.not_before)}" if each.state == "waiting" and each.not_before else ""
    return "; ".join(part for part in (held, f"{said}{tries}".strip()) if part)


def _sum_up(screen: "Console", found: "list[Delivery]") -> None:
    from collections import Counter

    from rich.text import Text

    if not found:
        screen.print(Text("There is no such message."))
        return
    states = Counter(each.state for each in found)
    people = len({each.person for each in found})
    counts = ", ".join(f"{count} {state}" for state, count in states.most_common())
    screen.print(Text(f"{many(len(found), 'message')} to {many(people, 'person', 'people')}: {counts}."))
    for sentence in _remarks(found, states):
        screen.print(Text(sentence))


def _remarks(found: "list[Delivery]", states: dict[str, int]) -> "list[str]":
    doubtful = sum(1 for each in found if each.doubtful)
    remarks = []
    if doubtful:
        remarks.append(
            f"{many(doubtful, 'message was', 'messages were')} handed over once without an answer, and may have "
            "arrived: what goes again has the same Message-ID, by which mail programs know it, and may arrive twice."
        )
    if states.get("failed"):
        remarks.append(
            "`aarshjul message resend --failed --by PERSON` sends the failed ones again, when what was wrong is put right."
        )
    return remarks
