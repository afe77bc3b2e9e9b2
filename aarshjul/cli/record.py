"""Opening the record of an installation for a command; what can go wrong with it becomes a sentence."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError as Unparsable
from sqlalchemy import Engine, select
from sqlalchemy.exc import DatabaseError as AnyDatabaseError
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col

from aarshjul.core.errors import Invalid, Refused
from aarshjul.files.problems import clipped, did_you_mean
from aarshjul.settings import Settings, load_settings
from models.contract import Contract
from models.cycle import Cycle, Membership
from models.engine import DatabaseError, open_engine, upgrade
from models.person import Person
from models.version import Version, version_of

_REASONS = {
    "not a database": "is no database of Aarshjul's: name another home, or move that file away",
    "malformed": "is damaged: put back the latest copy of it",
    "readonly": "cannot be written: look at who may write in its folder",
    "unable to open": "cannot be opened: look at who may write in its folder",
    "locked": "is being written to by another program: try again",
    "disk is full": "cannot be written: the disk is full",
}
_FIELD = re.compile('field "([a-z_]+)"')
_UNUSABLE = {
    Version.EMPTY: "is empty: `aarshjul import FILE` begins an installation",
    Version.OLDER: "is of an earlier version: run `aarshjul db upgrade`",
    Version.NEWER: "is of a later version: use the program that made it",
    Version.FOREIGN: "holds the tables of something else: name another home or database",
}


class SettingsError(Invalid):
    """The settings of an installation cannot be used."""


class Unknown(Refused):
    """Something of that name is not in the record."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """An open record with the settings of its installation."""

    settings: Settings
    engine: Engine
    version: Version

    @property
    def place(self) -> str:
        """The database, as a person names it; never with a password."""
        return _place(self.engine)


@contextmanager
def record(
    home: Path | None, *, begin: bool = False, versions: tuple[Version, ...] = (Version.PRESENT,)
) -> Iterator[Record]:
    """The record of a home, for the time of a command.

    Args:
        home: the folder; None for the one of the settings.
        begin: make folder and database where there are none. Commands that only read, or act on what must
            be there already, leave a mistyped folder alone.
        versions: the versions of the tables that the command can work with.

    Raises:
        Refused: where there is no database, or none that this program can use.
    """
    settings = settings_of(home)
    engine = _opened(settings, begin=begin)
    try:
        version = _usable_version(engine, versions, begin=begin)
        yield Record(settings=settings, engine=engine, version=version)
    except AnyDatabaseError as error:
        if not isinstance(error, OperationalError) and type(error) is not AnyDatabaseError:
            raise  # a constraint or a statement: a mistake of ours, not the database's state
        raise DatabaseError(_sentence(engine, error)) from error
    except DatabaseError as error:
        cause = error.__cause__
        if isinstance(cause, AnyDatabaseError):
            raise DatabaseError(_sentence(engine, cause)) from error
        raise
    finally:
        engine.dispose()


def settings_of(home: Path | None) -> Settings:
    """The settings of a home.

    Raises:
        SettingsError: where a variable or the home's `settings.env` holds what cannot be.
    """
    try:
        return load_settings(home.expanduser().absolute() if home is not None else None)
    except ValidationError as error:
        problems = [
            f"AARSHJUL_{'_'.join(map(str, each['loc'])).upper()}: {each['msg'].replace(' items', ' characters')}"
            for each in error.errors(include_input=False)
        ]
        raise SettingsError(*problems) from None
    except Unparsable as error:
        field = _FIELD.search(str(error))
        name = f"AARSHJUL_{field[1].upper()}" if field else "a setting"
        raise SettingsError(
            f"{name}: must be JSON, on one line (docs/teams-and-services.md has examples)"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the settings of {home or 'this home'} cannot be read: {error}") from None


def known_cycle(session: Session, cycle_id: str) -> Cycle:
    """The row of a cycle.

    Raises:
        Unknown: with the id that was meant, perhaps.
    """
    row = session.get(Cycle, cycle_id)
    if row is None:
        raise Unknown(f"there is no cycle {clipped(cycle_id)} here; {_hint(session, cycle_id, Cycle)}")
    return row


def known_person(session: Session, person_id: str, cycle_id: str | None = None) -> Person:
    """The row of a person; where a cycle is named, of one who takes or took part in it.

    Raises:
        Unknown: with the id that was meant, perhaps.
    """
    query = select(col(Person.id))
    if cycle_id is not None:
        query = select(col(Membership.person_id)).where(col(Membership.cycle_id) == cycle_id)
    known = sorted(session.scalars(query.limit(1000)))
    row = session.get(Person, person_id)
    if row is None or (cycle_id is not None and session.get(Membership, (cycle_id, person_id)) is None):
        hint = did_you_mean(person_id, known)
        hint = hint if hint.startswith("did") or len(known) <= 8 else "`aarshjul export CYCLE` lists all"
        raise Unknown(
            f"there is no person {clipped(person_id)} {f'in {cycle_id}' if cycle_id else 'here'}; {hint}"
        )
    return row


def unknown_id(session: Session, name: str) -> Unknown:
    """What to say of an id that is neither a cycle's nor a contract's."""
    return Unknown(
        f"there is no cycle or contract {clipped(name)} here; {_hint(session, name, Cycle, Contract)}"
    )


def _hint(session: Session, name: str, *nouns: type[Cycle] | type[Contract]) -> str:
    known = sorted({each for noun in nouns for each in session.scalars(select(col(noun.id)).limit(1000))})
    if not known:
        return "nothing is here yet: `aarshjul import FILE` brings a cycle in"
    hint = did_you_mean(name, known)
    return hint if hint.startswith("did") or len(known) <= 8 else "`aarshjul status` lists all"


def _opened(settings: Settings, *, begin: bool) -> Engine:
    file = settings.home / "aarshjul.db"
    try:
        if not begin and settings.database_url is None and not file.exists():
            raise DatabaseError(_nothing_here(settings.home))
        return open_engine(settings.url)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DatabaseError(f"{settings.home} cannot be used as a home: {reason}") from None


def _nothing_here(home: Path) -> str:
    if home.exists() and not home.is_dir():
        return f"{home} cannot be used as a home: it is a file, not a folder"
    return f"there is no installation in {home} yet: `aarshjul import FILE` begins one"


def _usable_version(engine: Engine, versions: tuple[Version, ...], *, begin: bool) -> Version:
    """The version that was found, where the command can work with it; an empty database is made here."""
    version = version_of(engine)
    if version is Version.EMPTY and begin:
        upgrade(engine)
    elif version not in versions:
        raise DatabaseError(f"{_place(engine)} {_UNUSABLE[version]}")
    return version


def _sentence(engine: Engine, error: AnyDatabaseError) -> str:
    said = " ".join(str(error.orig).split())
    reason = next((words for key, words in _REASONS.items() if key in said), f"cannot be used: {said[:200]}")
    return f"{_place(engine)} {reason}"


def _place(engine: Engine) -> str:
    if engine.dialect.name == "sqlite" and engine.url.database:
        return engine.url.database
    return engine.url.render_as_string(hide_password=True)
