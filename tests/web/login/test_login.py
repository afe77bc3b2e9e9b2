"""Logging in over a real connection: as it should go, and as somebody would try who should not get in."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import Engine

from tests.web.logged_in import Site, link_in, site_over
from tests.web.outline import Outline

EVIL = "evil.example.org"


def shown(answer: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    """All of an answer but when it was given."""
    return answer.status_code, {k: v for k, v in answer.headers.items() if k != "date"}, answer.content


def test_an_address_is_sent_a_link_whose_button_logs_in(logins: Site) -> None:
    assert logins.ask("co@example.org").headers["location"] == "./login?sent=1"
    [mail] = logins.mails()
    assert mail["To"] == "Koordinator <co@example.org>"
    assert mail["Content-Language"] == "da"
    path = link_in(mail)
    looked = logins.client.get(path)
    assert "Log ind som Koordinator" in looked.text
    assert not logins.client.cookies
    assert logins.client.get("/cycles").status_code == 303
    answer = logins.post(path)
    assert answer.headers["location"] == "../cycles"
    assert "Kontrakt 2023" in logins.client.get("/cycles").text


def test_a_mail_is_in_its_readers_language(logins: Site) -> None:
    logins.ask("co2@example.org")
    [mail] = logins.mails()
    assert mail["Subject"] == "Log in to the annual wheel"
    assert 'lang="en"' in logins.client.get(link_in(mail)).text


@pytest.mark.parametrize(
    "address", ["nobody@example.org", "bc@example.org", "sub@example.org", "co@example.org.evil.example"]
)
def test_nobody_learns_from_the_answer_whether_an_address_is_known(logins: Site, address: str) -> None:
    known, unknown = logins.ask("co@example.org"), logins.ask(address)
    assert shown(known) == shown(unknown)
    assert len(logins.mails()) == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "co",
        "co@example.org\r\nBcc: x@evil.example.org",
        "co@example.org\nco2@example.org",
        "co@example.org, x@evil.example.org",
        "co@@example.org",
        "a" * 300 + "@example.org",
        "co@example.org\0",
    ],
)
def test_what_is_no_address_is_said_beside_the_field_and_sends_nothing(logins: Site, address: str) -> None:
    answer = logins.ask(address)
    assert answer.status_code == 400
    page = Outline(answer.text)
    [field] = [each for each in page.of("input") if each["name"] == "address"]
    assert field["aria-invalid"] == "true"
    assert logins.mails() == []


def test_two_megabytes_of_form_are_no_address(logins: Site) -> None:
    assert logins.ask("co@example.org" + "x" * 2_000_000).status_code == 400
    assert logins.mails() == []


def test_the_mail_goes_to_the_address_on_record(logins: Site) -> None:
    logins.ask("Co@EXAMPLE.org")
    assert logins.mails()[0]["To"] == "Koordinator <co@example.org>"


def test_a_link_works_once(logins: Site) -> None:
    path = logins.link()
    assert logins.post(path).status_code == 303
    again = logins.post(path)
    assert again.status_code == 404
    assert "set-cookie" not in again.headers
    assert logins.client.get(path).status_code == 404


def test_of_two_presses_at_once_one_logs_in(logins: Site) -> None:
    path = logins.link()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _number: logins.post(path), range(4)))
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404]


def test_a_link_that_ended_says_the_same_as_one_that_never_was(logins: Site) -> None:
    path = logins.link()
    logins.clock.moment += timedelta(minutes=15)
    assert shown(logins.client.get(path)) == shown(logins.client.get("/login/" + "A" * 43))
    assert logins.post(path).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "", "origin": f"https://{EVIL}"},
        {"sec_fetch_site": "", "origin": "null"},
        {"sec_fetch_site": ""},
    ],
)
def test_a_form_of_another_page_does_nothing(logins: Site, headers: dict[str, str]) -> None:
    path = logins.link()
    assert logins.post(path, None, **headers).status_code == 403
    assert logins.ask("co@example.org", **headers).status_code == 403
    assert logins.mails() == []
    logins.log_in()
    assert logins.post("/logout", None, **headers).status_code == 403
    assert logins.client.get("/cycles").status_code == 200


def test_an_old_browser_says_where_its_form_is_from(logins: Site) -> None:
    ours = str(logins.client.base_url).rstrip("/")
    assert logins.post(logins.link(), sec_fetch_site="", origin=ours).status_code == 303


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example.org",
        "//evil.example.org",
        "/\\evil.example.org",
        "/cycles//evil.example.org",
        "/cycles/../../evil",
        "/cycles/..",
        "/cycles/%2e%2E/x",
        "/cycles@evil.example.org",
        "/cycles/c?x=//evil",
        "/cycles/c\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/login",
        "/logout",
        "/" + "cycles/" * 100,
    ],
)
def test_nobody_is_led_elsewhere_afterwards(logins: Site, asked: str) -> None:
    assert (
        logins.post(f"/login?next={quote(asked, safe='')}", {"address": "co@example.org"}).status_code == 303
    )
    logins.postman.finish()
    answer = logins.post(link_in(logins.mails()[0]))
    assert answer.headers["location"] == "../cycles"
    assert logins.post(logins.link(leads_to=asked[:300])).headers["location"] == "../cycles"


def test_who_asked_for_a_page_gets_there(logins: Site) -> None:
    asked = logins.client.get("/cycles/c/milestones/dialogue?login")
    assert asked.headers["location"] == "../../../login?next=/cycles/c/milestones/dialogue"
    form = logins.client.get("/login?next=/cycles/c/milestones/dialogue").text
    [action] = re.findall(r'<form method="post" action="\./([^"]+)"', form)
    logins.post(f"/{action}", {"address": "co@example.org"})
    logins.postman.finish()
    answer = logins.post(link_in(logins.mails()[0]))
    assert answer.headers["location"] == "../cycles/c/milestones/dialogue"


def test_a_host_that_a_request_makes_up_stands_in_no_mail(logins: Site) -> None:
    logins.client.post(
        "/login", data={"address": "co@example.org"}, headers={"host": EVIL, "sec-fetch-site": "same-origin"}
    )
    logins.client.post(
        "/login",
        data={"address": "co@example.org"},
        headers={"x-forwarded-host": EVIL, "forwarded": f"host={EVIL}", "sec-fetch-site": "same-origin"},
    )
    logins.postman.finish()
    assert all(EVIL not in mail.as_string() for mail in logins.mails())


@pytest.mark.parametrize("host", ["127.0.0.1:9", "localhost:9", "[::1]:9"])
def test_a_link_leads_to_this_server_and_to_no_other_of_the_same_machine(logins: Site, host: str) -> None:
    logins.client.post(
        "/login", data={"address": "co@example.org"}, headers={"host": host, "sec-fetch-site": "same-origin"}
    )
    logins.postman.finish()
    assert f"{host.rpartition(':')[0]}:9/" not in logins.mails()[0].as_string()


def test_under_https_the_mail_has_the_settings_address_and_the_cookie_is_bound_to_the_host(
    sqlite: Engine, tmp_path: Path
) -> None:
    with site_over(sqlite, tmp_path, "https://wheel.example.org/") as site:
        site.client.post(
            "/login",
            data={"address": "co@example.org"},
            headers={"host": EVIL, "sec-fetch-site": "same-origin"},
        )
        site.postman.finish()
        [mail] = site.mails()
        assert "https://wheel.example.org/login/" in mail.get_content()
        cookie = site.post(link_in(mail)).headers["set-cookie"]
        name, _, rest = cookie.partition("=")
        assert name == "__Host-aarshjul"
        parts = {part.strip().lower() for part in rest.split(";")[1:]}
        assert {"httponly", "secure", "samesite=lax", "path=/"} <= parts
        assert not any(part.startswith("domain") for part in parts)
        secret = rest.partition(";")[0]
        # A cookie that http or a neighbour could have set is not looked at.
        assert site.client.get("/cycles", headers={"cookie": f"aarshjul={secret}"}).status_code == 303
        assert site.client.get("/cycles", headers={"cookie": f"__Host-aarshjul={secret}"}).status_code == 200


def test_nobody_logs_in_over_plain_http_from_another_machine(logins: Site) -> None:
    path = logins.link()
    headers = {"host": "wheel.example.org", "sec-fetch-site": "same-origin"}
    assert logins.client.get("/login", headers=headers).status_code == 403
    answer = logins.client.post(path, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_person_gets_no_more_than_five_mails_in_an_hour_and_they_all_work(logins: Site) -> None:
    for _ in range(8):
        assert logins.ask("co@example.org").status_code == 303
    mails = logins.mails()
    assert len(mails) == 5
    assert logins.client.get(link_in(mails[0])).status_code == 200


def test_a_network_that_asks_too_often_is_told_to_wait(logins: Site) -> None:
    statuses = [logins.post("/login", {"address": f"x{n}@example.org"}).status_code for n in range(32)]
    assert statuses == [303] * 30 + [429] * 2
    assert logins.post("/login", {"address": "co@example.org"}).headers["retry-after"] == "900"
    logins.clock.moment += timedelta(minutes=15)
    assert logins.ask("co@example.org").status_code == 303


def test_guessing_links_is_slowed(logins: Site) -> None:
    statuses = [logins.post(f"/login/{n:043d}").status_code for n in range(62)]
    assert statuses == [404] * 60 + [429] * 2
