"""`aarshjul what-if`: other results, the smallest change, a draft's targets; from files and from the record."""

import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import Session

from aarshjul.files.contract_file import read_contract
from aarshjul.files.write import dump_contract
from models.draft import Draft
from models.engine import open_engine
from tests.cli.conftest import Run
from tests.cli.pages import commands_of, run_all
from tests.cli.running import EXAMPLES, ID

REAL = EXAMPLES / "nordjylland-2021.contract.yaml"
TARGETS = EXAMPLES / "nordjylland-2021-targets.contract.yaml"
ROOT = EXAMPLES.parent

SMALL = """\
format: aarshjul/contract@1
id: small
title: Small
year: 2021
holder: H
council: K
goals:
  - id: "1"
    title: One
    indicators:
      - {id: 1a, rule: {at_least: 72}}
      - {id: 1x, rule: {at_least: 10}}
      - {id: 5a, rule: {yes_no: true}}
"""


def draft_in(home: Path, text: str, *, structured: bool) -> None:
    """A first version of the example cycle's draft."""
    engine = open_engine(f"sqlite:///{home / 'aarshjul.db'}")
    with Session(engine) as session:
        session.add(
            Draft(
                cycle_id=ID,
                version=1,
                round=1,
                text=text,
                hash=sha256(text.encode()).hexdigest(),
                submitted_by="koordinator",
                submitted_at=datetime(2022, 9, 1, tzinfo=UTC),
                structured=structured,
            )
        )
        session.commit()
    engine.dispose()


# --- results -----------------------------------------------------------------------------------------------------


