"""How often a network may ask for something: counted in memory, as a flood must not make a database write."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from threading import Lock

from starlette.requests import Request

_MOST_KNOWN = 10_000  # networks that are remembered; the one that was quiet longest is forgotten first
_PREFIX = {4: 24, 6: 56}  # what one provider's customer is mostly given
QUARTER = timedelta(minutes=15)
"""Within which wishes, presses and tries of a network are counted, everywhere."""


@dataclass(slots=True)
class Limit:
    """At most `most` wishes of a network `within` a time.

    It starts anew with the process; what must hold beyond that is counted in the database.
    """

    most: int
    within: timedelta
    _asked: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def allows(self, network: str, now: datetime) -> bool:
        """Whether one more may come; it is counted if so."""
        with self._lock:
            moments = self._asked.setdefault(network, deque())
            self._asked.move_to_end(network)
            while len(self._asked) > _MOST_KNOWN:
                self._asked.popitem(last=False)
            while moments and moments[0] <= now - self.within:
                moments.popleft()
            while moments and moments[-1] > now:  # the clock was set back: what is to come counts for nothing
                moments.pop()
            if len(moments) >= self.most:
                return False
            moments.append(now)
            return True


def network_of(request: Request) -> str:
    """The network that a request comes from; one that names no address is of one network with all such."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return "unknown"
    mapped = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network(f"{mapped}/{_PREFIX[mapped.version]}", strict=False))
