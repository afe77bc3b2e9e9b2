"""The channels of an installation: without a mail server or Teams address, folders of its home."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from aarshjul.settings import Settings
from calendars.address import Address
from models.message import Message
from notifications.card import card
from notifications.channel import Channel
from notifications.folder import FolderChannel
from notifications.letters import desk_for, letter_for
from notifications.mail import compose
from notifications.outbox import Render


def channels_of(settings: Settings) -> dict[str, tuple[Channel, Render]]:
    """Every channel with what renders a message for it; makes the folders where they are missing."""
    sender = Address(name=settings.sender_name, email=settings.sender_address)

    def mails(session: Session, messages: Sequence[Message]) -> Mapping[int, bytes]:
        desk = desk_for(session, messages, sender, settings.web_url)
        return {message.id or 0: compose(letter_for(desk, message)) for message in messages}

    def cards(session: Session, messages: Sequence[Message]) -> Mapping[int, bytes]:
        desk = desk_for(session, messages, sender, settings.web_url)
        return {message.id or 0: card(letter_for(desk, message)) for message in messages}

    for folder in ("mail", "teams"):
        (settings.home / folder).mkdir(parents=True, exist_ok=True)
    return {
        "email": (FolderChannel(settings.home / "mail", ".eml"), mails),
        "teams": (FolderChannel(settings.home / "teams", ".json"), cards),
    }
