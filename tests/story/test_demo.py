"""The real year, as the command plays it through Prefect: killed on the way, started again, and looked at from outside."""

import json
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from tests.goldens import FOLDER, agrees
from tests.story import oracle
from tests.story.plain import Mail, left_in, mails_in, play, script_of

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
NAME = "nordjylland-2023"
KILL_AT = 40  # messages: the first round writes more than that
DAYS_OFF = {date(2022, 5, 27), date(2022, 12, 23)}
QUIET = [(date(2022, 7, 4), date(2022, 8, 5)), (date(2022, 10, 17), date(2022, 10, 21))]
DATES = {
    "data-1a": date(2022, 5, 6),
    "data-12a": date(2022, 5, 20),
    "results": date(2022, 5, 20),
    "recommendation": date(2022, 6, 10),
    "kkr-june": date(2022, 6, 24),
    "working-group-start": date(2022, 8, 25),
    "first-draft": date(2022, 9, 30),
    "comments": date(2022, 10, 14),
    "dialogue-papers": date(2022, 11, 4),
    "dialogue-meeting": date(2022, 11, 18),
    "approval-papers": date(2023, 1, 27),
    "board-approval": date(2023, 2, 10),
    "council-approval": date(2023, 2, 10),
    "signatures": date(2023, 2, 24),
}
ENDS = {
    "recommendation": {"done"},
    "working-group-start": {"answered"},
    "first-draft": {"draft-submitted"},
    "comments": {"commented"},
    "dialogue-meeting": {"answered"},
    "signatures": {"signed"},
}

pytestmark = pytest.mark.prefect


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same year without Prefect, never killed."""
    home = tmp_path_factory.mktemp("plain")
    play(script_of(NAME, EXAMPLES), home)
    return home


def _aarshjul(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from aarshjul.cli import main; main()", *arguments]


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _aarshjul(*arguments), cwd=ROOT, capture_output=True, text=True, timeout=200, check=False
    )


def _simulating(home: Path) -> tuple[str, ...]:
    files = EXAMPLES / f"{NAME}.cycle.yaml", EXAMPLES / f"{NAME}.acts.yaml"
    return "simulate", str(files[0]), "--acts", str(files[1]), "--out", str(home)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year through Prefect: killed when some of its messages were written, and played to its end by another."""
    home = tmp_path_factory.mktemp("demo") / "home"
    quiet = subprocess.DEVNULL
    with subprocess.Popen(_aarshjul(*_simulating(home)), cwd=ROOT, stdout=quiet, stderr=quiet) as first:
        _until(lambda: _count(home) >= KILL_AT or first.poll() is not None)
        first.send_signal(signal.SIGKILL)
    assert first.returncode == -signal.SIGKILL, "it had not come to its end"
    assert KILL_AT <= _count(home) < 200
    _until(lambda: not _at_work_in(home))
    again = _run(*_simulating(home))
    assert again.returncode == 0, again.stderr
    assert not _at_work_in(home)
    return home


def _count(home: Path) -> int:
    return len(list((home / "mail").glob("*.eml")))


def _until(happened: Any, patience: float = 120) -> None:
    until = monotonic() + patience
    while not happened():
        assert monotonic() < until
        threading.Event().wait(0.05)


