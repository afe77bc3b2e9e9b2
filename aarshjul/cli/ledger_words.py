"""How commands speak of what was delivered: states in their colours, answers in a line, moments, advice."""

from datetime import datetime

STYLES = {"failed": "bold red", "uncertain": "yellow", "waiting": "cyan", "sending": "cyan", "sent": ""}
NEW_ADDRESS = (
    "Ask for another address: `aarshjul act CYCLE --by COORDINATOR --do prefer --person PERSON --email ADDRESS` "
    "puts it right, and `aarshjul message resend` sends again."
)


def answer_of(code: int | None, text: str) -> str:
    """The other side's answer in one short line, with nothing in it that a terminal would obey."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    line = line if len(line) <= 160 else f"{line[:157]}..."
    return line if code is None or line.startswith(str(code)) else f"{code} {line}"


def time(at: datetime | None) -> str:
    """A moment in the time of Copenhagen."""
    from aarshjul.clock import COPENHAGEN

    return f"{at.astimezone(COPENHAGEN):%Y-%m-%d %H:%M}" if at is not None else ""


def many(count: int, one: str, more: str | None = None) -> str:
    """A number with its noun."""
    return f"{count} {one if count == 1 else more or one + 's'}"
