"""`results` and `documents` at the command line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.cycle import Cycle
from models.engine import open_engine, writing
from tests.cli.conftest import Run
from tests.cli.running import ID

ATTACH = ("act", ID, "--by", "koordinator", "--do", "attach", "--file")


@pytest.fixture
def proof(imported: Path, run: Run, tmp_path: Path) -> Path:
    """A running cycle with one document."""
    path = tmp_path / "måling.csv"
    path.write_bytes(b"kommune;andel\nAalborg;36\n")
    assert run("cycle", "activate", ID, "--by", "koordinator").code == 0
    assert run(*ATTACH, path, "--indicator", "1a").code == 0
    return path


def test_a_document_is_listed_and_written_as_it_came(proof: Path, run: Run, tmp_path: Path) -> None:
    said = run("documents", ID)
    assert "måling.csv" in said.out
    assert [
        (each["number"], each["name"], each["indicator"]) for each in run("documents", ID, "--json").json
    ] == [(1, "måling.csv", "1a")]
    out = tmp_path / "out.csv"
    assert run("documents", ID, "1", "-o", out).code == 0
    assert out.read_bytes() == proof.read_bytes()
    assert run("documents", ID, "1", "-o", out).code == 2  # it is there already


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["2", "-o", "x"], 1, "has no document 2"),
        (["1"], 2, "-o FILE"),
        (["-o", "x"], 2, "-o FILE"),
        (["1", "-o", "x", "--json"], 2, "--json"),
        (["0", "-o", "x"], 2, ""),
    ],
)
def test_documents_that_cannot_be_written(
    proof: Path, run: Run, words: list[str], code: int, part: str
) -> None:
    said = run("documents", ID, *words)
    assert said.code == code
    assert part in said.err


def test_files_that_are_refused_at_the_command_line(proof: Path, run: Run, tmp_path: Path) -> None:
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(500_000_000)
    program = tmp_path / "rapport.pdf"
    program.write_bytes(b"MZ\x90\x00")
    too_large = run(*ATTACH, huge)
    assert (too_large.code, "500 MB" in too_large.err, "20 MB" in too_large.err) == (1, True, True)
    assert (run(*ATTACH, program).code, run(*ATTACH, tmp_path).code, run(*ATTACH, tmp_path / "no").code) == (
        1,
        2,
        2,
    )
    assert "a program (Windows)" in run(*ATTACH, program).err


def test_results_in_the_terminal_and_as_json(proof: Path, run: Run) -> None:
    said = run("results", ID)
    assert "1a missing: the total is between" in said.out
    found = run("results", ID, "--json").json
    assert found["results"][0]["documents"] == [1]
    assert found["results"][0]["state"] == "missing"
    assert found["total"]["provisional"] is True


def test_results_of_a_played_year_are_whole(played: Path, run: Run) -> None:
    found = run("results", ID, "--json").json
    assert found["total"]["shown"] == found["decided"]["shown"] == 97
    assert {each["state"] for each in found["results"]} == {"received"}
    assert {each["state"] for each in found["findings"]} <= {"open", "closed"}


def test_results_of_a_played_year_are_of_the_day_up_to_which_it_was_played(played: Path, run: Run) -> None:
    engine = open_engine(f"sqlite:///{played / 'aarshjul.db'}")
    with writing(engine) as session:  # half past midnight where its people live
        session.get_one(Cycle, ID).played_until = datetime(2023, 7, 1, 22, 30, tzinfo=UTC)
    engine.dispose()
    assert run("results", ID, "--json").json["on"] == "2023-07-02"


def test_results_on_paper(proof: Path, run: Run, tmp_path: Path) -> None:
    page, pdf = tmp_path / "r.html", tmp_path / "r.pdf"
    assert run("results", ID, "-o", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert '<html lang="da">' in text
    assert text.count("Bilag 1") == 1
    assert run("results", ID, "-o", pdf, "--lang", "en").code == 0
    assert pdf.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("words", [["-o", "r.docx"], ["-o", "r.html", "--json"]])
def test_results_that_cannot_be_shown(proof: Path, run: Run, words: list[str]) -> None:
    assert run("results", ID, *words).code == 2


def test_a_cycle_that_is_not_there(imported: Path, run: Run) -> None:
    for command in ("results", "documents"):
        said = run(command, "nordjylland-2032")
        assert said.code == 1
        assert "did you mean" in said.err
