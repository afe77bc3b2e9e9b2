"""`aarshjul draft versions`, `diff` and `merge`: what a coordinator sees, and what two people do to one draft."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from aarshjul.files.draft_file import is_structured
from tests.acts.situations import NATIONAL_GOALS
from tests.cli.conftest import Run
from tests.world import World

GOALS = """format: aarshjul/draft@1
goals:
  - id: "9"
    title: Retning
    text: |
      Huset samler parterne.

      Midlerne findes hos staten.
    indicators:
      - {id: 9a, title: Møder, rule: {at_least: 60}, owner: holder, source: CRM}
      - {id: 9b, title: Midler, rule: {at_least: 10}, owner: holder, source: CRM}
  - {id: "10", title: Vækst, text: Flere, indicators: [{id: 10a, rule: {yes_no: true}, owner: holder, source: S}]}
"""


def changed(*pairs: tuple[str, str], on: int | None = 1) -> str:
    text = GOALS if on is None else GOALS.replace("draft@1\n", f"draft@1\nbased_on: {on}\n")
    for was, now in pairs:
        assert was in text
        text = text.replace(was, now)
    return text


@pytest.fixture
def world(home: Path, sqlite: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A cycle that runs, in the database that the commands are pointed at."""
    assert not home.exists()
    monkeypatch.setenv("AARSHJUL_DATABASE_URL", sqlite.url.render_as_string(hide_password=False))
    world = World(engine=sqlite, folder=tmp_path)
    world.act("2022-05-02 06:00", "co", "activate")
    return world


@pytest.fixture
def two(world: World) -> World:
    """Two versions: a target, a text and a source changed, and a goal came."""
    world.act("2022-09-29", "holder", "submit-draft", text=changed(on=None))
    more = '  - {id: "11", title: Nyt, text: T, indicators: [{id: 11a, rule: {assessed: true}, source: S}]}\n'
    second = changed(("at_least: 60", "at_least: 75"), ("hos staten", "hos regionen"))
    world.act("2022-10-20", "w1", "submit-draft", text=second + more, message="Efter <mødet>")
    return world


def test_versions_say_what_stands_on_them(two: World, run: Run) -> None:
    two.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    two.act("2022-11-20", "b1", "decide", body="board", outcome="approved")
    two.act("2022-11-21", "holder", "submit-draft", text=changed(("Flere", "Langt flere"), on=2))
    out = run("draft", "versions", "c").out
    assert "Efter <mødet>" in " ".join(out.split())
    assert ": approved, 2022-11-20 (no longer stands)\n" in out
    assert "\n  the board of " in out
    assert out.startswith("Version 1, round 1: 2022-09-29 12:00 by holder\n  hash: ")
    found = run("draft", "versions", "c", "--json").json["versions"]
    assert [(each["version"], each["based_on"], each["submitted_by"]) for each in found] == [
        (1, None, "holder"),
        (2, 1, "w1"),
        (3, 2, "holder"),
    ]
    assert found[1]["decisions"] == [
        {"body": "board", "outcome": "approved", "on": "2022-11-20", "stands": False}
    ]
    assert len(found[0]["hash"]) == 64
    approved = run("draft", "diff", "c", "--approved", "--json").json
    assert (approved["from"]["version"], approved["to"]["version"]) == (2, 3)


def test_a_cycle_without_a_draft_says_so(world: World, run: Run) -> None:
    assert run("draft", "versions", "c").out == "there is no version of the draft yet\n"
    assert run("draft", "versions", "c", "--json").json == {"cycle": "c", "versions": []}
    said = run("draft", "diff", "c")
    assert (said.code, said.err) == (1, "there is no version of the draft yet\n")


def test_the_last_two_are_compared_in_the_language_of_the_cycle(two: World, run: Run) -> None:
    assert run("draft", "diff", "c").out == (
        "Mål 9: Retning\n"
        "  tekst: Huset samler parterne.\n"
        "  \n"
        "  Midlerne findes hos [-staten-]{+regionen+}.\n"
        "  Delmål 9a: Møder\n"
        "    måltal (mindst): fra 60 til 75\n"
        "\n"
        "Mål 11: Nyt (nyt)\n"
        "  tekst: {+T+}\n"
        "  Delmål 11a (nyt)\n"
        "    regel: {+vurderes i procent+}\n"
        "    kilde: {+S+}\n"
    )
    assert "target (at least): from 75 to 60" in run("draft", "diff", "c", "2", "1", "--lang", "en").out
    assert run("draft", "diff", "c", "2", "2").out == "the two versions say the same\n"


