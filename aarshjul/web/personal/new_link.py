"""The mail with a new link: asked for by who has an old one, or told by who was sent it by mistake."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.settings import Settings
from aarshjul.web.board.history_view import Happening, Telling
from aarshjul.web.cycle_view import names_in
from aarshjul.web.login.mail import own_mail
from aarshjul.web.personal.stopping import Stopped
from aarshjul.web.personal.words import WORDS
from aarshjul.web.personal_data.own_page import coordinators
from models.codes import mailed_enough, note_renewal
from models.cycle import Cycle, Membership
from models.history import HistoryEntry
from models.person import Person
from models.standing import Standing, standing
from notifications.channel import Parcel
from notifications.dates import joined
from notifications.forgetting import CODE_SUFFIX
from notifications.personal_links import LASTS, make_link

_MOST_NAMED = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLink:
    """A link on its way to the address on record, whoever asked for it; `stopped` where the earlier ones were."""

    cycle: str
    person: str
    made_at: datetime
    base: str
    secret: bytes = field(repr=False)
    now: datetime
    stopped: Stopped | None = None

    suffix = CODE_SUFFIX

    def parcels(self, session: Session, settings: Settings) -> list[Parcel]:
        """The mail, to who still takes part and has not had enough of them.

        That links were stopped is told in any case: it takes a link that works, and such a mail brings the only one.
        """
        member = session.get(Membership, (self.cycle, self.person))
        enough = self.stopped is None and mailed_enough(session, self.person, self.now, renewals=True)
        if member is None or member.left_at is not None or enough:
            return []
        person, cycle = session.get_one(Person, self.person), session.get_one(Cycle, self.cycle)
        number = note_renewal(session, self.person, self.cycle, self.now)
        language = person.language or cycle.language
        words, about = WORDS[language], "mail" if self.stopped is None else "stopped_mail"
        made_at = max(self.made_at, member.links_since or self.made_at)
        link = f"{self.base}/p/{make_link(self.secret, self.cycle, self.person, made_at)}"
        text = words[about].format(name=person.name, cycle=cycle.title, link=link)
        if self.stopped is not None:
            found = standing(session, [self.cycle], self.now)[0]
            text += "".join(_Left(session, person, found, self.now, link, language).said(self.stopped))
        subject = words[f"{about}_subject"].format(cycle=cycle.title)
        mail = own_mail(settings, person, subject, text, language, self.now, key=f"{number}\0{link}")
        return [Parcel(number=number, payload=mail, person=person.id, recipients=(person.email,))]


@dataclass(frozen=True, slots=True)
class _Left:
    """What whoever had the link can have left behind, as its owner is told it: the links are gone, that is not."""

    session: Session
    person: Person
    found: Standing
    now: datetime
    link: str
    language: str

    def said(self, stopped: Stopped) -> Iterator[str]:
        """The paragraphs: calendars that went, who acts or answers for them, and what was done in their name."""
        names = names_in(self.session, [self.found])
        if stopped.calendars:
            numbers = joined([str(each) for each in stopped.calendars], self.language)
            yield self._say("mail_calendars", numbers=numbers)
        member = self.found.view.by_person[self.person.id]
        past = member.delegate_until is not None and member.delegate_until < self.found.today
        if member.delegate is not None and not past:
            yield self._say("mail_delegate", delegate=names.get(member.delegate, member.delegate))
        if self.person.secretary is not None:
            yield self._say("mail_secretary", secretary=self.person.secretary)
        done = self._done(names)
        ask = coordinators(self.session, self.found.view, self.language)
        yield self._say("mail_done" if done else "mail_nothing_done", days=LASTS.days)
        yield "".join(f"- {_in_a_line(each)}\n" for each in done)
        yield self._say("mail_wrong", ask=ask)

    def _done(self, names: dict[str, str]) -> list[Happening]:
        """What the history has of them from as long as a link lasts, the newest first."""
        theirs = (
            col(HistoryEntry.cycle_id) == self.found.row.id,
            col(HistoryEntry.who) == self.person.id,
            col(HistoryEntry.type) == "act",
            col(HistoryEntry.happened_at) > self.now - LASTS,
        )
        query = select(HistoryEntry).where(*theirs).order_by(col(HistoryEntry.number).desc())
        telling = Telling(self.found, names, self.language)
        return [telling.of(each) for each in self.session.scalars(query.limit(_MOST_NAMED))]

    def _say(self, word: str, **values: object) -> str:
        return "\n" + WORDS[self.language][word].format(link=self.link, **values)


def _in_a_line(done: Happening) -> str:
    title = f" ({done.title})" if done.title else ""
    details = f". {'. '.join(done.details)}" if done.details else ""
    return f"{done.when}: {done.what}{title}{details}"
