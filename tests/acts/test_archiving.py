"""Everything of a cycle in one archive: complete, the same twice, and without a single address."""

import csv
import hashlib
import io
import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from aarshjul.acts.archive_words import words_of
from aarshjul.acts.archiving import Archive, Wanted
from aarshjul.acts.leaving_out import LeavingOut, file_holds_address
from aarshjul.acts.leaving_out_mail import mail_without
from aarshjul.files.archive_file import CannotArchive, write_archive
from aarshjul.settings import load_settings, played
from flows.rehearsing import deliver_to_files
from models.cycle import Cycle
from models.engine import reading, writing
from models.evidence import Document
from models.message import Message
from models.person import Person
from models.received import ReceivedMail
from tests.acts.situations import active
from tests.builders import at
from tests.world import World

SECRETS = ("@example.org", "%40example.org", "=40example", "b1.teams", "firma.dk")


def workbook(text: str) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", text)
    return made.getvalue()


def document(number: int, name: str, kind: str, content: bytes, closed: str | None = None) -> Document:
    return Document(
        cycle_id="c",
        number=number,
        name=name,
        media_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        closed=closed,
        added_by="co",
        added_at=at("2022-06-10"),
    )


DOCUMENTS = (
    (1, "svar.txt", "text/plain", b"Fra lars.hansen@firma.dk", None),
    (2, "tal.xlsx", "application/zip", workbook("<t>lars.hansen@firma.dk</t>"), None),
    (3, "rene tal.xlsx", "application/zip", workbook("<t>42</t>"), None),
    (4, "sag.pdf", "application/pdf", b"%PDF", "personsag"),
)


def received() -> bytes:
    mail = EmailMessage()
    mail["From"] = '"Sekretær = lars" <lars.hansen@firma.dk>'
    mail["To"] = "co@example.org"
    mail["Subject"] = "Svar fra lars.hansen@firma.dk æøå"
    mail.set_content("Ring til lars.hansen@firma.dk\n", cte="base64")
    mail.add_attachment(b"lars.hansen@firma.dk", maintype="application", subtype="octet-stream")
    mail.set_boundary("between")
    return mail.as_bytes()


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> World:
    """A year in which mail went out and came back, and addresses stand wherever people write."""
    world = active(sqlite, tmp_path)
    with writing(sqlite) as session:
        b1 = session.get_one(Person, "b1")
        b1.channels, b1.teams, b1.secretary = ["email", "teams"], "b1.teams", "sek@firma.dk"
    world.act("2022-09-29", "holder", "submit-draft", text="Mål 1: skriv til lars.hansen@firma.dk")
    world.act("2022-09-30", "w1", "comment", text="Spørg lars.hansen@firma.dk")
    world.act("2022-10-01", "co", "move", milestone="dialogue", to="2022-11-25", place="Hos c1@example.org")
    world.round("2022-10-03")
    settings = played(load_settings(tmp_path), "c")
    for _ in range(3):
        deliver_to_files(sqlite, settings, at("2022-10-03", "08:00"))
    with writing(sqlite) as session:
        session.add_all([document(*each) for each in DOCUMENTS])
        session.add(
            ReceivedMail(
                fingerprint="f" * 64,
                received_at=at("2022-10-04"),
                outcome="forwarded",
                sender="lars.hansen@firma.dk",
                subject="Svar fra lars.hansen@firma.dk",
                size=1,
                cycle_id="c",
                raw=received(),
            )
        )
    return world


def archived(world: World, file: str, **wanted: Any) -> dict[str, bytes]:
    target = world.folder / file
    with reading(world.engine) as session:
        archive = Archive(session, session.get_one(Cycle, "c"), Wanted(**wanted))
        write_archive(target, archive.parts(), words_of("da").columns, archive.at)
    with ZipFile(target) as made:
        return {name: made.read(name) for name in made.namelist()}


def readable(name: str, content: bytes) -> str:
    """All that can be read in a part: mails with each of their parts decoded, workbooks unpacked."""
    said = [content.decode("utf-8", "replace"), content.decode("utf-8", "replace").replace("=\r\n", "")]
    if name.endswith(".eml"):
        for part in message_from_bytes(content, policy=policy.default).walk():
            said += [f"{key}: {value}" for key, value in part.items()]
            body = part.get_payload(decode=True)
            said.append(body.decode("utf-8", "replace") if isinstance(body, bytes) else "")
    if name.endswith(".xlsx"):
        with ZipFile(io.BytesIO(content)) as inner:
            said += [inner.read(each).decode() for each in inner.namelist()]
    whole = "\n".join(said)
    return whole + whole.replace("\r\n ", "").replace("\n ", "")