def _at_work_in(home: Path) -> list[str]:
    """The processes that have their folder somewhere in the home: Prefect's server is one (told on Linux alone)."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if link.readlink().is_relative_to(home):
                found.append(link.parent.name)
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def story(demo: Path) -> list[dict[str, Any]]:
    """The story, a mapping a line."""
    return [json.loads(line) for line in (demo / "story.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def mails(demo: Path) -> list[Mail]:
    """Every message, read as a mail program does."""
    return mails_in(demo)


def test_prefect_and_a_kill_change_not_one_byte(demo: Path, plain: Path) -> None:
    assert left_in(demo) == left_in(plain)


def test_the_story_is_the_one_that_was_read_and_found_right(demo: Path) -> None:
    assert agrees(FOLDER / "story" / f"{NAME}.jsonl", (demo / "story.jsonl").read_bytes())


def test_the_story_goes_forward_and_tells_every_thing_with_all_its_parts(story: list[dict[str, Any]]) -> None:
    days = [line["date"] for line in story]
    assert days == sorted(days)
    for line in story:
        assert {"date", "phase", "milestone", "what", "type", "who", "count"} <= set(line)
        assert line["type"] in ("act", "duty")


def test_the_contract_is_scored_twice_first_as_a_range(demo: Path) -> None:
    runs = [json.loads(path.read_bytes()) for path in sorted((demo / "scores").iterdir())]
    assert [(run["milestone"], run["kind"], run["at"][:10]) for run in runs] == [
        ("results", "provisional", "2022-05-20"),
        ("recommendation", "final", "2022-06-10"),
    ]
    assert runs[0]["total"]["shown"] is None
    assert float(runs[0]["total"]["low"]) < 96.7 < float(runs[0]["total"]["high"])
    assert runs[1]["total"]["exact"] == "96.7856"
    assert runs[1]["total"]["shown"] == 97
    assert [goal["shown"] for goal in runs[1]["goals"]] == [
        90,
        100,
        96,
        100,
        100,
        100,
        80,
        96,
        100,
        100,
        100,
        100,
    ]


def test_it_ends_in_force_on_the_version_that_both_bodies_approved(demo: Path) -> None:
    answer = _run("--home", str(demo), "status", NAME, "--json")
    assert answer.returncode == 0, answer.stderr
    status = json.loads(answer.stdout)
    assert (status["stage"], status["round"], status["draft"]["version"]) == ("in-force", 1, 3)
    decided = [(each["body"], each["outcome"], each["hash"], each["on"]) for each in status["decisions"]]
    version = status["draft"]["hash"]
    assert decided == [
        ("board", "approved", version, "2023-02-10"),
        ("council", "approved", version, "2023-02-10"),
    ]
    assert {each["id"]: each["date"] for each in status["milestones"]} == {
        name: day.isoformat() for name, day in DATES.items()
    }
    assert {each["state"] for each in status["milestones"]} == {"done"}
    assert not any(each["owing"] for each in status["milestones"])
    sent = _count(demo) + len(list((demo / "teams").iterdir()))
    assert status["deliveries"] == {"sent": sent, "failed": 0, "waiting": 0, "uncertain": 0}


def test_its_history_is_whole(demo: Path) -> None:
    assert _run("--home", str(demo), "history", "verify").returncode == 0


def test_every_message_says_which_duties_it_serves_and_none_is_served_twice(mails: list[Mail]) -> None:
    assert all(mail.duties and mail.text.strip() and mail.subject for mail in mails)
    served = Counter(duty for mail in mails for duty in mail.duties)
    assert max(served.values()) == 1
    assert all(duty.count("/") == 5 and duty.startswith(f"{NAME}/") for duty in served)


def test_numbers_have_no_gaps_and_rise_with_the_days(mails: list[Mail]) -> None:
    assert [mail.number for mail in mails] == list(range(1, len(mails) + 1))
    assert [mail.sent_at for mail in mails] == sorted(mail.sent_at for mail in mails)


def test_the_story_counts_the_messages_that_there_are(mails: list[Mail], story: list[dict[str, Any]]) -> None:
    told = Counter[tuple[str, str]]()
    for line in story:
        if line["type"] == "duty" and line["count"]:
            told[line["date"], line["what"]] += line["count"]
    sent = Counter[tuple[str, str]]()
    for mail in mails:
        sent[mail.sent_at.date().isoformat(), mail.duties[0].split("/")[3]] += 1
    assert told == sent


def test_nothing_is_sent_on_a_day_off(mails: list[Mail]) -> None:
    assert oracle.sent_on_days_off(mails, DAYS_OFF) == []


def test_reminders_come_on_their_days_and_never_in_quiet_weeks(mails: list[Mail]) -> None:
    assert len(list(oracle.reminders(mails))) > 50
    assert oracle.reminded_in_quiet_weeks(mails, QUIET) == []
    assert oracle.on_other_days(mails, DATES, DAYS_OFF, QUIET) == []


def test_nobody_is_reminded_of_what_they_have_done(mails: list[Mail], story: list[dict[str, Any]]) -> None:
    assert oracle.reminded_though_done(mails, story, ENDS) == []


def test_updates_and_cancellations_follow_their_invitations(mails: list[Mail]) -> None:
    entries = oracle.sequences(mails)
    assert len({uid for uid, _ in entries}) == 5, (
        "three meetings and decisions in the council's calendar, and two more"
    )
    for sent in entries.values():
        numbers = [sequence for _, sequence in sent]
        assert numbers == sorted(set(numbers))
        assert "CANCEL" not in [method for method, _ in sent]
