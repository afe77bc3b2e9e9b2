"""`cycle new`, `preview`, `roll-over`, `activate` and `close`."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from aarshjul.files.read import cycle_from_text, read_cycle
from tests.cli.conftest import Run
from tests.cli.running import ACTS, CYCLE, ID


def test_next_year_from_a_file_keeps_weekdays_and_leaves_stale_dates_out(run: Run) -> None:
    said = run("cycle", "new", CYCLE, "--year", "2024")
    form = cycle_from_text(said.out, "new")
    old = {each.id: each for each in read_cycle(CYCLE).milestones}
    assert (form.id, form.title, form.contract_year) == ("nordjylland-2024", "Resultatkontrakt 2024", 2024)
    assert (form.days_off, form.quiet, form.scores) == ((), (), None)
    assert "days_off and quiet" in said.err
    assert "--scores" in said.err
    assert form.people == read_cycle(CYCLE).people
    for each in form.milestones:
        assert each.status == ("confirmed" if each.kind == "deadline" else "tentative")
        assert not hasattr(each.on, "isoformat")
        assert (each.at, each.ends, each.place, each.owed_by) == (
            old[each.id].at,
            old[each.id].ends,
            old[each.id].place,
            old[each.id].owed_by,
        )


def test_next_year_is_a_cycle_that_can_be_previewed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "next.yaml"
    assert run("cycle", "new", CYCLE, "--year", "2024", "--id", "next", "-o", file).code == 0
    said = run("cycle", "preview", file, "--json")
    assert said.code == 0
    meetings = {each["date"] for each in said.json["messages"] if each["milestone"] == "council-approval"}
    assert min(meetings) < "2024-02-09"
    assert run("cycle", "new", CYCLE, "--year", "2024", "-o", file).code == 2


def test_roll_over_can_go_straight_into_the_record(run: Run, played: Path) -> None:
    assert played.exists()
    said = run("cycle", "roll-over", ID, "--import")
    assert said.code == 0
    assert [each["cycle"] for each in run("status", "--json").json] == [ID, "nordjylland-2024"]
    assert run("cycle", "roll-over", ID, "--import").out.endswith("is here already, the same\n")
    council = run("status", "nordjylland-2024", "--json").json["milestones"][-2]
    assert (council["id"], council["date"]) == ("council-approval", "2024-02-09")


def test_roll_over_plans_again_what_was_cancelled_and_forgets_who_left(run: Run, imported: Path) -> None:
    assert imported.exists()
    act = ("act", ID, "--by", "koordinator", "--do")
    assert run(*act, "cancel", "--milestone", "dialogue-meeting").code == 0
    assert run(*act, "leave", "--person", "kkr-aalborg").code == 0
    form = cycle_from_text(run("cycle", "roll-over", ID).out, "rolled")
    assert "dialogue-meeting" in {each.id for each in form.milestones}
    assert "kkr-aalborg" not in {each.id for each in form.people}


@pytest.mark.parametrize(
    "words",
    [
        ("cycle", "new", "no-such.yaml", "--year", "2024"),
        ("cycle", "new", str(CYCLE)),
        ("cycle", "new", str(CYCLE), "--year", "24"),
        ("cycle", "new", str(CYCLE), "--year", "2024", "--id", "not an id"),
        ("cycle", "new", str(ACTS), "--year", "2024"),
        ("cycle", "roll-over", ID, "--import", "-o", "x.yaml"),
        ("cycle", "roll-over", ID, "--scores", "no-such.yaml", "--import"),
        ("cycle", "preview", "no-such.yaml"),
        ("cycle", "preview", str(CYCLE), "--from", "30. februar"),
        ("cycle", "preview", str(CYCLE), "--acts", str(CYCLE)),
        ("cycle", "preview", str(CYCLE), "-o", str(CYCLE)),
    ],
)
def test_what_cannot_be_made_is_told(run: Run, imported: Path, words: tuple[str, ...]) -> None:
    assert imported.exists()
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err


def test_a_preview_shows_all_messages_and_leaves_the_home_alone(
    run: Run, imported: Path, tmp_path: Path
) -> None:
    before = (imported / "aarshjul.db").read_bytes()
    said = run("cycle", "preview", ID, "--json", "-o", tmp_path / "kept")
    messages = said.json["messages"]
    mails = sorted((tmp_path / "kept" / "mail").glob("*.eml"))
    assert len(mails) == sum(each["channel"] == "email" for each in messages)
    by_number = {each["number"]: each for each in messages if each["channel"] == "email"}
    for mail in mails:
        read = message_from_bytes(mail.read_bytes(), policy=default)
        assert by_number[int(mail.stem)]["subject"] == read["Subject"]
        assert by_number[int(mail.stem)]["email"] in read["To"]
    assert [each["date"] for each in messages] == sorted(each["date"] for each in messages)
    assert {"invite", "remind", "escalate", "score"} <= {each["kind"] for each in messages}
    assert (imported / "aarshjul.db").read_bytes() == before
    assert run("status", ID, "--json").json["deliveries"]["sent"] == 0
    of_the_file = run("cycle", "preview", CYCLE, "--json")
    assert of_the_file.data == said.data


def test_a_preview_with_acts_shows_what_follows_from_them(run: Run, played: Path) -> None:
    messages = run("cycle", "preview", CYCLE, "--acts", ACTS, "--json").json["messages"]
    assert "decided" in {each["kind"] for each in messages}
    assert len(messages) == run("status", ID, "--json").json["deliveries"]["sent"]
    assert played.exists()


def test_a_preview_as_a_table_counts_and_fits(run: Run, home: Path) -> None:
    said = run("cycle", "preview", CYCLE)
    assert "a dry run, nothing was sent" in said.out
    assert "13 council" in said.out
    assert max(map(len, said.out.splitlines())) <= 120
    assert not home.exists()


def test_a_late_activation_leaves_out_what_is_past(run: Run) -> None:
    messages = run("cycle", "preview", CYCLE, "--from", "2022-12-01", "--json").json["messages"]
    assert min(each["date"] for each in messages) == "2022-12-01"
    assert "dialogue-meeting" not in {each["milestone"] for each in messages if each["kind"] == "invite"}


def test_closing_before_the_end_wants_a_reason(run: Run, imported: Path) -> None:
    assert imported.exists()
    assert run("cycle", "activate", ID, "--by", "koordinator").code == 0
    assert run("cycle", "activate", ID, "--by", "koordinator").code == 1
    said = run("cycle", "close", ID, "--by", "koordinator")
    assert said.code == 1
    assert "reason" in said.err
    assert run("cycle", "close", ID, "--by", "koordinator", "--reason", "Aftalen er ophævet").code == 0
    assert run("status", ID, "--json").json["state"] == "closed"
