"""Programs that read calendars, each in a process of its own that reads a whole folder and prints what it understood."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.interop.needs import HERE

ROOT = HERE.parents[1]
ELSEWHERE = "America/New_York"
"""The zone of the machine that reads: nothing of ours may depend on it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """An entry as a reader understood it.

    Attributes:
        method: of the calendar around it; empty in a feed.
        kind: VEVENT or VTODO.
        start, end: a moment in UTC (`2022-11-18T09:00:00Z`), a day (`2022-11-18`), or None; of a task DUE is the end.
    """

    file: str
    uid: str
    method: str
    kind: str
    sequence: int
    status: str
    start: str | None
    end: str | None
    summary: str


def read_with(reader: str, folder: Path, workplace: Path) -> list[Seen]:
    """Every entry of every `*.ics` of a folder, sorted. What the reader itself complains of fails the test."""
    command = [*COMMANDS[reader](workplace), str(folder)]
    environment = os.environ | {"TZ": ELSEWHERE, "LC_ALL": "C.UTF-8"}
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    complaints = [line for line in lines if "error" in line]
    assert not complaints, complaints[:5]
    assert result.returncode == 0, result.stderr
    return sorted((Seen(**_known(line)) for line in lines), key=repr)


def _known(line: dict[str, Any]) -> dict[str, Any]:
    return {name: line[name] for name in Seen.__dataclass_fields__}


def _libical(workplace: Path) -> list[str]:
    program = workplace / "read-with-libical"
    if not program.exists():
        flags = subprocess.run(
            ["pkg-config", "--cflags", "--libs", "libical"],  # noqa: S607 -- the developer's own
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout.split()
        source = str(HERE / "libical" / "read.c")
        compiler = ["gcc", "-Wall", "-Wextra", "-Werror", "-o", str(program), source, *flags]
        subprocess.run(compiler, timeout=60, check=True)
    return [str(program)]


def _library(name: str, _workplace: Path) -> list[str]:
    return [sys.executable, "-m", "tests.interop.pythons", name]


COMMANDS: dict[str, Callable[[Path], list[str]]] = {
    "libical": _libical,
    "ical.js": lambda _: ["node", str(HERE / "node" / "icaljs.mjs")],
    "node-ical": lambda _: ["node", str(HERE / "node" / "node_ical.mjs")],
    "ruby-icalendar": lambda _: ["ruby", str(HERE / "ruby" / "read.rb")],
    "icalendar": partial(_library, "icalendar"),
    "recurring-ical-events": partial(_library, "recurring-ical-events"),
    "vobject": partial(_library, "vobject"),
}
