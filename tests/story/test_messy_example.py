"""The year that does not go as planned: a draft sent back, an approval that falls, a meeting moved, a delegate."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.goldens import FOLDER, agrees
from tests.story import oracle
from tests.story.plain import mails_in

ROOT = Path(__file__).parents[2]
YEAR = ROOT / "examples" / "messy-year"
NAME = "midtoen-2025"

pytestmark = pytest.mark.prefect


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from aarshjul.cli import main; main()", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "120"},
        timeout=200,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole year, played through Prefect."""
    out = tmp_path_factory.mktemp("messy") / "home"
    files = YEAR / f"{NAME}.cycle.yaml", YEAR / f"{NAME}.acts.yaml"
    played = _run("simulate", str(files[0]), "--acts", str(files[1]), "--out", str(out))
    assert played.returncode == 0, played.stderr
    return out


def _told(home: Path, *arguments: str) -> str:
    answer = _run("--home", str(home), *arguments)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_the_story_is_the_one_that_was_read_and_found_right(home: Path) -> None:
    assert agrees(FOLDER / "story" / f"{NAME}.jsonl", (home / "story.jsonl").read_bytes())


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("diff-1-2", ("draft", "diff", NAME, "1", "2")),
        ("diff-2-3", ("draft", "diff", NAME, "2", "3")),
        ("diff-3-4", ("draft", "diff", NAME, "3", "4")),
        ("minutes-dialogue", ("minutes", NAME, "dialogue-meeting")),
        ("minutes-board", ("minutes", NAME, "board-approval")),
        ("consultation", ("consultation", NAME)),
        ("conditions", ("conditions", NAME)),
    ],
)
def test_its_papers_are_those_that_were_read_and_found_right(
    home: Path, name: str, arguments: tuple[str, ...]
) -> None:
    assert agrees(FOLDER / "story" / f"{NAME}.{name}.txt", _told(home, *arguments).encode())


def test_it_ends_in_force_on_the_version_that_both_bodies_approved_last(home: Path) -> None:
    status: dict[str, Any] = json.loads(_told(home, "status", NAME, "--json"))
    assert (status["stage"], status["round"], status["draft"]["version"]) == ("in-force", 2, 4)
    version = status["draft"]["hash"]
    standing = [(each["body"], each["outcome"], each["hash"], each["on"]) for each in status["decisions"]]
    assert standing[-2:] == [
        ("board", "approved-with-conditions", version, "2025-02-05"),
        ("council", "approved", version, "2025-02-07"),
    ]


def test_the_approved_draft_is_next_years_contract_and_can_be_scored(home: Path, tmp_path: Path) -> None:
    _told(home, "export", f"{NAME}-contract", "-o", str(tmp_path / "contract.yaml"))
    scored = _run("score", str(tmp_path / "contract.yaml"), "--json")
    assert scored.returncode == 0, scored.stderr
    total = json.loads(scored.stdout)["total"]
    assert (total["low"], total["high"], total["provisional"]) == ("0.0000", "100.0000", True)


def test_its_history_is_whole(home: Path) -> None:
    assert _run("--home", str(home), "history", "verify").returncode == 0


def test_a_fallen_approval_is_told_to_those_whose_it_was_with_what_changed(home: Path) -> None:
    told = [mail for mail in mails_in(home) if mail.duties[0].split("/")[3] == "reopened"]
    assert {mail.duties[0].split("/")[5] for mail in told} >= {"mid-formand", "mid-medlem-1", "mid-medlem-2"}
    assert all("halvt år" in mail.text for mail in told)


def test_a_calendar_that_follows_every_message_ends_up_right(home: Path) -> None:
    for sent in oracle.sequences(mails_in(home)).values():
        numbers = [sequence for _, sequence in sent]
        asked = [sequence for method, sequence in sent if method == "REQUEST"]
        assert numbers == sorted(numbers)
        assert asked == sorted(set(asked))
