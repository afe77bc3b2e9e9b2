"""A mail address with a display name, in a form that fits a mail header and a calendar address alike."""

import re
from dataclasses import dataclass

from calendars.errors import CalendarError
from calendars.text import one_line

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?=.{1,253}\Z)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9-]{1,63}")

_UNSAFE_IN_A_NAME = str.maketrans({'"': "'", "\\": "/", "^": ""})


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where a message goes, or comes from.

    Attributes:
        name: how people know the one behind it; may be empty.
        email: an unquoted ASCII local part (RFC 5322 dot-atom) at a domain, which may have national letters.
    """

    name: str
    email: str

    def __post_init__(self) -> None:
        """Refuse what a mail server would refuse, or what could break out of a header."""
        local, _, domain = self.email.rpartition("@")
        if not _LOCAL.fullmatch(local) or len(local) > 64 or not _DOMAIN.fullmatch(_ascii(domain)):
            raise CalendarError(
                f"'{one_line(self.email)[:80]}' is not a mail address that can be written to: "
                "letters a-z, digits and signs, an @ and a domain"
            )

    @property
    def domain(self) -> str:
        """The domain as mail servers write it (IDNA)."""
        return _ascii(self.email.rpartition("@")[2])

    @property
    def wire(self) -> str:
        """The address in ASCII."""
        return f"{self.email.rpartition('@')[0]}@{self.domain}"

    @property
    def shown(self) -> str:
        """The name where there is one, else the address."""
        return one_line(self.name) or self.email

    @property
    def parameter(self) -> str:
        """The name as a calendar's parameter can carry it, without what would end it or escape in some readers."""
        return one_line(self.name.translate(_UNSAFE_IN_A_NAME)) or self.wire


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
