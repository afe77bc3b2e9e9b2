"""What is offered at a milestone, beside what is found by doing each act and taking it back."""

from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts import milestone_offers
from aarshjul.acts.perform import act
from aarshjul.core.errors import Refused
from aarshjul.files.act_forms import NO_ONE, ActForm, Anchor, Cancel, Confirm, Done, Hold, Move
from aarshjul.files.process_forms import Attach
from models.engine import reading
from models.loading import load_cycle, milestone_of


def offered(
    engine: Engine, cycle: str, by: str, slug: str, now: datetime, meeting: str | None = None
) -> frozenset[str]:
    """What a page would offer."""
    with reading(engine) as session:
        return milestone_offers.offered(session, load_cycle(session, cycle), by, slug, now, meeting)


def let_through(
    engine: Engine, cycle: str, by: str, slug: str, now: datetime, meeting: str | None = None
) -> frozenset[str]:
    """What the acts let through, whoever asks."""
    found = set()
    for name, form in _forms(engine, cycle, slug, now, meeting):
        with Session(engine) as session:
            try:
                act(session, cycle, by, name, form, now)
            except Refused:
                continue
            finally:
                session.rollback()
        found.add(name)
    return frozenset(found)


def _forms(
    engine: Engine, cycle: str, slug: str, now: datetime, meeting: str | None
) -> list[tuple[str, ActForm]]:
    with reading(engine) as session:
        row = milestone_of(session, cycle, slug)
    if row is None:
        return [("done", Done(milestone=slug)), ("attach", _paper(slug))]
    to = max(row.on or row.last_on, now.date()) + timedelta(days=2)
    forms: list[tuple[str, ActForm]] = [
        ("confirm", Confirm(milestone=slug)),
        ("move", Move(milestone=slug, to=to)),
        ("cancel", Cancel(milestone=slug)),
        ("hold", Hold(milestone=slug)),
        ("done", Done(milestone=slug)),
        ("attach", _paper(slug)),
    ]
    if row.meeting_id is not None:
        forms.append(("anchor", Anchor(milestone=slug, meeting=NO_ONE)))
    if meeting is not None:
        forms.append(("anchor", Anchor(milestone=slug, meeting=meeting)))
    return forms


def _paper(slug: str) -> Attach:
    paper = b"like no other paper there"
    return Attach(file="paper.txt", milestone=slug).with_content(paper, len(paper))
