"""What a document is, by its content: what is kept, and what is refused by name."""

import io
import struct
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.files import office as office_module
from aarshjul.files.document_kinds import NotKept, media_type
from aarshjul.files.safe_names import LONGEST_NAME, safe_name
from tests.results.kinds import CSV, JPEG, MAIL, PDF, PNG, office, open_document, packed

OOXML = "application/vnd.openxmlformats-officedocument."
KEPT = [
    (PDF, ".pdf", "application/pdf"),
    (PDF, ".exe", "application/pdf"),
    (PNG, ".png", "image/png"),
    (JPEG, ".jpg", "image/jpeg"),
    (CSV, ".csv", "text/csv"),
    (b"\xef\xbb\xbf" + CSV, ".CSV", "text/csv"),
    (CSV, ".html", "text/plain"),
    (MAIL, ".eml", "message/rfc822"),
    (b"a < b, and more\n", "", "text/plain"),
    (office("word/document.xml"), ".docx", f"{OOXML}wordprocessingml.document"),
    (office("xl/workbook.xml"), ".xlsx", f"{OOXML}spreadsheetml.sheet"),
    (office("ppt/presentation.xml"), "", f"{OOXML}presentationml.presentation"),
    (open_document("text"), ".odt", "application/vnd.oasis.opendocument.text"),
    (open_document("spreadsheet"), ".ods", "application/vnd.oasis.opendocument.spreadsheet"),
]


@pytest.mark.parametrize(("content", "ending", "wanted"), KEPT)
def test_it_is_kept_for_what_it_is(content: bytes, ending: str, wanted: str) -> None:
    assert media_type(content, ending) == wanted


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
REFUSED = [
    (b"", "is empty"),
    (b"\x7fELF\x02\x01\x01", "a program (ELF)"),
    (b"MZ\x90\x00", "a program (Windows)"),
    (b"MZ only letters", "a program (Windows)"),
    (b"\xcf\xfa\xed\xfe\x07", "a program (Mach-O)"),
    (b"\xca\xfe\xba\xbe\x00", "a program (Mach-O or Java)"),
    (b"#!/bin/sh\nrm -rf .\n", "a script"),
    (b"\xef\xbb\xbf#!/bin/sh\n", "a script"),
    (b"<!DOCTYPE html><script>1</script>", "HTML"),
    (b"\xef\xbb\xbf \n<HTML>", "HTML"),
    (b"<!-- x --><script>", "HTML"),
    (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    (b"<svg onload=alert(1)>", "SVG"),
    (b"\x1f\x8b\x08\x00", "an archive (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!\x1a\x07\x01\x00", "an archive (rar)"),
    (b"a" * 257 + b"ustar\x0000", "an archive (tar)"),
    (b"{\\rtf1 {\\object}}", "RTF"),
    (OLE, "an Office document of the old kind"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "an encrypted Office document"),
    ("Hjørring".encode("latin-1"), "not text in UTF-8"),
    ("Hjørring".encode("utf-16"), "not text in UTF-8"),
    (b"text with \x00 in it", "not known"),
    (b"\x1b]0;title\x07", "not known"),
    (b"GIF89a\x01\x00\x01\x00\x80", "not known"),
    (packed({"a.txt": "x"}), "an archive (zip)"),
    (packed({}), "an archive (zip)"),
    (packed({"META-INF/MANIFEST.MF": "x", "A.class": "x"}), "an archive (zip)"),
    (packed({"[Content_Types].xml": "<Types/>", "a.exe": "MZ"}), "an archive (zip)"),
    (office("xl/workbook.xml", xl__vbaProject_DOT_bin=b"x"), "macros"),
    (office("word/document.xml", word__VBAPROJECT_DOT_BIN=b"x"), "macros"),
    (office("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "macros"),
    (office("word/document.xml", "application/vnd.ms-office.vbaProject", word__x_DOT_bin=b"x"), "macros"),
    (office("xl/workbook.xml", xl__macrosheets__s1_DOT_xml="<x/>"), "macros"),
    (office("xl/workbook.xml", word__document_DOT_xml="<x/>"), "an archive (zip)"),
    (open_document("text", Basic__script_DOT_xml="<x/>"), "macros"),
    (open_document("text", Scripts__a_DOT_py="1"), "macros"),
    (open_document("base"), "another kind"),
    (b"PK\x03\x04" + b"x" * 400, "damaged"),
    (office("xl/workbook.xml")[:-40], "damaged"),
]


@pytest.mark.parametrize(("content", "words"), REFUSED)
def test_it_is_refused_by_name(content: bytes, words: str) -> None:
    with pytest.raises(NotKept) as refusal:
        media_type(content, ".pdf")
    assert words in str(refusal.value)


def test_a_content_list_that_hides_its_macros_in_another_encoding_is_refused() -> None:
    listed = '<Types><Override ContentType="application/vnd.ms-office.vbaProject"/></Types>'.encode("utf-16")
    with pytest.raises(NotKept):
        media_type(packed({"[Content_Types].xml": listed, "word/document.xml": "<x/>"}))


def test_an_encrypted_open_document_is_refused() -> None:
    with pytest.raises(NotKept, match="encrypted"):
        media_type(
            packed(
                {
                    "mimetype": "application/vnd.oasis.opendocument.text",
                    "content.xml": b"x",
                    "META-INF/manifest.xml": "<manifest:encryption-data/>",
                }
            )
        )


def test_a_bomb_costs_nothing_and_is_refused() -> None:
    lying = bytearray(office("xl/workbook.xml", big_DOT_xml=b"0" * 30_000_000))
    began = time.perf_counter()
    assert media_type(bytes(lying))  # 30 MB is an honest size, of which nothing is unpacked
    at = lying.rfind(b"PK\x01\x02")
    struct.pack_into("<I", lying, at + 24, 4_000_000_000)
    with pytest.raises(NotKept, match="far larger"):
        media_type(bytes(lying))
    assert time.perf_counter() - began < 2


def test_a_list_of_types_that_never_ends_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_module, "MOST_READ", 1000)
    endless = "<Types>" + " " * 5000 + "</Types>"
    with pytest.raises(NotKept, match="damaged"):
        media_type(packed({"[Content_Types].xml": endless, "xl/workbook.xml": "<x/>"}))


def test_a_zip_of_too_many_parts_is_refused_before_they_are_listed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number in range(office_module.MOST_PARTS + 1):
            made.writestr(str(number), b"")
    with pytest.raises(NotKept, match="too many parts"):
        media_type(out.getvalue())


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"<", b"%PDF-", office(), open_document()]),
    st.binary(max_size=200),
    st.integers(0, 400),
)
def test_no_bytes_are_too_bad_to_be_refused(start: bytes, more: bytes, cut: int) -> None:
    said = ""
    try:
        found = media_type(start[: len(start) - cut if cut < len(start) else len(start)] + more)
    except NotKept as refusal:
        found, said = "", str(refusal)
    assert found or said.startswith("is ")


