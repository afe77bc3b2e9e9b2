"""`aarshjul draft` and `aarshjul national`: what is shown, checked and written, from an empty home to the next year."""

import hashlib
from pathlib import Path

import pytest

from tests.cli.conftest import Run, _imported, _played, home, imported, played, run
from tests.cli.running import EXAMPLES, ID

__all__ = ["_imported", "_played", "home", "imported", "played", "run"]  # fixtures of the command line

NATIONAL = EXAMPLES / "national-goals-2023.yaml"
DRAFTS = [EXAMPLES / "drafts" / f"resultatkontrakt-2023-v{number}.yaml" for number in (1, 2, 3)]


@pytest.fixture
def drafting(run: Run, imported: Path) -> Run:
    """The example cycle runs, and the national goals are here."""
    assert run("import", NATIONAL).code == 0
    assert run("cycle", "activate", ID, "--by", "koordinator").code == 0
    return run


def submit(run: Run, file: Path, *more: str) -> int:
    return run("act", ID, "--by", "direktoer", "--do", "submit-draft", "--file", file, *more).code


def test_the_examples_follow_each_other_and_the_last_has_nothing_to_look_at(drafting: Run) -> None:
    counts = []
    for file in DRAFTS:
        before = drafting("draft", "check", file, "--cycle", ID, "--json").json["findings"]
        assert submit(drafting, file) == 0
        after = drafting("draft", "check", ID, "--json").json["findings"]
        assert before == after
        counts.append(len(after))
    assert counts == [3, 0, 0]


def test_what_is_shown_can_be_changed_and_submitted(drafting: Run, tmp_path: Path) -> None:
    submit(drafting, DRAFTS[0])
    file = tmp_path / "mit.yaml"
    assert drafting("draft", "show", ID, "-o", file).code == 0
    text = file.read_text(encoding="utf-8")
    assert "based_on: 1\n" in text
    assert "national" not in text
    assert submit(drafting, file) == 1  # nothing is new in it
    file.write_text(text.replace("at_least: 60", "at_least: 65"), encoding="utf-8")
    assert submit(drafting, file) == 0
    assert submit(drafting, file) == 1  # it was made from version 1, which is not the present one any more
    assert drafting("draft", "show", ID, "--json").json["version"] == 2


def test_the_whole_text_has_the_hash_of_the_version(drafting: Run) -> None:
    submit(drafting, DRAFTS[0])
    shown = drafting("draft", "show", ID, "--json").json
    whole = drafting("draft", "show", ID, "--version", "1", "--whole")
    assert hashlib.sha256(whole.data).hexdigest() == shown["hash"]
    assert whole.out == shown["text"]
    assert [goal["id"] for goal in shown["contract"]["goals"]][:3] == ["1", "2", "3"]


def test_before_the_first_version_it_starts_with_the_last_contracts_regional_goals(drafting: Run) -> None:
    drafting("act", ID, "--by", "direktoer", "--do", "record-result", "--indicator", "12a", "--actual", "507")
    said = drafting("draft", "show", ID)
    assert "where it starts" in said.err
    assert [line for line in said.out.splitlines() if line.startswith("  - id")] == [
        f'  - id: "{number}"' for number in (9, 10, 11, 12)
    ]
    assert "507" not in said.out
    assert "based_on" not in said.out
    assert drafting("draft", "show", ID, "--json").json["version"] is None


def test_a_result_that_meets_the_target_is_found(drafting: Run) -> None:
    drafting(
        "act",
        ID,
        "--by",
        "direktoer",
        "--do",
        "record-result",
        "--indicator",
        "12a",
        "--actual",
        "507",
        "--source",
        "S",
    )
    said = drafting("draft", "check", DRAFTS[2], "--cycle", ID, "--lang", "da")
    assert said.out == "target-met:12/12a: det seneste kendte resultat, 507, opfylder allerede målet\n"
    assert drafting("draft", "check", DRAFTS[2]).out == "There is nothing to look at.\n"


def test_newer_national_goals_are_offered_with_what_differs(drafting: Run, tmp_path: Path) -> None:
    submit(drafting, DRAFTS[0])
    newer = tmp_path / "newer.yaml"
    newer.write_text(NATIONAL.read_text(encoding="utf-8").replace("plus: 9", "plus: 10"), encoding="utf-8")
    assert drafting("import", newer).out == "national-goals nationale-maal-2023 is imported\n"
    offered = drafting("draft", "check", ID, "--json").json["national_goals_offered"]
    assert offered == {"set": "nationale-maal-2023", "version": 2, "differences": {"1": ["`rule` of 1a"]}}
    assert "take-national-goals" in drafting("draft", "check", ID).out
    assert drafting("act", ID, "--by", "direktoer", "--do", "take-national-goals").code == 0
    assert drafting("draft", "check", ID, "--json").json["national_goals_offered"] is None
    assert [each["version"] for each in drafting("national", "--json").json] == [1, 2]


def test_a_version_of_the_goals_for_other_houses_is_not_offered(drafting: Run, tmp_path: Path) -> None:
    submit(drafting, DRAFTS[0])
    newer = tmp_path / "newer.yaml"
    newer.write_text(
        NATIONAL.read_text(encoding="utf-8").replace("at_least: 55", "at_least: 56"), encoding="utf-8"
    )
    assert drafting("import", newer).code == 0
    assert drafting("draft", "check", ID, "--json").json["national_goals_offered"] is None


