"""All calendars that a played year has, under a name each, with what a reader must find in them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from calendars.address import Address
from calendars.choice import NAMES, Choice
from calendars.publication import milestone_publication
from calendars.subscription_feed import feed_for
from models.cycle import Cycle
from models.engine import reading
from models.person import Organisation, Person
from models.subscription import Subscription
from tests.interop import meaning
from tests.interop.homes import TWO_HOUSES, Home
from tests.interop.readers import Seen

EVERYTHING = Choice.parse(",".join(NAMES))
LANGUAGES = ("da", "en")
WEB = "https://aarshjul.example.org"
MOST = 3
"""How many people and organisations of a year are looked at: the others differ in nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A calendar that we wrote.

    Attributes:
        meant: every milestone in it; other entries (phases, tasks) all readers must read alike.
    """

    file: str
    raw: bytes
    meant: tuple[Seen, ...]


def invitations(home: Home, engine: Engine) -> Iterator[Written]:
    """What was mailed during the year."""
    for mail, seen in meaning.mailed(engine, home.mailed()):
        yield Written(file=seen.file, raw=mail.raw, meant=(seen,))


def left_feeds(home: Home, engine: Engine) -> Iterator[Written]:
    """What a played year leaves: the milestones of each role, and all of them."""
    with reading(engine) as session:
        language = session.exec(select(col(Cycle.language))).one()
    entries = meaning.standing(engine)
    for path in sorted((home.folder / "calendars").glob("*.ics")):
        shown = [each for each in entries if path.stem in ("all", *each.roles)]
        file = f"left-{path.name}"
        yield Written(
            file=file, raw=path.read_bytes(), meant=tuple(each.seen(file, language) for each in shown)
        )


def subscriptions(home: Home, engine: Engine) -> Iterator[Written]:
    """What a person, an organisation and the public subscribe to, with all that can be chosen, in both languages."""
    entries = {each.uid: each for each in meaning.standing(engine)}
    with reading(engine) as session:
        for number, subscription in enumerate(_subscriptions(session)):
            language = LANGUAGES[number % len(LANGUAGES)]
            raw = feed_for(session, subscription, EVERYTHING, language, WEB)
            file = f"subscription-{number:02}-{subscription.scope}.ics"
            shown = [each for each in entries.values() if f"UID:{each.uid}\r\n".encode() in raw]
            yield Written(file=file, raw=raw, meant=tuple(each.seen(file, language) for each in shown))


def _subscriptions(session: Session) -> Iterator[Subscription]:
    facts: dict[str, Any] = {
        "secret_hash": "",
        "shows": EVERYTHING.text,
        "made_at": datetime(2022, 1, 1, tzinfo=UTC),
    }
    for person in session.exec(select(col(Person.id)).order_by(col(Person.id)).limit(MOST)):
        yield Subscription(scope="person", person_id=person, **facts)
    for organisation in session.exec(select(col(Organisation.id)).order_by(col(Organisation.id)).limit(MOST)):
        yield Subscription(scope="organisation", organisation_id=organisation, **facts)
    for cycle in session.exec(select(col(Cycle.id))):
        yield Subscription(scope="cycle", cycle_id=cycle, **facts)
        yield Subscription(scope="public", cycle_id=cycle, **facts)


def publications(_home: Home, engine: Engine) -> Iterator[Written]:
    """Each milestone as somebody takes it by hand."""
    office = Address(name="Sekretariatet; KKR, Nord", email="kkr@example.org")
    with reading(engine) as session:
        language = session.exec(select(col(Cycle.language))).one()
        for each in meaning.standing(engine):
            raw = milestone_publication(session, each.cycle, each.slug, office)
            file = f"publication-{each.slug}.ics"
            yield Written(file=file, raw=raw, meant=(each.seen(file, language, "PUBLISH"),))


def shared_meetings(home: Home, engine: Engine) -> Iterator[Written]:
    """All of a home in which several cycles share meetings: what the entries hold is for other tests to say."""
    for mail in home.mailed():
        yield Written(file=f"mail-{mail.number:05}.ics", raw=mail.raw, meant=())
    with reading(engine) as session:
        for number, subscription in enumerate(_subscriptions(session)):
            raw = feed_for(session, subscription, EVERYTHING, LANGUAGES[number % len(LANGUAGES)], WEB)
            yield Written(file=f"subscription-{number:02}.ics", raw=raw, meant=())


Producer = Callable[[Home, Engine], Iterator[Written]]
PRODUCERS: tuple[Producer, ...] = (
    invitations,
    left_feeds,
    subscriptions,
    publications,
)
"""A new kind of calendar joins here."""


def everything(home: Home) -> list[Written]:
    """Every calendar of a home."""
    return written_by(home, *((shared_meetings,) if home.name == TWO_HOUSES else PRODUCERS))


def written_by(home: Home, *producers: Producer) -> list[Written]:
    """What some of them write."""
    engine = home.engine()
    try:
        return [written for produce in producers for written in produce(home, engine)]
    finally:
        engine.dispose()
