"""Teams: cards posted to workflow addresses, one kept session for a batch."""

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aarshjul import clock
from aarshjul.core.errors import Invalid
from aarshjul.settings import Settings
from notifications.channel import Carrier, Outcome, Parcel, Receipt, nothing
from notifications.routes import no_route, route, to_each
from notifications.workflow_address import NotAnAddress, WorkflowAddress, is_host, workflow_address

if TYPE_CHECKING:
    import requests

    from notifications.apprise_workflow import Workflow

SETTING = "AARSHJUL_TEAMS_URLS"


def teams_channel(settings: Settings) -> "TeamsChannel":
    """The channel of an installation's `teams_urls`.

    Raises:
        Invalid: an address, a host of `teams_hosts` or `ca_file` is not right; names each, and no secret.
    """
    hosts, wrong = _own_hosts(settings.teams_hosts)
    addresses: dict[str, WorkflowAddress] = {}
    for name, secret in settings.teams_urls.items():
        try:
            addresses[name] = workflow_address(name, secret.get_secret_value().strip(), hosts)
        except NotAnAddress as problem:
            wrong.append(f"{SETTING}: the address of '{name}': {problem}")
    if wrong:
        raise Invalid(*wrong)
    return TeamsChannel(addresses=addresses, trust=_trust(settings.ca_file))


def _own_hosts(names: list[str]) -> tuple[list[str], list[str]]:
    hosts = [name.strip().lower() for name in names]
    wrong = [
        f"AARSHJUL_TEAMS_HOSTS: '{host}' is not the name of a host, as relay.example.org is"
        for host in hosts
        if not is_host(host)
    ]
    return hosts, wrong


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    trust = ssl.create_default_context()
    if ca_file is not None:
        try:
            trust.load_verify_locations(cafile=ca_file)
        except OSError as problem:  # an SSLError is one: the file is there and has no certificate
            raise Invalid(
                f"AARSHJUL_CA_FILE: {ca_file}: no certificates can be read from it, which it holds in PEM"
            ) from problem
    return trust


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamsChannel:
    """Posts to the workflow of the reader, of a role of theirs, or of everybody.

    Attributes:
        addresses: by person's id, role or `*`.
        trust: what certificates are verified by.
        timeout: seconds for a connection, and for an answer.
        now: the moment, for a `Retry-After` that is a date.
    """

    addresses: Mapping[str, WorkflowAddress]
    trust: ssl.SSLContext
    timeout: float = 30.0
    now: Callable[[], datetime] = clock.now

    @contextmanager
    def open(self) -> Iterator[Carrier]:
        """Keep a session; nothing is connected before the first card."""
        from notifications.apprise_workflow import session_with  # noqa: PLC0415 -- importing Apprise is slow

        with session_with(self.trust) as session:
            yield _TeamsCarrier(self, session)


class _TeamsCarrier:
    """An open batch; remembers which addresses and hosts want or need to be left alone."""

    def __init__(self, channel: TeamsChannel, session: "requests.Session") -> None:
        self._channel = channel
        self._session = session
        self._workflows: dict[str, Workflow] = {}
        self._resting: dict[str, Receipt] = {}

    @property
    def down(self) -> bool:
        """Whether no address is left that can be posted to."""
        addresses = self._channel.addresses.values()
        return bool(addresses) and all(self._rests(address) for address in addresses)

    def send(self, parcel: Parcel, meanwhile: Callable[[], None] = nothing) -> tuple[Receipt, ...]:  # noqa: ARG002
        """Post one card, unless its address rests."""
        address = route(self._channel.addresses, parcel)
        if address is None:
            receipt = Receipt(code=None, text=no_route(SETTING, parcel), outcome=Outcome.PERMANENT)
        elif rests := self._rests(address):
            text = f"not posted, as shortly before: {rests.text}"
            receipt = replace(rests, code=None, text=text, outcome=Outcome.TEMPORARY)
        else:
            receipt = self._post(address, parcel.payload)
        return to_each(parcel, receipt)

    def _rests(self, address: WorkflowAddress) -> Receipt | None:
        return self._resting.get(address.url) or self._resting.get(address.origin)

    def _post(self, address: WorkflowAddress, payload: bytes) -> Receipt:
        from notifications.apprise_workflow import card_of  # noqa: PLC0415 -- as above
        from notifications.http_answers import is_too_busy  # noqa: PLC0415 -- as above

        card = card_of(payload)
        if card is None:
            return Receipt(code=None, text="the message is not a card", outcome=Outcome.PERMANENT)
        receipt = self._workflow(address).hand_over(card)
        if receipt.code is None and receipt.outcome is Outcome.TEMPORARY:
            self._resting[address.origin] = receipt  # not reached: nor would another workflow there be
        elif is_too_busy(receipt) or receipt.code is None:
            self._resting[address.url] = receipt
        if receipt.outcome is Outcome.PERMANENT:
            return replace(receipt, text=f"{SETTING}, '{address.name}': {receipt.text}")
        return receipt

    def _workflow(self, address: WorkflowAddress) -> "Workflow":
        from notifications.apprise_workflow import registered  # noqa: PLC0415 -- as above

        if address.name not in self._workflows:
            self._workflows[address.name] = registered()(
                address=address,
                session=self._session,
                timeout=self._channel.timeout,
                now=self._channel.now,
            )
        return self._workflows[address.name]
