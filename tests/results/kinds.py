"""Small files of every kind, as their programs write them."""

import io
import zipfile

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{part}" ContentType="{kind}"/></Types>'
)
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
CSV = "kommune;andel\nHjørring;41\n".encode()
MAIL = b"From: a@example.org\r\nSubject: Tal\r\n\r\n<html><body>36</body></html>\r\n"


def packed(parts: dict[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def office(part: str = "xl/workbook.xml", kind: str = "main+xml", **more: bytes | str) -> bytes:
    """An Office document with one main part; `more` are other parts by name, `__` for `/`, `_DOT_` for a dot."""
    others = {name.replace("__", "/").replace("_DOT_", "."): content for name, content in more.items()}
    listed = _TYPES.format(part=part, kind=kind)
    return packed({"[Content_Types].xml": listed, part: "<x/>", **others})


def open_document(kind: str = "text", **more: bytes | str) -> bytes:
    """An OpenDocument file."""
    others = {name.replace("__", "/").replace("_DOT_", "."): content for name, content in more.items()}
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": "<office:document-content/>",
        "META-INF/manifest.xml": "<manifest:manifest/>",
    }
    return packed({**parts, **others}, zipfile.ZIP_STORED)
