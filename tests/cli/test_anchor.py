"""`aarshjul cycle anchor`, and the import and export of the meetings that it proposes."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.pages import commands_of, run_all
from tests.cli.running import EXAMPLES

COUNCIL, BOARD = EXAMPLES / "kkr-nordjylland-2026-27.ics", EXAMPLES / "bestyrelsen-2026-27.csv"
ID = "resultatkontrakt-2027"
BODY = "KKR Nordjylland"


@pytest.fixture(autouse=True)
def march(monkeypatch: pytest.MonkeyPatch) -> None:
    """The spring before the example's meetings, whenever these tests run."""
    monkeypatch.setattr("aarshjul.clock.now", lambda: datetime(2026, 3, 2, 8, tzinfo=UTC))


@pytest.fixture
def spring(run: Run, tmp_path: Path) -> Path:
    """A home with next year's cycle and the council's meetings."""
    file = tmp_path / "next.yaml"
    assert run("cycle", "new", EXAMPLES / "template.cycle.yaml", "--year", "2027", "-o", file).code == 0
    assert run("import", file).code == 0
    assert run("import", COUNCIL).code == 0
    return file


def edited(tmp_path: Path, source: Path, *changes: tuple[str, str]) -> Path:
    text = source.read_bytes().decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / f"edited-{len(list(tmp_path.iterdir()))}{source.suffix}"
    file.write_bytes(text.encode())
    return file


def dates(run: Run) -> dict[str, str]:
    return {each["id"]: each["date"] for each in run("status", ID, "--json").json["milestones"]}


def test_meetings_come_in_once_and_changes_are_told(run: Run, home: Path, tmp_path: Path) -> None:
    first = run("import", COUNCIL, "--json").json
    assert (first["kind"], first["bodies"], first["imported"], len(first["new"])) == (
        "meetings",
        [BODY],
        True,
        6,
    )
    again = run("import", COUNCIL, "--json").json
    assert (again["imported"], again["new"], again["changed"], again["gone"], again["same"]) == (
        False,
        [],
        [],
        [],
        6,
    )
    moved = edited(tmp_path, COUNCIL, ("20260619", "20260617"), ("moede-3@", "andet-3@"))
    told = run("import", moved, "--json").json
    assert [(each["id"], each["now"]) for each in told["changed"]] == [
        ("kkr-nordjylland-2026-06-19", "2026-06-17 10:00 to 12:00")
    ]
    assert told["new"] == ["kkr-nordjylland-2026-09-11-2"]
    assert [(each["id"], each["kept"]) for each in told["gone"]] == [("kkr-nordjylland-2026-09-11", False)]


def test_a_dry_run_tells_and_changes_nothing(run: Run, spring: Path, tmp_path: Path) -> None:
    moved = edited(tmp_path, COUNCIL, ("20260619", "20260617"))
    before = run("export", BODY, "--kind", "meetings").out
    said = run("import", moved, "--dry-run")
    assert "1 changed" in said.out
    assert "(a dry run)" in said.out
    assert run("export", BODY, "--kind", "meetings").out == before


def test_nothing_comes_in_of_a_file_with_a_mistake(run: Run, home: Path, tmp_path: Path) -> None:
    bad = edited(
        tmp_path, COUNCIL, ("TZID=Romance Standard Time:20270416T100000", "TZID=Mars:20270416T100000")
    )
    said = run("import", bad)
    assert (said.code, said.out) == (2, "")
    assert re.fullmatch(re.escape(f"{bad}") + r":\d+: the time zone `Mars` is not known.*\n", said.err)
    assert not home.exists()


def test_a_part_of_a_calendar_takes_nothing_away(run: Run, spring: Path, tmp_path: Path) -> None:
    part = tmp_path / "part.csv"
    part.write_text("Dato;Emne\n13.03.2026;KKR-møde\n20.04.2027;Ekstra\n")
    told = run("import", part, "--body", BODY, "--partial", "--json").json
    assert (told["gone"], told["new"], told["same"]) == ([], ["kkr-nordjylland-2027-04-20"], 0)
    assert len(run("import", part, "--body", BODY, "--json").json["gone"]) == 5


