"""The JSON columns of a cycle as the values that the rules read.

A round reads them as text and each distinct text is parsed once: thousands of rows say the same few things. What
comes of a text is therefore shared, and immutable.
"""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Text, cast

from aarshjul.core import cycle as core
from aarshjul.core.quiet_days import QuietDays, quiet_days
from aarshjul.core.working_days import Quiet, WorkingDays

_TEXTS = 4096  # distinct JSON texts that are remembered, of each sort


class Lists(NamedTuple):
    """What a milestone's JSON columns say."""

    for_: tuple[str, ...]
    owed_by: tuple[str, ...]
    remind: tuple[int, ...]
    actions: frozenset[core.Action]


def as_text(column: Any) -> Any:
    """A column of JSON or of dates as its text, so that the database's rows are not decoded one by one."""
    return cast(column, Text).label(column.name)


@lru_cache(maxsize=_TEXTS)
def days_of_texts(days_off: str, quiet: str) -> WorkingDays:
    """A cycle's calendar from the texts of its columns."""
    return working_days(json.loads(days_off), json.loads(quiet))


@lru_cache(maxsize=_TEXTS)
def roles_of_text(text: str) -> frozenset[str]:
    """The roles that a membership gives, a chair being a member of the body as well."""
    return core.effective_roles(json.loads(text))


@lru_cache(maxsize=_TEXTS)
def channels_of_text(text: str) -> tuple[str, ...]:
    """A person's channels."""
    return tuple(json.loads(text))


@lru_cache(maxsize=_TEXTS)
def quiet_of_text(text: str) -> QuietDays:
    """A person's quiet days."""
    return quiet_days(json.loads(text))


@lru_cache(maxsize=_TEXTS)
def telling_of_text(text: str | None) -> core.Telling | None:
    """A telling from the text of its column."""
    return None if text is None else told_as(json.loads(text))


@lru_cache(maxsize=_TEXTS)
def invited_of_texts(
    told: str | None, told_on: str, partstat: str, sequence: int, withdrawn: int
) -> core.Invited:
    """What one person knows of a meeting, from the columns of the invitation."""
    return core.Invited(
        told=telling_of_text(told),
        told_on=date.fromisoformat(told_on),
        answered=partstat != "needs-action",
        asked=sequence >= 0,
        withdrawn=withdrawn,
    )


@lru_cache(maxsize=_TEXTS)
def lists_of_texts(kind: str, for_roles: str, owed_by: str | None, remind: str, actions: str | None) -> Lists:
    """What a milestone's columns say, from their texts; JSON's `null` and the database's mean the same."""
    given = [json.loads(text or "null") for text in (for_roles, owed_by, remind, actions)]
    return lists_of(kind, given[0], given[1], given[2], given[3])


def told_as(told: dict[str, Any] | None) -> core.Telling | None:
    """A telling from its JSON."""
    if told is None:
        return None
    return core.Telling(**{**told, "on": date.fromisoformat(told["on"]) if told["on"] else None})


def told_json(telling: core.Telling) -> dict[str, Any]:
    """A telling as JSON."""
    return {
        "on": telling.on.isoformat() if telling.on else None,
        "at": telling.at,
        "ends": telling.ends,
        "place": telling.place,
        "status": telling.status,
    }


def working_days(days_off: Sequence[str], quiet: Sequence[dict[str, Any]]) -> WorkingDays:
    """A cycle's calendar from its JSON columns."""
    return WorkingDays(
        days_off=frozenset(date.fromisoformat(day) for day in days_off),
        quiet=tuple(
            Quiet(first=date.fromisoformat(period["from"]), last=date.fromisoformat(period["to"]))
            for period in quiet
        ),
    )


def default_actions(
    kind: str, remind: Sequence[int], actions: Sequence[str] | None
) -> frozenset[core.Action]:
    """What a milestone does: as its file says, else reminders where it has offsets and invitations for meetings."""
    if actions is not None:
        return frozenset(core.Action(action) for action in actions)
    found = {core.Action.REMIND} if remind else set()
    return frozenset(found | ({core.Action.INVITE} if kind == core.Kind.MEETING else set()))


def lists_of(
    kind: str,
    for_roles: Sequence[str],
    owed_by: Sequence[str] | None,
    remind: Sequence[int],
    actions: Sequence[str] | None,
) -> Lists:
    """What a milestone's columns say, with what is understood where they say nothing."""
    if owed_by is None:  # at a meeting whose file does not say, all whom it is for owe an answer
        owed_by = for_roles if kind == core.Kind.MEETING else ()
    return Lists(
        for_=tuple(for_roles),
        owed_by=tuple(owed_by),
        remind=tuple(remind),
        actions=default_actions(kind, remind, actions),
    )
