"""A meeting that loses its date while it is to come: its invitees lose the entry, and are invited anew."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from sqlalchemy import Engine

from aarshjul.settings import Settings
from flows.rehearsing import deliver_to_files
from tests.acts.situations import discussed
from tests.world import YEAR, moment_of

FOLLOWS = """\
  - id: follow-up
    title: Opfølgning
    phase: in-force
    kind: meeting
    on: {after: board-approval, working_days: 10}
    at: "10:00"
    for: [council]
"""


def test_its_invitation_is_taken_back_as_it_was(sqlite: Engine, tmp_path: Path) -> None:
    world = discussed(sqlite, tmp_path, YEAR.rstrip("\n") + "\n" + FOLLOWS)
    deliver_to_files(sqlite, Settings(home=tmp_path), moment_of("2022-11-18", "13:05"))
    was = world.on("follow-up")
    world.act(
        "2023-02-10 16:00", "co", "decide", body="board", outcome="returned", minutes="P4", reason="Nej"
    )
    assert world.on("follow-up") is None
    heard = world.round("2023-02-13")
    assert {key for key in heard if key.startswith("follow-up/")} == {
        "follow-up/1/cancel/-/c1",
        "follow-up/1/cancel/-/cc",
    }
    deliver_to_files(sqlite, Settings(home=tmp_path), moment_of("2023-02-13", "07:05"))
    mails = [
        message_from_bytes(file.read_bytes(), policy=default) for file in sorted(tmp_path.glob("mail/*.eml"))
    ]
    (mine,) = [mail for mail in mails if str(mail["X-Aarshjul-Duty"]).startswith("c/follow-up/1/cancel/-/c1")]
    assert isinstance(mine, EmailMessage)
    assert mine["Subject"] == "Uden dato indtil videre: Opfølgning"
    (part,) = [part for part in mine.walk() if part.get_content_type() == "text/calendar"]
    text = part.get_content()
    assert "METHOD:CANCEL" in text
    assert f"DTSTART;TZID=Europe/Copenhagen:{str(was).replace('-', '')}T100000" in text
    assert world.round("2023-02-14") == []


def test_with_a_new_date_they_are_invited_again(sqlite: Engine, tmp_path: Path) -> None:
    world = discussed(sqlite, tmp_path, YEAR.rstrip("\n") + "\n" + FOLLOWS)
    world.act(
        "2023-02-10 16:00", "co", "decide", body="board", outcome="returned", minutes="P4", reason="Nej"
    )
    world.round("2023-02-13")
    world.act("2023-02-14", "co", "move", milestone="follow-up", to="2023-03-15")
    heard = world.round("2023-02-15")
    assert "follow-up/2/update/1/c1" in heard
