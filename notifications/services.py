"""Further ways out, by any service that Apprise knows: an operator's to configure, never a participant's."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import SecretStr

from aarshjul.core.errors import Invalid
from aarshjul.settings import Settings
from notifications.channel import Carrier, Outcome, Parcel, Receipt, nothing
from notifications.letter import Letter
from notifications.plain import as_text
from notifications.routes import no_route, route, to_each
from notifications.wording import worded

if TYPE_CHECKING:
    from notifications.apprise_service import Service

SETTING = "AARSHJUL_SERVICES"
_ENOUGH = 3  # failures in a row, after which an address is left alone for the batch


def note(letter: Letter) -> bytes:
    r"""The letter as a short service takes it: UTF-8, the subject, an empty line, the text; lines end by `\n`."""
    document = worded(letter, mail=False)
    return f"{document.subject}\n\n{as_text(document)}".encode()


def service_channel(settings: Settings, name: str) -> "ServiceChannel":
    """The channel `apprise:NAME`. Where the setting has no such name, each message is told so.

    Raises:
        Invalid: an address of that name is none of Apprise's, or of a kind that is not let out; names its key.
    """
    addresses = settings.services.get(name, {})
    wrong = []
    if addresses:
        from notifications.apprise_service import why_not  # noqa: PLC0415 -- importing Apprise is slow

        for key, url in addresses.items():
            if reason := why_not(url.get_secret_value().strip()):
                wrong.append(f"{SETTING}: the address of '{key}' under '{name}': {reason}")
    if wrong:
        raise Invalid(*wrong)
    return ServiceChannel(name=name, addresses=addresses)


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceChannel:
    """Hands notes to a service.

    Attributes:
        addresses: Apprise's, by person's id, role or `*`.
    """

    name: str
    addresses: Mapping[str, SecretStr]

    @contextmanager
    def open(self) -> Iterator[Carrier]:
        """Nothing is connected: Apprise does that for each message."""
        yield _ServiceCarrier(self)


class _ServiceCarrier:
    """An open batch: a plugin for each address that was used."""

    def __init__(self, channel: ServiceChannel) -> None:
        self._channel = channel
        self._services: dict[str, Service] = {}
        self._failures: Counter[str] = Counter()

    @property
    def down(self) -> bool:
        """Whether every address failed several times in a row."""
        urls = {url.get_secret_value() for url in self._channel.addresses.values()}
        return bool(urls) and all(self._failures[url] >= _ENOUGH for url in urls)

    def send(self, parcel: Parcel, meanwhile: Callable[[], None] = nothing) -> tuple[Receipt, ...]:  # noqa: ARG002
        """Hand over one note."""
        url = route(self._channel.addresses, parcel)
        if url is None:
            setting = f"{SETTING}, '{self._channel.name}'"
            receipt = Receipt(code=None, text=no_route(setting, parcel), outcome=Outcome.PERMANENT)
        else:
            receipt = self._hand_over(url.get_secret_value(), parcel.payload)
        return to_each(parcel, receipt)

    def _hand_over(self, url: str, payload: bytes) -> Receipt:
        if self._failures[url] >= _ENOUGH:
            text = f"not handed over: the service failed {_ENOUGH} times in a row shortly before"
            return Receipt(code=None, text=text, outcome=Outcome.TEMPORARY)
        subject, _, body = payload.decode("utf-8", errors="replace").partition("\n\n")
        failure = self._service(url).hand_over(subject, body)
        if failure is None:
            self._failures[url] = 0
            return Receipt(code=None, text="taken by the service, says Apprise", outcome=Outcome.SENT)
        self._failures[url] += 1
        return Receipt(code=None, text=failure, outcome=Outcome.TEMPORARY)

    def _service(self, url: str) -> "Service":
        from notifications.apprise_service import Service  # noqa: PLC0415 -- importing Apprise is slow

        if url not in self._services:
            self._services[url] = Service(url.strip())
        return self._services[url]