def test_meetings_go_out_and_come_in_without_loss(run: Run, spring: Path, tmp_path: Path) -> None:
    text = run("export", BODY, "--kind", "meetings").out
    assert text.startswith("format: aarshjul/meetings@1\nbody: KKR Nordjylland\n")
    for name in ("out.yaml", "out.xlsx"):
        assert run("export", BODY, "--kind", "meetings", "-o", tmp_path / name).code == 0
        assert run("import", tmp_path / name, "--json").json["imported"] is False
        elsewhere = tmp_path / f"{name}-home"
        assert run("import", tmp_path / name, "--home", elsewhere).code == 0
        assert run("export", BODY, "--kind", "meetings", "--home", elsewhere).out == text
        assert run("export", BODY, "--kind", "meetings", "-o", tmp_path / name).code == 2
    said = run("export", "KKR Nordjyland", "--kind", "meetings")
    assert (said.code, said.err) == (
        1,
        "there are no meetings of `KKR Nordjyland` here; did you mean `KKR Nordjylland`?\n",
    )


def test_doubts_are_said_beside_the_result(run: Run, home: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("Dato;Emne\nonsdag 12.02.2027;A\n13.02.2027;B\n")
    said = run("import", plan, "--body", "Rådet")
    assert said.code == 0
    assert f"{plan}:2: the source says Wednesday, but 2027-02-12 is a Friday" in said.err
    assert "raadet-2027-02-13: 2027-02-13 is a Saturday" in said.err
    assert [each["code"] for each in run("import", plan, "--body", "R", "--json").json["warnings"]] == [
        "weekday",
        "weekend",
    ]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--body", ""], "--body: is empty"),
        (
            ["--timezone", "Europe/Kopenhagen"],
            "--timezone: is `Europe/Kopenhagen`; did you mean `Europe/Copenhagen`?",
        ),
        (["--until", "31/13/2027"], "--until: is 2027-13-31, a day that does not exist"),
    ],
)
def test_options_that_cannot_be(run: Run, home: Path, options: list[str], complaint: str) -> None:
    said = run("import", COUNCIL, *options)
    assert said.code == 2
    assert complaint in said.err


def test_options_for_meetings_are_refused_with_a_cycle(run: Run, home: Path) -> None:
    said = run("import", EXAMPLES / "template.cycle.yaml", "--body", "KKR")
    assert said.code == 2
    assert said.err.startswith("--body goes with a calendar of meetings")


def test_the_plan_is_shown_then_done_and_then_there_is_nothing_to_do(run: Run, spring: Path) -> None:
    before = dates(run)
    shown = run("cycle", "anchor", ID, "--json").json
    assert {each["milestone"]: each["meeting"] for each in shown["proposals"]} == {
        "kkr-june": "kkr-nordjylland-2026-06-19",
        "dialogue-meeting": "kkr-nordjylland-2026-11-27",
        "council-approval": "kkr-nordjylland-2027-02-05",
    }
    assert dates(run) == before
    done = run("cycle", "anchor", ID, "--by", "koordinator", "--apply")
    assert done.code == 0
    assert f"{ID}: anchor by koordinator is done, 3 milestones" in done.out
    follows = {
        each["milestone"]: each["to"] for proposal in shown["proposals"] for each in proposal["follows"]
    }
    expected = before | follows | {each["milestone"]: each["to"] for each in shown["proposals"]}
    assert dates(run) == expected
    after = run("cycle", "anchor", ID, "--json").json
    assert (after["proposals"], len(after["settled"])) == ([], 3)
    assert "is done" not in run("cycle", "anchor", ID, "--by", "koordinator", "--apply").out


def test_only_what_is_named_is_done(run: Run, spring: Path) -> None:
    said = run("cycle", "anchor", ID, "--only", "kkr-june", "--by", "koordinator", "--apply", "--json")
    assert said.json["applied"] is True
    assert [each["milestone"] for each in said.json["proposals"]] == ["kkr-june"]
    assert (
        run("cycle", "anchor", ID, "--only", "kkr-juni").err
        == "--only: there is no milestone `kkr-juni`; did you mean `kkr-june`?\n"
    )


