"""`aarshjul score` as a person or a program meets it: output, exit codes, and what stands on stderr."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aarshjul.cli import app
from aarshjul.cli.errors import UNEXPECTED, run

ROOT = Path(__file__).parents[2]
REAL = ROOT / "examples" / "nordjylland-2021.contract.yaml"
TARGETS = ROOT / "examples" / "nordjylland-2021-targets.contract.yaml"


def _score(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["aarshjul", "score", *map(str, arguments)])
    return run(app)


def _bad(folder: Path) -> Path:
    path = folder / "bad.yaml"
    path.write_text(REAL.read_text().replace("year: 2021", "year: soon").replace("level: regional", "lvl: x"))
    return path


def test_json_is_one_line_for_each_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _score(monkeypatch, REAL, TARGETS, "--json") == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["total"]["shown"] == 97
    assert second["total"]["provisional"]


def test_table_has_goals_total_and_findings_without_colours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _score(monkeypatch, REAL, "--language", "da") == 0
    out = capsys.readouterr().out
    assert "Samlet: 97 %" in out
    assert (
        "reported-contradicts:8  afrapporteret med forskellige værdier: 96 % i overview, 98 % i detail" in out
    )
    assert "\x1b" not in out


@pytest.mark.parametrize("width", [20, 40, 60])
def test_ids_are_whole_on_a_narrow_terminal(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert _score(monkeypatch, ROOT / "examples" / "outreach-example.contract.yaml") == 0
    out = capsys.readouterr().out
    for whole in ("reach", "quality", "partners", "spread", "effect", "recommended-differs:reach"):
        assert whole in out


def test_text_of_the_file_is_no_markup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "markup.yaml"
    path.write_text(REAL.read_text().replace("title: Resultatkontrakt 2021", 'title: "[red]x[/red] [/]"'))
    assert _score(monkeypatch, path) == 0
    assert "[red]x[/red] [/]" in capsys.readouterr().out


def test_one_bad_file_of_two_scores_none_and_tells_every_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = _bad(tmp_path)
    assert _score(monkeypatch, REAL, bad, tmp_path / "none.yaml", "--json") == 2
    told = capsys.readouterr()
    assert told.out == ""
    lines = told.err.splitlines()
    assert lines[0].startswith(f"{bad}:7: `year` is `soon`; must be")
    assert sum("unknown key `lvl`" in line for line in lines) == 4
    assert lines[-1] == f"{tmp_path / 'none.yaml'}:1: there is no such file; check the name"


def test_usage_errors_leave_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _score(monkeypatch) == 2
    assert _score(monkeypatch, REAL, "--language", "sv") == 2
    assert "Missing argument" in capsys.readouterr().err


def test_what_nobody_expected_is_one_sentence_and_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> None:
        raise RuntimeError("the\nroof")

    assert run(broken) == UNEXPECTED
    err = capsys.readouterr().err
    assert "RuntimeError: the roof" in err
    assert "Traceback" not in err


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("the roof")

    monkeypatch.setenv("AARSHJUL_DEBUG", "1")
    with pytest.raises(RuntimeError, match="the roof"):
        run(broken)


def test_file_is_named_as_the_user_called_it() -> None:
    done = _process("score", "./nowhere/../none.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "./nowhere/../none.yaml:1: there is no such file; check the name\n"


def test_scoring_imports_nothing_slow() -> None:
    code = (
        "import sys; sys.argv = ['aarshjul', 'score', sys.argv[1], '--json']\n"
        "from aarshjul.cli import app; from aarshjul.cli.errors import run\n"
        "assert run(app) == 0\n"
        "slow = {'prefect', 'sqlmodel', 'sqlalchemy', 'holidays', 'icalendar', 'fastapi', 'apprise'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(REAL)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def _process(*arguments: str) -> "subprocess.CompletedProcess[str]":
    code = "from aarshjul.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=dict(os.environ),
        check=False,
    )
