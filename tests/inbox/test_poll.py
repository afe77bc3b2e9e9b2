"""From a real mailbox into the record and out of the way: every mail once, whatever happens on the way."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from aarshjul.inbox.alone import alone
from aarshjul.inbox.failures import Failures
from aarshjul.inbox.handling import Handled, Handler, handler
from aarshjul.inbox.mail import Mail
from aarshjul.inbox.mailbox import Mailbox, MailboxError, open_mailbox
from aarshjul.inbox.poll import Collected, collect, empty
from aarshjul.settings import Settings, load_settings
from flows.answers import collect_answers
from models.engine import open_engine, writing
from tests.inbox import mails
from tests.inbox.mails import head, ics, mail, reply, report
from tests.inbox.place import UID, Place, attached
from tests.inbox.test_mailbox import settings_of
from tests.servers.dovecot import MailServer, mail_server, why_not

pytestmark = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))
ON_ONE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@dataclass(kw_only=True)
class Post:
    """An installation and the mailbox that it reads."""

    place: Place
    server: MailServer
    settings: Settings

    def collect(self, now: datetime | None = None) -> Collected:
        return collect(self.place.engine, self.settings, now or self.place.now)

    def lying(self) -> dict[str, int]:
        """How many mails lie where."""
        return {name: len(found) for name, found in self.server.folders().items() if found}


@pytest.fixture
def post(engine: Engine, tmp_path: Path) -> Iterator[Post]:
    with mail_server() as server:
        yield Post(
            place=Place(engine=engine, folder=tmp_path), server=server, settings=settings_of(server, tmp_path)
        )


def all_sorts(place: Place) -> list[bytes]:
    """A mail of each outcome, and bad ones."""
    return [
        mails.outlook(UID, "b1@example.org"),
        mails.gmail(UID, "c1@example.org"),
        reply("bc@example.org", ics(UID, "bc@example.org", sequence=-1)),
        reply(
            "bd@example.org", ics(UID, "bd@example.org", method="COUNTER", more="DTSTART:20221121T090000Z")
        ),
        report("cc@example.org", place.reference("cc")),
        mail(*head("b1@example.org", "Autosvar", 5), "Auto-Submitted: auto-replied"),
        reply("c1@example.org", ics(UID, "b1@example.org"), number=6),
        mail(*head("x@example.net", "Et spørgsmål", 7)),
        b"From \xff\xfe\n\nX",
        mail(*head("y@example.net", "Bilag", 8)) + b"x" * 11_000_000,
    ]


def test_mailbox_is_emptied_and_every_mail_lies_somewhere(post: Post) -> None:
    sent = all_sorts(post.place)
    post.server.put(*sent)
    collected = post.collect()
    assert dict(collected.outcomes) == {
        "answered": 2,
        "outdated": 1,
        "proposed": 1,
        "bounced": 1,
        "ignored": 1,
        "forwarded": 3,
        "kept": 1,
    }
    assert (collected.failed, collected.unmoved, collected.interrupted, collected.changed) == (
        0,
        0,
        None,
        True,
    )
    assert post.lying() == {"Aarshjul/Handled": 5, "Aarshjul/Forwarded": 4, "Aarshjul/Problems": 1}
    lying = {raw for found in post.server.folders().values() for raw in found}
    assert lying == {re.sub(rb"\r?\n", b"\r\n", raw) for raw in sent}
    for name in ("Handled", "Forwarded", "Problems"):
        assert not any("Seen" in flags for flags in post.server.flags(f"Aarshjul/{name}"))
    before = post.place.world.snapshot()
    assert post.collect() == Collected()
    assert post.place.world.snapshot() == before


@ON_ONE
def test_mail_of_30_mb_is_told_and_never_fetched(post: Post) -> None:
    post.server.put(mail(*head("x@example.net", "Hele arkivet")) + b"0123456789abcdef" * 2_000_000)
    fetched = _counting(post)
    assert post.place.row().subject == "Hele arkivet"
    assert post.place.row().size > 30_000_000
    assert post.place.row().raw is None
    assert fetched < 1_000_000
    assert post.lying() == {"Aarshjul/Problems": 1}
    assert [(message.facts or {})["why"] for message in post.place.told()] == ["too-large"] * 2


def _counting(post: Post) -> int:
    """A poll; how many octets of mail it fetched."""
    fetched = []

    class Counting(Mailbox):
        def fetch(self, uid: str, most: int) -> bytes | None:
            found = super().fetch(uid, most)
            fetched.append(len(found or b""))
            return found

    with open_mailbox(post.settings, post.place.now) as box:
        box.__class__ = Counting
        empty(
            box,
            handler(post.place.engine, post.settings),
            Failures(post.settings.home),
            post.place.now,
            Collected(),
        )
    return sum(fetched)


# --- our own invitation, answered --------------------------------------------------------------------------------


@ON_ONE
def test_invitation_as_it_went_out_is_answered_by_its_own_words(post: Post) -> None:
    with writing(post.place.engine) as session:
        session.execute(text("UPDATE message SET state = 'waiting', reference = NULL, address = NULL"))
    went = [message_from_bytes(raw, policy=default) for raw in post.place.deliver()]
    (ours,) = (m for m in went if "c/dialogue/1/invite/-/b1" in m.get_all("X-Aarshjul-Duty", []))
    part = next(part for part in ours.walk() if part.get_content_type() == "text/calendar")
    event = Calendar.from_ical(part.get_content()).walk("VEVENT")[0]
    attendee = str(event["attendee"]).removeprefix("mailto:")
    calendar = ics(str(event["uid"]), attendee, "TENTATIVE", sequence=int(str(event["sequence"])))
    post.server.put(
        reply(attendee, calendar), report(attendee, str(ours["Message-ID"]).strip("<>").partition("@")[0])
    )
    assert dict(post.collect().outcomes) == {"answered": 1, "bounced": 1}
    assert post.place.invitation("b1") == ("tentative", "b1", "mail")
    assert post.place.sent("b1").state == "failed"


@ON_ONE
def test_mail_that_is_passed_on_arrives_as_it_was(post: Post) -> None:
    raw = mail(*head("Åse <x@example.net>", "Et spørgsmål"), body="Hvornår er mødet?\nÆØÅ\n")
    post.server.put(raw)
    post.collect()
    for sent in post.place.deliver():
        assert attached(sent).replace(b"\r\n", b"\n") == raw


# --- killed, twice, at once --------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from aarshjul.inbox.mailbox import Mailbox
from aarshjul.inbox.poll import collect
from aarshjul.settings import load_settings
from models.engine import open_engine

moved = []
move = Mailbox.move

def move_or_die(self, uid, name):
    if len(moved) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    moved.append(uid)
    move(self, uid, name)

Mailbox.move = move_or_die
settings = load_settings(Path(sys.argv[1]))
collect(open_engine(settings.url), settings, datetime.fromisoformat(sys.argv[2]))
"""


