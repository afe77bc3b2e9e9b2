"""What the templates call to say something: each call adds a block to the message."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from calendars.text import clean, one_line
from notifications.document import (
    Block,
    Button,
    Changes,
    Document,
    Facts,
    Greeting,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Signature,
    Small,
    Table,
)
from notifications.facts import ChangeFacts, DecisionFacts, MilestoneFacts, ScoreFacts
from notifications.tongue import Tongue

_LONGEST_VALUE = 90  # in a subject line, so that the date behind it is still seen


class Page:
    """A message in the making.

    Sentences come translated, with `{names}` for which `values` stand; white space within a value is folded, so
    no text can forge a block.
    """

    def __init__(self, tongue: Tongue, values: Mapping[str, str | int]) -> None:
        self._tongue = tongue
        self._values = values
        self._subject = self._title = self._why = ""
        self._blocks: list[Block] = []

    def document(self) -> Document:
        """What has been said."""
        return Document(
            language=self._tongue.code, subject=self._subject, title=self._title, blocks=tuple(self._blocks)
        )

    def subject(self, sentence: str, first: str = "", **more: str | int) -> str:
        """The subject line, with long values shortened; `first` is a subject line itself."""
        self._subject = one_line(sentence.format_map(_Shortened({**self._values, **more}, first)))
        return ""

    def title(self, sentence: str) -> str:
        """What stands above the text."""
        self._title = one_line(sentence.format_map(self._values))
        return ""

    def p(self, *sentences: str | bool | None, **more: str | int) -> str:
        """A paragraph of whole sentences; those that do not apply are false."""
        values = {**self._values, **more} if more else self._values
        if text := one_line(" ".join(said.format_map(values) for said in sentences if isinstance(said, str))):
            self._blocks.append(Paragraph(text))
        return ""

    def heading(self, sentence: str) -> str:
        """What stands above a part of the text."""
        self._blocks.append(Heading(one_line(sentence.format_map(self._values))))
        return ""

    def greet(self, sentence: str) -> str:
        """The salutation, whose `{name}` is filled in for each reader."""
        self._blocks.append(Greeting(sentence))
        return ""

    def quote(self, text: str | None) -> str:
        """Somebody's own words, where there are any."""
        if text and clean(text).strip():
            self._blocks.append(Quote(clean(text).strip()))
        return ""

    def facts(self, *milestones: MilestoneFacts) -> str:
        """A table for each milestone."""
        self._blocks += [Facts(self._tongue.rows(milestone)) for milestone in milestones]
        return ""

    def rows(self, *rows: tuple[str, object]) -> str:
        """A table of labels (their names in `terms`) and values; without those that have none."""
        label = self._tongue.label
        found = tuple((label(name), one_line(str(value))) for name, value in rows if value)
        if found:
            self._blocks.append(Facts(found))
        return ""

    def items(self, items: Iterable[str]) -> str:
        """A list, where there is anything to list."""
        if lines := tuple(one_line(item) for item in items):
            self._blocks.append(Listing(lines))
        return ""

    def changes(self, changes: ChangeFacts) -> str:
        """What changed in the draft, a block for each goal, indicator or passage."""
        for part in changes.summary.parts:
            lines = (tuple(replace(piece, text=clean(piece.text)) for piece in line) for line in part.lines)
            self._blocks.append(Changes(one_line(part.title), tuple(lines)))
        return ""

    def version(self, decision: DecisionFacts) -> str:
        """Which version of the draft it is about, with the beginning of its hash."""
        if decision.version is None:
            return ""
        return self.rows(
            ("version", f"{decision.version} ({decision.hash})" if decision.hash else decision.version)
        )

    def scores(self, score: ScoreFacts) -> str:
        """Every goal with its attainment, and the total."""
        label, share = self._tongue.label, self._tongue.share
        rows = [
            (
                goal.id,
                goal.title,
                share(goal.low, goal.high) if goal.shown is None else share(goal.shown, goal.shown),
            )
            for goal in score.goals
        ]
        rows.append(("", label("total"), self._tongue.total(score)))
        head = ("", label("goal"), label("score"))
        self._blocks.append(Table(head, tuple(tuple(one_line(cell) for cell in row) for row in rows)))
        return ""

    def carry(self, document: Document) -> str:
        """Another message whole: its title as a heading, then its blocks."""
        self._blocks += [Heading(document.title), *document.blocks]
        return ""

    def button(self) -> str:
        """The link to the page; its address is the reader's own, and filled in for each."""
        self._blocks.append(Button(self._tongue.label("open"), ""))
        return ""

    def sign(self, close: str) -> str:
        """The complimentary close, and who wrote."""
        self._blocks.append(Signature(close, one_line(str(self._values["sender"]))))
        return ""

    def why(self, *sentences: str | bool | None) -> str:
        """Why the message comes; stands at its end."""
        said = (sentence.format_map(self._values) for sentence in sentences if isinstance(sentence, str))
        self._why = one_line(" ".join(said))
        return ""

    def small(self, reply: str, stop: str, stoppable: bool) -> str:
        """The end: why it comes, where a reply goes, and what can be stopped; where, is each reader's own."""
        link = (stop, self._tongue.label("stop"), "") if stoppable else None
        self._blocks.append(Small(self._why, one_line(reply.format_map(self._values)), link))
        return ""


class _Shortened(Mapping[str, str | int]):
    """The same values, none longer than a subject line can bear."""

    def __init__(self, values: Mapping[str, str | int], first: str) -> None:
        self._values = values
        self._first = first

    def __getitem__(self, name: str) -> str | int:
        if name == "first":
            return self._first
        value = self._values[name]
        if isinstance(value, int) or len(line := one_line(value)) <= _LONGEST_VALUE:
            return value
        return line[: _LONGEST_VALUE - 1].rstrip() + "…"

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