NAMES = [
    ("måling.pdf", "application/pdf", "måling.pdf"),
    ("../../etc/passwd", "text/plain", "passwd.txt"),
    ("C:\\Users\\a\\rapport.PDF", "application/pdf", "rapport.pdf"),
    ("rapport.exe", "application/pdf", "rapport.exe.pdf"),
    ("tal.bat", "text/plain", "tal.bat.txt"),
    ("tal.csv", "text/csv", "tal.csv"),
    ("a\u202efdp.exe", "application/pdf", "afdp.exe.pdf"),
    ("a\x1b[31m\nb.png", "image/png", "a[31m b.png"),
    ("...", "application/pdf", "document.pdf"),
    ("", "image/png", "document.png"),
    (".pdf", "application/pdf", "pdf.pdf"),
    ("con.txt", "text/plain", "_con.txt"),
    ('a<b>:"c"?*.pdf', "application/pdf", "a_b___c___.pdf"),
    ("Møde 3. juni", "application/pdf", "Møde 3. juni.pdf"),
]


@pytest.mark.parametrize(("wanted", "kind", "name"), NAMES)
def test_names_are_made_safe(wanted: str, kind: str, name: str) -> None:
    assert safe_name(wanted, kind) == name


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["application/pdf", "text/plain", "image/jpeg"]))
def test_a_safe_name_stays_in_its_folder(wanted: str, kind: str) -> None:
    name = safe_name(wanted, kind)
    assert 4 < len(name) <= LONGEST_NAME
    assert not set(name) & set('/\\<>:"|?*\n\t\x00\u202e\u200f')
    assert not name.startswith((".", " "))
    assert safe_name(name, kind) == name
