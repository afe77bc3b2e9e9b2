"""Which address a message goes to: its reader's own, that of a role of theirs, or the one for everybody."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from notifications.channel import Parcel, Receipt

EVERYBODY = "*"

Address = TypeVar("Address")


def route(addresses: Mapping[str, Address], parcel: Parcel) -> Address | None:
    """The address by the person's id, else by the first of their roles that has one, else that of `*`."""
    for key in (parcel.person, *parcel.roles, EVERYBODY):
        if key in addresses:
            return addresses[key]
    return None


def no_route(setting: str, parcel: Parcel) -> str:
    """Why nothing can go, and which entries of the setting would change that."""
    keys = ", ".join(f"'{key}'" for key in (parcel.person, *parcel.roles, EVERYBODY) if key)
    return f"no address for {parcel.person or 'this reader'}: {setting} needs one under {keys}"


def to_each(parcel: Parcel, receipt: Receipt) -> tuple[Receipt, ...]:
    """The one answer of a service that knows no recipients, as a receipt for each that the parcel names."""
    return tuple(replace(receipt, recipient=recipient) for recipient in parcel.recipients or (None,))
