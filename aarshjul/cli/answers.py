"""`aarshjul answers`: who comes to the meetings of a cycle."""

from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home, Json

if TYPE_CHECKING:
    from rich.console import Console

    from models.answers import Meeting, Seat

NO_ANSWER = "needs-action"
WORDS = {
    "accepted": "accepted",
    "tentative": "tentative",
    "declined": "declined",
    NO_ANSWER: "no answer",
}


def answers(
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id.")],
    *,
    home: Home = None,
    json: Json = False,
) -> None:
    """Show who comes to which meeting, who does not, who has not answered, and who answered for whom."""
    from aarshjul.cli.output import console, print_json
    from aarshjul.cli.record import known_cycle, record
    from aarshjul.clock import now
    from models.answers import answers as meetings_of
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        row = known_cycle(session, cycle)
        found = meetings_of(session, cycle, row.played_until or now())
    if json:
        print_json([each.as_json() for each in found], indent=2)
        return
    _show(console(), found)


def _show(screen: "Console", found: "list[Meeting]") -> None:
    from rich.padding import Padding
    from rich.text import Text

    if not found:
        screen.print(Text("Nobody is invited to anything in this cycle."))
    for meeting in found:
        when = " ".join(part for part in (str(meeting.on or "no date yet"), meeting.at) if part)
        state = "" if meeting.state == "open" else f", {meeting.state}"
        tentative = ", tentative" if meeting.tentative and meeting.state == "open" else ""
        head = f"{when}  {meeting.title} ({meeting.milestone}{state}{tentative})"
        screen.print(Text(head, style="bold"))
        groups = {words: meeting.of(reply) for reply, words in WORDS.items()}
        groups[WORDS[NO_ANSWER]], groups["not invited"] = _split(groups[WORDS[NO_ANSWER]])
        for words, seats in groups.items():
            if seats:
                who = ", ".join(_who(seat) for seat in seats)
                screen.print(Padding(Text(f"{len(seats)} {words}: {who}"), (0, 0, 0, 4)))


def _split(silent: "list[Seat]") -> "tuple[list[Seat], list[Seat]]":
    """Those who have not answered: who were invited, and who have still to be."""
    return [seat for seat in silent if seat.told], [seat for seat in silent if not seat.told]


def _who(seat: "Seat") -> str:
    """A person, with who answered in their place, and how."""
    answer = seat.answer
    if answer.through == "secretary":
        return f"{seat.person} (svaret af sekretæren)"
    if answer.by is not None and answer.by != seat.person:
        return f"{seat.person} (by {answer.by})"
    return f"{seat.person} (by mail)" if answer.through == "mail" else seat.person
