"""Pages that many look at and few change: made once for a reader and a state of the record, and handed out until then."""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request, Response

from aarshjul.web.board.present import Present

_MOST = 100  # pages kept, of some 100 kB each at the most
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class _Kept:
    headers: Mapping[str, str]
    plain: bytes
    zipped: bytes


class Kept:
    """Pages by what they depend on: the record, the minute, and what the key names (who asks, and for what).

    A page that draws a number for a form is none to be kept: two tabs would have the same one. What says how long ago
    something was may be up to a minute old.
    """

    def __init__(self, present: Present) -> None:
        self._present = present
        self._lock = threading.Lock()
        self._state: str | None = None
        self._pages: OrderedDict[Hashable, _Kept] = OrderedDict()

    def answer(
        self, request: Request, now: datetime, key: Hashable, make: Callable[[], Response]
    ) -> Response:
        """The page of this key as it is at this moment; `make` makes it where there is none that still holds."""
        state = self._present.state()
        if state is None:
            return make()
        whole = (key, now.replace(second=0, microsecond=0))
        found = self._found(state, whole)
        if found is None:
            made = make()
            if made.status_code != 200:
                return made
            body = bytes(made.body)
            headers = {name: value for name, value in made.headers.items() if name != "content-length"}
            found = _Kept(headers, body, gzip.compress(body, _LEVEL, mtime=0))
            self._keep(state, whole, found)
        return _response(found, "gzip" in request.headers.get("accept-encoding", ""))

    def _found(self, state: str, key: Hashable) -> _Kept | None:
        with self._lock:
            if state != self._state:
                self._state = state
                self._pages.clear()
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def _keep(self, state: str, key: Hashable, page: _Kept) -> None:
        with self._lock:
            if state == self._state:
                self._pages[key] = page
                while len(self._pages) > _MOST:
                    self._pages.popitem(last=False)


def _response(kept: _Kept, zipped: bool) -> Response:
    headers = {**kept.headers, "vary": "Accept-Encoding"}
    if zipped:
        return Response(kept.zipped, headers={**headers, "content-encoding": "gzip"})
    return Response(kept.plain, headers=headers)
