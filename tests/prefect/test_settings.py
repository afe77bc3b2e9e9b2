import os
from pathlib import Path

import pytest

from flows.settings import Use, cache_folder, prefect_settings, quiet_environment, without_prefect

USES: list[Use] = ["played", "up"]


@pytest.mark.parametrize("use", USES)
def test_every_setting_is_one_that_prefect_knows(use: Use, tmp_path: Path) -> None:
    from prefect.settings import Settings

    unknown = []
    for name in prefect_settings(tmp_path, use):
        model = Settings
        *parents, last = name.split(".")
        for parent in parents:
            model = model.model_fields[parent].annotation  # type: ignore[assignment]
        if last not in model.model_fields:
            unknown.append(name)
    assert unknown == []


@pytest.mark.parametrize("use", USES)
def test_prefect_reads_back_from_the_variables_what_was_meant(
    use: Use, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.settings import Settings

    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    for name, value in quiet_environment(tmp_path, use).items():
        monkeypatch.setenv(name, value)
    read = Settings()
    assert read.home == tmp_path / "prefect"
    assert read.server.analytics_enabled is False
    assert read.server.ui.show_promotional_content is False
    assert read.server.ui.enabled is (use == "up")
    assert read.server.services.triggers.enabled is (use == "up")
    assert read.server.services.task_run_recorder.read_batch_size == 200


def test_a_relative_home_is_the_same_folder_wherever_prefect_reads_it() -> None:
    assert prefect_settings(Path("somewhere"), "played")["home"] == str(Path.cwd() / "somewhere" / "prefect")


def test_the_users_own_prefect_is_left_out() -> None:
    theirs = {"PREFECT_API_URL": "https://example.org", "PREFECT_PROFILE": "cloud", "PATH": "/bin"}
    assert without_prefect(theirs) == {"PATH": "/bin"}


def test_the_cache_is_where_the_variable_says_else_the_users() -> None:
    assert cache_folder({"AARSHJUL_PREFECT_CACHE": "/somewhere"}) == Path("/somewhere").absolute()
    assert cache_folder({}).name == "aarshjul"
