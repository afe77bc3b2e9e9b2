"""How an entry of the history reads: when, who, what; and below it what was changed, from what to what."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Any

from models.history import HistoryEntry

SHOWN = 12
_APART = frozenset({"changed", "stands"})


def lines_of(entry: HistoryEntry, zone: tzinfo) -> Iterator[str]:
    """The lines of an entry."""
    who = entry.who or "-"
    if entry.type == "duty":
        who = "round" + (f", to {entry.who}" if entry.who else "")
    said = entry.what.replace("-", " ") + (f": {entry.milestone}" if entry.milestone else "")
    count = f" ({entry.count})" if entry.count else ""
    facts = ", ".join(f"{_name(key)} {_short(value)}" for key, value in _facts(entry).items())
    when = f"{entry.happened_at.astimezone(zone):%Y-%m-%d %H:%M}"
    yield f"{entry.number:>4}  {when}  {who}{count}: {said}{f' [{facts}]' if facts else ''}"
    for row, change in entry.facts.get("changed", {}).items():
        yield f"          {row.replace('/', ' ')}: {_change(change)}"
    if "stands" in entry.facts:
        yield f"          how everything stood then: {len(entry.facts['stands'])} rows (--json has them)"


def _facts(entry: HistoryEntry) -> Mapping[str, Any]:
    return {key: value for key, value in entry.facts.items() if key not in _APART}


def _change(change: Mapping[str, Mapping[str, Any]]) -> str:
    was, to = change.get("was"), change.get("to")
    if was is None or to is None:
        word, values = ("new", to) if was is None else ("gone", was)
        return (
            f"{word} ({', '.join(f'{_name(key)} {_short(value)}' for key, value in (values or {}).items())})"
        )
    return ", ".join(f"{_name(key)} {_short(was[key])} -> {_short(to[key])}" for key in was)


def _name(key: str) -> str:
    return key.replace("_", " ")


def _short(value: Any) -> str:
    """A value in a few letters, on one line, with nothing in it that a terminal would obey."""
    if value is None or value == []:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "+".join(_short(each) for each in value)
    if isinstance(value, dict):
        return " ".join(f"{key}={_short(each)}" for key, each in value.items())
    text = "".join(each if each.isprintable() else " " for each in str(value))
    if text.startswith("sha256:"):
        return text[: len("sha256:") + SHOWN]
    is_hash = len(text) == 64 and set(text) <= set("0123456789abcdef")
    return text[:SHOWN] if is_hash else text[:80]
