"""Pages of the papers that show commands with what they say: each is run, from top to bottom."""

import re
import shlex
from pathlib import Path

from tests.cli.conftest import Run

DOCS = Path(__file__).parents[2] / "docs"


def commands_of(page: str) -> list[tuple[str, list[str]]]:
    """Each command of a page with the lines that stand under it."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
            elif line.strip():
                found[-1][1].append(line.rstrip())
    return found


def run_all(run: Run, commands: list[tuple[str, list[str]]], folder: Path) -> None:
    """Run the commands; what each says must be as shown, with `/srv` for the folder."""
    for command, shown in commands:
        said = run(*shlex.split(command)[1:])
        text = (said.out + said.err).replace("\r\n", "\n").replace(str(folder), "/srv")
        lines = [line.rstrip() for line in text.splitlines() if line.strip()]
        assert _is_as_shown(shown, lines), f"$ {command}\n" + "\n".join(lines)


def _is_as_shown(shown: list[str], said: list[str]) -> bool:
    """Whether the lines are those shown, `...` standing for any number of lines."""
    if not shown:
        return not said
    if shown[0] == "...":
        return any(_is_as_shown(shown[1:], said[start:]) for start in range(len(said) + 1))
    return bool(said) and said[0] == shown[0] and _is_as_shown(shown[1:], said[1:])
