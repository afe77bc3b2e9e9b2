"""Pressing a button: done once, refused in words, and nothing that was typed is lost."""

import threading

import httpx
import pytest
from sqlmodel import select

from models.engine import reading
from models.history import HistoryEntry
from models.webuse import FormPress
from notifications.personal_links import make_link
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.milestones.pressing import row_of
from tests.web.serving import SECRET

CONFIRM = "/cycles/c/milestones/dialogue/confirm"


def confirmed(site: Site) -> int:
    with reading(site.world.engine) as session:
        return len(session.exec(select(HistoryEntry).where(HistoryEntry.what == "confirmed")).all())


def test_a_button_does_an_act_and_leads_back_to_the_page(logins: Site) -> None:
    logins.log_in()

    answer = logins.post(CONFIRM, {"once": "a"})

    assert (answer.status_code, confirmed(logins)) == (303, 1)
    assert answer.headers["location"].endswith("cycles/c/milestones/dialogue?done=confirm")


def test_looking_at_a_form_does_nothing(logins: Site) -> None:
    logins.log_in()

    answer = logins.client.get(CONFIRM)

    assert (answer.status_code, confirmed(logins)) == (200, 0)
    assert 'name="once"' in answer.text


def test_pressed_twice_it_is_done_once(logins: Site) -> None:
    logins.log_in()

    answers = [logins.post(CONFIRM, {"once": "a"}) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert answers[1].headers["location"].endswith("?done=already")
    assert confirmed(logins) == 1


def test_sent_again_with_something_else_in_it_is_not_said_to_be_done_and_can_be_pressed(logins: Site) -> None:
    logins.log_in()
    move = "/cycles/c/milestones/dialogue/move"
    first = {"once": "a", "to": "2022-11-21", "at": "10:00", "ends": "12:00", "place": "Aalborg"}
    assert logins.post(move, first).status_code == 303

    answer = logins.post(move, first | {"to": "2022-11-22"})  # they went back and wrote another day

    assert (answer.status_code, str(row_of(logins, "dialogue").on)) == (409, "2022-11-21")
    assert "noget andet i" in answer.text
    assert 'value="2022-11-22"' in answer.text
    assert 'name="once" value="a"' not in answer.text
    assert logins.post(move, first).headers["location"].endswith("?done=already")


def test_pressed_twice_at_one_moment_it_is_done_once(logins: Site) -> None:
    logins.log_in()
    barrier, found = threading.Barrier(4), []

    def press() -> None:
        barrier.wait(20)
        found.append(logins.post(CONFIRM, {"once": "a"}).status_code)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)

    assert (found, confirmed(logins)) == ([303] * 4, 1)


def test_a_rule_that_says_no_is_said_in_the_form_which_keeps_its_number(logins: Site) -> None:
    logins.log_in()
    logins.post(CONFIRM, {"once": "a"})

    answer = logins.post(CONFIRM, {"once": "b"})

    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert 'name="once" value="b"' in answer.text
    with reading(logins.world.engine) as session:
        assert [row.once for row in session.exec(select(FormPress))] == ["a"]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_of_another_site_does_nothing(logins: Site, site: str) -> None:
    logins.log_in()

    assert logins.post(CONFIRM, {"once": "a"}, sec_fetch_site=site).status_code == 403
    assert confirmed(logins) == 0


def test_whose_session_ended_finds_what_was_typed_and_can_send_it_after_logging_in(logins: Site) -> None:
    answer = logins.post(CONFIRM, {"once": "a", "reason": "line\r\n<b>two</b>"})

    assert (answer.status_code, confirmed(logins)) == (401, 0)
    assert "line\n&lt;b&gt;two&lt;/b&gt;</textarea>" in answer.text
    assert 'name="once" value="a"' in answer.text
    logins.log_in()
    assert logins.post(CONFIRM, {"once": "a"}).status_code == 303


def test_a_form_that_is_too_large_is_refused_unread(logins: Site) -> None:
    logins.log_in()

    assert logins.post(CONFIRM, {"once": "a", "reason": "x" * 2_000_001}).status_code == 413
    assert confirmed(logins) == 0


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/cycles/c/results/1a/attach", 3_000_000, 401),
        ("/p/none/results/1a/attach", 3_000_000, 404),
        ("/cycles/c/milestones/dialogue/attach", 3_000_000, 401),
        ("/cycles/c/results/1a/attach", 1_000_000, 401),
    ],
)
def test_a_large_file_is_read_of_those_alone_who_may_send_one(
    logins: Site, path: str, size: int, status: int
) -> None:
    def send(where: str) -> httpx.Response:
        files = {"file": ("a.txt", b"a" * size)}
        ours = {"sec-fetch-site": "same-origin"}
        return logins.client.post(
            where, headers=ours, data={"once": "a", "title": "Bilag til dig"}, files=files
        )

    answer = send(path)
    assert (answer.status_code, "Bilag til dig" in answer.text) == (status, size < 2_000_000)

    logins.log_in()
    assert send(path.replace("/p/none", "/cycles/c")).status_code == 303


def test_a_file_that_was_cut_in_the_middle_is_not_taken(logins: Site) -> None:
    logins.log_in()
    headers = {"content-type": "multipart/form-data; boundary=b", "sec-fetch-site": "same-origin"}
    cut = b'--b\r\nContent-Disposition: form-data; name="once"\r\n\r\na'

    assert logins.client.post(CONFIRM, content=cut, headers=headers).status_code == 400
    assert confirmed(logins) == 0


def test_another_cycles_coordinator_finds_nothing_to_press(logins: Site) -> None:
    logins.log_in("co2")

    assert logins.post(CONFIRM, {"once": "a"}).status_code == 404
    assert confirmed(logins) == 0


@pytest.mark.parametrize("made", ["2022-05-01", "2022-03-01"])
def test_a_personal_link_is_no_way_to_a_coordinators_button(logins: Site, made: str) -> None:
    token = make_link(SECRET.encode(), "c", "co", at(made))

    assert logins.post(f"/p/{token}/milestones/dialogue/confirm", {"once": "a"}).status_code == 404
    assert confirmed(logins) == 0
