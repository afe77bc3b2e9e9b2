"""The shared sets of national goals in the record: bringing a version in, and finding the one that a year has."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from aarshjul.acts.acting import ActRefused
from aarshjul.acts.hashing import content_hash
from aarshjul.core.national import NationalGoals
from aarshjul.files.national_file import dump_national, national_from_text
from models.national import NationalGoals as Row


def import_national(session: Session, national: NationalGoals, now: datetime) -> bool:
    """Keep a set as its next version; False where its newest version is the same.

    Raises:
        Refused: where another set holds for one of its years.
    """
    for other in newest_versions(session):
        if other.id != national.id and national.overlaps(national_of(other)):
            raise ActRefused(
                f"the national goals {other.id} hold for {other.first_year} to {other.last_year} already: "
                f"a year has one set, so give this one that id (it is then its next version) or other years"
            )
    text = dump_national(national)
    known = newest(session, national.id)
    if known is not None and known.hash == content_hash(text):
        return False
    session.add(
        Row(
            id=national.id,
            version=known.version + 1 if known is not None else 1,
            title=national.title,
            first_year=national.first_year,
            last_year=national.last_year,
            text=text,
            hash=content_hash(text),
            imported_at=now,
        )
    )
    try:
        session.flush()
    except IntegrityError:
        raise ActRefused(
            f"somebody else brought in national goals {national.id} at this moment: try again"
        ) from None
    return True


def national_of(row: Row) -> NationalGoals:
    """The set that a row keeps."""
    return national_from_text(row.text, f"{row.id}, version {row.version}")


def newest(session: Session, set_id: str) -> Row | None:
    """The newest version of a set."""
    query = select(Row).where(col(Row.id) == set_id).order_by(col(Row.version).desc()).limit(1)
    return session.scalars(query).first()


def version_of(session: Session, set_id: str, number: int) -> Row | None:
    """That version of a set."""
    return session.get(Row, (set_id, number))


def newest_versions(session: Session) -> list[Row]:
    """The newest version of every set, by the sets' ids."""
    return list({row.id: row for row in versions_of(session, None)}.values())


def versions_of(session: Session, set_id: str | None) -> list[Row]:
    """Every version of a set, or of all sets, the oldest first."""
    query = select(Row).order_by(col(Row.id), col(Row.version))
    return list(session.scalars(query if set_id is None else query.where(col(Row.id) == set_id)))


def covering(session: Session, year: int) -> Row | None:
    """The newest version of the set that holds for contracts of a year."""
    return next((row for row in newest_versions(session) if row.first_year <= year <= row.last_year), None)
