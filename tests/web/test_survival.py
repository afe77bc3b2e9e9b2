"""Servers as processes: killed while they serve and started again, and two at once over one record."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from email.utils import parsedate_to_datetime
from itertools import combinations
from pathlib import Path
from time import monotonic

import httpx
import pytest
from sqlalchemy import Engine

from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from calendars.choice import NAMES, Choice
from models.engine import writing
from models.subscriptions import subscribe
from tests.builders import at
from tests.web.serve_process import address_of, served
from tests.world import World


@pytest.fixture
def secret(sqlite: Engine, tmp_path: Path) -> str:
    """The secret of a feed in a home."""
    World(engine=sqlite, folder=tmp_path).act("2022-04-19", "co", "activate")
    with writing(sqlite) as session:
        return subscribe(session, scope="cycle", cycle_id="c", shows=Choice().text, now=at("2022-05-01"))[1]


def test_killed_and_started_again_it_says_the_same(secret: str, tmp_path: Path) -> None:
    path = f"/calendars/{secret}.ics"
    seen: list[tuple[str, str, bytes]] = []
    for _ in range(2):
        with served(tmp_path) as process:
            with httpx.Client(base_url=address_of(process), timeout=20, trust_env=False) as client:
                if seen:
                    again = client.get(path, headers={"if-none-match": seen[0][0]})
                    assert again.status_code == 304
                answer = client.get(path)
                seen.append((answer.headers["etag"], answer.headers["last-modified"], answer.content))
            process.kill()
            out, err = process.communicate(timeout=30)
        assert secret not in out + err
    assert seen[0] == seen[1]


def test_two_servers_over_one_record_agree(secret: str, sqlite: Engine, tmp_path: Path) -> None:
    path = f"/calendars/{secret}.ics"
    with served(tmp_path) as one, served(tmp_path) as two:
        bases = [address_of(one), address_of(two)]
        for day in ("2022-08-26", "2022-08-29"):
            answers = [httpx.get(base + path, timeout=20, trust_env=False) for base in bases]
            assert len({(each.headers["etag"], each.headers["last-modified"]) for each in answers}) == 1
            assert answers[0].content == answers[1].content
            moved = parse_act("move", {"milestone": "start", "to": day})
            perform(sqlite, "c", "co", "move", moved, at("2022-04-21"))
            changed = [
                httpx.get(
                    base + path,
                    headers={"if-none-match": answers[0].headers["etag"]},
                    timeout=20,
                    trust_env=False,
                )
                for base in bases
            ]
            assert [each.status_code for each in changed] == [200, 200]


def test_every_answer_has_one_date_and_none_changed_after_it(secret: str, tmp_path: Path) -> None:
    kinds = [",".join(kinds) for n in (1, 2) for kinds in combinations(NAMES[:4], n)]
    paths = [
        f"/calendars/{secret}.ics?show={kind}&lang={language}" for kind in kinds for language in ("da", "en")
    ]
    with (
        served(tmp_path) as process,
        httpx.Client(base_url=address_of(process), timeout=20, trust_env=False) as client,
    ):
        for path in (*paths, f"/calendars/{secret}", "/healthz", "/nothing"):
            headers = client.get(path).headers
            [said] = headers.get_list("date")
            if "last-modified" in headers:
                assert parsedate_to_datetime(headers["last-modified"]) <= parsedate_to_datetime(said)


def test_who_leaves_in_the_middle_of_a_form_is_nothing_to_log(secret: str, tmp_path: Path) -> None:
    with served(tmp_path) as process:
        address = address_of(process)
        port = int(address.rpartition(":")[2])
        for path in (f"/calendars/{secret}/renew", f"/calendars/{secret}/stop", "/unsubscribe/x"):
            with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
                head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nconfirm=yes"
                connection.sendall(head.encode())
        with httpx.Client(base_url=address, timeout=20, trust_env=False) as client:
            assert client.get(f"/calendars/{secret}.ics").status_code == 200
        process.terminate()
        _, err = process.communicate(timeout=30)
    assert err == ""


MAIN = """
import sys; sys.argv[0] = 'aarshjul'
from aarshjul.cli.errors import run
from aarshjul.cli import app
sys.exit(run(lambda: app(args=sys.argv[1:])))
"""


def up(home: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, "up", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "AARSHJUL_HOME": str(home), "PYTHONUNBUFFERED": "1"},
    )


@pytest.mark.parametrize("option", ["--port", "--web-port"])
def test_up_says_of_a_taken_port_before_anything_starts(secret: str, tmp_path: Path, option: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        other = {"--port": "--web-port", "--web-port": "--port"}[option]
        process = up(tmp_path, option, port, other, "0")
        try:
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, out) == (1, "")
    assert err.startswith(f"127.0.0.1:{port} cannot be served at: ")
    assert err.rstrip().endswith(f"name another with {option}")
    assert not (tmp_path / "prefect").exists()


def test_up_serves_calendars_before_prefect_is_there_and_ends_with_it(secret: str, tmp_path: Path) -> None:
    process = up(tmp_path, "--port", "0", "--web-port", "0")
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"Calendars and pages: (http://127\.0\.0\.1:\d+)\n", line)
        assert found is not None, line
        with httpx.Client(base_url=found[1], timeout=30, trust_env=False) as client:
            assert client.get(f"/calendars/{secret}.ics").status_code == 200
            assert not (tmp_path / "prefect" / "runner.log").exists()
            process.send_signal(signal.SIGKILL)  # nobody is left to tell the web: it sees by itself
            process.wait(30)
            assert _is_gone(found[1])
    finally:
        process.kill()
        process.communicate()


def _is_gone(address: str, patience: float = 30.0) -> bool:
    """Whether nobody listens any more, within some seconds."""
    until = monotonic() + patience
    while monotonic() < until:
        try:
            httpx.get(f"{address}/healthz", timeout=5, trust_env=False)
        except httpx.HTTPError:
            return True
        threading.Event().wait(0.05)
    return False
