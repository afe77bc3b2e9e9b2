"""How Prefect is set in an installation: its own home, quiet, and sparing with the database. Imports no Prefect.

Names are those of Prefect's settings model (`server.ui.enabled`), from which its environment variables follow.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path

Use = Literal["played", "up"]

# What both kinds of server get.
_ALWAYS = {
    "server.analytics_enabled": "false",  # nobody is told that this runs
    "server.ui.show_promotional_content": "false",
    "server.logging_level": "WARNING",
    "logging.level": "ERROR",  # what a person should read, our commands say themselves
    "cli.colors": "false",
    # One commit an event would lock SQLite against the flows that wait for it.
    "server.services.task_run_recorder.read_batch_size": "200",
    "results.persist_by_default": "false",  # what a flow found out stands in our own database
    "client.csrf_support_enabled": "false",  # the server has none to give; asking costs a request per client
    "runner.server.enable": "false",
    "telemetry.enable_resource_metrics": "false",
}

# A played year has no schedule, no trigger and nobody who looks at its server while it runs.
_PLAYED = {
    # Task runs are written every ten seconds and at the end: with the usual settings a round took 3.5 s, not 0.3 s.
    "server.services.task_run_recorder.batch_size": "1000",
    "server.services.task_run_recorder.flush_interval": "10",
    "logging.to_api.enabled": "false",
    "server.ui.enabled": "false",
    "server.services.scheduler.enabled": "false",
    "server.services.foreman.enabled": "false",
    "server.services.late_runs.enabled": "false",
    "server.services.pause_expirations.enabled": "false",
    "server.services.cancellation_cleanup.enabled": "false",
    "server.services.repossessor.enabled": "false",
    "server.services.cleanup_reconciler.enabled": "false",
    "server.services.triggers.enabled": "false",
    "server.services.event_persister.enabled": "false",  # runs and tasks are recorded; the event feed is not kept
}

_UP = {
    "server.services.task_run_recorder.batch_size": "200",
    "server.services.task_run_recorder.flush_interval": "1",
    "server.services.triggers.read_batch_size": "100",
    "logging.level": "INFO",  # a run's log is read on the Prefect page
    "logging.to_api.enabled": "true",
    "runner.poll_frequency": "2",  # a round that somebody wants should not wait for the usual ten seconds
    "flows.heartbeat_frequency": "30",  # a run whose process died is found out after three missed ones
}


def prefect_settings(home: Path, use: Use) -> dict[str, str]:
    """Prefect's settings by their names in its model; its home is `HOME/prefect`."""
    return {"home": str(prefect_home(home)), **_ALWAYS, **(_PLAYED if use == "played" else _UP)}


def quiet_environment(home: Path, use: Use = "played") -> dict[str, str]:
    """The same as environment variables, with what is not Prefect's own to set."""
    return {
        **as_variables(prefect_settings(home, use)),
        "DO_NOT_TRACK": "1",
        # Whatever proxy the machine has, this server is on the machine itself.
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }


def as_variables(settings: Mapping[str, str]) -> dict[str, str]:
    """`server.ui.enabled` becomes `PREFECT_SERVER_UI_ENABLED`."""
    return {"PREFECT_" + name.replace(".", "_").upper(): value for name, value in settings.items()}


def without_prefect(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without the user's own Prefect: a profile or a cloud workspace of theirs is not ours to use."""
    return {name: value for name, value in environment.items() if not name.startswith("PREFECT_")}


def prefect_home(home: Path) -> Path:
    """Where Prefect keeps its database and logs in a home of ours; absolute, as it is read in another folder."""
    return home.absolute() / "prefect"


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Where migrated databases and compiled modules are kept between homes: `AARSHJUL_PREFECT_CACHE` or the user's."""
    named = environment.get("AARSHJUL_PREFECT_CACHE")
    return Path(named).absolute() if named else user_cache_path("aarshjul", appauthor=False)
