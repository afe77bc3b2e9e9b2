"""What changed between two contracts: by goal, indicator and field; parts are known by their ids."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from aarshjul.core.contract import ONE, Contract
from aarshjul.core.matching import longest_rising
from aarshjul.core.outline import Part, Value, alike, outline

_SILENT = {"weight": repr(ONE)}


class Change(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Noun(StrEnum):
    """What a part is."""

    CONTRACT = "contract"
    GOAL = "goal"
    INDICATOR = "indicator"


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldChange:
    """One field that is another than before; None where it says nothing."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """From which place to which a part moved, counted from 1.

    `parent` is the id of what it stands below now, and `left` of what it stood below, where that is another.
    """

    before: int
    after: int
    parent: str
    left: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PartChange:
    """What became of the contract's own fields, of a goal or of an indicator.

    `parts` holds the indicators of a goal that changed, however deep they stand, and those of one that came or went.
    """

    noun: Noun
    id: str
    title: str
    change: Change
    fields: tuple[FieldChange, ...] = ()
    move: Move | None = None
    parts: tuple["PartChange", ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """An indicator of a contract with where it stands: below a goal or another indicator, counted from 1."""

    part: Part
    noun: Noun
    parent: Part
    number: int


_NOBODY = Part(id="", fields={})


def contract_differences(before: Contract, after: Contract) -> tuple[PartChange, ...]:
    """The changes of the contract itself, then goal by goal in the new order, those that went where they were."""
    old, new = outline(before), outline(after)
    indicators = _Indicators(_places(old), _places(new))
    moves = _moved(old, new)
    found = [_own(Noun.CONTRACT, old, new, None)]
    for was, now in _side_by_side(old, new):
        known = now or was or _NOBODY
        own = _own(Noun.GOAL, was, now, moves.get(known.id))
        below = tuple(indicators.below(was, now))
        if own is None and below:
            own = PartChange(noun=Noun.GOAL, id=known.id, title=known.title, change=Change.CHANGED)
        found.append(own and replace(own, parts=below))
    return tuple(change for change in found if change is not None)


class _Indicators:
    """The indicators of both contracts, wherever they stand."""

    def __init__(self, old: dict[str, _Place], new: dict[str, _Place]) -> None:
        self._old, self._new = old, new

    def below(self, was: Part | None, now: Part | None) -> Iterator[PartChange]:
        """Of one goal: what is there now, then what went altogether; what moved is told where it is now."""
        for part in _walk(now):
            old = self._old.get(part.id)
            if change := _own(Noun.INDICATOR, old.part if old else None, part, self._move(part.id)):
                yield change
        for part in _walk(was):
            if part.id not in self._new and (gone := _own(Noun.INDICATOR, part, None, None)):
                yield gone

    def _move(self, name: str) -> Move | None:
        old, new = self._old.get(name), self._new[name]
        if old is None:
            return None
        if (old.noun, old.parent.id) == (new.noun, new.parent.id):
            return _moved(old.parent, new.parent).get(name)
        return Move(before=old.number, after=new.number, parent=new.parent.id, left=old.parent.id)


def _own(noun: Noun, was: Part | None, now: Part | None, move: Move | None) -> PartChange | None:
    """What became of one part, without what is below it; None where nothing did."""
    known = now or was or _NOBODY
    change = Change.ADDED if was is None else Change.REMOVED if now is None else Change.CHANGED
    fields = tuple(_fields(was, now))
    if change is Change.CHANGED and not fields and move is None:
        return None
    return PartChange(noun=noun, id=known.id, title=known.title, change=change, fields=fields, move=move)


def _fields(was: Part | None, now: Part | None) -> Iterator[FieldChange]:
    for name in (now or was or _NOBODY).fields:
        before, after = _said(was, name), _said(now, name)
        if not alike(before, after):
            yield FieldChange(field=name, before=before, after=after)


def _said(part: Part | None, name: str) -> Value:
    """A field's value; None where there is no such part, or where it says what silence says."""
    value = None if part is None else part.fields.get(name)
    return None if value == () or repr(value) == _SILENT.get(name) else value


def _side_by_side(old: Part, new: Part) -> list[tuple[Part | None, Part | None]]:
    """The goals of both: in the new order, each that went behind what it followed."""
    ours, theirs = old.by_id(), new.by_id()
    gone: dict[str, list[Part]] = {}
    followed = ""
    for part in old.parts:
        if part.id in theirs:
            followed = part.id
        else:
            gone.setdefault(followed, []).append(part)
    rows: list[tuple[Part | None, Part | None]] = [(part, None) for part in gone.get("", ())]
    for part in new.parts:
        rows.append((ours.get(part.id), part))
        rows += [(each, None) for each in gone.get(part.id, ())]
    return rows


def _moved(old: Part, new: Part) -> dict[str, Move]:
    """Which of the parts below stand elsewhere among their own: as few as explain the new order."""
    there = {part.id: number for number, part in enumerate(old.parts, 1)}
    both = [(part.id, there[part.id], number) for number, part in enumerate(new.parts, 1) if part.id in there]
    settled = set(longest_rising([number for _, number, _ in both]))
    return {
        name: Move(before=before, after=after, parent=new.id)
        for index, (name, before, after) in enumerate(both)
        if index not in settled
    }


def _places(contract: Part) -> dict[str, _Place]:
    """Every indicator by its id."""
    found: dict[str, _Place] = {}
    pending = [(Noun.GOAL, goal) for goal in contract.parts]
    while pending:
        noun, parent = pending.pop()
        for number, part in enumerate(parent.parts, 1):
            found[part.id] = _Place(part=part, noun=noun, parent=parent, number=number)
            pending.append((Noun.INDICATOR, part))
    return found


def _walk(goal: Part | None) -> Iterator[Part]:
    for part in goal.parts if goal is not None else ():
        yield part
        yield from _walk(part)
