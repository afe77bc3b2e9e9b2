"""What a feed made at the command line is of, and what it holds: options that must fit together and name what is there."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.cli.record import Unknown, known_cycle, known_person
from aarshjul.core.errors import Invalid
from aarshjul.files.problems import clipped, did_you_mean
from calendars.choice import Choice
from calendars.cycle_feed import roles_of
from calendars.errors import CalendarError
from models.person import Organisation


class WrongScope(Invalid):
    """It is not clear what the feed is to be of."""


def scope_of(
    *, cycle: str | None, role: str | None, public: bool, person: str | None, organisation: str | None
) -> str:
    """The scope that options name together.

    Raises:
        WrongScope: where they name none, or more than one.
    """
    given = [name for name, value in (("cycle", cycle), ("person", person)) if value is not None]
    given += ["organisation"] if organisation is not None else []
    if len(given) != 1:
        raise WrongScope("name one of --cycle, --person and --organisation: what the feed is of")
    if given != ["cycle"] and (role is not None or public):
        raise WrongScope("--role and --public are of one cycle: name it with --cycle")
    if role is not None and public:
        raise WrongScope("name either --role or --public: a feed is of one of them")
    return "role" if role is not None else "public" if public else given[0]


def choice_of(text: str) -> Choice:
    """The contents that `--show` names.

    Raises:
        Invalid: for a name that is none.
    """
    try:
        return Choice.parse(text)
    except CalendarError as error:
        raise Invalid(f"--show: {error}") from None


def named_in(
    session: Session,
    *,
    cycle: str | None,
    role: str | None,
    person: str | None,
    organisation: str | None,
) -> dict[str, Any]:
    """The fields of the row that say what it is of, each known to the record.

    Raises:
        Unknown: with the name that was meant, perhaps.
    """
    if person is not None:
        return {"person_id": known_person(session, person).id}
    if organisation is not None:
        return {"organisation_id": _organisation(session, organisation)}
    cycle_id = known_cycle(session, cycle or "").id
    return {"cycle_id": cycle_id, "role": known_role(session, cycle_id, role) if role is not None else None}


def known_role(session: Session, cycle: str, role: str) -> str:
    """A role that the cycle has.

    Raises:
        Unknown: with the one that was meant, perhaps.
    """
    if role not in (known := roles_of(session, cycle)):
        raise Unknown(f"there is no role {clipped(role)} in {cycle}; {did_you_mean(role, known)}")
    return role


def _organisation(session: Session, name: str) -> int | None:
    found = session.scalar(select(Organisation).where(col(Organisation.name) == name))
    if found is not None:
        return found.id
    known = sorted(session.scalars(select(col(Organisation.name)).limit(1000)))
    raise Unknown(f"there is no organisation {clipped(name)} here; {_meant(name, known)}")


def _meant(name: str, known: list[str]) -> str:
    """The one that was meant, whatever its capitals."""
    by_lower = {each.lower(): each for each in known}
    hint = did_you_mean(name, sorted(by_lower))
    for lower, written in by_lower.items():
        hint = hint.replace(f"`{lower}`", f"`{written}`")
    if hint.startswith("did"):
        return hint
    return (
        f"must be one of {', '.join(known)}" if 0 < len(known) <= 8 else "names are as in the cycles' files"
    )
