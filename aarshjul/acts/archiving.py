"""All that the record holds of a cycle, document by document, for whoever asks for the records."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.acts.acting import ActRefused
from aarshjul.acts.archive_words import ADDRESSES, OUTCOMES, Words, words_of
from aarshjul.acts.exporting import export_cycle
from aarshjul.acts.leaving_out import LeavingOut, file_holds_address
from aarshjul.acts.leaving_out_mail import mail_without
from aarshjul.files.archive_file import Part
from aarshjul.files.document_kinds import MAIL
from aarshjul.files.write import dump_contract, dump_cycle
from calendars.cycle_feed import cycle_feed
from models import archive_rows
from models.contract import ScoringRun
from models.contract_rows import load_contract
from models.cycle import Cycle
from models.draft import Draft
from models.evidence import Document
from models.history import HistoryEntry, entry_text
from models.message import Message
from models.received import ReceivedMail
from models.vouching import hashed

GROUPS = {
    "milestones": ("milestone", "revision", "done", "answer"),
    "consultation": ("comment", "position"),
    "dialogue": ("minutes", "task"),
    "approval": ("decision", "vote", "condition", "signature"),
    "results": ("request", "result", "judgement", "finding"),
}
"""The kinds of rows that make one file of `records/`."""
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is asked for: addresses as well, closed documents as well; and what verifying the record found."""

    with_addresses: bool = False
    with_closed: bool = False
    problems: tuple[str, ...] = ()


