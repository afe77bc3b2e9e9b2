"""What an invitation says of a meeting, beside what the feeds of its cycle say of it."""

from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import Engine

from calendars.choice import Choice
from calendars.scope import Scope
from calendars.subscription_feed import scope_feed
from models.engine import reading
from tests.rounds.houses import CYCLE, FIRST, Houses

SAID = {
    "da": [
        "Kontrakt east",
        "Møde. Fase: Godkendelse",
        "Vedrører: KKR",
        "Svar på invitationen ventes fra: KKR",
    ],
    "en": [
        "Kontrakt east",
        "Meeting. Phase: Approval",
        "Concerns: KKR",
        "An answer to the invitation is due from: KKR",
    ],
}


@pytest.mark.parametrize("language", SAID)
def test_an_invitation_tells_in_its_readers_language_what_feeds_tell(
    language: str, sqlite: Engine, tmp_path: Path
) -> None:
    text = CYCLE.replace("email: both@example.org", f"email: both@example.org, language: {language}")
    houses = Houses(engine=sqlite, folder=tmp_path, text=text, tied=())
    houses.activate("2023-01-02", FIRST)
    (shown,) = houses.shows("both")
    assert shown.text.splitlines() == SAID[language]
    with reading(sqlite) as session:
        feed = Calendar.from_ical(
            scope_feed(session, Scope(of="cycle", cycle_id=FIRST), Choice(deadlines=False), language)
        )
    (event,) = feed.events
    assert str(event["DESCRIPTION"]) == shown.text
