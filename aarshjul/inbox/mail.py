"""A mail as the sorting sees it: what it says about itself, and the calendar text or delivery report that it carries."""

from dataclasses import dataclass
from datetime import datetime

from calendars.reply import Reply


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedRecipient:
    """What a delivery report (RFC 3464) says of one recipient.

    Attributes:
        addresses: the final one and the original one, comparable; a report has at least one of them.
        action: `failed`, `delayed`, `delivered`, `relayed`, `expanded`, in lower case.
        code: the mail server's three digits, where it names them.
        text: what it said, on one line.
    """

    addresses: tuple[str, ...]
    action: str
    code: int | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A delivery report.

    Attributes:
        references: the messages of ours that it names, as the ledger does; the returned one's own name first.
    """

    recipients: tuple[ReportedRecipient, ...]
    references: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One mail, read. Nothing in it is to be trusted: anybody may have written it.

    Attributes:
        fingerprint: the same for the same mail, whatever way it came and however often.
        size: in octets.
        whole: False where only its head was read, as it is too large.
        senders: the addresses in From, comparable; usually one.
        shown: the sender as people see it, `NAME <ADDRESS>`.
        sender_field: the address in Sender: who sent it in the name of From.
        references: the messages of ours that it answers.
        sent_at: its Date, aware.
        duties: the kinds of the duties that it serves, where it is one of ours.
        automatic: whether a machine answered.
        receipt: whether it only says that something was displayed.
        from_a_mail_system: whether its sender is how mail servers sign.
        disowned: whether the server that took it found that it is not from whom it says (DMARC).
        report: the delivery report in it.
        calendars: the calendar objects in it.
        calendar_broken: whether there is calendar text in it that cannot be read.
        token: of a wish to be unsubscribed.
        damaged: whether it could not be taken apart.
    """

    fingerprint: str
    size: int
    whole: bool = True
    senders: tuple[str, ...] = ()
    shown: str = ""
    sender_field: str | None = None
    subject: str = ""
    references: tuple[str, ...] = ()
    sent_at: datetime | None = None
    duties: tuple[str, ...] = ()
    automatic: bool = False
    receipt: bool = False
    from_a_mail_system: bool = False
    disowned: bool = False
    report: Report | None = None
    calendars: tuple[Reply, ...] = ()
    calendar_broken: bool = False
    token: str | None = None
    damaged: bool = False

    @property
    def sender(self) -> str | None:
        """The one address that it is from; None where it names none or several."""
        return self.senders[0] if len(self.senders) == 1 else None
