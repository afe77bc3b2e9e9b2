"""`import` and `export`."""

from pathlib import Path

import pytest

from aarshjul.files.national_file import read_national
from aarshjul.files.read import cycle_from_text, read_contract, read_cycle
from tests.cli.conftest import Run
from tests.cli.running import ACTS, CONTRACTS, CYCLE, EXAMPLES, ID


def test_a_cycle_comes_in_with_its_contract_and_stays_silent(run: Run) -> None:
    said = run("import", CYCLE)
    assert said.code == 0
    assert "silent until" in said.out
    assert run("status", ID, "--json").json["stage"] == "not-started"
    assert run("export", read_contract(EXAMPLES / str(read_cycle(CYCLE).scores)).id).code == 0


def test_the_same_file_twice_changes_nothing(run: Run) -> None:
    assert run("import", CYCLE, "--json").json == {"kind": "cycle", "id": ID, "imported": True}
    before = run("status", ID, "--json").json
    assert run("import", CYCLE, "--json").json == {"kind": "cycle", "id": ID, "imported": False}
    assert run("status", ID, "--json").json == before


def test_another_cycle_of_the_same_id_is_refused(run: Run, imported: Path, tmp_path: Path) -> None:
    assert imported.exists()
    for name in ("other.yaml", str(read_cycle(CYCLE).scores), str(read_cycle(CYCLE).national_goals)):
        source = CYCLE if name == "other.yaml" else EXAMPLES / name
        (tmp_path / name).write_text(source.read_text().replace("Resultatkontrakt 2023", "Noget andet"))
    said = run("import", tmp_path / "other.yaml")
    assert (said.code, said.out) == (1, "")
    assert "is here already with another content" in said.err


@pytest.mark.parametrize("file", CONTRACTS, ids=lambda file: file.stem)
def test_a_contract_reads_back_equal(run: Run, file: Path, tmp_path: Path) -> None:
    name = run("import", file, "--json").json["id"]
    again = tmp_path / "again.yaml"
    assert run("export", name, "-o", again).code == 0
    assert read_contract(again) == read_contract(file)
    assert run("import", again, "--json").json["imported"] is False


def test_a_fresh_cycle_reads_back_equal(run: Run, imported: Path) -> None:
    assert imported.exists()
    said = run("export", ID)
    assert cycle_from_text(said.out, "export") == read_cycle(CYCLE)
    assert said.err == ""


def test_what_moved_has_its_date_and_what_hangs_on_it_keeps_its_rule(run: Run, imported: Path) -> None:
    assert imported.exists()
    act = ("act", ID, "--by", "koordinator", "--do")
    assert run(*act, "move", "--milestone", "dialogue-meeting", "--to", "2031-11-25").code == 0
    assert run(*act, "move", "--milestone", "approval-papers", "--to", "2031-01-02").code == 0
    assert run(*act, "confirm", "--milestone", "dialogue-meeting").code == 0
    before = {each.id: each for each in read_cycle(CYCLE).milestones}
    after = {each.id: each for each in cycle_from_text(run("export", ID).out, "export").milestones}
    assert after["dialogue-meeting"].on.isoformat() == "2031-11-25"  # type: ignore[union-attr]
    assert after["dialogue-meeting"].status == "confirmed"
    assert after["dialogue-papers"] == before["dialogue-papers"]
    assert after["approval-papers"].on.isoformat() == "2031-01-02"  # type: ignore[union-attr]


def test_who_left_and_what_is_cancelled_is_not_exported_and_followers_keep_their_dates(
    run: Run, imported: Path
) -> None:
    assert imported.exists()
    act = ("act", ID, "--by", "koordinator", "--do")
    assert run(*act, "leave", "--person", "kkr-aalborg").code == 0
    assert run(*act, "cancel", "--milestone", "dialogue-meeting").code == 0
    said = run("export", ID)
    form = cycle_from_text(said.out, "export")
    assert "kkr-aalborg" not in {person.id for person in form.people}
    assert "dialogue-meeting is cancelled and left out" in said.err
    papers = next(each for each in form.milestones if each.id == "dialogue-papers")
    assert papers.on.isoformat() == "2022-11-04"  # type: ignore[union-attr]


