"""Mails with a link to log in: where they lie, how they are sent, and what stops none of them."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine

from aarshjul.settings import Settings
from aarshjul.web.login.mail import Postman, Wish
from tests.builders import at
from tests.servers.smtp import smtp_server
from tests.web.logged_in import Site, parsed
from tests.world import World


def test_a_mail_with_a_link_that_has_ended_does_not_lie_about(logins: Site) -> None:
    logins.ask("co@example.org")
    assert len(logins.mails()) == 1
    logins.clock.moment += timedelta(hours=2)
    logins.ask("nobody@example.org")
    logins.seen.clear()
    assert logins.mails() == []


def test_mails_of_the_cycles_stay_by_themselves(logins: Site) -> None:
    logins.ask("co@example.org")
    assert not (logins.settings.home / "mail").exists()
    assert oct((logins.settings.home / "login-mail").stat().st_mode)[-3:] == "700"


def test_a_person_with_a_name_that_would_break_a_header_gets_a_whole_mail(logins: Site) -> None:
    from models.engine import writing
    from models.person import Person

    with writing(logins.world.engine) as session:
        session.get_one(Person, "co").name = 'Åse "Bcc:\r\nX-Evil: 1" <x@evil.example.org>, é' + "ø" * 200
    logins.ask("co@example.org")
    [mail] = logins.mails()
    assert mail["X-Evil"] is None
    assert [each.addr_spec for each in mail["To"].addresses] == ["co@example.org"]


def test_a_mail_goes_to_the_mail_server_once_and_what_it_refuses_stops_nobody_else(
    sqlite: Engine, tmp_path: Path
) -> None:
    World(engine=sqlite, folder=tmp_path)
    wish = Wish(
        address="co@example.org", leads_to="/cycles", base="https://wheel.example.org", now=at("2022-05-02")
    )
    with smtp_server(tmp_path, security="none", login="none") as server:
        settings = Settings(
            home=tmp_path, smtp_host=server.host, smtp_port=server.port, smtp_security="none", smtp_timeout=20
        )
        postman = Postman(settings, sqlite)
        postman.take(wish)
        postman.finish()
        [mail] = server.received()
    assert mail.recipients == ("co@example.org",)
    assert "https://wheel.example.org/login/" in parsed(mail.data).get_content()
    assert not (tmp_path / "login-mail").exists()
    postman.take(wish)  # nobody listens any more
    postman.take(wish)
    postman.finish()


def test_a_record_that_cannot_be_asked_stops_no_later_mail(logins: Site) -> None:
    with logins.world.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE loginlink RENAME TO loginlink_away")
    assert logins.ask("co@example.org").status_code == 303
    with logins.world.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE loginlink_away RENAME TO loginlink")
    logins.ask("co@example.org")
    assert len(logins.mails()) == 1
