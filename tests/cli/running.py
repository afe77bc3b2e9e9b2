"""Running a command as the installed one runs, without its process."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from aarshjul.cli import app
from aarshjul.cli.errors import run as run_app

EXAMPLES = Path(__file__).parents[2] / "examples"
CYCLE = EXAMPLES / "nordjylland-2023.cycle.yaml"
ACTS = EXAMPLES / "nordjylland-2023.acts.yaml"
CONTRACTS = sorted(EXAMPLES.glob("*.contract.yaml"))
ID = "nordjylland-2023"


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """How a command ended, and what it wrote."""

    code: int
    data: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.data.decode()

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.data)


def call(captured: pytest.CaptureFixture[bytes], words: list[str]) -> Said:
    """Run one command."""
    captured.readouterr()
    code = run_app(lambda: app(args=words, prog_name="aarshjul"))
    out, err = captured.readouterr()
    assert b"Traceback" not in out + err
    return Said(code=code, data=out, err=err.decode())
