"""From what stands in the forms of a draft to the draft: what it says, or what is wrong with which field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aarshjul.core.draft import Frame, Submission, own_goals
from aarshjul.core.sketch import PARTS, SAME, TOP, Sketched
from aarshjul.files.draft_file import draft_in, dump_draft
from aarshjul.files.draft_form import DRAFT
from aarshjul.files.draft_sketch import BAND
from aarshjul.files.problems import Problems
from aarshjul.files.text import FileError
from aarshjul.files.tree import Path, Plain, Tree

_GROUPED = re.compile(r"([+-]?)([1-9][0-9]{0,2}(?:\.[0-9]{3})+)((?:,[0-9]+)?)")
_LIMITS = {"at_least": "target", "at_most": "target", "more_than": "target", "less_than": "target"}
_CAPPED = ("at_least", "rising", "at_most", "assessed", "linear", "bands")
_OWN = ("id", "title", "level", "focus", "text", "note", "unit", "source", "evidence", "owner")


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """What keeps a draft from being submitted.

    Attributes:
        key: the part's key.
        field: its field; of a step `bands.NUMBER` (from 0) and perhaps the step's field; empty for the part as a whole.
        said: in the words of files.
    """

    key: str
    field: str
    said: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Drafted:
    """What the forms amount to: a draft, or what is wrong."""

    submission: Submission | None
    troubles: tuple[Trouble, ...] = ()


def drafted(sketch: Sketched, frame: Frame) -> Drafted:
    """The draft that a sketch is in a cycle's frame; parts that were removed are left out."""
    builder = _Builder()
    tree = builder.tree(sketch)
    try:
        return Drafted(submission=draft_in(tree, frame))
    except FileError as error:
        found = [builder.trouble(line, said) for line, said in tree.problems.found]
        rest = [Trouble(key=TOP, field="", said=str(error))] if not found else []
        return Drafted(submission=None, troubles=tuple(dict.fromkeys([*found, *rest])))


def as_file(submission: Submission, frame: Frame, based_on: int | None) -> str:
    """The draft file that `submit-draft` takes."""
    own = own_goals(submission.contract, frame.shared)
    return dump_draft(own, contract=submission.contract, based_on=based_on)


def as_number(text: str) -> str:
    """A number as files have it, from what was typed: `45,5` and `1.234,5` are 45.5 and 1234.5.

    What is none is left as it is, and so is what could be a thousand or a fraction (`1.000`).
    """
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    grouped = _GROUPED.fullmatch(bare)
    if grouped:
        is_sure = bool(grouped[3]) or grouped[2].count(".") > 1
        return grouped[1] + grouped[2].replace(".", "") + grouped[3].replace(",", ".") if is_sure else text
    return bare.replace(",", ".") if re.fullmatch(r"[+-]?[0-9]*[,.]?[0-9]*", bare) else text


