"""How the suite is spread over processes."""

import pytest


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two processes for the whole suite; none for tests that somebody names, as starting them takes seconds."""
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        return 2
    config.option.dist = "no"
    return 0
