"""Every feed and invitation of six years, read by seven programs: the same entries in all, and those that we meant."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.interop.homes import HOMES, Home
from tests.interop.needs import need
from tests.interop.producers import everything
from tests.interop.readers import COMMANDS, Seen, read_with

ZONE = re.compile(rb"(TZID[=:])[A-Z][A-Za-z]+/([A-Za-z_]+)")

BY_RULES = [reader for reader in COMMANDS if reader != "node-ical"]
"""Readers that work a zone out from its rules; node-ical 0.25.6 looks for one that it knows (`dateParameter` in ical.js)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """A folder full of calendars; what is meant by their milestones, and how icalendar reads the other entries."""

    folder: Path
    meant: list[Seen]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readers")


@pytest.fixture(scope="module")
def batch(year: Callable[[str], Home], workplace: Path) -> Batch:
    folder = workplace / "all"
    folder.mkdir()
    meant = []
    for name in HOMES:
        for written in everything(year(name)):
            file = f"{name}--{written.file}"
            (folder / file).write_bytes(written.raw)
            meant += [replace(seen, file=file) for seen in written.meant]
    known = {(seen.file, seen.uid) for seen in meant}
    others = [
        seen for seen in read_with("icalendar", folder, workplace) if (seen.file, seen.uid) not in known
    ]
    return Batch(folder=folder, meant=meant + others)


@pytest.mark.parametrize("reader", COMMANDS)
def test_a_reader_finds_what_we_meant(reader: str, batch: Batch, workplace: Path) -> None:
    need(reader)
    assert _differences(read_with(reader, batch.folder, workplace), batch.meant) == []


@pytest.mark.parametrize("reader", BY_RULES)
def test_our_rules_of_the_zones_are_enough(reader: str, batch: Batch, workplace: Path) -> None:
    """Under a name that no reader knows, the zone is what its VTIMEZONE says."""
    need(reader)
    folder = workplace / "unknown-zones"
    files = sorted(batch.folder.glob("*--left-all.ics"))
    assert len(files) > 5
    if not folder.exists():
        folder.mkdir()
        for file in files:
            (folder / file.name).write_bytes(ZONE.sub(rb"\1Nowhere/\2", file.read_bytes()))
    meant = [seen for seen in batch.meant if seen.file in {file.name for file in files}]
    assert _differences(read_with(reader, folder, workplace), meant) == []


def _differences(found: list[Seen], meant: list[Seen]) -> list[str]:
    """The first few entries that are not in both, with whose they are."""
    extra, lacking = set(found) - set(meant), set(meant) - set(found)
    assert len(found) == len(set(found)), "an entry came twice"
    lines = [(each, "read") for each in extra] + [(each, "meant") for each in lacking]
    return [f"{whose}: {each}" for each, whose in sorted(lines, key=repr)][:10]
