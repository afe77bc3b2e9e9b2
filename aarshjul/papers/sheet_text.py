"""A paper as text: Markdown, or plain lines to paste into a mail."""

import re
from collections.abc import Iterator

from aarshjul.papers.markdown import one_line, straight
from aarshjul.papers.sheet import Facts, Item, Items, Note, Section, Sheet, Words

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_WEB = r"(?:https?://|mailto:)"
_ACTS = re.compile(rf"\\.|<(?=[a-z/!?])(?!{_WEB})|!(?=\[)|\](?=:|\((?!\s*{_WEB}))", re.IGNORECASE)
"""What is written as such already, or begins HTML, a picture, or a link to what is neither web nor mail."""


def as_markdown(sheet: Sheet) -> str:
    """In Markdown; what people wrote in it stays as they wrote it, indented under what it belongs to.

    Only HTML, pictures and links to other than web and mail are written as text, whoever renders it.
    """
    return _Writer(marked=True).write(sheet)


def as_text(sheet: Sheet) -> str:
    """In plain lines."""
    return _Writer(marked=False).write(sheet)


class _Writer:
    def __init__(self, *, marked: bool) -> None:
        self.marked = marked

    def write(self, sheet: Sheet) -> str:
        parts = [self._heading(1, f"{sheet.kind}: {sheet.title}")]
        parts += [self._ours(sheet.subtitle)] if sheet.subtitle else []
        for section in sheet.sections:
            parts += self._section(section)
        parts += [self._ours(sheet.foot)] if sheet.foot else []
        return "\n\n".join(parts) + "\n"

    def _section(self, section: Section) -> Iterator[str]:
        yield self._heading(2, section.title)
        for block in section.blocks:
            match block:
                case Facts():
                    yield "\n".join(self._fact(name, lines) for name, lines in block.pairs)
                case Words():
                    yield self._theirs(block.markdown)
                case Note():
                    yield self._ours(block.text)
                case Items():
                    if block.title:
                        yield self._heading(3, block.title)
                    yield "\n".join(self._item(each, "") for each in block.items)

    def _heading(self, level: int, text: str) -> str:
        line = self._ours(text)
        if self.marked:
            return f"{'#' * level} {line}"
        return (
            f"{line}\n{'=' * len(line)}"
            if level == 1
            else f"{line}\n{'-' * len(line)}"
            if level == 2
            else line
        )

    def _fact(self, name: str, lines: tuple[str, ...]) -> str:
        said = [self._ours(line) for line in lines]
        if len(said) == 1:
            return f"- {self._ours(name)}: {said[0]}"
        return "\n".join([f"- {self._ours(name)}:", *[f"  - {line}" for line in said]])

    def _item(self, item: Item, indent: str) -> str:
        number = "" if item.number is None else f"{item.number}." if not self.marked else f"{item.number}\\."
        marks = "; ".join(one_line(mark.text) for mark in item.marks)
        lead = " ".join(part for part in (number, self._ours(item.of), f"({marks})" if marks else "") if part)
        texts = [text for text in (self._theirs(item.text), self._theirs(item.because)) if text]
        lines = [*([lead] if lead else []), *[line for text in texts for line in self._under(text, lead)]]
        first, *rest = lines or [""]
        said = [f"{indent}- {first}", *[f"{indent}  {line}".rstrip() for line in rest]]
        return "\n".join([*said, *[self._item(each, indent + "  ") for each in item.answers]])

    def _under(self, text: str, lead: str) -> list[str]:
        return [*([""] if lead and self.marked else []), *text.split("\n")]

    def _theirs(self, text: str) -> str:
        said = straight(text).strip()
        return _ACTS.sub(_as_such, said) if self.marked else said

    def _ours(self, text: str) -> str:
        """A line that is no Markdown: in Markdown its marks are written as such."""
        return _MARKS.sub(r"\\\1", one_line(text)) if self.marked else one_line(text)


def _as_such(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("\\") else f"\\{found[0]}"
