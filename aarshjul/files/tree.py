"""YAML 1.2 as a plain tree with line numbers; what makes YAML surprising (tags, anchors, aliases) is refused.

Scalars stay text: what was written without quotes is `Plain`, and each field decides what it may mean. So
`on`, `yes` and `10:00` are text, `2` is an id or a number as the field wants, and nothing becomes a float.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml.cyaml import CParser  # type: ignore[attr-defined] # its stubs leave the parser itself out
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from aarshjul.files.problems import Problems
from aarshjul.files.text import UNWANTED, named

Path = tuple[str | int, ...]
"""Keys and positions from the root to a part of the file."""

DEEPEST = 64
"""Twenty levels of indicators need 46 levels of YAML."""

_HINTS = {
    "mapping values are not allowed": "put a value that holds ': ' in quotes, and check the indentation",
    "did not find expected key": "check the indentation and the quotes",
    "block end": "check the indentation and the quotes",
    "cannot start any token": "indent with spaces, and put a value that begins with @, ` or % in quotes",
    "could not find expected ':'": "write `key: value`",
    "unexpected end of stream": "close the quotes or brackets",
}


class Plain(str):
    """A scalar written without quotes."""

    __slots__ = ()


@dataclass(kw_only=True, slots=True)
class Tree:
    """A file's content (dict, list, str, Plain, None) and the line on which each part of it begins."""

    name: str
    value: Any
    lines: dict[Path, int]
    problems: Problems

    def path_of(self, path: Iterable[str | int]) -> Path:
        """The part of a path that the file has; steps that it has not are left out."""
        known: Path = ()
        for step in path:
            if (*known, step) in self.lines:
                known = (*known, step)
        return known

    def line_of(self, path: Iterable[str | int]) -> int:
        """The line on which a part begins, or the part around it where it is missing."""
        return self.lines[self.path_of(path)]


def read_tree(text: str, name: str) -> Tree:
    """The tree of a YAML text.

    Problems that leave the rest readable (duplicate keys, tags) are collected in the tree.

    Raises:
        FileError: where the text is no YAML, empty, or nested too deep.
    """
    return _Composer(name).compose(text)


@dataclass(slots=True)
class _Frame:
    node: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None
    keys: dict[str, int] = field(default_factory=dict)


class _Composer:
    def __init__(self, name: str) -> None:
        self.tree = Tree(name=name, value=None, lines={(): 1}, problems=Problems(name))
        self.frames: list[_Frame] = []
        self.documents = 0

    def compose(self, text: str) -> Tree:
        for event in self._events(text):
            line = event.start_mark.line + 1
            self._refuse_magic(event, line)
            match event:
                case DocumentStartEvent():
                    self._document(event, line)
                case MappingStartEvent() | SequenceStartEvent():
                    self._open({} if isinstance(event, MappingStartEvent) else [], line)
                case MappingEndEvent() | SequenceEndEvent():
                    self.frames.pop()
                case ScalarEvent():
                    self._scalar(event, line)
                case AliasEvent():
                    self._place(None, line)
                case _:
                    pass
        if self.tree.value is None:
            self._stop(1, "is empty; must begin with `format:`")
        return self.tree

    def _events(self, text: str) -> Iterator[Any]:
        try:
            parser = CParser(text)
            while (event := parser.get_event()) is not None:
                yield event
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = 1 if mark is None else mark.line + 1
            self._stop(line, f"is not YAML: {error.problem}; {_hint(str(error.problem))}")
        except YAMLError as error:
            self._stop(1, f"is not YAML: {str(error).splitlines()[0]}; must be text in YAML")

    def _refuse_magic(self, event: Any, line: int) -> None:
        if isinstance(event, AliasEvent):
            self.tree.problems.add(line, f"uses the alias *{event.anchor}; write the value out")
        elif getattr(event, "anchor", None) is not None:
            self.tree.problems.add(line, f"has the anchor &{event.anchor}; leave anchors out")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.tree.problems.add(line, f"has the tag {tag}; leave tags out, the field knows its type")

    def _document(self, event: Any, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(line, "begins a second document; a file holds one, so remove the `---`")
        if event.version not in (None, (1, 2)):
            self._stop(line, f"says %YAML {event.version[0]}.{event.version[1]}; must be YAML 1.2")

    def _open(self, node: dict[str, Any] | list[Any], line: int) -> None:
        path = self._place(node, line)
        if len(self.frames) >= DEEPEST:
            self._stop(line, f"is nested more than {DEEPEST} levels deep; indicators may be nested 20 deep")
        self.frames.append(_Frame(node, path))

    def _scalar(self, event: Any, line: int) -> None:
        value: str = event.value
        if found := UNWANTED.search(value):
            self.tree.problems.add(line, f"holds the control character {named(found[0])}; remove it")
            value = UNWANTED.sub("", value)
        if event.style:
            self._place(value, line, is_scalar=True)
        else:
            self._place(Plain(value), line, is_scalar=True)

    def _place(self, value: Any, line: int, *, is_scalar: bool = False) -> Path:
        """Puts a node where it belongs (a key waits for its value) and gives its path."""
        if not self.frames:
            self.tree.value = value
            return ()
        frame = self.frames[-1]
        if isinstance(frame.node, list):
            path = (*frame.path, len(frame.node))
            frame.node.append(_null(value))
            self.tree.lines[path] = line
            return path
        if frame.key is None:
            if not is_scalar:
                self._stop(line, "has a list, a mapping or an alias as a key; a key is a word")
            return self._key(frame, str(value), line)
        path, key, frame.key = (*frame.path, frame.key), frame.key, None
        if key not in frame.node:
            frame.node[key] = _null(value)
        return path

    def _key(self, frame: _Frame, key: str, line: int) -> Path:
        path = (*frame.path, key)
        if key in frame.keys:
            first = frame.keys[key]
            self.tree.problems.add(line, f"has the key `{key[:80]}` twice (first in line {first}); keep one")
        else:
            frame.keys[key] = line
            self.tree.lines[path] = line
        frame.key = key
        return path

    def _stop(self, line: int, message: str) -> None:
        self.tree.problems.add(line, message)
        self.tree.problems.raise_if_any()


def _null(value: Any) -> Any:
    """What YAML calls null as None."""
    return None if isinstance(value, Plain) and value in ("", "~", "null", "Null", "NULL") else value


def _hint(problem: str) -> str:
    return next((hint for words, hint in _HINTS.items() if words in problem), "check quotes and indentation")