def write_settings(post: Post) -> Path:
    """The home's own settings, as an operator writes them."""
    settings = post.settings
    lines = {
        "IMAP_HOST": settings.imap_host,
        "IMAP_PORT": settings.imap_port,
        "IMAP_USER": settings.imap_user,
        "IMAP_PASSWORD": settings.imap_password.get_secret_value() if settings.imap_password else "",
        "CA_FILE": settings.ca_file,
        "DATABASE_URL": post.place.engine.url.render_as_string(hide_password=False),
    }
    text = "".join(f"AARSHJUL_{name}='{value}'\n" for name, value in lines.items())
    (settings.home / "settings.env").write_text(text, encoding="utf-8")
    return settings.home


def test_poll_that_is_killed_between_record_and_move_goes_on_and_does_nothing_twice(post: Post) -> None:
    sent = all_sorts(post.place)[:8]
    post.server.put(*sent)
    home = write_settings(post)
    for already in (0, 2, 1):
        command = [sys.executable, "-c", KILLED, str(home), post.place.now.isoformat(), str(already)]
        ended = subprocess.run(command, check=False, timeout=60, cwd=Path(__file__).parents[2])
        assert ended.returncode == -signal.SIGKILL
        assert sum(post.lying().values()) == len(sent)
    collected = post.collect()
    assert collected.outcomes["moved"] == 1
    assert post.place.rows() == len(sent)
    assert post.lying() == {"Aarshjul/Handled": 5, "Aarshjul/Forwarded": 3}
    assert [entry.what for entry in post.place.history()].count("answered") == 2
    assert len(post.place.told()) == 8  # four mails, two coordinators


def test_same_mail_delivered_twice_is_handled_once(post: Post) -> None:
    raw = mails.outlook(UID, "b1@example.org")
    post.server.put(raw, b"Received: by another way\n" + raw)
    assert dict(post.collect().outcomes) == {"answered": 1, "moved": 1}
    assert post.lying() == {"Aarshjul/Handled": 2}


def test_two_polls_at_once_do_everything_once(post: Post) -> None:
    sent = all_sorts(post.place)[:9]
    post.server.put(*sent)
    with ThreadPoolExecutor(3) as pool:
        polls = list(pool.map(lambda _: post.collect(), range(3)))
    done = sum((poll.outcomes for poll in polls), Counter[str]())
    assert sum(done.values()) == len(sent) == post.place.rows()
    assert sum(post.lying().values()) == len(sent)
    assert "INBOX" not in post.lying()
    assert [entry.what for entry in post.place.history()].count("answered") == 2


def test_poll_beside_another_leaves_it_to_that(post: Post) -> None:
    post.server.put(mails.outlook(UID, "b1@example.org"))
    with alone(post.place.engine, post.settings.home) as first:
        assert first
        assert post.collect() == Collected()
        assert post.lying() == {"INBOX": 1}
    assert dict(post.collect().outcomes) == {"answered": 1}


# --- mistakes ----------------------------------------------------------------------------------------------------


class Stumbling(Handler):
    """A handler with a mistake in it: one mail makes it fail."""

    def handle(self, mail: Mail, raw: bytes | None, now: datetime) -> Handled:
        if mail.subject.startswith("Snubl"):
            raise KeyError(mail.subject)
        return super().handle(mail, raw, now)


