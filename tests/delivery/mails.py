"""Mails that a server took, read as a mail program reads them."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from icalendar import Calendar

from tests.servers.smtp import Received


def parsed(mail: Received) -> EmailMessage:
    """The mail."""
    found = message_from_bytes(mail.data, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def words(mail: Received) -> str:
    """Its plain text."""
    body = parsed(mail).get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


def entry(mail: Received) -> Calendar:
    """Its calendar part."""
    (part,) = [part for part in parsed(mail).walk() if part.get_content_type() == "text/calendar"]
    return Calendar.from_ical(part.get_content())


def duties(mail: Received) -> list[str]:
    """The duties that it serves, without the cycle's name."""
    return [str(key).removeprefix("c/") for key in parsed(mail).get_all("X-Aarshjul-Duty", [])]


def keys(mails: list[Received]) -> list[str]:
    """The duty that each of them is named for."""
    return sorted(duties(mail)[0] for mail in mails)


def to(mails: list[Received], person: str) -> list[Received]:
    """Those that went to somebody."""
    return [mail for mail in mails if f"{person}@example.org" in mail.recipients]
