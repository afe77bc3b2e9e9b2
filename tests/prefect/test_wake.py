import socket
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from aarshjul.wake import Address, find_address, forget_address, leave_address, wake
from flows.server import RunningServer


@pytest.fixture
def silent() -> Iterator[Address]:
    """Something that takes connections and says nothing."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield Address(api=f"http://127.0.0.1:{listener.getsockname()[1]}/api")


def test_an_address_is_read_as_it_was_left_until_it_is_forgotten(tmp_path: Path) -> None:
    address = Address(api="http://127.0.0.1:4200/api", auth="aarshjul:secret")
    leave_address(tmp_path, Address(api="http://127.0.0.1:1/api"))
    leave_address(tmp_path, address)
    assert find_address(tmp_path) == address
    files = list((tmp_path / "prefect").iterdir())
    assert [file.stat().st_mode & 0o077 for file in files] == [0]
    forget_address(tmp_path)
    assert find_address(tmp_path) is None
    forget_address(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '"text"', '{"api": "http://127.0.0.1:1"}', "\0"])
def test_an_unreadable_address_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "prefect").mkdir()
    (tmp_path / "prefect" / "address.json").write_text(text)
    assert find_address(tmp_path) is None
    assert not wake(tmp_path)


def test_a_home_that_never_ran_is_not_woken(tmp_path: Path) -> None:
    assert not wake(tmp_path)


@pytest.mark.parametrize(
    "api", ["http://127.0.0.1:9/api", "http://nowhere.invalid/api", "no address", "http://[/"]
)
def test_an_installation_that_is_down_is_not_woken(api: str, tmp_path: Path) -> None:
    leave_address(tmp_path, Address(api=api))
    assert not wake(tmp_path)


def test_an_installation_that_says_nothing_is_waited_for_a_second(silent: Address, tmp_path: Path) -> None:
    leave_address(tmp_path, silent)
    began = monotonic()
    assert not wake(tmp_path)
    assert monotonic() - began < 1.5


@pytest.mark.prefect
def test_a_server_takes_the_wish_and_only_from_one_who_may(server: RunningServer, tmp_path: Path) -> None:
    leave_address(tmp_path, server.address)
    assert wake(tmp_path)
    leave_address(tmp_path, Address(api=server.address.api, auth="aarshjul:guessed"))
    assert not wake(tmp_path)


@pytest.mark.prefect
def test_a_proxy_of_the_machine_is_not_asked(
    server: RunningServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    leave_address(tmp_path, server.address)
    assert wake(tmp_path)
