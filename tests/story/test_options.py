"""What a play can be told, and what it refuses: its days, its folder, its acts."""

from datetime import date
from pathlib import Path

import pytest

from aarshjul.core.errors import Invalid, Refused
from aarshjul.files.script import HomeTaken, Script, check_home, make_home, read_script
from flows.playing import PlayStopped
from tests.cli.running import call
from tests.story.plain import YEARS, left_in, mails_in, play, script_of

SMALL = """\
format: aarshjul/cycle@1
id: small
title: Aftale 2024
contract_year: 2024
holder: Huset
council: Rådet
people:
  - {id: kim, name: Koordinator, email: kim@example.org, roles: [coordinator]}
  - {id: hal, name: Leder, email: hal@example.org, roles: [holder]}
milestones:
  - {id: text, title: Tekst, phase: drafting, kind: deadline, on: {day: 29, month: 2}, owed_by: [holder], remind: [-7]}
"""


def script(folder: Path, cycle: str = SMALL, acts: str | None = None) -> Script:
    """A year written into files, and read."""
    (folder / "a.cycle.yaml").write_text(cycle, encoding="utf-8")
    if acts is None:
        return read_script(folder / "a.cycle.yaml", None)
    (folder / "a.acts.yaml").write_text(f"format: aarshjul/acts@1\nacts:\n{acts}", encoding="utf-8")
    return read_script(folder / "a.cycle.yaml", folder / "a.acts.yaml")


def days_of(home: Path) -> list[str]:
    return [mail.sent_at.date().isoformat() for mail in mails_in(home)]


def test_without_acts_a_year_is_activated_thirty_days_before_its_first_milestone(tmp_path: Path) -> None:
    story = play(script(tmp_path), tmp_path / "home")
    assert [(line["date"], line["what"], line["who"]) for line in story] == [
        ("2024-01-30", "imported", None),
        ("2024-01-30", "activated", "kim"),
        ("2024-02-22", "remind", "holder"),
        ("2024-03-05", "escalate", "coordinator"),
    ]


def test_a_year_that_is_played_in_parts_is_the_same_as_in_one(tmp_path: Path) -> None:
    year = script_of("saturdays")
    play(year, tmp_path / "whole")
    for last in ("2023-11-06", "2024-01-09", "2024-01-10", "2024-02-18"):
        play(year, tmp_path / "parts", last=date.fromisoformat(last))
        assert max(days_of(tmp_path / "parts")) <= last
    play(year, tmp_path / "parts")
    assert left_in(tmp_path / "parts") == left_in(tmp_path / "whole")


def test_until_a_day_before_anything_happens_sends_nothing(tmp_path: Path) -> None:
    story = play(script_of("saturdays"), tmp_path, last=date(2023, 10, 1))
    assert [line["what"] for line in story] == ["imported"]
    assert mails_in(tmp_path) == []


def test_from_a_day_behind_all_milestones_reminds_of_nothing_that_is_over(tmp_path: Path) -> None:
    home = tmp_path / "home"
    play(script(tmp_path), home, first=date(2024, 3, 20))
    assert [(mail.sent_at.date(), mail.duties[0]) for mail in mails_in(home)] == [
        (date(2024, 3, 20), "small/text/1/escalate/-/kim")
    ]


def test_a_folder_of_another_year_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    play(script_of("downtime"), tmp_path)
    before = left_in(tmp_path)
    with pytest.raises(PlayStopped, match="downtime"):
        play(script_of("helsinki"), tmp_path)
    assert left_in(tmp_path) == before


def test_the_same_cycle_with_other_acts_is_another_year(tmp_path: Path) -> None:
    play(script_of("downtime"), tmp_path)
    other = read_script(YEARS / "downtime.cycle.yaml", YEARS / "quiet-window.acts.yaml")
    with pytest.raises(PlayStopped, match="choose an empty one"):
        play(other, tmp_path)


def test_a_refused_act_stops_the_play_with_its_line_and_the_rule(tmp_path: Path) -> None:
    acts = (
        '  - {on: 2024-02-01, time: "09:00", by: kim, do: activate}\n'
        '  - {on: 2024-02-02, time: "09:00", by: hal, do: move, milestone: text, to: 2024-03-08}\n'
    )
    with pytest.raises(PlayStopped, match=r"a\.acts\.yaml:4: move by hal was refused: .*coordinator") as stop:
        play(script(tmp_path, acts=acts), tmp_path / "home")
    assert stop.value.exit_code == 1


def test_an_act_that_must_be_refused_and_is_not_stops_the_play(tmp_path: Path) -> None:
    acts = '  - {on: 2024-02-01, time: "09:00", by: kim, do: activate, refused: true}\n'
    with pytest.raises(PlayStopped, match=r"a\.acts\.yaml:3: activate by kim was done"):
        play(script(tmp_path, acts=acts), tmp_path / "home")


def test_somebody_unknown_who_acts_is_refused_by_name(tmp_path: Path) -> None:
    acts = (
        '  - {on: 2024-02-01, time: "09:00", by: kim, do: activate}\n'
        '  - {on: 2024-02-02, time: "09:00", by: nobody, do: comment, text: Hej}\n'
    )
    with pytest.raises(Refused, match="nobody"):
        play(script(tmp_path, acts=acts), tmp_path / "home")


def test_a_year_without_a_coordinator_says_what_it_lacks(tmp_path: Path) -> None:
    cycle = SMALL.replace("roles: [coordinator]", "roles: [holder]")
    with pytest.raises(Refused, match="no coordinator"):
        play(script(tmp_path, cycle), tmp_path / "home")


def test_a_year_that_nobody_takes_part_in_but_its_coordinator_goes_by(tmp_path: Path) -> None:
    cycle = SMALL.replace("  - {id: hal, name: Leder, email: hal@example.org, roles: [holder]}\n", "")
    play(script(tmp_path, cycle), tmp_path / "home")
    assert {mail.to for mail in mails_in(tmp_path / "home")} <= {"kim@example.org"}


def test_a_folder_that_is_a_file_or_holds_other_things_is_nobodys_home(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(HomeTaken, match="file"):
        check_home(tmp_path / "note.txt")
    with pytest.raises(HomeTaken, match="not empty"):
        check_home(tmp_path)
    check_home(tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_a_draft_that_is_not_there_is_found_before_anything_is_played(tmp_path: Path) -> None:
    acts = (
        '  - {on: 2024-02-01, time: "09:00", by: kim, do: activate}\n'
        '  - {on: 2024-02-02, time: "09:00", by: hal, do: submit-draft, file: lost.md}\n'
    )
    with pytest.raises(Invalid, match=r"lost\.md"):
        script(tmp_path, acts=acts)


def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeTaken, match="cannot be made"):
        make_home(tmp_path / "file" / "home")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--from", "2024-02-30"), 2, "--from: '2024-02-30' is no day"),
        (("--until", "soon"), 2, "--until: 'soon' is no day"),
        (("--from", "2024-03-01", "--until", "2024-02-01"), 2, "--until: 2024-02-01 lies before --from"),
        (("--acts", "lost.acts.yaml"), 2, "lost.acts.yaml:1: there is no such file"),
        (("--out", "a.cycle.yaml"), 1, "a.cycle.yaml is a file"),
        (("--out", "."), 1, "not empty"),
        (("--out", "a.cycle.yaml/home"), 1, "cannot be made"),
    ],
)
def test_the_command_says_what_is_wrong_before_anything_starts(
    words: tuple[str, ...],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    (tmp_path / "a.cycle.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    answer = call(capsysbinary, ["simulate", "a.cycle.yaml", *words])
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["a.cycle.yaml"]
