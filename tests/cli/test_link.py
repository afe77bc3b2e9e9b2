"""`aarshjul link`: the link to somebody's own page."""

from pathlib import Path

import pytest

from aarshjul.cli.record import record
from notifications.personal_links import read_link
from notifications.unsubscribing import signing_key
from tests.cli.conftest import Run


def test_the_link_is_the_persons_in_that_cycle(run: Run, imported: Path) -> None:
    said = run("link", "nordjylland-2023", "--person", "direktoer")
    first, second = said.out.splitlines()
    assert first.startswith("http://127.0.0.1:8000/p/")
    assert second.startswith("It leads to the page of direktoer in nordjylland-2023, until ")
    with record(imported) as opened:
        found = read_link(signing_key(opened.settings), first.rpartition("/p/")[2])
    assert found is not None
    assert (found.cycle, found.person) == ("nordjylland-2023", "direktoer")


def test_json_says_all_of_it(run: Run, imported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AARSHJUL_WEB_URL", "https://wheel.example.org/aar/")
    said = run("link", "nordjylland-2023", "--person", "direktoer", "--json").json
    assert said["link"].startswith("https://wheel.example.org/aar/p/")
    assert said.keys() == {"cycle", "person", "link", "until"}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("nordjylland-2024", "--person", "direktoer"), "there is no cycle `nordjylland-2024` here"),
        (("nordjylland-2023", "--person", "direktor"), "did you mean `direktoer`?"),
    ],
)
def test_whom_nobody_knows_has_none(run: Run, imported: Path, arguments: tuple[str, ...], why: str) -> None:
    said = run("link", *arguments)
    assert said.code == 1
    assert why in said.err