def test_nothing_is_done_where_one_act_is_refused(run: Run, spring: Path) -> None:
    before = dates(run)
    said = run("cycle", "anchor", ID, "--by", "direktoer", "--apply")
    assert said.code == 1
    assert said.err == "nothing is done: direktoer may not do this: it is for coordinator\n"
    assert dates(run) == before
    assert run("cycle", "anchor", ID, "--apply").code == 2


def test_the_council_before_its_board_is_not_done_unless_somebody_insists(
    run: Run, spring: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "board.csv"
    plan.write_text("Dato;Tid;Organ\n12.02.2027;15;Bestyrelsen for Erhvervshus Nordjylland\n")
    assert run("import", plan).code == 0
    meeting = "bestyrelsen-for-erhvervshus-nordjylland-2027-02-12"
    act = (
        "act",
        ID,
        "--by",
        "koordinator",
        "--do",
        "anchor",
        "--milestone",
        "board-approval",
        "--meeting",
        meeting,
    )
    assert run(*act).code == 0
    shown = run("cycle", "anchor", ID)
    assert shown.code == 1
    assert "[council-before-board]" in shown.out
    apply = ("cycle", "anchor", ID, "--by", "koordinator", "--apply")
    refused = run(*apply)
    assert (refused.code, refused.err) == (
        1,
        "nothing is done, because of council-before-board; in spite of it: --despite council-before-board\n",
    )
    assert dates(run)["council-approval"] == "2027-02-12"
    assert run(*apply, "--despite", "council-before-board").code == 0
    assert dates(run)["council-approval"] == "2027-02-05"


def test_a_moved_and_a_lost_meeting_are_told_to_whom_they_carry(
    run: Run, spring: Path, tmp_path: Path
) -> None:
    assert run("cycle", "anchor", ID, "--by", "koordinator", "--apply").code == 0
    moved = edited(
        tmp_path, COUNCIL, ("20260619", "20260617"), ("moede-4@", "andet-4@"), ("20261127", "20261204")
    )
    said = run("import", moved)
    assert f"kkr-nordjylland-2026-06-19 carries {ID}/kkr-june" in said.err
    assert "kept as cancelled, as it carries a milestone" in said.out
    assert run("import", moved, "--json").json["imported"] is False
    shown = run("cycle", "anchor", ID, "--json").json
    assert {each["milestone"]: each["to"] for each in shown["proposals"]} == {
        "kkr-june": "2026-06-17",
        "dialogue-meeting": "2026-12-04",
    }
    assert [each["code"] for each in shown["warnings"]] == ["meeting-cancelled"]


def test_bodies_are_named_where_their_names_do_not_say_whose_they_are(
    run: Run, spring: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "board.csv"
    plan.write_text("Dato;Organ\n04.02.2027;Styregruppen\n")
    assert run("import", plan).code == 0
    assert run("cycle", "anchor", ID, "--json").json["bodies"] == {"council": [BODY]}
    said = run("cycle", "anchor", ID, "--meetings-of", "Styregruppen")
    assert said.code == 2
    assert "Write `board=Styregruppen` or `council=Styregruppen`" in said.err
    options = ("--meetings-of", BODY, "--meetings-of", "board=Styregruppen")
    found = run("cycle", "anchor", ID, *options, "--json").json
    assert found["bodies"] == {"council": [BODY], "board": ["Styregruppen"]}
    assert "board-approval" in {each["milestone"] for each in found["proposals"]}
    assert "no meetings of `KKR Nord` are here" in run("cycle", "anchor", ID, "--meetings-of", "KKR Nord").err


def test_a_role_that_no_milestone_names_is_refused(run: Run, spring: Path) -> None:
    said = run("cycle", "anchor", ID, "--meetings-of", f"bord={BODY}")
    assert (said.code, said.out) == (2, "")
    assert said.err == "--meetings-of: no milestone names the role `bord`; did you mean `board`?\n"


def test_the_table_speaks_danish(run: Run, spring: Path) -> None:
    said = run("cycle", "anchor", ID, "--lang", "da")
    assert "fre 2026-06-19 10:00" in said.out
    assert (
        "board-approval: Bestyrelsens møder er ikke læst ind: beholder sin foreløbige dato 2027-02-05"
        in said.out
    )


def test_every_output_of_the_page_is_true(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    commands = commands_of("meeting-dates.md")
    assert len(commands) > 5
    run_all(run, commands, tmp_path)
