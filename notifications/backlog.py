"""Rows that have still to go as the values that the core's rules read."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from aarshjul.core import cycle as core
from aarshjul.core.cycle import Telling
from aarshjul.core.duties import DutyKind
from aarshjul.core.outgoing import ABOUT_THE_DATE, Waiting
from models.json_values import told_as
from models.message import Message
from notifications.sharing import is_point_off

Views = Mapping[str, core.Cycle]
_RIDES = frozenset({DutyKind.MOVED, DutyKind.REOPENED})


def touched(message: Message) -> bool:
    """Whether it may have reached its reader: such a one goes again as it is."""
    return message.state == "uncertain"


def told_of(message: Message) -> set[str]:
    """The milestones of which a message gives the date."""
    facts = message.facts or {}
    lines = (key.split("/") for key in facts.get("also", ()))
    named = {slug for _, slug, _, kind, _, _ in lines if kind in ABOUT_THE_DATE}
    return {*named, *facts.get("with", ()), *([message.milestone] if message.milestone else [])}


def supersede(messages: Iterable[Message], now: datetime) -> None:
    """These go no more."""
    for message in messages:
        message.state, message.settled_at = "superseded", now


def waiting_value(message: Message, view: core.Cycle) -> Waiting:
    """A message that has still to go, as the rules see it."""
    facts, kind = message.facts or {}, DutyKind(message.kind)
    milestone = view.by_id.get(message.milestone or "")
    invited = milestone is not None and message.person_id in milestone.invited
    return Waiting(
        id=message.id or 0,
        key=message.key,
        cycle=message.cycle_id,
        kind=kind,
        person=message.person_id,
        milestone=message.milestone,
        revision=message.revision,
        owed_at=message.owed_at,
        was=told_as(facts.get("was")),
        rides=_rides(message, facts),
        in_calendar=kind in (DutyKind.INVITE, DutyKind.UPDATE)
        or (kind is DutyKind.CANCEL and invited and not is_point_off(message)),
        touched=touched(message),
    )


def _rides(message: Message, facts: dict[str, Any]) -> dict[str, Telling | None]:
    """The other milestones that a message tells of, each with what was told of it before."""
    served = [key.split("/") for key in facts.get("also", ())]
    others = {slug: None for _, slug, _, kind, _, _ in served if kind in _RIDES and slug != message.milestone}
    return {**others, **{slug: told_as(was) for slug, was in facts.get("with", {}).items()}}
