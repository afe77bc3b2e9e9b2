"""What the text is compared with for somebody: the version that they, or their body, last took a stand on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlalchemy import or_, select
from sqlmodel import col

from aarshjul.core.cycle import BODIES, COUNCIL
from aarshjul.papers.differences_page import differences_body
from aarshjul.papers.versions import VersionLine, differences
from aarshjul.web.approving.basis_words import WORDS
from aarshjul.web.board_words import OUTCOMES
from aarshjul.web.discussing.opened import Opened
from models.approval import Vote
from models.consultation import Position
from models.draft import Draft
from notifications.dates import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """What is new for somebody: since which version and why that one, and the changes; `folded` is said of older ones."""

    said: str
    changes: Markup | None = None
    folded: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stand:
    """Something that somebody did about a version."""

    version: int
    on: date
    at: datetime
    what: str
    body: str = ""
    outcome: str = ""


def news_for(looked: Opened, lines: Sequence[VersionLine], stale: str = "") -> News:
    """The changes up to the present version; `stale` is the hash of the text that an earlier look showed, if any."""
    words, present = WORDS[looked.language], lines[-1].draft
    shown = next((line.draft for line in reversed(lines) if stale and line.draft.hash == stale), None)
    if shown is not None and shown.hash != present.hash:
        return News(
            said=words["stale"].format(version=shown.version), changes=_changes(looked, shown, present)
        )
    before = lines[-2].draft if len(lines) > 1 else None
    last = max(_stands(looked, lines), key=lambda each: (each.version, each.at), default=None)
    if last is None:
        if before is None:
            return News(said=words["first"])
        said = words["before"].format(version=before.version)
        return News(said=said, changes=_changes(looked, before, present))
    if last.version == present.version:
        said = _said(looked, last, f"same_{last.what}")
        if before is None:
            return News(said=said)
        folded = words["same_before"].format(version=before.version)
        return News(said=said, changes=_changes(looked, before, present), folded=folded)
    draft = next(line.draft for line in lines if line.draft.version == last.version)
    return News(said=_said(looked, last, last.what), changes=_changes(looked, draft, present))


def _changes(looked: Opened, before: Draft, after: Draft) -> Markup:
    report = differences(before, after, looked.language)
    return differences_body(report, looked.language, top=3)


def _said(looked: Opened, stand: _Stand, about: str) -> str:
    words = WORDS[looked.language]
    body = looked.cycle.council if stand.body == COUNCIL else words["board"]
    said = words[about].format(
        version=stand.version,
        day=day_in_words(stand.on, looked.language),
        body=body,
        outcome=OUTCOMES[looked.language].get(stand.outcome, stand.outcome),
    )
    return said[:1].upper() + said[1:]


def _stands(looked: Opened, lines: Sequence[VersionLine]) -> Iterator[_Stand]:
    person, bodies = looked.seat.person, _bodies(looked)
    yield from _own(looked, lines)
    for line in lines:
        for decision in line.decisions:
            if decision.body in bodies:
                on = decision.decided_on or _day(looked, decision.decided_at)
                yield _Stand(
                    version=line.draft.version,
                    on=on,
                    at=decision.decided_at,
                    what="decided",
                    body=decision.body,
                    outcome=decision.outcome,
                )
        for signature in line.signatures:
            if signature.person_id == person:
                yield _stand(looked, line.draft.version, signature.signed_at, "signed")


def _own(looked: Opened, lines: Sequence[VersionLine]) -> Iterator[_Stand]:
    """Positions and votes of their own, or that they gave for others."""
    person, cycle = looked.seat.person, looked.cycle.id
    theirs = or_(col(Position.person_id) == person, col(Position.given_by) == person)
    for position in looked.session.scalars(select(Position).where(col(Position.cycle_id) == cycle, theirs)):
        yield _stand(looked, position.draft_version, position.given_at, "responded")
    cast = or_(col(Vote.person_id) == person, col(Vote.cast_by) == person)
    for vote in looked.session.scalars(select(Vote).where(col(Vote.cycle_id) == cycle, cast)):
        for line in lines:
            if (line.draft.hash, line.draft.round) == (vote.draft_hash, vote.round):
                yield _stand(looked, line.draft.version, vote.cast_at, "voted")


def _stand(looked: Opened, version: int, at: datetime, what: str) -> _Stand:
    return _Stand(version=version, on=_day(looked, at), at=at, what=what)


def _bodies(looked: Opened) -> frozenset[str]:
    """Those of which they are a member, or for a member of which they stand in."""
    if looked.acting is None:
        return looked.seat.roles & set(BODIES)
    view = looked.acting.view
    whom = {looked.seat.person} | looked.acting.stands_in_for
    return frozenset(body for body in BODIES if whom & {each.person for each in view.people((body,))})


def _day(looked: Opened, at: datetime) -> date:
    return at.astimezone(ZoneInfo(looked.cycle.timezone)).date()