def test_no_address_is_in_any_byte_of_any_part(world: World) -> None:
    parts = archived(world, "a.zip")
    kinds = {name.partition("/")[0] for name in parts}
    assert {"mails", "teams", "received", "documents", "drafts", "records", "runs", "history"} <= kinds
    found = {
        (name, secret)
        for name, content in parts.items()
        for secret in SECRETS
        if secret in readable(name, content)
    }
    assert found == set()


def test_with_addresses_mails_are_the_bytes_that_went(world: World) -> None:
    parts = archived(world, "a.zip", with_addresses=True)
    with reading(world.engine) as session:
        for row in session.scalars(select(Message)):
            if row.payload is not None and row.channel == "email":
                assert parts[f"mails/{row.id:05d}.eml"] == row.payload
    assert parts["received/00001.eml"] == received()
    assert parts["documents/002-tal.xlsx"] == DOCUMENTS[1][3]


def test_the_same_record_gives_the_same_bytes(world: World) -> None:
    archived(world, "a.zip")
    archived(world, "b.zip")
    assert (world.folder / "a.zip").read_bytes() == (world.folder / "b.zip").read_bytes()


def test_the_list_names_every_document_with_its_hash_and_why_it_is_left_out(world: World) -> None:
    parts = archived(world, "a.zip")
    listed = json.loads(parts["list.json"])
    assert [each["number"] for each in listed] == list(range(1, len(listed) + 1))
    assert {each["file"] for each in listed} - {""} == parts.keys() - {"list.json", "list.csv"}
    for each in listed:
        if each["file"]:
            assert each["sha256"] == hashlib.sha256(parts[each["file"]]).hexdigest()
    access = {
        each["title"]: each["access"] for each in listed if each["what"] == "dokument" and each["title"]
    }
    assert access["sag.pdf"] == "personsag"
    assert access["tal.xlsx"].startswith("udeladt")
    assert access["rene tal.xlsx"] == access["svar.txt"] == "åben"
    rows = list(csv.reader(io.StringIO(parts["list.csv"].decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(listed) + 1


def test_closed_documents_come_when_asked_for(world: World) -> None:
    assert "documents/004-sag.pdf" not in archived(world, "a.zip")
    assert archived(world, "b.zip", with_closed=True)["documents/004-sag.pdf"] == b"%PDF"


def test_the_chain_can_be_checked_by_hand(world: World) -> None:
    parts = archived(world, "a.zip", with_addresses=True)
    previous = ""
    for line in parts["history/chain.jsonl"].decode().splitlines():
        assert json.loads(line)["previous"] == previous
        previous = hashlib.sha256(line.encode()).hexdigest()
    assert previous == world.row().history_head == json.loads(parts["history/history.json"])["head"]
    assert previous in parts["README.md"].decode()
    decided = hashlib.sha256(parts["drafts/v1.md"]).hexdigest()
    assert decided in parts["records/drafts.json"].decode()


def test_a_file_that_is_there_is_not_written_over_and_nothing_unfinished_is_left(world: World) -> None:
    (world.folder / "a.zip").write_bytes(b"mine")
    with pytest.raises(CannotArchive, match="exists already"):
        archived(world, "a.zip")
    assert (world.folder / "a.zip").read_bytes() == b"mine"
    with pytest.raises(CannotArchive, match="cannot be written"):
        archived(world, "nowhere/a.zip")
    assert [path.name for path in world.folder.glob(".*.part")] == []


HIDDEN = {
    "plain": "x lars@firma.dk.",
    "upper case": "LARS@FIRMA.DK",
    "in a link": "mailto:lars%40firma.dk?subject=a",
    "as an entity": "lars&#64;firma.dk",
    "in brackets": "<lars@firma.dk>",
    "danish": "jørgen@grænse.dk",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_an_address_is_seen_however_it_is_written(text: str) -> None:
    made = LeavingOut(known={}).text(text)
    assert "firma" not in made.casefold()
    assert "grænse" not in made


def test_an_address_folded_over_two_lines_of_a_calendar_is_seen() -> None:
    line = "ATTENDEE;CN=" + "x" * 50 + ":mailto:lars@fi\r\n rma.dk\r\n"
    assert "rma.dk" not in LeavingOut(known={}).calendar(line)


def test_whose_an_address_was_is_still_told() -> None:
    assert LeavingOut(known={"b1@example.org": "b1"}).text("til B1@example.org") == "til b1@left-out.invalid"


@pytest.mark.parametrize(
    "junk", [b"", b"\0\xff", b"Content-Type: multipart/mixed\r\n\r\n--\r\nx@firma.dk", b"A: =?x?b?!?="]
)
def test_a_mail_that_is_none_is_left_out_or_clean(junk: bytes) -> None:
    made = mail_without(LeavingOut(known={}), junk)
    assert made is None or b"firma" not in made


def test_a_workbook_is_looked_into() -> None:
    assert file_holds_address(workbook("lars@firma.dk"))
    assert not file_holds_address(workbook("42"))
    assert not file_holds_address(b"PK\x03\x04 no zip at all")