def test_a_set_is_written_as_it_came_in(drafting: Run, tmp_path: Path) -> None:
    text = drafting("national", "nationale-maal-2023", "--version", "1").out
    again = tmp_path / "again.yaml"
    again.write_text(text, encoding="utf-8")
    assert drafting("import", again, "--json").json["imported"] is False
    assert drafting("national", "nationale-maal-2023", "--version", "2").code == 1
    assert drafting("national", "andre").code == 1
    assert drafting("national", "--version", "1").code == 2


def test_the_paper_shows_what_others_wrote_and_follows_none_of_it(drafting: Run, tmp_path: Path) -> None:
    file, page = tmp_path / "ond.yaml", tmp_path / "udkast.html"
    evil = (
        DRAFTS[0]
        .read_text(encoding="utf-8")
        .replace(
            "Erhvervshuset samler", "<script>alert(1)</script> [x](javascript:alert(2)) Erhvervshuset samler"
        )
    )
    file.write_text(evil.replace("title: Vejledning", 'title: "<img src=x>"'), encoding="utf-8")
    assert submit(drafting, file) == 0
    assert drafting("draft", "show", ID, "-o", page).code == 0
    html = page.read_text(encoding="utf-8")
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<img src=x" not in html
    assert "mindst 360 forløb" in html


def test_prose_is_shown_as_it_is_and_has_nothing_to_check(drafting: Run, tmp_path: Path) -> None:
    file = tmp_path / "udkast.md"
    file.write_text("# Resultatkontrakt 2023\n\nMål 9 fortsætter.\n", encoding="utf-8")
    submit(drafting, file)
    assert drafting("draft", "show", ID).out.startswith("# Resultatkontrakt 2023")
    assert drafting("draft", "check", ID, "--json").json["structured"] is False


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("draft", "show", "nordjyland-2023"), 1),
        (("draft", "show", ID, "--version", "7"), 1),
        (("draft", "show", ID, "-o", "x.html"), 1),
        (("draft", "check", ID), 1),
        (("draft", "check", "no-such.yaml"), 2),
        (("draft", "check", "no-such.yaml", "--cycle", ID), 2),
        (("draft", "check", ID, "--version", "0"), 2),
        (("import", DRAFTS[0]), 2),
    ],
)
def test_what_cannot_be_done_is_told(drafting: Run, words: tuple[str | Path, ...], code: int) -> None:
    said = drafting(*words)
    assert said.code == code
    assert said.err.strip()


def test_two_megabytes_and_hidden_marks_are_refused(drafting: Run, tmp_path: Path) -> None:
    file = tmp_path / "stor.md"
    file.write_text("x" * 2_000_000, encoding="utf-8")
    said = drafting("act", ID, "--by", "direktoer", "--do", "submit-draft", "--file", file)
    assert (said.code, "1 MB" in said.err) == (2, True)
    said = drafting("act", ID, "--by", "direktoer", "--do", "submit-draft", "--text", "x" * 2_000_000)
    assert (said.code, "at most 1000000 bytes" in said.err) == (2, True)
    file.write_text("Mål 1\nMål \u202e2", encoding="utf-8")
    said = drafting("act", ID, "--by", "direktoer", "--do", "submit-draft", "--file", file)
    assert (
        said.code,
        f"{file}:2: holds the control character U+202E (RIGHT-TO-LEFT OVERRIDE)" in said.err,
    ) == (2, True)


def test_a_cycle_brings_its_national_goals_along(run: Run, home: Path, tmp_path: Path) -> None:
    text = (EXAMPLES / f"{ID}.cycle.yaml").read_text(encoding="utf-8")
    for name in ("nordjylland-2021-targets.contract.yaml", NATIONAL.name):
        (tmp_path / name).write_text((EXAMPLES / name).read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "c.cycle.yaml"
    if "\nnational_goals:" not in text:
        text = text.replace("\nscores:", f"\nnational_goals: {NATIONAL.name}\nscores:")
    file.write_text(text, encoding="utf-8")
    assert run("import", file).code == 0
    assert [each["id"] for each in run("national", "--json").json] == ["nationale-maal-2023"]
    assert f"\nnational_goals: {NATIONAL.name}\n" in run("export", ID).out


def test_the_year_after_next_presents_the_contract_that_the_draft_became(drafting: Run) -> None:
    submit(drafting, DRAFTS[0])
    acts = [
        ("koordinator", "cancel", "--milestone", "dialogue-meeting"),
        ("koordinator", "decide", "--body", "board", "--outcome", "approved", "--minutes", "P1"),
        ("koordinator", "decide", "--body", "council", "--outcome", "approved", "--minutes", "P2"),
        ("koordinator", "put-in-force"),
    ]
    for by, do, *fields in acts:
        said = drafting("act", ID, "--by", by, "--do", do, *fields)
        assert said.code == 0, said.err
    assert drafting("export", f"{ID}-contract").out.startswith("format: aarshjul/contract@1\n")
    said = drafting("cycle", "roll-over", ID, "--year", "2025")
    assert f"scores: {ID}-contract.contract.yaml\n" in said.out
    assert f"aarshjul export {ID}-contract" in said.err
    assert "scores:" not in drafting("cycle", "roll-over", ID).out
    assert drafting("cycle", "roll-over", ID, "--year", "2025", "--import").code == 0
    started = drafting("draft", "show", "nordjylland-2025").out
    assert "Husets sagssystem" in started
    assert "Kendskab" not in started
