"""Homes in which the year has come so far, made once and only read; and the command line in this process."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.engine import open_engine
from tests.cli.running import Said, call
from tests.dialogue.year import consulted, minuted
from tests.world import World

Run = Callable[..., Said]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """`aarshjul ...`: what it says and how it ends."""
    monkeypatch.delenv("AARSHJUL_DATABASE_URL", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def go(*words: str | Path) -> Said:
        return call(capsysbinary, [str(word) for word in words])

    return go


def _home(template: Path, folder: Path, make: Callable[..., World]) -> Path:
    shutil.copyfile(template, folder / "aarshjul.db")
    engine = open_engine(f"sqlite:///{folder / 'aarshjul.db'}")
    make(engine, folder)
    engine.dispose()
    return folder


@pytest.fixture(scope="session")
def _consulted(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _home(sqlite_template, tmp_path_factory.mktemp("consulted"), consulted)


@pytest.fixture(scope="session")
def _minuted(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _home(sqlite_template, tmp_path_factory.mktemp("minuted"), minuted)


@pytest.fixture
def consultation(_consulted: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working group has answered, and the meeting is to come."""
    monkeypatch.setenv("AARSHJUL_HOME", str(_consulted))
    return _consulted


@pytest.fixture
def dialogue(_minuted: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The dialogue meeting was held."""
    monkeypatch.setenv("AARSHJUL_HOME", str(_minuted))
    return _minuted