def test_every_output_of_the_page_is_true(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    run_all(run, commands_of("what-if.md"), ROOT)


def test_figures_are_those_of_score(run: Run, tmp_path: Path) -> None:
    said = run("what-if", REAL, "--set", "1a=45", "--set", "7.2b=5", "--json").json
    changed = tmp_path / "changed.yaml"
    text = REAL.read_text().replace("actual: 36\n", "actual: 45\n").replace("actual: -2.33", "actual: 5")
    changed.write_text(text)
    before, after = run("score", REAL, "--json").json, run("score", changed, "--json").json
    assert said["total"] == {"before": before["total"], "after": after["total"]}
    assert [goal["id"] for goal in said["goals"]] == ["1", "7"]
    kept = ("exact", "shown", "low", "high", "provisional")
    for goal in said["goals"]:
        (scored,) = [each for each in after["goals"] if each["id"] == goal["id"]]
        assert goal["after"] == {name: scored[name] for name in kept}
    assert said["set"] == {"1a": "45", "7.2b": "5"}


def test_copies_change_with_their_goal_and_a_missing_result_is_a_range(run: Run) -> None:
    said = run("what-if", REAL, "--set", "10a=", "--json").json
    assert [goal["id"] for goal in said["goals"]] == ["2", "10"]
    assert said["total"]["after"]["provisional"]
    assert said["set"] == {"10a": None}


def test_nothing_changed_is_said(run: Run) -> None:
    assert "No goal stands otherwise." in run("what-if", REAL, "--set", "1a=36.0").out


@pytest.mark.parametrize(
    ("wish", "line"),
    [
        (["--set", "7.2x=1"], "--set 7.2x=1: nordjylland-2021 has no indicator `7.2x`; did you mean `7.2"),
        (["--set", "7=1"], "--set 7=1: 7 has no result of its own; set 7.1 or 7.2a or 7.2b or 7.2c"),
        (["--set", "1a"], "--set 1a: has no `=`; must be ID=VALUE"),
        (["--set", "1a=45,5"], "--set 1a=45,5: is `45,5`; must be a number with a point, 45.5"),
        (["--set", "1a=nan"], "--set 1a=nan: is `nan`; must be a finite number"),
        (["--set", "9a=101"], "--set 9a=101: `actual` of an assessed rule is 101; it must be from 0 to 100"),
        (["--set", "1a=1", "--set", "1a=2"], "--set 1a=2: sets 1a twice; keep one"),
        (["--lift", "total"], "--lift and --over belong together: --lift total --over 97"),
        (["--over", "97"], "--lift and --over belong together: --lift total --over 97"),
        (["--lift", "totl", "--over", "9"], "--lift totl: nordjylland-2021 has no goal `totl`; did you mean"),
        (["--lift", "7", "--over", "80,5"], "--over is `80,5`; must be a number with a point, 80.5"),
        ([], "nothing is asked: say --set ID=VALUE"),
    ],
)
def test_wrong_wishes_end_with_2_and_say_why(run: Run, wish: list[str], line: str) -> None:
    said = run("what-if", REAL, *wish)
    assert said.code == 2
    assert said.err.startswith(line)


def test_problems_are_told_together(run: Run) -> None:
    assert len(run("what-if", REAL, "--set", "x=1", "--set", "1a=true").err.splitlines()) == 2


# --- what is enough ----------------------------------------------------------------------------------------------


def test_what_is_set_counts_for_what_is_lifted(run: Run) -> None:
    wish = ("--lift", "total", "--over", "97 %", "--json")
    found = run("what-if", REAL, *wish).json["lift"]["enough"]
    assert [each["indicator"] for each in found] == ["8a", "3a", "1a", "7.2a", "7.2b"]
    assert run("what-if", REAL, "--set", "8a=69", *wish).json["lift"]["reached"]
    said = run("what-if", REAL, "--set", "8a=68", *wish).json["lift"]
    assert not said["reached"]
    (only,) = [each for each in said["enough"] if each["indicator"] == "8a"]
    assert (only["from"], only["to"]) == ("68", "69")


def test_missing_results_count_low_and_it_says_so(run: Run) -> None:
    said = run("what-if", TARGETS, "--lift", "1", "--over", "50")
    assert "Results are missing" in said.out
    danish = run("what-if", TARGETS, "--lift", "1", "--over", "50", "--lang", "da")
    assert "Der mangler resultater" in danish.out


def test_what_is_reached_and_what_cannot_be(run: Run) -> None:
    assert "80 % is reached already" in run("what-if", REAL, "--lift", "1", "--over", "80").out
    assert "at most 79.7 %: 7.1, 7.2c" in run("what-if", REAL, "--lift", "7", "--over", "80").out


# --- targets -----------------------------------------------------------------------------------------------------


def test_targets_of_a_file_on_a_years_results(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(SMALL)
    said = run("what-if", REAL, "--targets", file, "--json").json["targets"]
    assert said["no_actual"] == ["1x"]
    assert [each["indicator"] for each in said["unsuited"]] == ["5a"]
    assert "7.1" in said["no_target"]
    assert said["total"]["after"] == {
        "exact": None,
        "shown": None,
        "low": "16.6667",
        "high": "83.3333",
        "provisional": True,
    }
    shown = run("what-if", REAL, "--targets", file).out
    assert "With these targets 2021 would have given 16.7 to 83.3 %; its own gave 96.8 %." in shown
    assert "not measured in 2021, so it is a range: 1x" in shown
    assert "5a counts as missing: `actual` of a yes_no rule must be true or false" in shown


def test_targets_of_a_draft_file_on_a_years_results(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    head = "format: aarshjul/contract@1\nid: small\ntitle: Small\nyear: 2021\nholder: H\ncouncil: K\n"
    file.write_text(SMALL.replace(head, "format: aarshjul/draft@1\n"))
    said = run("what-if", REAL, "--targets", file, "--json").json["targets"]
    assert (said["draft"], said["no_actual"]) == ("draft", ["1x"])
    assert said["total"]["after"]["low"] == "16.6667"
    wrong = tmp_path / "acts.yaml"
    wrong.write_text("format: aarshjul/acts@1\nacts: []\n")
    assert run("what-if", REAL, "--targets", wrong).code == 2


def test_ids_lead_to_contracts_and_a_cycle_to_the_one_it_presents(run: Run, played: Path) -> None:
    by_file = run("what-if", REAL, "--set", "1a=45", "--json").json
    by_cycle = run("what-if", ID, "--set", "1a=45", "--json").json
    assert by_cycle["total"] == by_file["total"]
    contract = by_cycle["contract"]
    assert run("what-if", contract, "--set", "1a=45", "--json").json["total"] == by_file["total"]
    assert run("what-if", contract, "--targets", contract, "--json").code == 0


def test_targets_of_a_cycle_are_its_drafts(run: Run, imported: Path) -> None:
    draft_in(imported, SMALL, structured=True)
    said = run("what-if", REAL, "--targets", ID, "--json").json["targets"]
    assert said["draft"] == "small"


def test_prose_and_no_draft_have_no_targets(run: Run, imported: Path) -> None:
    without = run("what-if", REAL, "--targets", ID)
    draft_in(imported, "# Prose\n", structured=False)
    for said in (without, run("what-if", REAL, "--targets", ID)):
        assert said.code == 1
        assert said.err.startswith(f"{ID} has no structured draft")


def test_unknown_ids_are_refused(run: Run, imported: Path) -> None:
    for wish in (("nowhere", "--set", "1a=1"), (ID, "--targets", "nowhere")):
        said = run("what-if", *wish)
        assert said.code == 1
        assert said.err.startswith("there is no cycle or contract `nowhere` here")


def test_canonical_text_of_a_contract_is_a_draft(run: Run, imported: Path) -> None:
    draft_in(imported, dump_contract(read_contract(TARGETS)), structured=True)
    said = run("what-if", REAL, "--targets", ID, "--json").json["targets"]
    assert said["total"]["before"] == said["total"]["after"]


def test_files_need_nothing_slow() -> None:
    code = (
        "import sys; sys.argv = ['aarshjul', 'what-if', sys.argv[1], '--lift', 'total', '--over', '97']\n"
        "from aarshjul.cli import app; from aarshjul.cli.errors import run\n"
        "assert run(app) == 0\n"
        "slow = {'prefect', 'sqlmodel', 'sqlalchemy', 'holidays', 'icalendar', 'fastapi', 'apprise'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(REAL)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
