"""The command line in this process, and homes to run it in, made once and copied."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import ACTS, CYCLE, Said, call

Run = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of this test; nothing is in it yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("AARSHJUL_HOME", str(folder))
    monkeypatch.delenv("AARSHJUL_DATABASE_URL", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    return folder


@pytest.fixture
def run(home: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """`aarshjul ...`: what it says and how it ends."""

    def go(*words: str | Path) -> Said:
        return call(capsysbinary, [str(word) for word in words])

    return go


@pytest.fixture(scope="session")
def _imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from aarshjul.cli.exchange import import_file

    folder = tmp_path_factory.mktemp("imported") / "home"
    import_file(CYCLE, home=folder, json=True)
    return folder


@pytest.fixture(scope="session")
def _played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from aarshjul.files.script import read_script
    from aarshjul.settings import load_settings
    from flows.playing import Play, acts_of
    from flows.rehearsing import rehearse
    from models.engine import open_engine, upgrade

    folder = tmp_path_factory.mktemp("played") / "home"
    script = read_script(CYCLE, ACTS)
    assert script.acts is not None
    settings = load_settings(folder)
    for channel in ("mail", "teams"):
        (folder / channel).mkdir(parents=True)
    engine = open_engine(settings.url)
    upgrade(engine)
    acts = acts_of(script.acts, script.zone, script.drafts)
    rehearse(Play(engine, script.form, script.contract, acts), settings, None, None)
    engine.dispose()
    return folder


@pytest.fixture
def imported(_imported: Path, home: Path) -> Path:
    """A home with the example cycle, a silent draft."""
    shutil.copytree(_imported, home)
    return home


@pytest.fixture
def played(_played: Path, home: Path) -> Path:
    """A home in which the example's whole year has happened."""
    shutil.copytree(_played, home)
    return home
