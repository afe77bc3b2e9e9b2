"""The page about the commands is run, from top to bottom."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import EXAMPLES

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def _commands() -> list[tuple[str, list[str]]]:
    """Each command of the page with the lines that stand under it."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text(), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
            else:
                found[-1][1].append(line)
    return found


def _is_as_shown(shown: list[str], said: list[str]) -> bool:
    """Whether the lines are those shown, `...` standing for any number of lines."""
    if not shown:
        return not said
    if shown[0] == "...":
        return any(_is_as_shown(shown[1:], said[start:]) for start in range(len(said) + 1))
    return bool(said) and said[0] == shown[0] and _is_as_shown(shown[1:], said[1:])


def test_every_output_of_the_page_is_true(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    commands = _commands()
    assert len(commands) > 15
    for command, shown in commands:
        said = run(*shlex.split(command)[1:])
        text = (said.out + said.err).replace("\r\n", "\n").replace(str(tmp_path), "/srv")
        lines = [line.rstrip() for line in text.splitlines() if line.strip()]
        assert _is_as_shown(shown, lines), f"$ {command}\n" + "\n".join(lines)
