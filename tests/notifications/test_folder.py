"""Messages as files: whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from notifications.channel import Channel, Outcome, Parcel, Receipt
from notifications.folder import FolderChannel


def send(channel: Channel, number: int, payload: bytes) -> Receipt:
    with channel.open() as carrier:
        (receipt,) = carrier.send(Parcel(number=number, payload=payload))
    return receipt


def test_a_message_is_a_numbered_file(tmp_path: Path) -> None:
    channel: Channel = FolderChannel(tmp_path, ".eml")
    receipt = send(channel, 7, b"a\r\n")
    assert receipt.outcome is Outcome.SENT
    assert receipt.text == "written to 00007.eml"
    assert [path.name for path in tmp_path.iterdir()] == ["00007.eml"]
    assert (tmp_path / "00007.eml").read_bytes() == b"a\r\n"


def test_the_same_number_again_puts_the_new_bytes_in_its_place(tmp_path: Path) -> None:
    channel = FolderChannel(tmp_path, ".json")
    send(channel, 100000, b"first, and longer")
    send(channel, 100000, b"second")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"100000.json": b"second"}


def test_what_a_killed_process_left_is_gone_after_the_resend(tmp_path: Path) -> None:
    (tmp_path / ".00001.eml.part").write_bytes(b"half")
    send(FolderChannel(tmp_path, ".eml"), 1, b"whole")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"00001.eml": b"whole"}


def test_a_missing_folder_is_temporary_and_named(tmp_path: Path) -> None:
    receipt = send(FolderChannel(tmp_path / "nowhere", ".eml"), 1, b"a")
    assert (receipt.outcome, receipt.code) == (Outcome.TEMPORARY, errno.ENOENT)
    assert receipt.text == "00001.eml: No such file or directory"


def test_a_full_disk_is_temporary_and_leaves_the_old_message_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = FolderChannel(tmp_path, ".eml")
    send(channel, 1, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    receipt = send(channel, 1, b"new")
    assert (receipt.outcome, receipt.text) == (Outcome.TEMPORARY, "00001.eml: No space left on device")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"00001.eml": b"old"}


def test_a_file_where_a_folder_should_be_is_temporary(tmp_path: Path) -> None:
    (tmp_path / "mail").write_bytes(b"")
    assert send(FolderChannel(tmp_path / "mail", ".eml"), 1, b"a").outcome is Outcome.TEMPORARY


def test_a_folder_in_the_place_of_the_message_is_temporary_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "00001.eml").mkdir()
    assert send(FolderChannel(tmp_path, ".eml"), 1, b"a").outcome is Outcome.TEMPORARY
    assert [path.name for path in tmp_path.iterdir()] == ["00001.eml"]
