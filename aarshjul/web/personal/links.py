"""What a personal link is worth: stopped by who was sent it by mistake, renewed by mail to the address on record."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fastapi import APIRouter, Request, Response
from sqlalchemy import update
from sqlmodel import Session, col

from aarshjul.settings import Settings
from aarshjul.web.addresses import AT_HOME
from aarshjul.web.desk import Desk
from aarshjul.web.doing.doors import dead_link, too_many
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.limits import QUARTER, Limit, network_of
from aarshjul.web.login.mail import own_mail
from aarshjul.web.notices import notice
from aarshjul.web.personal.words import WORDS
from aarshjul.web.place import place_of
from models.codes import mailed_enough, note_renewal
from models.cycle import Cycle, Membership
from models.engine import reading, writing
from models.person import Person
from notifications.channel import Parcel
from notifications.forgetting import CODE_SUFFIX
from notifications.personal_links import PersonalLink, make_link, read_link


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLink:
    """A link on its way to the address on record, whoever asked for it."""

    cycle: str
    person: str
    made_at: datetime
    base: str
    secret: bytes = field(repr=False)
    now: datetime

    suffix = CODE_SUFFIX

    def parcels(self, session: Session, settings: Settings) -> list[Parcel]:
        """The mail, to who still takes part and has not had enough of them."""
        member = session.get(Membership, (self.cycle, self.person))
        enough = mailed_enough(session, self.person, self.now, renewals=True)
        if member is None or member.left_at is not None or enough:
            return []
        person, cycle = session.get_one(Person, self.person), session.get_one(Cycle, self.cycle)
        number = note_renewal(session, self.person, self.cycle, self.now)
        language = person.language or cycle.language
        words = WORDS[language]
        made_at = max(self.made_at, member.links_since or self.made_at)
        link = f"{self.base}/p/{make_link(self.secret, self.cycle, self.person, made_at)}"
        text = words["mail"].format(name=person.name, cycle=cycle.title, link=link)
        subject = words["mail_subject"].format(cycle=cycle.title)
        mail = own_mail(settings, person, subject, text, language, self.now, key=f"{number}\0{link}")
        return [Parcel(number=number, payload=mail, person=person.id, recipients=(person.email,))]


def link_pages(desk: Desk) -> APIRouter:
    """The routes of `/p/TOKEN/not-me` and `/p/TOKEN/renew`."""
    router, presses = APIRouter(), Limit(30, QUARTER)

    def explain(_request: Request, seat: Seat) -> Response:
        way = ("not_me_button", seat.to("not-me"))
        ways = (("not_me_back", seat.to()),)
        return notice(
            seat.place,
            "not_me",
            words=_named(seat.name),
            more=("not_me_do",),
            press=way,
            ways=ways,
            seat=seat,
            name=seat.name,
        )

    def stop(request: Request, seat: Seat, _typed: Typed) -> Response:
        now = desk.now()
        link = read_link(desk.secret, seat.top[1])
        # After the link itself, whatever the clock says now: it must end, and the new one must not.
        since = max(now, link.made_at + timedelta(seconds=1)) if link else now
        with writing(desk.engine) as session:
            _stop(session, seat.cycle, seat.person, since)
        _send(desk, request, PersonalLink(cycle=seat.cycle, person=seat.person, made_at=since))
        return notice(seat.place, "stopped", words=WORDS)

    @router.post("/p/{key}/renew")
    def renew(request: Request, key: str) -> Response:
        place = place_of(request)
        link = read_link(desk.secret, key)
        if not desk.sessions.is_ours(request):
            return notice(place, "foreign", status=403)
        if not presses.allows(network_of(request), desk.now()):
            return too_many(place)
        if link is None or not _takes_part(desk, link):
            return dead_link(place)
        _send(desk, request, PersonalLink(cycle=link.cycle, person=link.person, made_at=desk.now()))
        return notice(place, "renewed", words=WORDS, more=("renewed_none",))

    desk.doors.look_by_link(router, "/not-me", explain)
    desk.doors.press_by_link(router, "/not-me", stop)
    return router


def _named(name: str) -> dict[str, dict[str, str]]:
    """The words with a name in those that `notice` does not fill in."""
    return {
        language: {
            **words,
            "not_me_back": words["not_me_back"].format(name=name),
        }
        for language, words in WORDS.items()
    }


def _stop(session: Session, cycle: str, person: str, since: datetime) -> None:
    theirs = col(Membership.cycle_id) == cycle, col(Membership.person_id) == person
    session.execute(update(Membership).where(*theirs).values(links_since=since))


def _takes_part(desk: Desk, link: PersonalLink) -> bool:
    with reading(desk.engine) as session:
        member = session.get(Membership, (link.cycle, link.person))
        return member is not None and member.left_at is None


def _send(desk: Desk, request: Request, link: PersonalLink) -> None:
    desk.postman.take(
        NewLink(
            cycle=link.cycle,
            person=link.person,
            made_at=link.made_at,
            base=desk.sessions.safe_base(request) or AT_HOME,
            secret=desk.secret,
            now=desk.now(),
        )
    )
