"""What is served of a feed: built where the record changed, noted so that all processes say the same of it."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from aarshjul.web.subscribers.wanted import Wanted
from calendars.choice import Choice
from calendars.fingerprint import fingerprint
from calendars.subscription_feed import feed_for
from models.engine import reading, writing
from models.subscription import PublishedFeed, Subscription

_MOST_BYTES = 64 * 2**20
_LEVEL = 6  # of gzip: what it saves beyond costs more than it is worth
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a feed in both encodings; the same bytes have the same tag everywhere and for ever."""

    etag: str
    plain: bytes
    zipped: bytes

    @classmethod
    def of(cls, data: bytes) -> "Body":
        """Encoded once, without a time in it."""
        return cls(sha256(data).hexdigest()[:40], data, gzip.compress(data, _LEVEL, mtime=0))

    @property
    def size(self) -> int:
        """How much memory it takes, about."""
        return len(self.plain) + len(self.zipped)


class Bodies:
    """The bodies that were served last, as many as fit in so many bytes, by their tags."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[str, Body] = OrderedDict()
        self._size = 0

    def get(self, etag: str | None) -> Body | None:
        """One of them, which is then the last to be let go."""
        if etag is None or (found := self._kept.get(etag)) is None:
            return None
        self._kept.move_to_end(etag)
        return found

    def keep(self, body: Body) -> None:
        """Keep one, and let those go that were not asked for longest."""
        if body.etag in self._kept or body.size > self._most:
            return
        self._kept[body.etag] = body
        self._size += body.size
        while self._size > self._most:
            self._size -= self._kept.popitem(last=False)[1].size


@dataclass(frozen=True, slots=True)
class Published:
    """A body, and since when it is what is served."""

    body: Body
    modified: datetime


def publish(
    engine: Engine, subscription_id: int, wanted: Wanted, web_url: str | None, now: datetime
) -> Published | None:
    """Build a feed from the record as it is, and note what came of it; None where the feed is gone meanwhile.

    The same bytes as before keep their moment. A change within the second of the last one gets the next second:
    whoever asks by If-Modified-Since would miss it else.
    """
    with reading(engine) as session:
        subscription = session.get(Subscription, subscription_id)
        if subscription is None or subscription.revoked_at is not None:
            return None
        # Before the bytes: where somebody acts in between, they are newer than it says, and built once more.
        state = fingerprint(session, subscription, web_url)
        choice = wanted.choice or Choice.parse(subscription.shows)
        body = Body.of(feed_for(session, subscription, choice, wanted.language, web_url))
        known = session.get(PublishedFeed, (subscription_id, wanted.variant))
    if known is not None and (known.built_from, known.etag) == (state, body.etag):
        return Published(body, known.modified_at)
    row = PublishedFeed(
        subscription_id=subscription_id,
        variant=wanted.variant,
        built_from=state,
        etag=body.etag,
        modified_at=now.astimezone(UTC).replace(microsecond=0),
    )
    return Published(body, _noted(engine, row))


def _noted(engine: Engine, row: PublishedFeed) -> datetime:
    """Write what is served now; since when it is so."""
    try:
        with writing(engine) as session:
            return _written(session, row)
    except IntegrityError:  # another process served it first, at the same moment
        with writing(engine) as session:
            return _written(session, row)


def _written(session: Session, row: PublishedFeed) -> datetime:
    key = (row.subscription_id, row.variant)
    before = session.get(PublishedFeed, key, with_for_update=True)
    if before is None:
        session.add(PublishedFeed(**row.model_dump()))
        return row.modified_at
    if before.etag != row.etag:
        before.modified_at = max(row.modified_at, before.modified_at + _SECOND)
    before.built_from, before.etag = row.built_from, row.etag
    return before.modified_at
