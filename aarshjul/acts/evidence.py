"""The act of keeping a document: the evidence of a result, a meeting's paper, or another paper of the cycle."""

import hashlib

from sqlalchemy import func, select
from sqlmodel import col

from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.hashing import content_hash
from aarshjul.acts.presented import indicator_row, may_give, measured, presented
from aarshjul.core import cycle as core
from aarshjul.files.document_kinds import NotKept, media_type
from aarshjul.files.documents import LARGEST_DOCUMENT
from aarshjul.files.process_forms import Attach
from aarshjul.files.safe_names import ending_of, safe_name
from aarshjul.files.text import UNWANTED
from models.evidence import Document
from models.milestone import Milestone

_EVIDENCE = {"da": "Bilag {number}", "en": "Document {number}"}
_KILO = 1000


def attach(acting: Acting, form: Attach) -> None:
    """A document is kept whole, under the next number; what was attached of the same content already is refused."""
    milestone = may_attach(acting, form)
    shown = UNWANTED.sub("", form.file)
    content = _checked(form, shown)
    kind = _kind(content, shown, form.title)
    digest = hashlib.sha256(content).hexdigest()
    _is_new(acting, form, milestone, digest)
    number = _next_number(acting)
    row = Document(
        cycle_id=acting.cycle.id,
        number=number,
        name=safe_name(form.title or form.file, kind),
        media_type=kind,
        size=len(content),
        sha256=digest,
        content=content,
        indicator=form.indicator,
        milestone_id=milestone.id if milestone is not None else None,
        closed=form.closed,
        added_by=acting.by,
        added_at=acting.now,
    )
    acting.session.add(row)
    if form.indicator is not None:
        _is_evidence(acting, form.indicator, number)
    acting.happened(
        "attached",
        milestone=milestone,
        phase=core.Phase.DATA_COLLECTION if form.indicator is not None else None,
        document=number,
        content=digest,
        size=row.size,
        indicator=form.indicator,
        closed=content_hash(form.closed) if form.closed else None,
    )


def may_attach(acting: Acting, form: Attach) -> Milestone | None:
    """The milestone that a document belongs to, if one; what it holds is not looked at.

    Raises:
        ActRefused: to who may not give it.
    """
    if form.indicator is not None:
        may_give(acting, measured(presented(acting), form.indicator), "attach evidence of")
        return None
    acting.needs(core.COORDINATOR, core.HOLDER)
    return acting.milestone(form.milestone) if form.milestone is not None else None


def _checked(form: Attach, shown: str) -> bytes:
    """The bytes; refused where they are too many, or nobody has read them."""
    if form.size is not None and form.size > LARGEST_DOCUMENT:
        raise ActRefused(
            f"{shown} has {in_words(form.size)}: a document has at most {in_words(LARGEST_DOCUMENT)}"
        )
    if form.content is None:
        raise ActRefused(f"{shown} was not read: a document comes by the command line or a file of acts")
    return form.content


def _kind(content: bytes, shown: str, title: str | None) -> str:
    try:
        return media_type(content, ending_of(shown) or ending_of(title or ""))
    except NotKept as refusal:
        raise ActRefused(f"{shown} {refusal}") from None


def in_words(size: int) -> str:
    """A number of bytes as people say it: `500 MB`, `1.2 MB`, `3 kB`, `12 bytes`."""
    for unit, worth in (("GB", _KILO**3), ("MB", _KILO**2), ("kB", _KILO)):
        if size >= worth:
            tenths = -(-size * 10 // worth)  # up: what is above a limit never looks as if it were not
            return f"{tenths // 10} {unit}" if tenths % 10 == 0 else f"{tenths / 10:.1f} {unit}"
    return f"{size} byte{'s' if size != 1 else ''}"


def _is_new(acting: Acting, form: Attach, milestone: Milestone | None, digest: str) -> None:
    query = select(col(Document.number), col(Document.name)).where(
        col(Document.cycle_id) == acting.cycle.id,
        col(Document.sha256) == digest,
        col(Document.indicator) == form.indicator,
        col(Document.milestone_id) == (milestone.id if milestone is not None else None),
    )
    known = acting.session.execute(query).first()
    if known is not None:
        raise ActRefused(f"this is document {known[0]} already ({known[1]}), byte for byte")


def _next_number(acting: Acting) -> int:
    query = select(func.max(col(Document.number))).where(col(Document.cycle_id) == acting.cycle.id)
    return (acting.session.scalar(query) or 0) + 1


def _is_evidence(acting: Acting, indicator: str, number: int) -> None:
    """A result that had no evidence has one now; what somebody wrote there stays."""
    row = indicator_row(acting, indicator)
    if not row.evidence:
        row.evidence = _EVIDENCE["da" if acting.cycle.language == "da" else "en"].format(number=number)
