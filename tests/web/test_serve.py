"""`aarshjul serve` as an operator runs it: a process of its own, its words, its end."""

import signal
import socket
from pathlib import Path

import httpx
import pytest

from tests.web.serve_process import address_of, served


@pytest.fixture
def home(sqlite_template: Path, tmp_path: Path) -> Path:
    (tmp_path / "aarshjul.db").write_bytes(sqlite_template.read_bytes())
    return tmp_path


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_until_it_is_told_to_stop_and_ends_well(home: Path, number: signal.Signals) -> None:
    with (
        served(home) as process,
        httpx.Client(base_url=address_of(process), timeout=20, trust_env=False) as client,
    ):
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").status_code == 200
        token = "a-token-that-is-nobodys"
        assert client.get(f"/unsubscribe/{token}").status_code == 404
        assert "server" not in client.get("/healthz").headers
        process.send_signal(number)  # with a connection still open
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "Stopped.\n", "")


def test_told_to_stop_before_it_serves_it_stops(home: Path) -> None:
    with served(home) as process:
        address_of(process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_a_busy_port_is_said_in_a_sentence(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with served(home, "--port", port) as process:
            out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (1, "")
    assert err.startswith(f"127.0.0.1:{port} cannot be served at: ")
    assert "--port" in err


@pytest.mark.parametrize("words", [("--host", "no such host"), ("--host", "203.0.113.7")])
def test_an_address_that_is_not_ours_is_said_in_a_sentence(home: Path, words: tuple[str, ...]) -> None:
    with served(home, *words) as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert "cannot be served at" in err
    assert "Traceback" not in err


def test_a_home_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with served(tmp_path / "elsewhere") as process:
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (1, "")
    assert "there is no installation" in err
    assert not (tmp_path / "elsewhere").exists()
