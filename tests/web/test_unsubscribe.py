"""The page that unsubscribes, asked over a real connection as readers, mailboxes and scanners ask."""

import re
import threading
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.cycle import Cycle
from models.engine import writing
from models.person import Person
from notifications.unsubscribing import make_token
from tests.web.conftest import Site
from tests.web.outline import Outline
from tests.web.serving import SECRET

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


UNSUBSCRIBED = ("unsubscribed", "ob")


def test_looking_changes_nothing_however_often(site: Site) -> None:
    before = site.history()
    for _ in range(3):
        assert site.client.get(site.path("ob")).status_code == 200
        assert site.client.head(site.path("ob")).status_code == 200
    assert site.client.head(site.path("ob")).content == b""
    assert site.member("ob").subscribed
    assert site.history() == before


def test_the_button_does_what_it_says(site: Site) -> None:
    asked = site.client.get(site.path("ob"))
    outline = Outline(asked.text)
    [form] = outline.of("form")
    assert (form["method"], form.get("action")) == ("post", None)  # to where it stands, behind any proxy
    hidden = {field["name"] or "": field["value"] or "" for field in outline.of("input")}
    done = site.client.post(site.path("ob"), data=hidden)
    assert (done.status_code, Outline(done.text).of("form")) == (200, [])
    assert not site.member("ob").subscribed
    assert site.history()[-1] == UNSUBSCRIBED


@pytest.mark.parametrize("as_files", [False, True], ids=["urlencoded", "multipart"])
def test_one_click_is_done_once_and_stays_well(site: Site, as_files: bool) -> None:
    sent = (
        {"files": {key: (None, value) for key, value in ONE_CLICK.items()}}
        if as_files
        else {"data": ONE_CLICK}
    )
    for _ in range(3):
        answer = site.client.post(site.path("ob"), **sent)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    assert not site.member("ob").subscribed
    assert site.history().count(UNSUBSCRIBED) == 1
    assert Outline(site.client.get(site.path("ob")).text).of("form") == []


def test_clicks_at_the_same_moment_are_all_answered(site: Site) -> None:
    codes: list[int] = []

    def click() -> None:
        codes.append(site.client.post(site.path("ob"), data=ONE_CLICK).status_code)

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert codes == [200] * 6
    assert not site.member("ob").subscribed


@pytest.mark.parametrize(
    "body",
    [b"", b"a=b", b"List-Unsubscribe=Two-Clicks", b"\xff\x00", b"x" * 100_000, b"list-unsubscribe=one-click"],
)
def test_a_post_that_does_not_say_so_changes_nothing(site: Site, body: bytes) -> None:
    answer = site.client.post(
        site.path("ob"), content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 400
    assert Outline(answer.text).of("button") != []
    assert site.member("ob").subscribed


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        "a.b",
        make_token(b"another secret", "c", "ob"),
        make_token(SECRET.encode(), "c", "nobody"),
        make_token(SECRET.encode(), "no-cycle", "ob"),
        make_token(SECRET.encode(), "c", "ob")[:-1],
        "x" * 5000,
        "%00",
        "æøå",
    ],
)
def test_every_link_that_is_not_ours_gets_the_same_page(site: Site, method: str, token: str) -> None:
    answer = site.client.request(
        method, f"/unsubscribe/{token}", data=ONE_CLICK if method == "POST" else None
    )
    assert answer.status_code == 404
    assert answer.content == site.client.get("/unsubscribe/a.a").content
    outline = Outline(answer.text)
    assert (outline.of("html")[0]["lang"], outline.of("section")[0]["lang"]) == ("da", "en")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_as_a_token_are_answered(site: Site, token: bytes) -> None:
    quoted = "".join(f"%{byte:02x}" for byte in token)
    assert site.client.post(f"/unsubscribe/{quoted}", data=ONE_CLICK).status_code in (404, 405)


def test_who_takes_part_no_longer_gets_nothing_and_is_told_so(site: Site) -> None:
    site.act("co", "leave", person="ob")
    before = site.history()
    for answer in (site.client.get(site.path("ob")), site.client.post(site.path("ob"), data=ONE_CLICK)):
        assert answer.status_code == 200
        assert "frameldt" in answer.text
    assert site.history() == before


def test_a_closed_cycle_sends_nothing_more(site: Site) -> None:
    site.act("co", "close", reason="Slut")
    assert site.client.post(site.path("ob"), data=ONE_CLICK).status_code == 200


def test_a_refusal_is_told_kindly_and_not_as_done(site: Site) -> None:
    with writing(site.engine) as session:  # any rule that says no: here, a cycle that is a draft again
        session.get_one(Cycle, "c").state = "draft"
    answer = site.client.post(site.path("ob"), data=ONE_CLICK)
    assert answer.status_code == 409
    assert "koordinator" in answer.text
    assert site.member("ob").subscribed


@pytest.mark.parametrize(("language", "word"), [("da", "Frameld"), ("en", "Unsubscribe"), (None, "Frameld")])
def test_the_page_speaks_its_readers_language(site: Site, language: str | None, word: str) -> None:
    with writing(site.engine) as session:
        session.get_one(Person, "ob").language = language
    answer = site.client.get(site.path("ob"))
    outline = Outline(answer.text)
    assert outline.of("html")[0]["lang"] == answer.headers["content-language"] == (language or "da")
    assert outline.texts["button"] == word


def test_the_page_can_be_read_by_everybody_and_runs_nothing(site: Site) -> None:
    answer = site.client.get(site.path("ob"))
    outline = Outline(answer.text)
    tags = [tag for tag, _ in outline.found]
    assert (tags.count("title"), tags.count("h1"), tags.count("main"), tags.count("script")) == (1, 1, 1, 0)
    assert [button["type"] for button in outline.of("button")] == ["submit"]
    assert all("style" not in attributes and "tabindex" not in attributes for _, attributes in outline.found)
    [style] = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "unsafe" not in policy


def test_names_cannot_break_out_of_the_page(site: Site) -> None:
    with writing(site.engine) as session:
        session.get_one(Person, "ob").name = "<script>{x}</script>"
        session.get_one(Cycle, "c").title = '"><b>{name.__class__}'
    text = site.client.get(site.path("ob")).text
    assert Outline(text).of("script") == Outline(text).of("b") == []
    assert "{name.__class__}" in text


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/unsubscribe/a", "/nothing", "/docs", "/openapi.json"]
)
def test_every_answer_is_kept_by_nobody(site: Site, path: str) -> None:
    answer = site.client.get(path)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.status_code == (200 if path in ("/healthz", "/readyz") else 404)
