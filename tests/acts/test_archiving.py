"""Everything of a cycle in one archive: complete, the same twice, and without a single address."""

import base64
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
from models.draft import Signature
from models.engine import reading, writing
from models.evidence import Document
from models.message import Message
from models.person import Person
from models.received import ReceivedMail
from models.vouching import hashed
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
    "as an entity with zeroes": "lars&#0064;firma.dk",
    "with a wide at": "lars＠firma.dk",
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


ATTACKS = {
    "brackets in brackets": b"From: " + b"(" * 5000 + b"\r\n\r\nx@firma.dk",
    "mails in mails": b"Content-Type: message/rfc822\r\n\r\n" * 2000 + b"A: b\r\n\r\nx@firma.dk",
    "parts in parts": b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (each, each)
        for each in range(2000)
    ),
}


@pytest.mark.parametrize("mail", ATTACKS.values(), ids=ATTACKS)
def test_a_mail_that_was_made_to_hurt_its_reader_is_left_out(mail: bytes) -> None:
    assert mail_without(LeavingOut(known={}), mail) is None


@pytest.mark.parametrize("end", ["\n", "\t", "\r\n"])
def test_a_line_end_before_an_address_stays_what_it_was_however_it_is_written(end: str) -> None:
    leaving_out = LeavingOut(known={"anne@firma.dk": "anne", "an.teams": "anne"})
    for name in ("anne@firma.dk", "an.teams"):
        said = f"Skriv til{end}{name}"
        clean = f"Skriv til{end}anne@left-out.invalid"
        assert json.loads(leaving_out.text(json.dumps(said, ensure_ascii=False))) == clean
        assert leaving_out.value({"text": said}) == {"text": clean}
    calendar = "DESCRIPTION:Skriv til\\nanne@firma.dk\\, ja\r\n"
    assert leaving_out.calendar(calendar) == "DESCRIPTION:Skriv til\\nanne@left-out.invalid\\, ja\r\n"


def test_records_are_json_whatever_people_wrote(world: World) -> None:
    world.act("2022-10-04", "w1", "comment", text="Spørg:\nlars.hansen@firma.dk\n\tb1.teams")
    parts = archived(world, "a.zip")
    said = json.loads(parts["records/consultation.json"])["comment"][-1]["text"]
    assert said == "Spørg:\nleft-out@left-out.invalid\n\tb1@left-out.invalid"


def test_a_name_in_teams_that_was_changed_since_is_left_out_of_posts(world: World) -> None:
    with writing(world.engine) as session:
        session.get_one(Person, "b1").teams = "another.teams"
    parts = archived(world, "a.zip")
    posts = [content for name, content in parts.items() if name.startswith("teams/")]
    assert any(b'"mentioned"' in each for each in posts)
    assert not any(b"b1.teams" in each for each in posts)


def test_the_receipt_of_a_signature_is_its_hash_unless_addresses_are_asked_for(world: World) -> None:
    receipt = base64.b64encode(b"lars.hansen@firma.dk, 010203-1234").decode()
    with writing(world.engine) as session:
        session.add(
            Signature(
                cycle_id="c",
                body="board",
                draft_hash="a" * 64,
                person_id="b1",
                name="B",
                signed_at=at("2022-10-04"),
                service="S",
                receipt=receipt,
            )
        )
    parts = archived(world, "a.zip")
    kept = json.loads(parts["records/approval.json"])["signature"][0]
    assert kept["receipt"] == hashed(receipt)
    assert not any(receipt.encode() in content for content in parts.values())
    assert receipt.encode() in archived(world, "b.zip", with_addresses=True)["records/approval.json"]


def test_neither_the_name_of_a_file_nor_a_mail_that_is_evidence_tells_an_address(world: World) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Tal"
    mail.set_content("Fra lars.hansen@firma.dk\n", cte="base64")
    with writing(world.engine) as session:
        session.add(document(5, "lars.hansen@firma.dk.pdf", "application/pdf", b"%PDF"))
        session.add(document(6, "tal.eml", "message/rfc822", mail.as_bytes()))
    parts = archived(world, "a.zip")
    assert [name for name in parts if "hansen" in name] == []
    assert b"left-out.invalid" in parts["documents/006-tal.eml"]
    assert parts["documents/005-left-out_left-out.invalid"]


def test_a_workbook_is_looked_into() -> None:
    assert file_holds_address(workbook("lars@firma.dk"))
    assert not file_holds_address(workbook("42"))
    assert not file_holds_address(b"PK\x03\x04 no zip at all")
