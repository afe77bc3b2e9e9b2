"""Approval from the command line: conditions in brackets and in files, and the signing hook as the shell calls it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.acts.situations import board_approved, conditioned, council_approved
from tests.approval.programs import program
from tests.cli.running import Said, call

Act = Callable[..., Said]
Screen = pytest.CaptureFixture[bytes]
IN_A_FILE = """\
- text: |
    Måltallet for mål 3 følges op,
    og bestyrelsen hører om det.
  owner: holder
  due: 2199-03-01
"""


@pytest.fixture
def act(tmp_path: Path, capsysbinary: Screen) -> Act:
    """`aarshjul act c --by PERSON --do ...` in the folder of this test."""

    def go(by: str, *words: str) -> Said:
        return call(capsysbinary, ["act", "c", "--home", str(tmp_path), "--by", by, "--do", *words])

    return go


def approval(conditions: str) -> list[str]:
    fixed = ["decide", "--body", "council", "--outcome", "approved-with-conditions"]
    return [*fixed, "--conditions", conditions]


def listed(capsysbinary: Screen, home: Path, *words: str) -> Said:
    return call(capsysbinary, ["conditions", "c", "--home", str(home), *words])


def test_conditions_stand_in_brackets_or_in_a_file(
    sqlite: Engine, tmp_path: Path, act: Act, capsysbinary: Screen
) -> None:
    board_approved(sqlite, tmp_path)
    (tmp_path / "betingelser.yaml").write_text(IN_A_FILE, encoding="utf-8")
    assert act("c1", *approval(str(tmp_path / "betingelser.yaml"))).code == 0
    first = listed(capsysbinary, tmp_path, "--json").json[0]
    assert first["text"] == "Måltallet for mål 3 følges op,\nog bestyrelsen hører om det.\n"
    assert (first["due"], first["owner"], first["milestone"]) == ("2199-03-01", "holder", "condition-1")
    assert (first["state"], first["overdue"], first["body"]) == ("open", False, "council")


def test_a_list_that_cannot_be_read_is_bad_input(sqlite: Engine, tmp_path: Path, act: Act) -> None:
    board_approved(sqlite, tmp_path)
    for conditions, words in (
        ("[{text: A, owner: holder", "--conditions"),
        ("[{text: A}]", "--conditions: `owner` is missing"),
        (str(tmp_path / "none.yaml"), "there is no such file"),
    ):
        said = act("c1", *approval(conditions))
        assert said.code == 2
        assert words in said.err


def test_the_list_says_what_is_late(sqlite: Engine, tmp_path: Path, capsysbinary: Screen) -> None:
    conditioned(sqlite, tmp_path)
    assert "overdue" in listed(capsysbinary, tmp_path).out
    assert listed(capsysbinary, tmp_path, "--json").json[0]["overdue"] is True


def test_the_shell_asks_the_service_and_a_failure_signs_nothing(
    sqlite: Engine, tmp_path: Path, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = council_approved(sqlite, tmp_path)
    monkeypatch.setenv("AARSHJUL_SIGNING", program(tmp_path, "ends_with_3"))
    said = act("bc", "sign", "--body", "board")
    assert said.code == 1
    assert said.err.startswith("nothing is signed: the signing service ended with code 3")
    monkeypatch.setenv("AARSHJUL_SIGNING", program(tmp_path, "signs"))
    assert act("bc", "sign", "--body", "board", "--service", "x").code == 2
    assert act("bc", "sign", "--body", "board").code == 0
    assert "'Prøveservice'" in world.snapshot()["signature"][0]
