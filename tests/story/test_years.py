"""Years that nobody has seen: what is owed on each day was written by hand, from the rules, before they were played."""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from tests.story.plain import YEARS, Mail, left_in, mails_in, play, script_of

NAMES = sorted(path.name.removesuffix(".duties") for path in YEARS.glob("*.duties"))


def _expected(name: str) -> tuple[dict[str, set[str]], date | None]:
    """The duties of each day as `milestone/revision/kind/offset/person`, and the first day played."""
    found: dict[str, set[str]] = defaultdict(set)
    first = None
    for line in (YEARS / f"{name}.duties").read_text(encoding="utf-8").splitlines():
        if line.startswith("# from:"):
            first = date.fromisoformat(line.removeprefix("# from:").strip())
        if line and not line.startswith("#"):
            day, duty, *people = line.split()
            found[day] |= {f"{duty}/{person}" for person in people}
    return dict(found), first


def _sent(name: str, mails: list[Mail]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for mail in mails:
        for duty in mail.duties:
            if "/welcome/" not in duty:
                # Which digest of a person it is tells its key alone; the day is what matters here.
                key = re.sub(r"/digest/\d+/", "/digest/*/", duty.removeprefix(f"{name}/"))
                found[mail.sent_at.date().isoformat()].add(key)
    return dict(found)


@pytest.fixture(scope="module", params=NAMES)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A year and the folder in which it was played."""
    name = str(request.param)
    home = tmp_path_factory.mktemp(name)
    play(script_of(name), home, first=_expected(name)[1])
    return name, home


def test_a_year_owes_what_was_written_down_for_it(played: tuple[str, Path]) -> None:
    name, home = played
    assert _sent(name, mails_in(home)) == _expected(name)[0]


def test_no_duty_is_done_twice(played: tuple[str, Path]) -> None:
    everything = [duty for mail in mails_in(played[1]) for duty in mail.duties]
    assert everything
    assert len(everything) == len(set(everything))


def test_the_first_message_to_a_person_and_no_other_welcomes(played: tuple[str, Path]) -> None:
    greeted: set[str] = set()
    for mail in mails_in(played[1]):
        assert ("welcome" in mail.kinds) == (mail.to not in greeted), mail.number
        greeted.add(mail.to)


def test_sequences_rise_for_each_person_and_a_cancelled_one_is_asked_no_more(
    played: tuple[str, Path],
) -> None:
    last: dict[tuple[str, str], int] = {}
    off: set[tuple[str, str]] = set()
    for mail in mails_in(played[1]):
        if mail.entry is None:
            continue
        who = (mail.entry.uid, mail.to)
        assert mail.entry.sequence >= last.get(who, -1), mail.number
        assert who not in off, mail.number
        if mail.entry.method == "CANCEL":
            assert who in last, "only who was invited hears that it is off"
            off.add(who)
        else:
            assert mail.entry.sequence > last.get(who, -1), mail.number
        last[who] = mail.entry.sequence


def test_the_same_year_again_leaves_the_same_bytes(played: tuple[str, Path], tmp_path: Path) -> None:
    name, home = played
    play(script_of(name), tmp_path, first=_expected(name)[1])
    assert left_in(tmp_path) == left_in(home)


def test_a_year_that_is_over_played_on_does_nothing_more(played: tuple[str, Path]) -> None:
    name, home = played
    before = left_in(home)
    play(script_of(name), home, first=_expected(name)[1])
    assert left_in(home) == before
