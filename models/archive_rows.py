"""The rows of a cycle with all that they say, as JSON, for whoever asks for the records."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import LargeBinary, select
from sqlmodel import Session, col

from models.cycle import Cycle, Membership
from models.message import Attempt, Message
from models.milestone import Milestone
from models.person import Organisation, Person
from models.vouched import VOUCHED, Vouched

_KEPT = {each.name: each for each in VOUCHED}


def rows(session: Session, name: str, cycle_id: str) -> list[dict[str, Any]]:
    """Every row of a kind (`comment`, `decision`, ...) of a cycle; a milestone by its id there, texts in clear."""
    kept = _KEPT[name]
    milestones = _slugs(session, cycle_id)
    columns = [each for each in kept.table.columns if not isinstance(each.type, LargeBinary)]
    query = select(*columns).order_by(*kept.table.primary_key.columns)
    found = session.execute(_of(kept, query, cycle_id, list(milestones))).mappings()
    return [
        {
            key: milestones.get(value, value) if key == "milestone_id" else plain(value)
            for key, value in each.items()
            if key != "cycle_id"
        }
        for each in found
    ]


def _of(kept: Vouched, query: Any, cycle_id: str, milestones: list[int]) -> Any:
    columns = kept.table.c
    if "cycle_id" in columns:
        return query.where(columns.cycle_id == cycle_id)
    return query.where(columns.milestone_id.in_(milestones))


def _slugs(session: Session, cycle_id: str) -> dict[int, str]:
    query = select(col(Milestone.id), col(Milestone.slug)).where(col(Milestone.cycle_id) == cycle_id)
    return {number: slug for number, slug in session.execute(query) if number is not None}


def plain(value: Any) -> Any:
    """A value as JSON has it; moments in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, date | Decimal) else value


def people(session: Session, cycle: Cycle) -> list[dict[str, Any]]:
    """Who takes or took part: their part in the cycle, and who they are."""
    query = (
        select(Membership, Person, Organisation)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(col(Membership.cycle_id) == cycle.id)
        .order_by(col(Membership.position), col(Membership.person_id))
    )
    return [
        {
            **{
                key: plain(value)
                for key, value in membership.model_dump().items()
                if key not in ("cycle_id", "position", "welcomed", "links_since")
            },
            "name": person.name,
            "organisation": organisation.name if organisation else None,
            "language": person.language,
            "email": person.email,
            "teams": person.teams,
            "secretary": person.secretary,
        }
        for membership, person, organisation in session.execute(query)
    ]


def addresses(session: Session) -> dict[str, str]:
    """Whose each address and each name in Teams is, in small letters."""
    found: dict[str, str] = {}
    for person in session.scalars(select(Person).order_by(col(Person.id))):
        for name in (person.email, person.teams, person.secretary):
            if name and name.casefold() != person.name.casefold():
                found.setdefault(name.casefold(), person.id)
    return found


def messages(session: Session, cycle_id: str) -> Iterator[Message]:
    """The messages that have bytes, one at a time."""
    query = select(col(Message.id)).where(
        col(Message.cycle_id) == cycle_id, col(Message.payload).is_not(None)
    )
    for number in session.scalars(query.order_by(col(Message.id))).all():
        message = session.get_one(Message, number)
        yield message
        session.expunge(message)


def deliveries(session: Session, cycle_id: str) -> list[dict[str, Any]]:
    """Every message with its attempts, without the bytes."""
    attempts: dict[int, list[dict[str, Any]]] = {}
    query = select(Attempt).join(Message, col(Message.id) == col(Attempt.message_id))
    for each in session.scalars(query.where(col(Message.cycle_id) == cycle_id).order_by(col(Attempt.id))):
        said = {
            key: plain(value) for key, value in each.model_dump().items() if key not in ("id", "message_id")
        }
        attempts.setdefault(each.message_id, []).append(said)
    table = Message.__table__  # type: ignore[attr-defined]
    columns = [each for each in table.columns if each.name not in ("payload", "claimed_by", "cycle_id")]
    found = session.execute(
        select(*columns).where(table.c.cycle_id == cycle_id).order_by(table.c.id)
    ).mappings()
    return [
        {**{key: plain(value) for key, value in each.items()}, "tries": attempts.get(each["id"], [])}
        for each in found
    ]