class Archive:
    """The documents of one cycle."""

    def __init__(self, session: Session, cycle: Cycle, wanted: Wanted) -> None:
        self.session = session
        self.cycle = cycle
        self.wanted = wanted
        self.words: Words = words_of(cycle.language)
        self.leaving_out = LeavingOut(known=archive_rows.addresses(session))
        self.entries = self._entries()
        self.at: datetime = self.entries[-1].happened_at
        """When the last thing happened: the date of what has none of its own."""

    def _entries(self) -> list[HistoryEntry]:
        query = select(HistoryEntry).where(col(HistoryEntry.cycle_id) == self.cycle.id)
        found = list(self.session.scalars(query.order_by(col(HistoryEntry.number))))
        if not found:
            raise ActRefused(f"{self.cycle.id} has no history: there is nothing to hand out")
        return found

    def parts(self) -> Iterator[Part]:
        """Every document, in the order of the list."""
        yield self._text("readme", "README.md", self._readme(), self.at)
        yield from self._files()
        yield from self._drafts()
        yield self._json("people", "records/people.json", archive_rows.people(self.session, self.cycle))
        for name, kinds in GROUPS.items():
            value = {kind: self._rows(kind) for kind in kinds}
            yield self._json(name, f"records/{name}.json", value)
        yield from self._runs()
        yield from self._history()
        yield self._calendar()
        yield from self._documents()
        deliveries = archive_rows.deliveries(self.session, self.cycle.id)
        yield self._json("deliveries", "records/deliveries.json", deliveries)
        for message in archive_rows.messages(self.session, self.cycle.id):
            yield self._message(message)
        yield from self._received()

    def _readme(self) -> str:
        language = "en" if self.cycle.language == "en" else "da"
        return self.words.readme.format(
            title=self.cycle.title,
            cycle=self.cycle.id,
            length=self.cycle.history_length,
            head=self.cycle.history_head,
            addresses="" if self.wanted.with_addresses else ADDRESSES[language],
            outcome=OUTCOMES[language][bool(self.wanted.problems)],
        )

    def _text(self, what: str, file: str, text: str, at: datetime, title: str = "") -> Part:
        """A document that is text, less what is left out."""
        made = text if self.wanted.with_addresses else self.leaving_out.text(text)
        return Part(
            file=file,
            what=self.words.what[what],
            title=title or self.cycle.title,
            at=at,
            content=made.encode(),
            redacted=made != text,
        )

    def _json(self, what: str, file: str, value: Any, at: datetime | None = None, title: str = "") -> Part:
        made = value if self.wanted.with_addresses else self.leaving_out.value(value)
        return Part(
            file=file,
            what=self.words.what[what],
            title=title or self.cycle.title,
            at=at or self.at,
            content=(json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(),
            redacted=made != value,
        )

    def _rows(self, kind: str) -> list[dict[str, Any]]:
        """Rows of a kind. Nobody can look into the receipt of a signature: its hash stands in its place."""
        found = archive_rows.rows(self.session, kind, self.cycle.id)
        if kind == "signature" and not self.wanted.with_addresses:
            return [{**each, "receipt": each["receipt"] and hashed(each["receipt"])} for each in found]
        return found

    def _files(self) -> Iterator[Part]:
        # Where every milestone is cancelled no file can say that: records/milestones.json has them.
        with suppress(ActRefused):
            text = dump_cycle(export_cycle(self.session, self.cycle).form)
            yield self._text("cycle", "cycle.yaml", text, self.at)
        for name, file in (
            (self.cycle.contract_id, "contract.yaml"),
            (self.cycle.became_id, "contract-in-force.yaml"),
        ):
            contract = load_contract(self.session, name) if name else None
            if contract is not None:
                yield self._text("contract", file, dump_contract(contract), self.at, contract.title)

    def _drafts(self) -> Iterator[Part]:
        query = select(Draft).where(col(Draft.cycle_id) == self.cycle.id).order_by(col(Draft.version))
        for row in self.session.scalars(query):
            file = f"drafts/v{row.version}.{'yaml' if row.structured else 'md'}"
            yield self._text("draft", file, row.text, row.submitted_at, f"v{row.version}")
        versions = archive_rows.rows(self.session, "draft", self.cycle.id)
        told = [{key: value for key, value in each.items() if key != "text"} for each in versions]
        yield self._json("draft", "records/drafts.json", told)

    def _runs(self) -> Iterator[Part]:
        query = select(ScoringRun).where(col(ScoringRun.cycle_id) == self.cycle.id)
        for row in self.session.scalars(query.order_by(col(ScoringRun.id))):
            value = {key: archive_rows.plain(each) for key, each in row.model_dump().items()}
            value["inputs"] = json.loads(row.inputs)
            yield self._json("run", f"runs/run-{row.id}.json", value, row.scored_at, f"{row.kind} {row.id}")

    def _history(self) -> Iterator[Part]:
        cycle = self.cycle
        entries = [
            {key: archive_rows.plain(value) for key, value in row.model_dump().items() if key != "id"}
            for row in self.entries
        ]
        head = {"cycle": cycle.id, "length": cycle.history_length, "head": cycle.history_head}
        value = {**head, "problems": list(self.wanted.problems), "entries": entries}
        yield self._json("history", "history/history.json", value)
        lines = "".join(entry_text(row.model_dump()) + "\n" for row in self.entries)
        yield self._text("chain", "history/chain.jsonl", lines, self.at)

    def _calendar(self) -> Part:
        made = text = cycle_feed(self.session, self.cycle.id, None).decode()
        if not self.wanted.with_addresses:
            made = self.leaving_out.calendar(text)
        return Part(
            file="calendar.ics",
            what=self.words.what["calendar"],
            title=self.cycle.title,
            at=self.at,
            content=made.encode(),
            redacted=made != text,
        )

    def _documents(self) -> Iterator[Part]:
        query = select(col(Document.id)).where(col(Document.cycle_id) == self.cycle.id)
        for number in self.session.scalars(query.order_by(col(Document.number))).all():
            row = self.session.get_one(Document, number)
            yield self._document(row)
            self.session.expunge(row)
        rows = archive_rows.rows(self.session, "document", self.cycle.id)
        yield self._json("document", "records/documents.json", rows)

    def _document(self, row: Document) -> Part:
        """A file as it was handed in; one that holds addresses which nobody can take out of it is left out."""
        safe = "".join(each if each in _SAFE else "_" for each in self._name(row.name))
        file, what = f"documents/{row.number:03d}-{safe[-80:]}", self.words.what["document"]
        if not self.wanted.with_addresses and not row.closed and row.media_type == MAIL:
            return self._mail("document", file, row.name, row.content, row.added_at)
        if not self.wanted.with_addresses and not row.closed and row.media_type.startswith("text/"):
            return self._text(
                "document", file, row.content.decode(errors="replace"), row.added_at, self._name(row.name)
            )
        closed = "" if self.wanted.with_closed else row.closed or ""
        if not closed and not self.wanted.with_addresses and file_holds_address(row.content):
            closed = self.words.with_addresses
        return Part(
            file=file,
            what=what,
            title=self._name(row.name),
            at=row.added_at,
            content=None if closed else row.content,
            why_closed=self._name(closed),
            note="" if closed or self.wanted.with_addresses else self.words.look,
        )

    def _name(self, text: str) -> str:
        return text if self.wanted.with_addresses else self.leaving_out.text(text)

    def _message(self, message: Message) -> Part:
        payload, kind = message.payload or b"", "mail" if message.channel == "email" else "teams"
        suffix = {"email": "eml", "teams": "json"}.get(message.channel, "txt")
        file = f"{'mails' if kind == 'mail' else 'teams'}/{message.id or 0:05d}.{suffix}"
        title = " ".join(filter(None, [message.kind, message.milestone, message.person_id]))
        at = message.settled_at or message.owed_at
        if kind == "mail":
            return self._mail(kind, file, title, payload, at)
        post = payload.decode(errors="replace")
        made = post if self.wanted.with_addresses else self.leaving_out.post(post)
        return Part(
            file=file,
            what=self.words.what[kind],
            title=self._name(title),
            at=at,
            content=made.encode(),
            redacted=made != post,
        )

    def _mail(self, what: str, file: str, title: str, payload: bytes, at: datetime) -> Part:
        made = payload if self.wanted.with_addresses else mail_without(self.leaving_out, payload)
        return Part(
            file=file,
            what=self.words.what[what],
            title=self._name(title),
            at=at,
            content=made,
            why_closed="" if made is not None else self.words.unreadable,
            redacted=made is not None and made != payload,
        )

    def _received(self) -> Iterator[Part]:
        query = select(ReceivedMail).where(
            col(ReceivedMail.cycle_id) == self.cycle.id, col(ReceivedMail.raw).is_not(None)
        )
        for row in self.session.scalars(query.order_by(col(ReceivedMail.id))):
            title = f"{row.outcome} {row.subject or ''}".strip()
            yield self._mail("received", f"received/{row.id:05d}.eml", title, row.raw or b"", row.received_at)
