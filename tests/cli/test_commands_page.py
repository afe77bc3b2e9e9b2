"""The page about the commands is run, from top to bottom."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.pages import commands_of, run_all
from tests.cli.running import EXAMPLES


def test_every_output_of_the_page_is_true(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    commands = commands_of("commands.md")
    assert len(commands) > 15
    run_all(run, commands, tmp_path)
