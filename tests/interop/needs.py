"""What the machine must have for these tests: without it they are skipped with the command that helps, in CI they fail."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MUST = "AARSHJUL_INTEROP"
"""Set to 1 (as `.ci/run` does), what is missing is a failure."""


def need(tool: str) -> None:
    """Go on where a tool is there; else skip, or fail where `AARSHJUL_INTEROP` says that it must be.

    Raises:
        Skipped, Failed: pytest's own.
    """
    lacks = _CHECKS[tool]()
    if lacks and os.environ.get(MUST) == "1":
        pytest.fail(f"{tool} must be here ({MUST}=1): {lacks}")
    if lacks:
        pytest.skip(f"{tool} is not here: {lacks}")


def _libical() -> str | None:
    programs = all(shutil.which(program) for program in ("gcc", "pkg-config"))
    if programs and _runs("pkg-config", "--exists", "libical"):
        return None
    return "apt-get install gcc pkg-config libical-dev"


def _ruby() -> str | None:
    found = shutil.which("ruby") and _runs("ruby", "-e", "require 'icalendar'")
    return None if found else "apt-get install ruby-icalendar"


def _node(package: str) -> str | None:
    if not shutil.which("node"):
        return "install Node.js 18 or later (apt-get install nodejs npm)"
    there = (HERE / "node" / "node_modules" / package).is_dir()
    return None if there else "npm ci --prefix tests/interop/node"


def _python(module: str) -> str | None:
    return None if importlib.util.find_spec(module) else "uv sync"


def _runs(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0


_CHECKS: dict[str, Callable[[], str | None]] = {
    "libical": _libical,
    "ical.js": lambda: _node("ical.js"),
    "node-ical": lambda: _node("node-ical"),
    "ruby-icalendar": _ruby,
    "icalendar": lambda: _python("icalendar"),
    "recurring-ical-events": lambda: _python("recurring_ical_events"),
    "vobject": lambda: _python("vobject"),
    "radicale": lambda: _python("radicale"),
    "caldav": lambda: _python("caldav"),
    "vdirsyncer": lambda: _python("vdirsyncer"),
    "khal": lambda: _python("khal"),
    "axe-core": lambda: _node("axe-core"),
    "chromium": lambda: None if shutil.which("chromium") else "apt-get install chromium",
}