NO_SUCH_DIFFERENCE = [
    (["7"], 1, "there is no version 7 of the draft: the present one is 2"),
    (["1", "3"], 1, "there is no version 3"),
    (["--approved"], 1, "no version has been approved yet"),
    (["1", "--approved"], 1, "leave out FROM"),
    (["-o", "d.docx"], 1, ".html, .pdf or .txt"),
    (["-o", "d.html", "--json"], 1, "leave out -o"),
    (["x"], 2, "integer"),
]


def test_what_cannot_be_compared_is_refused(two: World, run: Run) -> None:
    assert two.row().draft_version == 2
    for words, code, said in NO_SUCH_DIFFERENCE:
        got = run("draft", "diff", "c", *words)
        assert (got.code, said in got.err) == (code, True), (words, got.err)


def test_differences_are_written_as_page_paper_and_text(two: World, run: Run, tmp_path: Path) -> None:
    for ending, start in ((".html", b"<!doctype html>"), (".pdf", b"%PDF-"), (".txt", "Mål 9".encode())):
        file = tmp_path / f"d{ending}"
        assert run("draft", "diff", "c", "-o", file).code == 0
        assert file.read_bytes().startswith(start)
    assert run("draft", "diff", "c", "-o", tmp_path / "d.txt").code == 2


def merged(run: Run, tmp_path: Path, mine: str, *words: str, code: int = 0) -> tuple[str, str, str]:
    file, output = tmp_path / "mine.yaml", tmp_path / "merged.yaml"
    file.write_text(mine, encoding="utf-8")
    said = run("draft", "merge", "c", file, "-o", output, *words)
    assert said.code == code, said.err
    text = output.read_text(encoding="utf-8") if output.exists() else ""
    return text, said.out, said.err.replace(str(output), "merged.yaml").replace(str(file), "mine.yaml")


def test_a_stale_draft_is_merged_and_then_accepted(two: World, run: Run, tmp_path: Path) -> None:
    mine = changed(
        ("at_least: 10", "at_least: 12"), ("Huset samler", "Huset samler alle"), ("Flere", "Mange")
    )
    said = two.refused("2022-10-21", "holder", "submit-draft", text=mine)
    assert said is not None
    assert "aarshjul draft merge c" in said
    text, out, err = merged(run, tmp_path, mine)
    assert err == ""
    assert "fra 60 til 75" in out
    two.act("2022-10-21", "holder", "submit-draft", text=text)
    assert run("draft", "diff", "c", "2", "3").out == (
        "Mål 9: Retning\n"
        "  tekst: Huset samler {+alle +}parterne.\n"
        "  \n"
        "  Midlerne findes hos regionen.\n"
        "  Delmål 9b: Midler\n"
        "    måltal (mindst): fra 10 til 12\n"
        "\n"
        "Mål 10: Vækst\n"
        "  tekst: [-Flere-]{+Mange+}\n"
    )


def test_what_both_changed_is_listed_marked_and_refused_until_it_is_settled(
    two: World,
    run: Run,
    tmp_path: Path,
) -> None:
    mine = changed(("at_least: 60", "at_least: 70"), ("Flere", "Mange"))
    text, _, err = merged(run, tmp_path, mine, code=1)
    where, _, told = err.partition("rule: ")
    assert where == "merged.yaml: goal 9, indicator 9a, "
    assert told == "you say at least 70, and version 2 says at least 75; it was at least 60\n"
    assert "<<<<<<< yours" in text
    assert "based_on: 2" in text
    assert is_structured(text)
    said = two.refused("2022-10-21", "holder", "submit-draft", text=text)
    assert said is not None
    assert "choose" in said
    again = merged_again(run, tmp_path)
    assert again == 1
    kept = [line for line in text.split("\n") if not line.startswith(("<<<<<<<", "=======", ">>>>>>>"))]
    settled = "\n".join(line for line in kept if "at_least: 70" not in line)
    two.act("2022-10-21", "holder", "submit-draft", text=settled)
    assert "Mange" in run("draft", "diff", "c").out


def merged_again(run: Run, tmp_path: Path) -> int:
    """Merging what is still marked is refused as well."""
    return run("draft", "merge", "c", tmp_path / "merged.yaml", "-o", tmp_path / "more.yaml").code


