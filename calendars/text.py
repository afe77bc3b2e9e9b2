"""Text made safe for line-based formats: no control characters, one kind of newline, always encodable."""

import re

# C0 and C1 controls but tab and newline, the two Unicode line separators (which some parsers split lines
# at), the byte order mark and non-characters (which XML and some mail readers refuse).
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with one kind of newline, without control characters, lone surrogates as U+FFFD."""
    return _SURROGATES.sub("\ufffd", _FORBIDDEN.sub("", _NEWLINES.sub("\n", text)))


def one_line(text: str) -> str:
    """The cleaned text on one line: every run of white space a single space, none at the ends."""
    return " ".join(clean(text).split())
