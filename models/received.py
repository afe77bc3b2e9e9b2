"""What came back by mail: one row a mail read, so that none is handled twice."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from models.types import Moment, one_of

OUTCOMES = ("answered", "outdated", "proposed", "bounced", "ignored", "unsubscribed", "forwarded", "kept")


class ReceivedMail(SQLModel, table=True):
    """One mail from the mailbox and what became of it.

    Outcomes: `answered` (a reply to an invitation), `outdated` (a reply to an earlier date), `proposed` (another
    time, passed on), `bounced` (a delivery report), `ignored` (an automatic answer), `unsubscribed`, `forwarded`
    (passed on untouched), `kept` (nobody to pass it on to, or too large: it lies in the mailbox).

    Attributes:
        fingerprint: SHA-256 of the mail without its trace of servers; the same mail again has the same one.
        reference: the message of ours that it is about, where it names one.
        raw: the mail itself, where it is passed on.
        note: in words, what was found; no address in it.
    """

    __table_args__ = (one_of("outcome", *OUTCOMES),)

    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str = Field(unique=True, max_length=64)
    received_at: datetime = Field(sa_type=Moment)
    outcome: str = Field(max_length=12)
    sender: str | None = Field(default=None, max_length=320)
    subject: str | None = Field(default=None, max_length=300)
    size: int
    reference: str | None = Field(default=None, max_length=60)
    cycle_id: str | None = Field(default=None, foreign_key="cycle.id")
    milestone: str | None = Field(default=None, max_length=80)
    person_id: str | None = Field(default=None, foreign_key="person.id")
    note: str = ""
    raw: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
