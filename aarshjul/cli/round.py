"""One round by hand."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.channels import check_channels
from aarshjul.cli.home import Home, Json
from aarshjul.cli.ledger_words import answer_of, many, time
from aarshjul.cli.output import console, print_json
from aarshjul.core.errors import Invalid

if TYPE_CHECKING:
    from aarshjul.cli.record import Record
    from models.handed_over import HandedOver


def round_command(
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="A day, 07:00 on it, or a moment; now where missing."),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Read the mailbox, do all that is owed now, and deliver it: score, remind, invite, tell, escalate, publish."""
    from rich.text import Text

    from aarshjul.cli.record import record

    moment = _moment(on)
    with record(home) as opened:
        check_channels(opened.settings)
        if moment is None:
            _read_mailbox(opened)
        counts, done = _round(opened, moment)
    if as_json:
        more = {"delivered": done.sent, "failed": done.failed, "again": done.again, "held": done.held}
        print_json({**counts, **more})
        return
    for sentence in _said(counts, done):
        console().print(Text(sentence))


def _read_mailbox(opened: "Record") -> None:
    """Who has answered is not reminded. A mailbox that cannot be read stops no round."""
    from aarshjul.cli.saving import note
    from aarshjul.clock import now

    if opened.settings.imap_host is None:
        return
    from aarshjul.inbox.mailbox import MailboxError
    from aarshjul.inbox.poll import collect

    try:
        collected = collect(opened.engine, opened.settings, now())
    except MailboxError as error:
        note(f"The mailbox was not read: {error}")
        return
    if collected.outcomes:
        note("Mailbox: " + ", ".join(f"{count} {what}" for what, count in sorted(collected.outcomes.items())))
    if collected.interrupted is not None:
        note(f"The mailbox was not read to the end: {collected.interrupted}")


def _round(opened: "Record", moment: datetime | None) -> "tuple[dict[str, int], HandedOver]":
    """The round itself, and what came of its delivery."""
    from aarshjul.clock import now
    from flows.server import running_server
    from models.engine import reading
    from models.handed_over import end_of_ledger, handed_over

    place = opened.settings.home.absolute()
    with reading(opened.engine) as session:
        before = end_of_ledger(session)
    with running_server(place):
        from flows.rounds import round_flow

        counts = round_flow(str(place), moment.isoformat() if moment else None)
    with reading(opened.engine) as session:
        return counts, handed_over(session, before, moment or now())


def _said(counts: dict[str, int], done: "HandedOver") -> list[str]:
    """What was done, and for what was not done why, and what to run."""
    due, written = many(counts["cycles"], "cycle"), many(counts["messages"], "message")
    found = [f"{due} had something due; {written} written, {done.sent} sent."]
    why = f": {answer_of(*done.trouble)}" if done.trouble is not None else ""
    if done.failed:
        found.append(f"{done.failed} FAILED; `aarshjul deliveries --state failed` shows which, and why.")
    if done.again:
        found.append(f"{many(done.again, 'message')} could not be handed over, and will be tried again{why}")
    if done.held:
        until = f"the first until {time(done.held_until)}"
        found.append(f"{many(done.held, 'message')} held, {until}: a round after that sends what is due.")
    return found


def _moment(text: str | None) -> datetime | None:
    """A day counts as 07:00 in Copenhagen, the time of the daily round."""
    if text is None:
        return None
    from aarshjul.clock import COPENHAGEN

    try:
        moment = datetime.fromisoformat(f"{text}T07:00" if len(text) == len("2022-11-18") else text)
    except ValueError:
        raise Invalid(f"--on: {text!r} is no date; write it as 2022-11-18") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=COPENHAGEN)
