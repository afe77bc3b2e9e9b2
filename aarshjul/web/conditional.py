"""What a request's headers ask of an answer: an encoding, and whether the asker has it already (RFC 9110)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

_TAG = re.compile(rb'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Conditions:
    """The headers that decide about an answer, as they came; several lines of one are one list.

    Attributes:
        accept_encoding: empty where it names none.
        none_match: If-None-Match, or None.
        modified_since: If-Modified-Since, or None.
    """

    accept_encoding: bytes = b""
    none_match: bytes | None = None
    modified_since: bytes | None = None

    @classmethod
    def of(cls, headers: Iterable[tuple[bytes, bytes]]) -> "Conditions":
        """Those of an ASGI request, whose names are in lower case."""
        encoding, tags, since = b"", None, None
        for name, value in headers:
            if name == b"accept-encoding":
                encoding = encoding + b"," + value if encoding else value
            elif name == b"if-none-match":
                tags = value if tags is None else tags + b"," + value
            elif name == b"if-modified-since":
                since = value if since is None else b"twice"  # RFC 9110, 13.1.3: more than one is none
        return cls(accept_encoding=encoding, none_match=tags, modified_since=since)

    @property
    def takes_gzip(self) -> bool:
        """Whether gzip may be sent, and nothing else is liked better."""
        return _takes_gzip(self.accept_encoding)

    def has(self, tag: bytes, modified: datetime) -> bool:
        """Whether the asker has what has this entity tag (in its quotes), unchanged since a moment: then 304.

        If-None-Match, where it stands, decides alone, and weakly: a proxy that compresses makes tags weak.
        """
        if self.none_match is not None:
            return self.none_match.strip() == b"*" or tag[1:-1] in _TAG.findall(self.none_match)
        if self.modified_since is None:
            return False
        since = _moment(self.modified_since)
        return since is not None and modified <= since


@lru_cache(maxsize=256)
def http_date(moment: datetime) -> bytes:
    """A moment, whole seconds in UTC, as HTTP writes it."""
    return format_datetime(moment, usegmt=True).encode()


@lru_cache(maxsize=256)
def _moment(value: bytes) -> datetime | None:
    try:
        found = parsedate_to_datetime(value.decode("ascii"))
    except (ValueError, OverflowError):  # what is no date is not there, RFC 9110, 13.1.3
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


@lru_cache(maxsize=256)
def _takes_gzip(header: bytes) -> bool:
    """Whether `gzip;q=0.5, identity;q=0` and the like allow it: a weight of 0 forbids."""
    weights = dict(map(_weight, header.decode("latin-1").lower().split(",")))
    gzip = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


def _weight(part: str) -> tuple[str, float]:
    coding, _, parameter = part.partition(";")
    name, equals, value = parameter.partition("=")
    if not equals or name.strip() != "q":
        return coding.strip(), 1.0
    quality = value.strip()
    return coding.strip(), float(quality) if _QUALITY.fullmatch(quality) else 0.0