def test_a_played_year_exports_to_a_file_that_imports_elsewhere(
    run: Run, played: Path, tmp_path: Path
) -> None:
    assert played.exists()
    name = str(read_cycle(CYCLE).scores)
    contract = read_contract(EXAMPLES / name).id
    assert run("export", ID, "-o", tmp_path / "year.yaml").code == 0
    assert run("export", contract, "-o", tmp_path / name).code == 0
    shared = read_cycle(CYCLE).national_goals
    assert shared is not None
    goals = read_national(EXAMPLES / shared).id
    assert run("national", goals, "--version", "1", "-o", tmp_path / shared).code == 0
    assert all(leaf.actual is not None for _, leaf in read_contract(tmp_path / name).leaves())
    said = run("import", tmp_path / "year.yaml", "--home", tmp_path / "elsewhere")
    assert (said.code, said.err) == (0, "")


def test_acts_are_not_imported_but_played(run: Run, home: Path) -> None:
    said = run("import", ACTS)
    assert said.code == 2
    assert f"{ACTS}:1:" in said.err
    assert "simulate" in said.err
    assert not home.exists()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"format: aarshjul/cycle@1\nid: x\ntitel: y\n", ":3: unknown key `titel`; did you mean `title`?"),
        (
            CYCLE.read_bytes().replace(b"on: 2023-02-10", b"on: 9999-12-31"),
            "must be a date from 1900 to 2200",
        ),
        (CYCLE.read_bytes().replace(b"on: 2023-02-10", b"on: 2023-02-30"), "a day that does not exist"),
        (b"\x00\x01\x02", ":1: is not text"),
        (b"", ":1:"),
        (b"a: [1", ":2: is not YAML"),
        (b"format: aarshjul/people@1\n", ":1: `format` is"),
        (b"x" * 1_000_001, ":1: is larger than 1 MB"),
    ],
)
def test_bad_files_are_told_by_line_and_nothing_is_made(
    run: Run, home: Path, tmp_path: Path, content: bytes, complaint: str
) -> None:
    file = tmp_path / "bad.yaml"
    file.write_bytes(content)
    said = run("import", file)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"{file}:")
    assert complaint in said.err
    assert not home.exists()


@pytest.mark.parametrize("name", ["missing.yaml", ".", "x" * 300])
def test_what_is_no_file_is_told(run: Run, tmp_path: Path, name: str) -> None:
    said = run("import", tmp_path / name)
    assert said.code == 2
    assert said.err.startswith(str(tmp_path))


def test_a_cycle_without_its_contract_is_told_which_file_is_missing(
    run: Run, home: Path, tmp_path: Path
) -> None:
    shared = str(read_cycle(CYCLE).national_goals)
    for name, source in (("c.yaml", CYCLE), (shared, EXAMPLES / shared)):
        (tmp_path / name).write_text(source.read_text())
    said = run("import", tmp_path / "c.yaml")
    assert said.code == 2
    assert "contract.yaml:1: there is no such file" in said.err
    assert not home.exists()


def test_an_unknown_id_names_what_was_meant(run: Run, imported: Path) -> None:
    assert imported.exists()
    said = run("export", "nordjyland-2023")
    assert (said.code, said.out) == (1, "")
    assert f"did you mean `{ID}`?" in said.err


def test_an_id_that_is_both_wants_the_kind(run: Run, imported: Path, tmp_path: Path) -> None:
    assert imported.exists()
    text = CONTRACTS[0].read_text()
    old = read_contract(CONTRACTS[0]).id
    (tmp_path / "same.yaml").write_text(text.replace(f"id: {old}", f"id: {ID}", 1))
    assert run("import", tmp_path / "same.yaml").code == 0
    assert "--kind" in run("export", ID).err
    assert run("export", ID, "--kind", "contract").out.startswith("format: aarshjul/contract@1")
    assert run("export", ID, "--kind", "cycle").out.startswith("format: aarshjul/cycle@1")


def test_export_overwrites_nothing(run: Run, imported: Path, tmp_path: Path) -> None:
    assert imported.exists()
    mine = tmp_path / "mine.yaml"
    mine.write_text("mine")
    assert run("export", ID, "-o", mine).code == 2
    assert mine.read_text() == "mine"
    assert run("export", ID, "-o", tmp_path / "no" / "folder.yaml").code == 2