def is_ambiguous(text: str) -> bool:
    """Whether a number could be a thousand as well as a fraction."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    return _GROUPED.fullmatch(bare) is not None and as_number(text) == text


@dataclass(slots=True)
class _Builder:
    """Builds the tree of a draft file, each of whose lines is one field of one part."""

    lines: dict[Path, int] = field(default_factory=dict)
    where: list[tuple[str, str]] = field(default_factory=lambda: [(TOP, "")])
    unsure: list[tuple[Path, str]] = field(default_factory=list)

    def tree(self, sketch: Sketched) -> Tree:
        self._at((), TOP, "")
        value: dict[str, Any] = {"format": DRAFT}
        for name in ("id", "title", "note"):
            self._put(value, (), name, sketch, name)
        self._at(("goals",), TOP, "goals")
        goals = enumerate(sketch.there)
        value["goals"] = [self._goal(each, ("goals", number)) for number, each in goals]
        tree = Tree(name="draft", value=value, lines=self.lines, problems=Problems("draft"))
        for path, said in self.unsure:
            tree.problems.add(tree.line_of(path), said)
        return tree

    def trouble(self, line: int, said: str) -> Trouble:
        key, name = self.where[line] if line < len(self.where) else (TOP, "")
        return Trouble(key=key, field=name, said=said)

    def _at(self, path: Path, key: str, name: str) -> None:
        self.lines[path] = len(self.where)
        self.where.append((key, name))

    def _put(self, into: dict[str, Any], at: Path, name: str, part: Sketched, typed: str) -> None:
        """One field of text; an empty one is missing, and is still where its problem belongs."""
        self._at((*at, name), part.key, typed)
        if part.get(typed).strip():
            into[name] = part.get(typed)

    def _number(self, into: dict[str, Any], at: Path, name: str, text: str) -> None:
        """One number, at a path that is known; an empty one is missing."""
        if not text.strip():
            return
        if is_ambiguous(text):
            self.unsure.append(((*at, name), f"`{name}` is {text}; write a thousand without a point"))
        into[name] = Plain(as_number(text))

    def _numbers(self, into: dict[str, Any], at: Path, part: Sketched, names: Mapping[str, str]) -> None:
        for name, typed in names.items():
            self._at((*at, name), part.key, typed)
            self._number(into, at, name, part.get(typed))

    def _goal(self, part: Sketched, at: Path) -> dict[str, Any]:
        value = self._own(part, at)
        if part.get("rule") == SAME:
            self._put(value, at, "same_as", part, "same_as")
        else:
            self._below(value, part, at)
        return value

    def _own(self, part: Sketched, at: Path) -> dict[str, Any]:
        self._at(at, part.key, "rule")
        value: dict[str, Any] = {}
        for name in _OWN:
            if part.get(name).strip() or name in ("id", "title"):
                self._put(value, at, name, part, name)
        self._numbers(value, at, part, {"weight": "weight"})
        return value

    def _below(self, into: dict[str, Any], part: Sketched, at: Path) -> None:
        self._at((*at, "indicators"), part.key, "parts")
        into["indicators"] = [
            self._indicator(each, (*at, "indicators", number)) for number, each in enumerate(part.there)
        ] or None

    def _indicator(self, part: Sketched, at: Path) -> dict[str, Any]:
        value = self._own(part, at)
        if typed := part.get("other_measurements").strip():
            self._at((*at, "other_measurements"), part.key, "other_measurements")
            value["other_measurements"] = [Plain(as_number(each)) for each in typed.split(";")]
        if part.get("rule") == PARTS:
            self._below(value, part, at)
            return value
        self._numbers(value, at, part, {"baseline": "baseline"})
        if part.get("rule") in _CAPPED:
            self._numbers(value, at, part, {"cap": "cap"})
        self._at((*at, "rule"), part.key, "rule")
        value["rule"] = self._rule(part, (*at, "rule"))
        return value

    def _rule(self, part: Sketched, at: Path) -> dict[str, Any] | None:
        kind = part.get("rule")
        rule: dict[str, Any] = {}
        if kind in _LIMITS:
            self._numbers(rule, at, part, {kind: "target"})
            return self._wanted(rule, kind)
        if kind in ("yes_no", "assessed"):
            return {kind: True}
        if kind in ("rising", "linear"):
            return self._of_two(part, at, kind)
        if kind == "bands":
            self._at((*at, "bands"), part.key, "bands")
            bands = [self._band(part, number, (*at, "bands", number)) for number in range(len(part.bands))]
            return {"bands": bands}
        return None

    def _of_two(self, part: Sketched, at: Path, kind: str) -> dict[str, Any]:
        """A rule with two numbers: a rise from one, or a line between both."""
        name, names = ("at_least", {"baseline": "rise_from", "plus": "rise_by"})
        if kind == "linear":
            name, names = ("linear", {"zero_at": "zero_at", "full_at": "full_at"})
        self._at((*at, name), part.key, next(iter(names.values())))
        below: dict[str, Any] = {}
        self._numbers(below, (*at, name), part, names)
        return {name: below}

    def _wanted(self, rule: dict[str, Any], kind: str) -> dict[str, Any]:
        return rule or {kind: ""}

    def _band(self, part: Sketched, number: int, at: Path) -> dict[str, Any]:
        self._at(at, part.key, f"bands.{number}")
        value: dict[str, Any] = {}
        for name in BAND:
            self._at((*at, name), part.key, f"bands.{number}.{name}")
            self._number(value, at, name, part.bands[number].get(name, ""))
        return value
