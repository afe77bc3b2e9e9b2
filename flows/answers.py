"""Answers: the mailbox is read, and what came back becomes acts, marks in the ledger, or messages to people."""

from datetime import datetime
from pathlib import Path

from prefect import flow

from aarshjul.clock import now as present
from aarshjul.inbox.mailbox import MailboxError
from aarshjul.inbox.poll import Collected, collect
from aarshjul.settings import load_settings
from aarshjul.wake import wake
from flows.runs import UNKEPT
from models.engine import open_engine, upgrade


@flow(name="collect-answers", flow_run_name="collect answers", **UNKEPT)
def collect_answers(home: str, on: str | None = None) -> dict[str, int]:
    """Empty the mailbox of a home; without one there is nothing to do. Asks for a round where somebody is to hear of it.

    Returns:
        How many mails became what, with `failed` and `unmoved`.

    Raises:
        MailboxError: where it could not be read, or not to the end; what is left is read the next time.
    """
    settings = load_settings(Path(home))
    if settings.imap_host is None:
        return {}
    engine = open_engine(settings.url)
    upgrade(engine)
    try:
        collected = collect(engine, settings, datetime.fromisoformat(on) if on else present())
    finally:
        engine.dispose()
    return _told(collected, Path(home))


def _told(collected: Collected, home: Path) -> dict[str, int]:
    if collected.changed:
        wake(home)
    if collected.interrupted is not None:
        raise MailboxError(f"not read to the end: {collected.interrupted}")
    return {**collected.outcomes, "failed": collected.failed, "unmoved": collected.unmoved}