def stumble(post: Post) -> Collected:
    collected = Collected()
    usual = handler(post.place.engine, post.settings)
    handling = Stumbling(engine=usual.engine, sender_address=usual.sender_address, secret=usual.secret)
    with open_mailbox(post.settings, post.place.now) as box:
        empty(box, handling, Failures(post.settings.home), post.place.now, collected)
    return collected


@ON_ONE
def test_mail_that_makes_us_stumble_waits_and_then_goes_to_a_person(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    raw = mail(*head("Hemmelig <hemmelig@example.net>", "Snubl"))
    post.server.put(raw, mails.outlook(UID, "b1@example.org"))
    for _ in range(2):
        collected = stumble(post)
        assert collected.failed == 1
        assert post.lying() == {"INBOX": 1, "Aarshjul/Handled": 1}  # the other one is handled
    assert post.place.invitation("b1")[0] == "accepted"
    assert post.place.told() == []
    assert dict(stumble(post).outcomes) == {"kept": 1}
    assert post.lying() == {"Aarshjul/Problems": 1, "Aarshjul/Handled": 1}
    assert [(message.facts or {})["why"] for message in post.place.told()] == ["failed"] * 2
    assert (post.place.row().raw or b"").replace(b"\r\n", b"\n") == raw
    assert "KeyError" in caplog.text
    assert "emmelig" not in caplog.text
    assert "Snubl" not in caplog.text


@ON_ONE
def test_mail_that_stumbled_once_is_handled_when_the_mistake_is_mended(post: Post) -> None:
    post.server.put(mail(*head("x@example.net", "Snubl")))
    stumble(post)
    stumble(post)
    assert dict(post.collect().outcomes) == {"forwarded": 1}
    assert Failures(post.settings.home)._counts == {}


@ON_ONE
def test_database_that_cannot_be_used_is_no_mails_fault(post: Post) -> None:
    post.server.put(mails.outlook(UID, "b1@example.org"))
    with writing(post.place.engine) as session:
        session.execute(text("ALTER TABLE receivedmail RENAME TO elsewhere"))
    for _ in range(4):
        with pytest.raises(OperationalError):
            post.collect()
    with writing(post.place.engine) as session:
        session.execute(text("ALTER TABLE elsewhere RENAME TO receivedmail"))
    assert post.lying() == {"INBOX": 1}
    assert dict(post.collect().outcomes) == {"answered": 1}


@ON_ONE
def test_counts_that_cannot_be_read_or_kept_stop_nothing(post: Post) -> None:
    (post.settings.home / "inbox-failures.json").write_text("{]")
    post.server.put(mail(*head("x@example.net", "Snubl")))
    assert stumble(post).failed == 1
    assert post.lying() == {"INBOX": 1}


@ON_ONE
def test_connection_that_is_lost_leaves_the_rest_for_the_next_poll(post: Post) -> None:
    sent = all_sorts(post.place)[:6]
    post.server.put(*sent)
    collected = Collected()

    def break_off() -> None:
        with open_mailbox(post.settings, post.place.now) as box:
            box.__class__ = Breaking
            failures = Failures(post.settings.home)
            empty(box, handler(post.place.engine, post.settings), failures, post.place.now, collected)

    with pytest.raises(MailboxError):
        break_off()
    assert sum(collected.outcomes.values()) == 3  # the third was handled, and not moved
    assert post.lying()["INBOX"] == 4
    assert post.collect().outcomes["moved"] == 1
    assert post.place.rows() == len(sent) == sum(post.lying().values())


class Breaking(Mailbox):
    """A mailbox whose connection breaks when the third mail is to be moved."""

    def move(self, uid: str, name: str) -> None:
        self.moved = getattr(self, "moved", 0) + 1
        if self.moved == 3:
            self._box.client.socket().shutdown(2)
        super().move(uid, name)


# --- the flow ----------------------------------------------------------------------------------------------------


@ON_ONE
def test_flow_reads_the_mailbox_of_a_home(post: Post) -> None:
    post.server.put(*all_sorts(post.place)[:3])
    home = write_settings(post)
    assert load_settings(home).imap_port == post.server.tls_port
    found = collect_answers.fn(str(home), post.place.now.isoformat())
    assert found == {"answered": 2, "outdated": 1, "failed": 0, "unmoved": 0}
    assert collect_answers.fn(str(home)) == {"failed": 0, "unmoved": 0}


def test_flow_without_a_mailbox_has_nothing_to_do(tmp_path: Path) -> None:
    assert collect_answers.fn(str(tmp_path)) == {}
    assert list(tmp_path.iterdir()) == []


@ON_ONE
def test_flow_fails_visibly_where_the_mailbox_is_out_of_reach(post: Post) -> None:
    home = write_settings(post)
    os.killpg(post.server.process, signal.SIGKILL)
    with pytest.raises(MailboxError, match="cannot be reached"):
        collect_answers.fn(str(home))
    open_engine(post.settings.url).dispose()
