from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect
from threading import Event
from time import monotonic

import pytest

from aarshjul.wake import leave_address, wake
from flows.child import Child
from flows.deployments import RunnerDidNotStart, deployments, serving
from flows.server import RunningServer, running_server

pytestmark = pytest.mark.prefect


@dataclass(frozen=True, kw_only=True, slots=True)
class Installation:
    home: Path
    server: RunningServer
    runner: Child

    def ask(self, query: str) -> list[tuple[str | int, ...]]:
        with closing(connect(self.home / "prefect" / "prefect.db")) as connection:
            return connection.execute(query).fetchall()

    def rounds(self, state: str) -> int:
        found = "SELECT r.id FROM flow_run r JOIN flow f ON f.id = r.flow_id WHERE f.name = 'round' AND state_name ="
        return len(self.ask(f"{found} '{state}'"))


def comes(what: Callable[[], object], patience: float = 40) -> bool:
    until = monotonic() + patience
    while monotonic() < until:
        if what():
            return True
        Event().wait(0.1)
    return False


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home = tmp_path_factory.mktemp("home")
    with running_server(home, use="up") as server:
        leave_address(home, server.address)
        with serving(home, server) as runner:
            yield Installation(home=home, server=server, runner=runner)
    assert (runner.process.returncode, server.child.process.returncode) == (0, 0)
    paused = Installation(home=home, server=server, runner=runner).ask(
        "SELECT sum(NOT active) FROM deployment_schedule"
    )
    assert paused == [(0,)]
    logs = (home / "prefect" / "server.log").read_text() + runner.log.read_text()
    assert "Traceback" not in logs


def test_a_round_runs_at_start_up_and_again_when_it_is_wanted(up: Installation) -> None:
    assert comes(lambda: up.rounds("Completed") == 1), up.runner.last_words()
    assert (up.home / "aarshjul.db").exists()
    assert wake(up.home)
    assert comes(lambda: up.rounds("Completed") == 2), up.runner.last_words()


def test_rounds_come_at_seven_in_copenhagen_and_deliveries_every_five_minutes(up: Installation) -> None:
    assert comes(lambda: up.ask("SELECT 1 FROM flow_run WHERE auto_scheduled"))
    schedules = "SELECT f.name, json_extract(schedule, '$.cron'), json_extract(schedule, '$.timezone') "
    schedules += "FROM deployment_schedule s JOIN deployment d ON d.id = s.deployment_id JOIN flow f ON f.id = d.flow_id"
    assert sorted(up.ask(schedules)) == [
        ("deliver", "2-59/5 * * * *", "Europe/Copenhagen"),
        ("round", "0 7 * * *", "Europe/Copenhagen"),
    ]


def test_a_runner_that_cannot_start_is_said_with_the_end_of_its_log(tmp_path: Path, up: Installation) -> None:
    (tmp_path / "prefect").mkdir()
    lost = RunningServer(
        address=up.server.address,
        child=up.server.child,
        environment=up.server.environment | {"PREFECT_LOGGING_LEVEL": "ROARING"},
    )
    with pytest.raises(RunnerDidNotStart, match="ROARING"), serving(tmp_path, lost):
        pytest.fail("it cannot have started")


def test_a_mailbox_is_read_where_one_is_set(tmp_path: Path) -> None:
    assert [each.flow_name for each in deployments(tmp_path)] == ["round", "deliver"]
    (tmp_path / "settings.env").write_text("AARSHJUL_IMAP_HOST=mail.example.org\n", encoding="utf-8")
    assert [each.flow_name for each in deployments(tmp_path)] == ["round", "deliver", "collect-answers"]
