"""`aarshjul wheel`: what it writes, and how it says no."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import Run
from tests.cli.running import CYCLE, ID

BEGINNINGS = {"svg": b"<svg ", "png": b"\x89PNG", "pdf": b"%PDF-", "html": b"<!doctype html>"}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_a_file_is_of_the_kind_that_its_name_says(run: Run, tmp_path: Path, form: str) -> None:
    output = tmp_path / f"wheel.{form.upper()}"
    said = run("wheel", CYCLE, "-o", output, "--on", "2022-11-18")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert output.read_bytes().startswith(BEGINNINGS[form])


@pytest.mark.parametrize("words", [(), ("-o", "-")])
def test_without_a_file_svg_goes_to_standard_output(run: Run, words: tuple[str, ...]) -> None:
    said = run("wheel", CYCLE, *words)
    assert said.code == 0
    assert ET.fromstring(said.data).get("lang") == "da"  # noqa: S314 -- our own


def test_a_cycle_of_the_record_is_drawn_as_the_file_of_it(run: Run, imported: Path) -> None:
    words = ("--on", "2022-11-18", "--lang", "en")
    assert run("wheel", ID, *words).data == run("wheel", CYCLE, *words).data


def test_no_day_is_marked_where_none_is_wanted(run: Run) -> None:
    marked = run("wheel", CYCLE, "--on", "2022-11-18")
    plain = run("wheel", CYCLE, "--on", "2022-11-18", "--no-today")
    assert "18. november 2022</text>" in marked.out
    assert "18. november 2022</text>" not in plain.out


def test_json_has_the_rows_of_the_table(run: Run) -> None:
    rows = run("wheel", CYCLE, "--json", "--on", "2022-11-18", "--lang", "en").json
    assert (rows["cycle"], rows["on"]) == (ID, "2022-11-18")
    assert rows["milestones"][0] == {
        "milestone": "results",
        "date": "2022-05-20",
        "kind": "deadline",
        "phase": "data-collection",
        "look": "confirmed",
        "words": {
            "Date": "20 May 2022",
            "Time": "",
            "Milestone": "Resultater for 2021",
            "Kind": "Deadline",
            "Phase": "Data collection",
            "Status": "confirmed",
            "Place": "",
        },
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "wheel.gif"), "wheel.gif: a wheel can be .svg, .png, .pdf or .html: name such a file\n"),
        (("-o", "wheel"), "wheel: a wheel can be .svg, .png, .pdf or .html: name such a file\n"),
        (("-o", "w.png", "--size", "0"), "a picture of 0 pixels: the width must be from 200 to 8000\n"),
        (
            ("-o", "w.png", "--size", "100000"),
            "a picture of 100000 pixels: the width must be from 200 to 8000\n",
        ),
        (("-o", "w.svg", "--size", "800"), "--size is the width of a PNG: SVG, PDF and HTML fit any size\n"),
        (("-o", "w.svg", "--json"), "--json goes to standard output: leave out -o, or --json\n"),
        (("-o", "no/such/w.svg"), "no/such/w.svg cannot be written: No such file or directory\n"),
        (("-o", "there.svg"), "there.svg exists already: name another file, or move it away\n"),
    ],
)
def test_what_cannot_be_written_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there.svg").write_text("mine")
    result = run("wheel", CYCLE, *words)
    assert (result.code, result.err) == (2, said)
    assert Path("there.svg").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["there.svg"]


@pytest.mark.parametrize("words", [("--lang", "sv"), ("--on", "18-11-2022"), ("--size", "big")])
def test_an_option_that_is_none_is_bad_input(run: Run, words: tuple[str, ...]) -> None:
    assert run("wheel", CYCLE, *words).code == 2


def test_a_cycle_that_is_not_there_is_refused(run: Run, imported: Path) -> None:
    said = run("wheel", "nordjyland-2023")
    assert (said.code, said.out) == (1, "")
    assert said.err == "there is no cycle `nordjyland-2023` here; did you mean `nordjylland-2023`?\n"


def test_a_file_that_is_no_cycle_is_bad_input(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text("format: aarshjul/cycle@1\n")
    said = run("wheel", file)
    assert said.code == 2
    assert str(file) in said.err
    assert run("wheel", tmp_path / "none.yaml").code == 2