def test_a_goal_that_one_removed_and_the_other_changed(two: World, run: Run, tmp_path: Path) -> None:
    start = GOALS.index('  - id: "9"')
    end = GOALS.index('  - {id: "10"')
    mine = GOALS.replace(GOALS[start:end], "").replace("draft@1\n", "draft@1\nbased_on: 1\n")
    text, _, err = merged(run, tmp_path, mine, code=1)
    assert err.startswith("merged.yaml: goal 9: one of you removed it")
    assert text.count("<<<<<<< yours\n=======\n") == 1


NO_SUCH_MERGE = [
    (changed(on=None), [], 1, "which version was it made from?"),
    (changed(on=1), ["--base", "2"], 1, "say one version"),
    (changed(on=9), [], 1, "there is no version 9"),
    (changed(on=1).replace("at_least", "atleast"), [], 2, "mine.yaml:"),
    ("# Prosa\n", ["--base", "1"], 2, "mine.yaml:1"),
]


def test_what_cannot_be_merged_is_refused(two: World, run: Run, tmp_path: Path) -> None:
    assert two.row().draft_version == 2
    for text, words, code, said in NO_SUCH_MERGE:
        _, _, err = merged(run, tmp_path, text, *words, code=code)
        assert said in err


def test_nothing_came_in_meanwhile(two: World, run: Run, tmp_path: Path) -> None:
    _, out, err = merged(run, tmp_path, changed(("Flere", "Mange"), on=2))
    assert (out, err) == ("version 2 is still the present one: nothing came in meanwhile\n", "")


def test_merge_says_where_to_write_or_writes_json(two: World, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(changed(("Flere", "Mange")), encoding="utf-8")
    assert run("draft", "merge", "c", file).code == 1
    found = run("draft", "merge", "c", file, "--json").json
    assert (found["base"], found["present"], found["conflicts"]) == (1, 2, [])
    assert "Mange" in found["text"]


def test_national_goals_that_came_meanwhile_are_nobodys_change(two: World, run: Run, tmp_path: Path) -> None:
    from aarshjul.acts.national import import_national
    from aarshjul.files.national_file import national_from_text
    from models.engine import writing
    from tests.builders import at

    with writing(two.engine) as session:
        import_national(session, national_from_text(NATIONAL_GOALS, "national.yaml"), at("2022-10-21"))
    two.act("2022-10-22", "holder", "take-national-goals")
    text, _, err = merged(
        run, tmp_path, changed(("Flere", "Mange"), on=2).replace("at_least: 60", "at_least: 75")
    )
    assert err == ""
    assert "Kendskab" not in text
    assert "based_on: 3" in text


def test_prose_is_merged_by_line(world: World, run: Run, tmp_path: Path) -> None:
    base = "# Mål\n\nEt.\n\nTo.\n"
    world.act("2022-09-29", "holder", "submit-draft", text=base)
    world.act("2022-10-01", "w1", "submit-draft", text=base.replace("To.", "To eller tre."))
    file, output = tmp_path / "mine.md", tmp_path / "merged.md"
    file.write_text(base.replace("Et.", "En."), encoding="utf-8")
    assert run("draft", "merge", "c", file, "--base", "1", "-o", output).code == 0
    assert output.read_text(encoding="utf-8") == "# Mål\n\nEn.\n\nTo eller tre.\n"
    file.write_text(base.replace("To.", "Slet ikke."), encoding="utf-8")
    said = run("draft", "merge", "c", file, "--base", "1", "-o", tmp_path / "two.md")
    assert said.code == 1
    assert said.err.endswith("two.md: line 5: you and version 2 changed it\n")
    text = (tmp_path / "two.md").read_text(encoding="utf-8")
    refused = world.refused("2022-10-02", "holder", "submit-draft", text=text, base="2")
    assert refused is not None
    assert ":5: marks what two people changed" in refused


def test_prose_against_goals_is_compared_as_text(world: World, run: Run) -> None:
    world.act("2022-09-29", "holder", "submit-draft", text="# Mål 9\n\nRetning\n")
    world.act("2022-10-01", "w1", "submit-draft", text=changed(on=1))
    assert "[-# Mål 9" in run("draft", "diff", "c").out
    assert "passages" in run("draft", "diff", "c", "--json").json
