"""vdirsyncer subscribes to the running server, and khal shows what it has: a move moves once, and what is off says so."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from calendars.choice import Choice
from models.engine import writing
from models.subscriptions import subscribe
from tests.builders import at
from tests.interop.needs import need
from tests.interop.pythons import LIBRARIES
from tests.interop.site import Site, served
from tests.world import World

VDIRSYNCER = """\
[general]
status_path = "{home}/status"

[pair year]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"

[storage here]
type = "filesystem"
path = "{home}/year"
fileext = ".ics"

[storage there]
type = "http"
url = "{url}"
"""
KHAL = """\
[calendars]
[[year]]
path = {home}/year
readonly = True

[locale]
local_timezone = Europe/Copenhagen
default_timezone = Europe/Copenhagen
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M

[sqlite]
path = {home}/khal.db

[default]
highlight_event_days = False
"""
LINE = "{start-long-full}|{end-long-full}|{status}|{title}"
TITLE = "Dialogmøde"


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscriber:
    """Somebody's computer: a home of its own with the two programs set up."""

    home: Path
    site: Site
    url: str

    def run(self, *command: str) -> str:
        """Run a program that came with Python's environment; what it prints."""
        environment = {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "TZ": "Europe/Copenhagen",
        }
        program = Path(sys.executable).with_name(command[0])
        result = subprocess.run(
            [str(program), *command[1:]],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    def sync(self) -> list[Path]:
        """Ask the server, as a timer would; the files that changed."""
        before = self._files()
        self.run("vdirsyncer", "-c", str(self.home / "vdirsyncer"), "sync")
        return sorted(path for path, stamp in self._files().items() if before.get(path) != stamp)

    def _files(self) -> dict[Path, tuple[int, int]]:
        found = {path: path.stat() for path in (self.home / "year").glob("*.ics")}
        return {path: (stat.st_mtime_ns, stat.st_ino) for path, stat in found.items()}

    def copies(self, title: str) -> list[tuple[str, str, int]]:
        """Beginning, status and SEQUENCE of each copy of an entry: vdirsyncer gives entries from the web UIDs of its own."""
        paths = (self.home / "year").glob("*.ics")
        entries = [entry for path in paths for entry in LIBRARIES["icalendar"](path)]
        return [
            (each["start"], each["status"], each["sequence"]) for each in entries if title in each["summary"]
        ]

    def shown(self, day: str) -> list[str]:
        """What khal shows on a day."""
        lines = self.run(
            "khal", "-c", str(self.home / "khal"), "list", "--day-format", "", "--format", LINE, day, "1d"
        )
        return [line.replace(" |", "|") for line in lines.splitlines() if "|" in line]


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> World:
    world = World(engine=sqlite, folder=tmp_path)
    world.act("2022-04-19", "co", "activate")
    world.round("2022-04-19")
    return world


@pytest.fixture
def subscriber(world: World, tmp_path: Path) -> Iterator[Subscriber]:
    need("vdirsyncer")
    need("khal")
    with writing(world.engine) as session:
        _, secret = subscribe(session, scope="cycle", cycle_id="c", shows=Choice().text, now=at("2022-04-20"))
    home = tmp_path / "subscriber"
    (home / "year").mkdir(parents=True)
    with served(world.engine, tmp_path, at("2022-04-20")) as site:
        url = f"{site.address}/calendars/{secret}.ics"
        (home / "vdirsyncer").write_text(VDIRSYNCER.format(home=home, url=url), encoding="utf-8")
        (home / "khal").write_text(KHAL.format(home=home), encoding="utf-8")
        here = Subscriber(home=home, site=site, url=url)
        here.run("vdirsyncer", "-c", str(home / "vdirsyncer"), "discover")
        yield here


def test_a_move_moves_once_and_what_is_off_says_so(world: World, subscriber: Subscriber) -> None:
    entries = len(subscriber.sync())
    assert entries == 12
    assert subscriber.copies(TITLE) == [("2022-11-18T09:00:00Z", "TENTATIVE", 0)]
    assert subscriber.shown("2022-11-18") == [
        "2022-11-18 10:00|2022-11-18 12:00|TENTATIVE|Foreløbig: Dialogmøde"
    ]

    world.act("2022-05-02", "co", "move", milestone="dialogue", to="2022-11-25", at="14:00", ends="16:00")
    assert len(subscriber.sync()) == 2  # the papers for it, due ten working days before, follow
    assert subscriber.copies(TITLE) == [("2022-11-25T13:00:00Z", "TENTATIVE", 1)]
    assert subscriber.copies("Materiale") == [("2022-11-11", "CONFIRMED", 1)]
    assert subscriber.shown("2022-11-18") == []
    assert subscriber.shown("2022-11-25") == [
        "2022-11-25 14:00|2022-11-25 16:00|TENTATIVE|Foreløbig: Dialogmøde"
    ]

    world.act("2022-05-03", "co", "cancel", milestone="dialogue", reason="aflyst")
    assert len(subscriber.sync()) == 1
    assert subscriber.copies(TITLE) == [("2022-11-25T13:00:00Z", "CANCELLED", 2)]
    assert subscriber.shown("2022-11-25") == [
        "2022-11-25 14:00|2022-11-25 16:00|CANCELLED|AFLYST: Dialogmøde"
    ]
    assert len(list((subscriber.home / "year").glob("*.ics"))) == entries


def test_a_feed_that_is_the_same_changes_nothing(subscriber: Subscriber) -> None:
    subscriber.sync()
    assert subscriber.sync() == []
    first, second = [each for each in subscriber.site.exchanges if each.method == "GET"][-2:]
    assert (first.status, first.etag) == (200, second.etag)
    # vdirsyncer 0.21 does not say what it has and gets it all again; asked with its own words and the tag, nothing goes.
    assert "if-none-match" not in second.headers
    again = httpx.get(subscriber.url, headers=second.headers | {"if-none-match": second.etag}, timeout=20)
    assert (again.status_code, again.content) == (304, b"")
