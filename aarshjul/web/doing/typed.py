"""What a form sent: texts and files, read whole or not at all, and never more than the form may bring."""

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

_MOST_FIELDS, _MOST_FILES = 5000, 10
ONCE = "once"
"""The field with the number that the page drew for the form."""
SEEN = "seen"
"""The field with the mark of what a page showed before its button is pressed."""


class TooMuch(Exception):  # noqa: N818 -- it is caught by name, and tells a person nothing by itself
    """What came is more than the form may bring, was cut off, or is no form at all."""

    def __init__(self, about: Literal["too_much", "cut_off", "no_form"]) -> None:
        super().__init__(about)
        self.about = about


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A file that came with a form: its name as the sender's machine has it, and what it holds."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """A form as it was sent; names may stand several times, and line ends are one character."""

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """What stands in a field, without space around it."""
        return self.texts.get(name, (default,))[0].strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Everything that was chosen for a name; empty texts are none."""
        return tuple(each.strip() for each in self.texts.get(name, ()) if each.strip())

    def fields(self, *names: str) -> dict[str, str]:
        """Those of these fields that are filled in, as an act's fields."""
        return {name: self.text(name) for name in names if self.text(name)}

    @property
    def once(self) -> str:
        """The number that the page drew for this form; empty where it has none."""
        return self.text(ONCE)[:64]

    def mark(self, *without: str) -> str:
        """What tells this form from one with something else in it, without what it says; some fields do not count."""
        said = {name: values for name, values in self.texts.items() if name not in without}
        came = {name: (each.name, sha256(each.content).hexdigest()) for name, each in self.files.items()}
        return sha256(json.dumps([said, came], sort_keys=True).encode()).hexdigest()[:32]


async def read_typed(request: Request, most: int) -> Typed:
    """The form of a request.

    Raises:
        TooMuch: where it has more than `most` bytes, ends in the middle, or is none.
    """
    body = await _body(request, most)
    kind = request.headers.get("content-type", "").lower()
    if kind.startswith("multipart/form-data"):
        return await _multipart(request.headers, body)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise TooMuch("no_form") from None
    texts: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        texts[name] = (*texts.get(name, ()), _lines(value))
    return Typed(texts=texts)


async def _body(request: Request, most: int) -> bytes:
    parts, length = [], 0
    try:
        async for part in request.stream():
            parts.append(part)
            length += len(part)
            if length > most:
                raise TooMuch("too_much")
    except ClientDisconnect:
        raise TooMuch("cut_off") from None
    return b"".join(parts)


async def _multipart(headers: Headers, body: bytes) -> Typed:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body
        yield b""

    parser = MultiPartParser(
        headers, stream(), max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=len(body) + 1
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError):
        raise TooMuch("no_form") from None
    if not body.rstrip(b"\r\n").endswith(b"--"):
        raise TooMuch("cut_off")
    texts: dict[str, tuple[str, ...]] = {}
    files: dict[str, Upload] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files[name] = Upload(name=value.filename, content=await value.read())
        else:
            texts[name] = (*texts.get(name, ()), _lines(value))
    await form.close()
    return Typed(texts=texts, files=files)


def _lines(text: str) -> str:
    """A browser ends lines as mail does; everything else of ours has one character."""
    return text.replace("\r\n", "\n")
