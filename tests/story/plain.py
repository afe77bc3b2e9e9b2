"""A year played without Prefect, in a folder; and what such a folder says was sent, when and to whom."""

from dataclasses import dataclass
from datetime import date, datetime
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

from icalendar import Calendar

from aarshjul.files.script import Script, read_script
from aarshjul.settings import Settings, load_settings, played
from flows.leavings import leave_all
from flows.playing import Play, acts_of
from flows.rehearsing import deliver_to_files, rehearse
from models.engine import open_engine, upgrade

YEARS = Path(__file__).parent / "years"
LEFT = ("mail/*.eml", "teams/*.json", "calendars/*.ics", "scores/*.json", "story.jsonl")


def script_of(name: str, folder: Path = YEARS) -> Script:
    """The year of that name."""
    return read_script(folder / f"{name}.cycle.yaml", folder / f"{name}.acts.yaml")


def play(
    script: Script, home: Path, *, first: date | None = None, last: date | None = None, url: str | None = None
) -> list[dict[str, Any]]:
    """Play a year in a folder, going on where it stopped, and leave what `simulate` leaves; returns the story."""
    home.mkdir(parents=True, exist_ok=True)
    settings = played(load_settings(home), script.form.id).model_copy(update={"database_url": url})
    engine = open_engine(settings.url)
    try:
        if url is None:
            upgrade(engine)
        acts = acts_of(script.acts, script.zone, script.drafts) if script.acts else []
        year = Play(engine, script.form, script.contract, acts)
        year.prepare(first)
        finish_what_was_begun(year, settings)
        rehearse(year, settings, first, last)
        return leave_all(engine, home, script.form.id)
    finally:
        engine.dispose()


def finish_what_was_begun(year: Play, settings: Settings) -> None:
    """As `simulate` does: messages of a round that came to its end before a kill go first."""
    last = year.undelivered_round()
    if last is not None:
        deliver_to_files(year.engine, settings, last)


def left_in(home: Path) -> dict[str, bytes]:
    """All that must be the same twice, by its path in the home."""
    paths = [path for pattern in LEFT for path in sorted(home.glob(pattern))]
    return {str(path.relative_to(home)): path.read_bytes() for path in paths}


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """The calendar entry of a message."""

    method: str
    uid: str
    sequence: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """What the head and the words of one message say, as a mail program reads them."""

    number: int
    to: str
    subject: str
    sent_at: datetime
    duties: tuple[str, ...]
    text: str
    entry: Entry | None

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of duty that it serves."""
        return frozenset(duty.split("/")[3] for duty in self.duties)


def mails_in(home: Path) -> list[Mail]:
    """Every message, in the order of their numbers."""
    return [_mail(path) for path in sorted((home / "mail").glob("*.eml"))]


def _mail(path: Path) -> Mail:
    message = BytesParser(policy=default).parsebytes(path.read_bytes())
    assert not message.defects, path.name
    parts = {part.get_content_type(): part for part in message.walk()}
    return Mail(
        number=int(path.stem),
        to=message["To"].addresses[0].addr_spec,
        subject=message["Subject"],
        sent_at=message["Date"].datetime,
        duties=tuple(message.get_all("X-Aarshjul-Duty", ())),
        text=parts["text/plain"].get_content(),
        entry=_entry(parts["text/calendar"].get_content()) if "text/calendar" in parts else None,
    )


def _entry(text: str) -> Entry:
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    return Entry(method=str(calendar["METHOD"]), uid=str(event["UID"]), sequence=int(str(event["SEQUENCE"])))
