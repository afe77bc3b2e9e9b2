"""Playing a history again: from what every entry says was changed to how everything must stand now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What an entry says was changed.

    Attributes:
        number: its place in the chain.
        changed: by row (`milestone/dialogue`), `was` and `to`: one of them where the row went or came, else both,
            with the columns that differ.
        stands: all rows as they were after it, where it says that: from there on nothing is unknown.
    """

    number: int
    changed: Mapping[str, Mapping[str, Values]]
    stands: Mapping[str, Values] | None = None


@dataclass(kw_only=True)
class Replayed:
    """How everything stands after some entries.

    Attributes:
        rows: the values by row, None for a row that went; a column that is empty is not there.
        whole: whether every row is known; else only those that entries named, and of these the columns that they named.
        contradictions: entries that do not go with those before them, a sentence each.
    """

    rows: dict[str, Values | None] = field(default_factory=dict)
    whole: bool = False
    contradictions: list[str] = field(default_factory=list)

    def row(self, name: str) -> Values:
        """A row's values; none where there is no such row."""
        return self.rows.get(name) or {}

    @property
    def stage(self) -> str | None:
        """The stage of the draft contract."""
        return self.row("cycle").get("stage")

    @property
    def draft(self) -> tuple[int, str] | None:
        """The version that lies before the parties, with its hash."""
        version = self.row("cycle").get("draft_version")
        return None if version is None else (version, self.row(f"draft/{version}").get("hash", ""))

    def of(self, kind: str) -> dict[str, Values]:
        """The rows of a kind that there are, by what tells them apart."""
        found = {name.partition("/")[2]: values for name, values in self.rows.items() if _kind(name) == kind}
        return {name: values for name, values in found.items() if values is not None}

    @property
    def standing_decisions(self) -> list[Values]:
        """The decisions that no edit and no return took away."""
        return [values for values in self.of("decision").values() if values.get("void_at") is None]


def _kind(name: str) -> str:
    return name.partition("/")[0]


def replay(entries: Iterable[Entry], *, but: frozenset[str] = frozenset()) -> Replayed:
    """Play entries in their order; rows of the kinds `but` are passed over, as other histories tell of them, too."""
    state = Replayed()
    for entry in entries:
        for name, change in entry.changed.items():
            if _kind(name) not in but:
                _apply(state, entry.number, name, change)
        if entry.stands is not None:
            _restate(state, entry.number, {k: v for k, v in entry.stands.items() if _kind(k) not in but})
    return state


def _apply(state: Replayed, number: int, name: str, change: Mapping[str, Values]) -> None:
    was, to = change.get("was"), change.get("to")
    known = state.rows.get(name)
    is_known = name in state.rows or state.whole
    if is_known and (known is None) != (was is None):
        there = "there was none" if known is None else "there was one already"
        state.contradictions.append(f"entry {number} changes {name}, but {there}")
    for column, value in (was or {}).items():
        says_more = known is not None and (column in known or state.whole)
        if says_more and (known or {}).get(column) != value:
            state.contradictions.append(
                f"entry {number} says that {column} of {name} was not what it had become"
            )
    if to is None:
        state.rows[name] = None
    else:
        merged = {**(known or {}), **to} if was is not None else dict(to)
        state.rows[name] = {k: v for k, v in merged.items() if v is not None or not state.whole}


def _restate(state: Replayed, number: int, stands: Mapping[str, Values]) -> None:
    for name, known in state.rows.items():
        said = stands.get(name)
        if (known is None) != (said is None) or any(
            (said or {}).get(column) != value for column, value in (known or {}).items()
        ):
            state.contradictions.append(f"entry {number} has {name} otherwise than the entries before it")
    state.rows = {name: dict(values) for name, values in stands.items()}
    state.whole = True


def differences(state: Replayed, actual: Mapping[str, Values]) -> list[str]:
    """What stands otherwise in the record than the history says, a sentence each, which names the row."""
    found = []
    for name in sorted(state.rows.keys() | (actual.keys() if state.whole else set())):
        known, there = state.rows.get(name), actual.get(name)
        if known is None and there is not None:
            found.append(f"{name} stands in the record, and the history knows nothing of it")
        elif known is not None and there is None:
            found.append(f"{name} is gone from the record")
        elif known is not None and there is not None:
            found += _columns(name, known, there, whole=state.whole)
    return found


def _columns(name: str, known: Values, there: Values, *, whole: bool) -> list[str]:
    columns = known.keys() | there.keys() if whole else known.keys()
    return [
        f"{name}: {column} {_told(there.get(column))}, {_told(known.get(column))} in the history"
        for column in sorted(columns)
        if known.get(column) != there.get(column)
    ]


def _told(value: Any) -> str:
    return "is empty" if value is None else f"is {str(value)[:80]!r}"
