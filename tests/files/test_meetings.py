"""What kind of meeting calendar a file is, and what is none; its encoding."""

from pathlib import Path

import pytest

from aarshjul.core.errors import Invalid
from aarshjul.files.meetings import kind_of, read_meetings
from tests.files.meeting_files import BODY, calendar


def test_the_content_says_what_a_file_is_before_its_name_does(tmp_path: Path) -> None:
    file = tmp_path / "calendar.txt"
    file.write_bytes(b"\xef\xbb\xbf\r\n" + calendar("UID:a\nDTSTART:20270212").encode())
    assert kind_of(file) == "ics"
    assert len(read_meetings(file, "ics", BODY).meetings) == 1
    (tmp_path / "b.yaml").write_text("body: KKR\nformat: aarshjul/meetings@1\n")
    assert kind_of(tmp_path / "b.yaml") == "yaml"
    (tmp_path / "a.yaml").write_text("# x\nformat: aarshjul/cycle@1\n")
    assert kind_of(tmp_path / "a.yaml") is None
    (tmp_path / "a.txt").write_text("format: aarshjul/contract@1\n")
    assert kind_of(tmp_path / "a.txt") is None


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.ics", b"<!DOCTYPE html>\n<html><body>Log ind</body></html>", ":1: is a web page, not a calendar"),
        ("a.ics", b"\xef\xbb\xbf\n<html>", ":1: is a web page, not a calendar"),
        ("a.csv", b"<?xml version='1.0'?><a/>", ":1: is XML or a web page"),
        ("a.ics", b"x" * 5_000_001, ":1: is larger than 5 MB"),
        ("a.ics", b" \r\n\r\n", ":1: is empty"),
        ("a.ics", b"BEGIN:VCALENDAR\n\x00\x01", ":2: is not text"),
        ("a.ics", "BEGIN:VCALENDAR\nX:ø\nY:".encode() + b"\xe6\n", ":3: is not UTF-8 (byte 0xe6)"),
        ("a.csv", b"Dato\n\x81\n", ":2: is not UTF-8 (byte 0x81)"),
        ("a.ics", b"\xff\xfeabc", ":1: begins as UTF-16 and is not"),
    ],
)
def test_what_is_no_calendar_at_all(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    kind = kind_of(file)
    assert kind is not None
    with pytest.raises(Invalid) as caught:
        read_meetings(file, kind, BODY)
    assert caught.value.problems[0].startswith(f"{file}{said}")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_danish_letters_in_any_encoding_of_windows(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes("Dato;Titel;Sted\n12.02.2027;Ærø-møde på Læsø;Brønderslev\n".encode(encoding))
    assert kind_of(file) == "csv"
    (meeting,) = read_meetings(file, "csv", BODY).meetings
    assert (meeting.title, meeting.place) == ("Ærø-møde på Læsø", "Brønderslev")
