"""What is kept about people: every table that holds anything of it, which columns, what for, who sees it, how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from models import lasting

Purpose = Literal["person", "part", "attendance", "work", "messages", "calendars", "access", "history"]
"""What it is kept for: to know and reach somebody; their part in a cycle; that they come; what they did and wrote; that
they were told; their calendar; that nobody else acts in their name; that what happened can be proved."""
Seen = Literal["members", "coordinators", "self"]
"""Who sees it in the pages: who takes part (without subscribers), the cycle's coordinators, or the person alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A table that holds something about people.

    Attributes:
        who: the columns that name a person; a row is somebody's by the first of them, the others name them beside it.
        beside: what is somebody's of a row in which they are named beside its own person.
        listed: columns with a list of people or roles.
        texts: columns with words that people wrote, which may name anybody; and addresses.
        hidden: what nobody is shown, not even its person: hashes of secrets, and whole mails and files, which are the
            bytes of what the other columns say.
        ends: how long after its end it is forgotten by itself; None for what stays as long as the cycle's record.
    """

    table: str
    purpose: Purpose
    seen: Seen
    who: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    ends: timedelta | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """All that is, or may be, about somebody."""
        return (*self.who, *self.listed, *self.texts, *self.hidden)


_SETTLED = ("state", "reason", "settled_at")
KEPT: tuple[Kept, ...] = (
    Kept(
        table="person",
        purpose="person",
        seen="coordinators",
        who=("id",),
        texts=("name", "email", "channels", "teams", "quiet", "secretary"),
    ),
    Kept(
        table="membership",
        purpose="part",
        seen="members",
        who=("person_id", "delegate_id", "deputy_id"),
        beside=("delegate_from", "delegate_until"),
        listed=("roles",),
    ),
    Kept(
        table="invitation",
        purpose="attendance",
        seen="members",
        who=("person_id", "answered_by"),
        beside=("partstat", "answered_at"),
        hidden=("told",),
    ),
    Kept(table="completion", purpose="work", seen="members", who=("person_id",)),
    Kept(
        table="milestone",
        purpose="attendance",
        seen="members",
        listed=("for_roles", "owed_by", "present"),
        texts=("title", "place", "minutes"),
    ),
    Kept(table="milestonerevision", purpose="attendance", seen="members", texts=("place", "reason")),
    Kept(
        table="comment",
        purpose="work",
        seen="members",
        who=("person_id", "settled_by"),
        beside=_SETTLED,
        texts=("text", "reason"),
    ),
    Kept(
        table="position",
        purpose="work",
        seen="members",
        who=("person_id", "given_by"),
        beside=("position", "given_at"),
        texts=("remarks",),
    ),
    Kept(
        table="vote",
        purpose="work",
        seen="members",
        who=("person_id", "cast_by"),
        beside=("vote", "cast_at"),
    ),
    Kept(
        table="decision",
        purpose="work",
        seen="members",
        who=("decided_by", "recorded_by"),
        beside=("body", "outcome", "decided_at", "decided_on"),
        texts=("reason", "minutes"),
    ),
    Kept(
        table="condition",
        purpose="work",
        seen="members",
        who=("owner", "settled_by"),
        beside=_SETTLED,
        texts=("text", "reason"),
    ),
    Kept(
        table="signature",
        purpose="work",
        seen="members",
        who=("person_id",),
        texts=("name",),
        hidden=("receipt",),
    ),
    Kept(
        table="draft",
        purpose="work",
        seen="members",
        who=("submitted_by",),
        texts=("message",),
        hidden=("text",),
    ),
    Kept(
        table="draftedit",
        purpose="work",
        seen="self",
        who=("person_id",),
        texts=("content",),
        ends=lasting.EDIT,
    ),
    Kept(table="minutesitem", purpose="work", seen="members", who=("recorded_by",), texts=("area", "said")),
    Kept(
        table="task",
        purpose="work",
        seen="members",
        who=("made_by", "settled_by"),
        beside=_SETTLED,
        texts=("area", "text", "reason"),
    ),
    Kept(
        table="result",
        purpose="work",
        seen="members",
        who=("recorded_by",),
        texts=("actual", "source", "evidence"),
    ),
    Kept(table="judgement", purpose="work", seen="members", who=("person_id",), texts=("reason", "minutes")),
    Kept(table="findingresolution", purpose="work", seen="members", who=("person_id",), texts=("reason",)),
    Kept(
        table="indicator",
        purpose="work",
        seen="members",
        who=("owner",),
        texts=("source", "evidence", "facts"),
    ),
    Kept(
        table="datarequest",
        purpose="work",
        seen="members",
        who=("owner", "requested_by"),
        beside=("indicator", "due", "requested_at"),
        texts=("source", "note"),
    ),
    Kept(
        table="document",
        purpose="work",
        seen="members",
        who=("added_by",),
        texts=("name", "closed"),
        hidden=("content",),
    ),
    Kept(
        table="message",
        purpose="messages",
        seen="coordinators",
        who=("person_id",),
        texts=("key", "address"),
        hidden=("facts", "payload", "claimed_by"),
    ),
    Kept(table="attempt", purpose="messages", seen="coordinators", texts=("text", "recipient")),
    Kept(table="servedduty", purpose="messages", seen="coordinators", texts=("key", "message_key")),
    Kept(
        table="notice",
        purpose="messages",
        seen="coordinators",
        listed=("roles", "except_roles"),
        hidden=("facts", "was"),
    ),
    Kept(
        table="receivedmail",
        purpose="messages",
        seen="coordinators",
        who=("person_id",),
        texts=("sender", "subject", "note"),
        hidden=("raw",),
    ),
    Kept(table="subscription", purpose="calendars", seen="self", who=("person_id",), hidden=("secret_hash",)),
    Kept(
        table="loginlink",
        purpose="access",
        seen="self",
        who=("person_id",),
        texts=("leads_to",),
        hidden=("secret_hash",),
        ends=lasting.LOGIN_LINK,
    ),
    Kept(
        table="loginsession",
        purpose="access",
        seen="self",
        who=("person_id",),
        hidden=("secret_hash",),
        ends=lasting.SESSION,
    ),
    Kept(table="identity", purpose="access", seen="self", who=("person_id",), texts=("issuer", "subject")),
    Kept(
        table="onetimecode",
        purpose="access",
        seen="self",
        who=("person_id",),
        hidden=("code_hash", "purpose"),
        ends=lasting.CODE,
    ),
    Kept(
        table="apitoken",
        purpose="access",
        seen="self",
        who=("person_id",),
        texts=("name", "scopes"),
        hidden=("secret_hash",),
        ends=lasting.TOKEN,
    ),
    Kept(
        table="formpress",
        purpose="access",
        seen="self",
        who=("person_id",),
        texts=("undo",),
        hidden=("once",),
        ends=lasting.PRESS,
    ),
    Kept(table="historyentry", purpose="history", seen="coordinators", who=("who",), texts=("facts",)),
)
"""In the order in which somebody reads about themselves."""
BY_TABLE: Mapping[str, Kept] = {kept.table: kept for kept in KEPT}
NOT_ABOUT_PEOPLE: Mapping[str, str] = {
    "organisation": "bodies and municipalities",
    "cycle": "the frame of a year; bodies, not people",
    "contract": "what a body is to reach",
    "goal": "what a contract asks for",
    "nationalgoals": "what all contracts ask for",
    "meeting": "when and where a body meets",
    "calendarentry": "the number of a milestone's entry in calendars",
    "publishedfeed": "the checksum of what a calendar served",
    "scoringrun": "figures as they were scored",
}
"""Tables without anything about people, each with what it holds instead."""
