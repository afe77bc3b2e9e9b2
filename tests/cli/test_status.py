"""`status`, `feed` and `history verify`."""

import sqlite3
from pathlib import Path

import icalendar
import pytest

from aarshjul.files.read import read_cycle
from tests.cli.conftest import Run
from tests.cli.running import CYCLE, ID


def test_a_draft_cycle_as_json(run: Run, imported: Path) -> None:
    assert imported.exists()
    document = run("status", ID, "--json").json
    milestones = document.pop("milestones")
    assert document == {
        "cycle": ID,
        "phase": "data-collection",
        "stage": "not-started",
        "round": 1,
        "draft": {"version": None, "hash": None},
        "decisions": [],
        "deliveries": {"sent": 0, "failed": 0, "waiting": 0, "uncertain": 0},
        "outbox": {"held": 0, "held_until": None, "oldest_waiting": None, "bounced": []},
        "last_round": None,
        "state": "draft",
        "next_due_on": None,
    }
    assert [each["date"] for each in milestones] == sorted(each["date"] for each in milestones)
    assert {each["id"] for each in milestones} == {each.id for each in read_cycle(CYCLE).milestones}
    dialogue = next(each for each in milestones if each["id"] == "dialogue-meeting")
    assert dialogue == {
        "id": "dialogue-meeting",
        "date": "2022-11-18",
        "status": "tentative",
        "state": "overdue",
        "owing": [],
    }
    papers = next(each for each in milestones if each["id"] == "approval-papers")
    assert papers["owing"] == ["direktoer"]


def test_a_year_that_has_been_as_json(run: Run, played: Path) -> None:
    document = run("status", ID, "--json").json
    assert (document["phase"], document["stage"], document["round"]) == ("in-force", "in-force", 1)
    assert {(each["body"], each["outcome"], each["on"]) for each in document["decisions"]} == {
        ("board", "approved", "2023-02-10"),
        ("council", "approved", "2023-02-10"),
    }
    assert {each["hash"] for each in document["decisions"]} == {document["draft"]["hash"]}
    assert all(each["state"] == "done" and each["owing"] == [] for each in document["milestones"])
    mails = len(list((played / "mail").glob("*.eml"))) + len(list((played / "teams").glob("*.json")))
    assert document["deliveries"] == {"sent": mails, "failed": 0, "waiting": 0, "uncertain": 0}
    assert document["last_round"].startswith("2023-0")
    assert document["last_round"].endswith(("+01:00", "+02:00"))


def test_all_cycles_as_a_list_of_the_same_objects(run: Run, played: Path) -> None:
    assert played.exists()
    assert run("status", "--json").json == [run("status", ID, "--json").json]


def test_the_table_says_who_is_waited_for_and_names_no_colour(run: Run, imported: Path) -> None:
    assert imported.exists()
    one, every = run("status", ID).out, run("status").out
    assert "analysechef, direktoer" in one
    assert "9 more" in one
    assert "NO ROUND" not in one
    assert ID in every
    assert "\x1b" not in one + every
    assert max(map(len, (one + every).splitlines())) <= 120


def test_a_cycle_without_its_rounds_is_loudly_late(run: Run, imported: Path) -> None:
    assert run("act", ID, "--by", "koordinator", "--do", "activate").code == 0
    assert "(never yet)" in run("status").out
    with sqlite3.connect(imported / "aarshjul.db") as database:
        database.execute("UPDATE cycle SET last_round_at='2020-01-01 00:00:00', next_due_on='2099-01-01'")
    database.close()
    assert "NO ROUND HAS RUN" not in run("status").out
    with sqlite3.connect(imported / "aarshjul.db") as database:
        database.execute("UPDATE cycle SET next_due_on='2020-01-02'")
    database.close()
    assert "(since 2020-01-02)" in run("status", ID).out


def test_a_home_without_cycles_says_how_to_begin(run: Run) -> None:
    assert run("db", "upgrade").code == 0
    assert "aarshjul import FILE" in run("status").out
    assert run("status", "--json").json == []
    assert "aarshjul import FILE" in run("status", "x").err


@pytest.mark.parametrize("words", [("status",), ("feed",), ("history", "verify"), ("cycle", "roll-over")])
def test_an_unknown_cycle_is_refused_with_the_known_one(
    run: Run, imported: Path, words: tuple[str, ...]
) -> None:
    assert imported.exists()
    said = run(*words, "Nordjylland-2032")
    assert (said.code, said.out) == (1, "")
    assert f"did you mean `{ID}`?" in said.err


def test_a_feed_has_the_milestones_of_its_role_in_crlf(run: Run, played: Path) -> None:
    assert played.exists()
    data = run("feed", ID, "--role", "subscriber").data
    assert data.count(b"\r\n") == data.count(b"\n")
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    named = [each for each in read_cycle(CYCLE).milestones if "subscriber" in each.for_]
    assert sorted(str(event["SUMMARY"]) for event in events) == sorted(each.title for each in named)
    assert run("feed", ID).data.count(b"BEGIN:VEVENT") == len(read_cycle(CYCLE).milestones)


def test_an_unknown_role_is_refused_with_the_known_ones(run: Run, imported: Path) -> None:
    assert imported.exists()
    said = run("feed", ID, "--role", "bord")
    assert (said.code, said.data) == (1, b"")
    assert "did you mean `board`?" in said.err


def test_a_draft_has_an_empty_feed_and_that_is_said(run: Run, imported: Path) -> None:
    assert imported.exists()
    said = run("feed", ID)
    assert b"VEVENT" not in said.data
    assert "not activated" in said.err


def test_a_whole_history_holds(run: Run, played: Path) -> None:
    assert played.exists()
    said = run("history", "verify", "--json")
    assert said.code == 0
    assert said.json["holds"] is True
    assert said.json["cycles"][0]["entries"] > 100


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE historyentry SET who='somebody-else' WHERE number=7", "entry 7 was changed"),
        ("UPDATE historyentry SET facts='{\"a\": 1}' WHERE number=7", "entry 7 was changed"),
        ("UPDATE historyentry SET facts='nonsense' WHERE number=7", "cannot be read"),
        ("DELETE FROM historyentry WHERE number=7", "entry 7 is missing"),
        ("DELETE FROM historyentry WHERE number=(SELECT max(number) FROM historyentry)", "the chain ends"),
        ("UPDATE cycle SET history_head='x'", "the chain ends"),
    ],
)
def test_a_damaged_history_is_told(run: Run, played: Path, damage: str, sentence: str) -> None:
    with sqlite3.connect(played / "aarshjul.db") as database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        assert database.execute(damage).rowcount == 1
    database.close()
    said = run("history", "verify", ID)
    assert said.code == 1
    assert "broken" in said.out
    assert sentence in said.err
    assert run("history", "verify", "--json").json["holds"] is False
