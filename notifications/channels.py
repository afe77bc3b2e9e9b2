"""The channels of an installation: without a mail server or Teams address, folders of its home."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from aarshjul.settings import Settings
from calendars.address import Address
from models.message import Message
from notifications.card import card
from notifications.channel import Channel
from notifications.desk import Office, desk_for
from notifications.folder import FolderChannel
from notifications.letter import Letter
from notifications.letters import letter_for
from notifications.mail import compose
from notifications.outbox import Way
from notifications.personal_links import own_pages
from notifications.preparing import Render, Rendered, Views, Writer
from notifications.unsubscribing import signing_key, unsubscribe_uris

SERVICE = "apprise:"


def way_of(settings: Settings, name: str) -> Way:
    """How the messages of a channel leave this installation; makes the folder where they become files."""
    render = renderer(settings, name)
    if settings.files_only:
        return Way(folder(settings, name), render)
    if name.startswith(SERVICE):
        return Way(_services().service_channel(settings, name.removeprefix(SERVICE)), render)
    if name == "email" and settings.smtp_host:
        from notifications.smtp import smtp_channel  # noqa: PLC0415

        return Way(smtp_channel(settings), render)
    if name == "teams" and settings.teams_urls:
        from notifications.teams import teams_channel  # noqa: PLC0415

        return Way(teams_channel(settings), render)
    return Way(folder(settings, name), render)


def _services() -> Any:
    """Apprise takes as long to import as all the rest: only where something goes that way."""
    from notifications import services  # noqa: PLC0415

    return services


def folder(settings: Settings, name: str) -> Channel:
    """A channel that writes files into the home: what a laptop and a played year have."""
    names = {"email": ("mail", ".eml"), "teams": ("teams", ".json")}
    place, suffix = names.get(name, (name.replace(":", "-"), ".txt"))
    target = settings.home / place
    target.mkdir(parents=True, exist_ok=True)
    return FolderChannel(target, suffix)


def renderer(settings: Settings, name: str) -> Render:
    """What puts messages into the form of a channel."""
    office = replace(office_of(settings), page=own_pages(settings, name))
    put = _FORMS[name] if name in _FORMS else _services().note

    def render(session: Session, messages: Sequence[Message], views: Views | None, now: datetime) -> Writer:
        desk = desk_for(session, messages, office, now, views)

        def write(message: Message) -> Rendered:
            letter = letter_for(desk, message)
            return Rendered(payload=put(letter), recipients=_addresses(letter, name))

        return write

    return render


def office_of(settings: Settings) -> Office:
    """Who writes: the sender that the settings name, with the links that only this installation can read."""
    key = signing_key(settings)
    return Office(
        sender=Address(name=settings.sender_name, email=settings.sender_address),
        reply_to=Address(name=settings.sender_name, email=settings.reply_to) if settings.reply_to else None,
        web_url=settings.web_url,
        unsubscribe=lambda cycle, person: unsubscribe_uris(settings, key, cycle, person),
    )


def _addresses(letter: Letter, name: str) -> tuple[str, ...]:
    """Whom a mail goes to; other channels know people by other names than their addresses."""
    if name != "email":
        return ()
    return tuple(address.wire for address in (letter.recipient.address, *letter.copies))


_FORMS: dict[str, Callable[[Letter], bytes]] = {"email": compose, "teams": card}
