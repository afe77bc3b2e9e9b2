"""Watching feeds through whatever happens: no bytes may change under a fingerprint that was seen before."""

from typing import Any

from sqlalchemy import Engine

from calendars.fingerprint import fingerprint
from calendars.subscription_feed import feed_for
from models.engine import reading, writing
from models.subscription import Subscription
from models.subscriptions import subscribe
from tests.builders import at
from tests.calendars.records import EVERYTHING, URL


def subscribed(engine: Engine, *asked: dict[str, Any]) -> list[Subscription]:
    """Feeds of these scopes."""
    with writing(engine) as session:
        return [subscribe(session, shows="meetings", now=at("2022-04-01"), **named)[0] for named in asked]


class Watch:
    """All that was ever seen of some feeds, by their fingerprints."""

    def __init__(self, engine: Engine, feeds: list[Subscription]) -> None:
        self.engine = engine
        self.feeds = feeds
        self.seen: dict[tuple[int | None, str], bytes] = {}

    def look(self, after: str) -> set[int | None]:
        """Compare with what was seen before under the same fingerprints; returns whose fingerprint is a new one."""
        new = set()
        with reading(self.engine) as session:
            for each in self.feeds:
                key = (each.id, fingerprint(session, each, URL))
                raw = feed_for(session, each, EVERYTHING, None, URL)
                new |= {each.id} if key not in self.seen else set()
                assert self.seen.setdefault(key, raw) == raw, f"{each.scope} changed unnoticed after {after}"
        return new
