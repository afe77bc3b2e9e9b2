"""An iCalendar text as components with the line on which each property stands; what they mean is read elsewhere.

Written here, and not left to a library, because a person who is told about a broken calendar needs the line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from aarshjul.files.meetings_problems import Findings
from aarshjul.files.problems import clipped

MOST_LINES = 200_000
DEEPEST = 8
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';\s*([A-Za-z0-9-]+)\s*=\s*("[^"]*"|[^";:,]*)((?:,(?:"[^"]*"|[^";:,]*))*)')
_TIMES = re.compile(r"(DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE);([^\"]*):([^:\"]*)", re.IGNORECASE)
"""A time whose zone has a colon in it and no quotes around it (`TZID=(UTC+01:00) Paris`): the last one counts."""
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Property:
    """A content line: its name and parameters in capitals, its value as written, and where it stands."""

    name: str
    parameters: dict[str, str]
    value: str
    line: int

    @property
    def text(self) -> str:
        """A TEXT value without its escapes."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass(kw_only=True, slots=True)
class Component:
    """What stands between BEGIN and END."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """The properties of a name, in their order."""
        return [each for each in self.properties if each.name == name]

    def first(self, *names: str) -> Property | None:
        """The first property of the first of these names that has one."""
        return next((each for name in names for each in self.all(name)), None)

    def text(self, *names: str) -> str:
        """The text of that property, or nothing."""
        found = self.first(*names)
        return found.text.strip() if found is not None else ""


def read_components(text: str, findings: Findings) -> list[Component]:
    """The calendars of a text; broken lines are noted, and what follows them is read on.

    Raises:
        FileError: where BEGIN and END do not fit each other, so that nothing after them can be understood.
    """
    top = Component(name="", line=1)
    stack = [top]
    for number, line in _unfolded(text):
        if number > MOST_LINES:
            raise findings.stop(
                number, f"has more than {MOST_LINES} lines; export only the council's meetings"
            )
        read = _property(line, number, findings)
        if read is None:
            continue
        if read.name == "BEGIN":
            _begin(stack, read, findings)
        elif read.name == "END":
            _end(stack, read, findings)
        elif len(stack) == 1:
            findings.add(
                number, f"{clipped(line)} stands outside of a calendar; must begin with BEGIN:VCALENDAR"
            )
        else:
            stack[-1].properties.append(read)
    if len(stack) > 1:
        raise findings.stop(
            stack[-1].line, f"BEGIN:{stack[-1].name[:40]} has no END; the file is cut off: export it again"
        )
    return top.parts


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """The content lines, long ones put together again, with the number of the first line of each."""
    whole: list[str] = []
    start = 1
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line[:1] in (" ", "\t") and whole:
            whole.append(line[1:])
            continue
        if whole and (joined := "".join(whole)).strip():
            yield start, joined
        whole, start = [line], number
    if whole and (joined := "".join(whole)).strip():
        yield start, joined


def _property(line: str, number: int, findings: Findings) -> Property | None:
    name = _NAME.match(line)
    if name is None:
        findings.add(
            number, f"{clipped(line)} is no line of a calendar; must be NAME:VALUE, or indented to go on"
        )
        return None
    if (time := _TIMES.fullmatch(line)) is not None:
        said = [part.partition("=") for part in time[2].split(";")]
        parameters = {key.strip().upper(): value for key, _, value in said}
        return Property(name=time[1].upper(), parameters=parameters, value=time[3], line=number)
    at, parameters = name.end(), {}
    while found := _PARAMETER.match(line, at):
        parameters[found[1].upper()] = (found[2] + found[3]).strip('"')
        at = found.end()
    if line[at : at + 1] != ":":
        findings.add(number, f"{clipped(line)} is no line of a calendar; must be NAME:VALUE with a colon")
        return None
    return Property(name=name[0].upper(), parameters=parameters, value=line[at + 1 :], line=number)


def _begin(stack: list[Component], read: Property, findings: Findings) -> None:
    if len(stack) > DEEPEST:
        raise findings.stop(
            read.line, f"is the {DEEPEST}th BEGIN inside another; calendars have two or three"
        )
    part = Component(name=read.value.strip().upper(), line=read.line)
    if len(stack) == 1 and part.name != "VCALENDAR":
        findings.add(
            read.line, f"BEGIN:{part.name[:40]} stands outside of a calendar; must be BEGIN:VCALENDAR"
        )
    stack[-1].parts.append(part)
    stack.append(part)


def _end(stack: list[Component], read: Property, findings: Findings) -> None:
    name = read.value.strip().upper()
    if len(stack) == 1 or stack[-1].name != name:
        wanted = f"END:{stack[-1].name[:40]}" if len(stack) > 1 else "nothing, as nothing is open"
        raise findings.stop(read.line, f"is END:{name[:40]}; must be {wanted}")
    stack.pop()
