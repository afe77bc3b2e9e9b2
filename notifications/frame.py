"""What stands around the matter of a letter: a welcome, who writes, why it comes, what can be stopped."""

from dataclasses import dataclass

from calendars.address import Address
from notifications.letter import Letter


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """All that the templates around the matter can read, and by that what their words are kept by.

    It is the same for all readers of a cycle with the same roles. What is one reader's alone stays out: their name,
    the address of their page, and that at which they stop what they need not get.

    Attributes:
        cycle: and `holder`, `council`, `sender`, `reply_to`, `copies`: the letter's own.
        roles: the reader's, `absent` the name of whom they stand in for.
        welcome: whether it is the reader's first message.
        linked: whether a button leads to the reader's page.
        stoppable: whether there is a page that stops what is not owed.
    """

    language: str
    cycle: str
    holder: str
    council: str
    sender: Address
    reply_to: Address | None
    copies: tuple[Address, ...]
    roles: tuple[str, ...]
    absent: str | None
    welcome: bool
    linked: bool
    stoppable: bool


def frame_of(letter: Letter) -> Frame:
    """What stands around the letter's matter."""
    return Frame(
        language=letter.language,
        cycle=letter.cycle,
        holder=letter.holder,
        council=letter.council,
        sender=letter.sender,
        reply_to=letter.reply_to,
        copies=letter.copies,
        roles=letter.recipient.roles,
        absent=letter.recipient.delegate_for,
        welcome=letter.welcome,
        linked=letter.link is not None,
        stoppable=stop_at(letter) is not None,
    )


def stop_at(letter: Letter) -> str | None:
    """The page on which the reader stops what is not owed, where there is one that needs no mail program."""
    return next((uri for uri in letter.unsubscribe if uri.startswith("https://")), None)
