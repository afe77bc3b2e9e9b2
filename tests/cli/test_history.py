"""`history show` and `export --all` at the terminal."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from models.engine import open_engine, upgrade
from tests.acts.situations import board_approved
from tests.cli.conftest import Run

HIDDEN = "\x1b[31mSkagen"


@pytest.fixture
def lived(tmp_path: Path) -> Path:
    """A home in which the board has approved a draft."""
    home = tmp_path / "home"
    home.mkdir()
    engine = open_engine(f"sqlite:///{home / 'aarshjul.db'}")
    upgrade(engine)
    world = board_approved(engine, home)
    world.act("2023-02-11 10:00", "co", "move", milestone="council-approval", to="2023-03-10", at="09:00")
    engine.dispose()
    return home


def test_a_move_is_told_from_what_to_what(run: Run, lived: Path) -> None:
    said = run("--home", str(lived), "history", "show", "c", "--what", "moved")
    assert "2023-02-11 10:00  co: moved: council-approval" in said.out
    assert "on 2023-02-10 -> 2023-03-10" in said.out
    assert "at 10:00 -> 09:00" in said.out
    assert "milestone signatures: on 2023-02-24 -> 2023-03-24" in said.out


@pytest.mark.parametrize(
    ("options", "whats"),
    [
        (("--who", "b1"), {"decided"}),
        (("--milestone", "signatures"), {"moved"}),
        (("--since", "2023-02-11"), {"moved"}),
        (("--since", "2022-09-29", "--until", "2022-09-29"), {"draft-submitted"}),
        (("--who", "nobody"), set()),
    ],
)
def test_the_history_is_narrowed(run: Run, lived: Path, options: tuple[str, ...], whats: set[str]) -> None:
    said = run("--home", str(lived), "history", "show", "c", *options, "--json")
    assert {each["what"] for each in json.loads(said.out)} == whats


def test_a_cycle_that_is_not_there_and_a_day_that_is_none(run: Run, lived: Path) -> None:
    assert run("--home", str(lived), "history", "show", "d").code == 1
    assert run("--home", str(lived), "history", "show", "c", "--since", "i går").code == 2


def test_what_a_terminal_would_obey_is_not_told_to_it(run: Run, lived: Path) -> None:
    engine = open_engine(f"sqlite:///{lived / 'aarshjul.db'}")
    with engine.begin() as connection:
        found = connection.execute(text("SELECT facts FROM historyentry WHERE what = 'moved'")).scalar_one()
        changed = {"changed": {"milestone/x": {"was": {"place": None}, "to": {"place": HIDDEN}}}}
        written = json.dumps({**json.loads(found), **changed})
        connection.execute(
            text("UPDATE historyentry SET facts = :facts WHERE what = 'moved'"), {"facts": written}
        )
    engine.dispose()
    said = run("--home", str(lived), "history", "show", "c")
    assert "Skagen" in said.out
    assert "\x1b" not in said.out


def test_a_head_is_looked_for_in_the_chain(run: Run, lived: Path) -> None:
    head = json.loads(run("--home", str(lived), "history", "verify", "--json").out)["cycles"][0]["head"]
    assert run("--home", str(lived), "history", "verify", "c", "--head", head).code == 0
    said = run("--home", str(lived), "history", "verify", "c", "--head", "f" * 64)
    assert (said.code, "written anew" in said.err) == (1, True)
    assert run("--home", str(lived), "history", "verify", "--head", head).code == 2


def test_all_of_a_cycle_goes_into_one_archive(run: Run, lived: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    said = run("--home", str(lived), "export", "c", "--all", "-o", str(target), "--json")
    told = json.loads(said.out)
    with ZipFile(target) as made:
        assert told["documents"] == len(json.loads(made.read("list.json")))
        assert told["head"] in made.read("README.md").decode()
    assert (told["problems"], told["left_out"]) == ([], 0)
    assert run("--home", str(lived), "export", "c", "--all", "-o", str(target)).code == 2


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("c", "--all"), 2, "-o FILE.zip"),
        (("d", "--all", "-o", "x.zip"), 1, "there is no cycle `d` here"),
        (("c", "--all", "--kind", "meetings", "-o", "x.zip"), 2, "--all is for a cycle"),
        (("c", "--with-addresses"), 2, "goes with --all"),
    ],
)
def test_what_cannot_be_archived(
    run: Run, lived: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    said = run("--home", str(lived), "export", *arguments)
    assert said.code == code
    assert words in said.err
