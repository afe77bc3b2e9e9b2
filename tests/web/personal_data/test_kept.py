"""The list of what is kept about people is whole: a new table or column cannot be forgotten on it."""

from sqlalchemy import JSON, LargeBinary, String, Table

from models.kept import BY_TABLE, KEPT, NOT_ABOUT_PEOPLE
from models.tables import metadata

PLAIN = {  # words and lists in these tables that are a rule's or a program's, and name nobody
    "person": {"language"},
    "milestone": {"rule", "remind", "actions", "meeting_id"},
    "document": {"media_type", "sha256"},
    "signature": {"service"},
    "indicator": {"actual", "slug"},
    "subscription": {"shows", "role"},
    "message": {"reference", "carried_by", "channel", "kind", "offset", "state", "milestone"},
}
LONG = 100
"""A column of fewer characters than this holds the name of a thing or of a state."""


def names_people(column: object) -> bool:
    return any(key.target_fullname == "person.id" for key in column.foreign_keys)  # type: ignore[attr-defined]


def is_free_text(table: Table, name: str) -> bool:
    kind = table.c[name].type
    if table.c[name].foreign_keys or name in PLAIN.get(table.name, ()):
        return False
    if isinstance(kind, JSON | LargeBinary):
        return True
    return isinstance(kind, String) and (kind.length is None or kind.length >= LONG)


def test_every_table_is_on_one_of_the_two_lists() -> None:
    assert len(KEPT) == len(BY_TABLE)
    assert set(BY_TABLE) | set(NOT_ABOUT_PEOPLE) == set(metadata.tables)
    assert not set(BY_TABLE) & set(NOT_ABOUT_PEOPLE)


def test_every_column_that_names_a_person_is_listed() -> None:
    for table in metadata.tables.values():
        named = {each.name for each in table.c if names_people(each)}
        assert named <= set(BY_TABLE[table.name].who if table.name in BY_TABLE else ()), table.name


def test_every_column_with_free_text_in_a_persons_table_is_listed() -> None:
    missing = {
        f"{kept.table}.{each.name}"
        for kept in KEPT
        for each in metadata.tables[kept.table].c
        if is_free_text(metadata.tables[kept.table], each.name) and each.name not in kept.columns
    }
    assert missing == set()


def test_every_listed_column_exists() -> None:
    for kept in KEPT:
        columns = set(metadata.tables[kept.table].c.keys())
        assert {*kept.columns, *kept.beside} <= columns, kept.table


def test_no_hash_of_a_secret_is_ever_shown() -> None:
    for kept in KEPT:
        secrets = {
            each.name
            for each in metadata.tables[kept.table].c
            if "hash" in each.name and "draft" not in each.name
        }
        if kept.purpose in ("access", "calendars"):
            assert secrets <= set(kept.hidden), kept.table
