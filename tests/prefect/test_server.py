import os
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from aarshjul.core.errors import Refused
from aarshjul.wake import Address
from flows.server import RunningServer, ServerDidNotStart, answers, kept_secret, running_server
from flows.settings import without_prefect

pytestmark = pytest.mark.prefect


def rows(home: Path, query: str) -> list[tuple[str | int, ...]]:
    with closing(sqlite3.connect(home / "prefect" / "prefect.db")) as connection:
        return connection.execute(query).fetchall()


PLAY = """
import os, sys
from pathlib import Path
from flows.server import running_server

with running_server(Path(sys.argv[1])) as running:
    from prefect import flow, task
    from prefect.artifacts import create_table_artifact

    @task(name="look")
    def look():
        create_table_artifact(table=[{"cycle": "one"}], key="status")

    @flow(name="chapter", flow_run_name="a chapter")
    def chapter():
        look()

    @flow(name="round", flow_run_name="a round", persist_result=False)
    def whole():
        look()
        chapter()

    whole()
    assert os.environ["PREFECT_API_URL"] == running.address.api
print(running.child.process.returncode, running.address.api, os.environ["PREFECT_API_URL"])
"""


def gone(pid: int, patience: float = 15) -> bool:
    until = monotonic() + patience
    while monotonic() < until:
        stat = Path(f"/proc/{pid}/stat")
        try:
            if stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        Event().wait(0.05)
    return False


def test_all_that_ran_is_recorded_when_the_server_has_left(tmp_path: Path) -> None:
    theirs = "http://127.0.0.1:9/api"  # the user's own Prefect, which is not ours to use
    played = subprocess.run(
        [sys.executable, "-c", PLAY, str(tmp_path)],
        env=without_prefect(os.environ) | {"PREFECT_API_URL": theirs},
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.stderr == ""
    code, ours, after = played.stdout.split()
    assert (code, after) == ("0", theirs)
    assert not answers(Address(api=ours))
    assert rows(tmp_path, "SELECT name, state_name FROM flow_run ORDER BY name") == [
        ("a chapter", "Completed"),
        ("a round", "Completed"),
    ]
    tasks = rows(tmp_path, "SELECT state_name, count(*) FROM task_run GROUP BY 1")
    assert tasks == [("Completed", 3)]  # two looks, and the chapter as seen from the round
    assert rows(tmp_path, "SELECT key, count(*) FROM artifact GROUP BY 1") == [("status", 2)]


def test_a_server_answers_to_nobody_without_its_secret(server: RunningServer) -> None:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.exceptions import PrefectHTTPStatusError

    with (
        SyncPrefectClient(server.address.api) as stranger,
        pytest.raises(PrefectHTTPStatusError, match="401"),
    ):
        stranger.read_flow_runs()
    with SyncPrefectClient(server.address.api, auth_string=server.address.auth) as ours:
        assert len(ours.read_flow_runs(limit=1)) <= 1


def test_a_server_listens_on_this_machine_alone(server: RunningServer) -> None:
    port = int(server.address.api.rpartition(":")[2].removesuffix("/api"))
    with socket.socket() as other, pytest.raises(OSError, match="refused"):
        other.connect(("127.0.0.2", port))


def test_a_taken_port_is_said_with_the_end_of_the_log(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with (
            pytest.raises(ServerDidNotStart, match="in use"),
            running_server(tmp_path, port=taken.getsockname()[1]),
        ):
            pytest.fail("it cannot have started")


def test_a_server_that_takes_too_long_is_stopped_and_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="did not answer in time"), running_server(tmp_path, patience=0.01):
        pytest.fail("it cannot have started")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_parent_that_is_killed_leaves_no_server_behind(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom threading import Event\nfrom flows.server import running_server\n"
        "with running_server(Path(sys.argv[1])) as s:\n    print(s.child.process.pid, flush=True)\n    Event().wait()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    try:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert not gone(pid, patience=0.2)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        assert gone(pid)
    finally:
        parent.kill()
        parent.communicate()


def test_a_homes_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    secret = kept_secret(tmp_path)
    assert len(secret) >= 32
    assert kept_secret(tmp_path) == secret
    file = tmp_path / "prefect" / "api.secret"
    assert file.stat().st_mode & 0o077 == 0
