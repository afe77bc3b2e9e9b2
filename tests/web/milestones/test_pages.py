"""A milestone's page: what is offered, what is shown before, what is kept of what was typed, and the papers."""

import re
from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.engine import reading, writing
from models.message import Message
from models.milestone import Milestone
from notifications.personal_links import make_link
from tests.acts.meetings import hold_meeting
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.serving import SECRET

PAGE = "/cycles/c/milestones/dialogue"
STANDS = {"was_to": "2022-11-18", "was_at": "10:00", "was_ends": "12:00", "was_place": "Aalborg"}
AS_IT_IS = {**STANDS, **{name.removeprefix("was_"): value for name, value in STANDS.items()}}
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def offered(text: str) -> set[str]:
    """The acts that a page has a form for."""
    found = re.findall(r'<form method="post" action="[^"]*milestones/[^"/]*/([a-z]+)[/"]', text)
    return set(found)


def hidden(text: str) -> dict[str, str]:
    """What the one form of an act carries unseen."""
    return dict(_HIDDEN.findall(text[text.index('<section class="act"') :]))


def row_of(site: Site, slug: str) -> Milestone:
    with reading(site.world.engine) as session:
        return session.exec(
            select(Milestone).where(col(Milestone.cycle_id) == "c", col(Milestone.slug) == slug)
        ).one()


def told(site: Site) -> set[str]:
    with reading(site.world.engine) as session:
        return {row.person_id for row in session.exec(select(Message).where(col(Message.revision) == 2))}


@pytest.mark.parametrize(
    ("slug", "acts"),
    [
        ("dialogue", {"confirm", "move", "cancel", "attach"}),
        ("start", {"move", "cancel", "attach"}),
        ("notes", {"done", "move", "cancel", "attach"}),
        ("council-approval", {"move", "cancel", "attach"}),
    ],
)
def test_a_page_has_forms_for_what_can_be_done(logins: Site, slug: str, acts: set[str]) -> None:
    logins.log_in()

    assert offered(logins.client.get(f"/cycles/c/milestones/{slug}").text) == acts


def test_a_meeting_of_the_record_is_offered_on_its_day_and_what_is_cancelled_offers_papers_alone(
    logins: Site,
) -> None:
    hold_meeting(logins.world.engine, "m1", "2022-11-25", at="10:00")
    logins.log_in()
    page = logins.client.get(PAGE).text
    assert "anchor" in offered(page)
    assert "fredag den 25. november 2022 10.00: Møde m1 (KKR)" in page

    logins.world.act("2022-05-02", "co", "cancel", milestone="dialogue")

    assert offered(logins.client.get(PAGE).text) == {"attach"}


def test_first_it_is_shown_and_a_second_press_does_it(logins: Site) -> None:
    logins.world.round("2022-04-20")
    logins.log_in()
    before = logins.world.snapshot()

    shown = logins.post(
        f"{PAGE}/move/preview", {**AS_IT_IS, "to": "2022-11-19", "reason": "<b>", "once": "a"}
    )

    assert (shown.status_code, logins.world.snapshot()) == (200, before)
    for said in ("lørdag den 19. november 2022", "Materiale", "Bestyrelsesmedlem", "en lørdag"):
        assert said in shown.text
    answer = logins.post(f"{PAGE}/move", hidden(shown.text))
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("milestones/dialogue?done=move&undo=a")
    assert (str(row_of(logins, "dialogue").on), str(row_of(logins, "papers").on)) == (
        "2022-11-19",
        "2022-11-07",
    )
    logins.world.round("2022-05-02 12:00")
    assert told(logins) == {"b1", "bc", "bd", "c1", "cc", "holder", "gone"}


def test_what_happened_between_the_two_presses_is_shown_before_anything_is_done(logins: Site) -> None:
    logins.log_in()
    shown = logins.post(f"{PAGE}/move/preview", {**AS_IT_IS, "place": "Hobro", "once": "a"})
    logins.world.act("2022-05-02", "co", "move", milestone="dialogue", to="2022-11-22")

    answer = logins.post(f"{PAGE}/move", hidden(shown.text))

    assert (answer.status_code, row_of(logins, "dialogue").place) == (409, "Aalborg")
    assert "Der er sket noget" in answer.text
    assert logins.post(f"{PAGE}/move", hidden(answer.text)).status_code == 303
    row = row_of(logins, "dialogue")
    assert (row.place, str(row.on)) == (
        "Hobro",
        "2022-11-22",
    )  # what the form did not change stays as it is now


def test_pressed_again_after_it_was_done_it_is_done_once(logins: Site) -> None:
    logins.log_in()
    fields = hidden(logins.post(f"{PAGE}/move/preview", {**AS_IT_IS, "place": "Hobro", "once": "a"}).text)

    answers = [logins.post(f"{PAGE}/move", fields) for _ in range(2)]

    assert [each.headers["location"].partition("?")[2] for each in answers] == [
        "done=move&undo=a",
        "done=already",
    ]
    assert row_of(logins, "dialogue").revision == 2


@pytest.mark.parametrize("step", ["/preview", ""])
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"to": "2022-02-31"}, "to"),
        ({"to": "18/11"}, "to"),
        ({"at": "25:00"}, "at"),
        ({"to": "2021-01-01"}, ""),
        ({}, ""),
    ],
)
def test_a_date_that_cannot_be_keeps_what_was_typed(
    logins: Site, step: str, typed: dict[str, str], field: str
) -> None:
    logins.log_in()

    answer = logins.post(f"{PAGE}/move{step}", {**AS_IT_IS, "reason": "Salen\n<b>", "once": "a", **typed})

    assert (answer.status_code, str(row_of(logins, "dialogue").on)) == (409, "2022-11-18")
    assert 'role="alert"' in answer.text
    assert "Salen\n&lt;b&gt;</textarea>" in answer.text
    for value in typed.values():
        assert f'value="{value}"' in answer.text
    assert not field or f'href="#move-{field}"' in answer.text


def test_a_meeting_is_closed_with_those_who_were_there(logins: Site) -> None:
    logins.world.act("2022-05-02", "w1", "answer", milestone="start", reply="accepted")
    logins.clock.moment = at("2022-08-26")
    logins.log_in()
    page = "/cycles/c/milestones/start"
    form = logins.client.get(f"{page}/hold").text
    assert re.search(r'value="w1" checked', form)
    assert not re.search(r'value="w2" checked', form)

    answer = logins.client.post(
        f"{page}/hold/preview",
        data={"present": ["w1", "w2"], "minutes": "Sag 7", "once": "a"},
        headers={"sec-fetch-site": "same-origin"},
    )

    assert "Til stede: Erhvervschef og Kommunaldirektør" in answer.text
    assert "Det kan ikke fortrydes" in answer.text
    names = _HIDDEN.findall(answer.text)
    data = {"present": [value for name, value in names if name == "present"], "minutes": "Sag 7", "once": "a"}
    headers = {"sec-fetch-site": "same-origin"}
    assert logins.client.post(f"{page}/hold", data=data, headers=headers).status_code == 303
    row = row_of(logins, "start")
    assert (row.state, row.present, row.minutes) == ("done", ["w1", "w2"], "Sag 7")


def test_each_who_owes_it_has_a_button(logins: Site) -> None:
    logins.log_in()

    logins.post("/cycles/c/milestones/notes/done", {"person": "w1", "once": "a"})

    text = logins.client.get("/cycles/c/milestones/notes").text
    assert 'name="person" value="w2"' in text
    assert 'name="person" value="w1"' not in text
    logins.post("/cycles/c/milestones/notes/done", {"once": "b"})
    assert row_of(logins, "notes").state == "done"


def attach(site: Site, name: str, content: bytes = b"a paper", **fields: str) -> int:
    found = site.client.post(
        f"{PAGE}/attach",
        data={"once": name, **fields},
        files={"file": (name, content)},
        headers={"sec-fetch-site": "same-origin"},
    )
    return found.status_code


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\note.txt", "note.txt"),
        ('a";filename="b.txt', "a__filename=_b.txt"),
        ("<script>alert(1)</script>.txt", "script_.txt"),
        ("ære \u202egpj.txt", "ære gpj.txt"),
        ("x" * 400 + ".txt", None),
    ],
)
def test_a_paper_with_a_hostile_name_is_kept_under_a_harmless_one(
    logins: Site, name: str, kept: str | None
) -> None:
    logins.log_in()

    assert attach(logins, name) == 303

    page = logins.client.get(PAGE).text
    assert "<script>alert" not in page
    answer = logins.client.get("/cycles/c/documents/1")
    assert (answer.status_code, answer.content) == (200, b"a paper")
    said = answer.headers["content-disposition"]
    assert said.isascii()
    assert re.fullmatch(r"attachment; filename\*=UTF-8''[A-Za-z0-9._~%-]+", said)
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    if kept is not None and kept.isascii() and "=" not in kept:
        assert said.endswith(f"''{kept}")


def test_no_file_too_large_a_one_and_one_of_no_kind_that_is_kept_are_refused_in_the_form(
    logins: Site,
) -> None:
    logins.log_in()

    empty = logins.post(f"{PAGE}/attach", {"once": "a", "title": "Bilag"})
    assert empty.status_code == 409
    assert 'value="Bilag"' in empty.text
    assert attach(logins, "big.txt", b"a" * 20_000_001) == 409
    assert attach(logins, "huge.txt", b"a" * 21_000_000) == 413
    assert attach(logins, "run.exe", b"MZ\x90\x00") == 409


@pytest.mark.parametrize(
    ("person", "opens", "closed"),
    [("b1", 200, 403), ("holder", 200, 200), ("sub", 403, 403), ("co", 200, 200)],
)
def test_who_may_read_a_paper(logins: Site, person: str, opens: int, closed: int) -> None:
    logins.log_in()
    attach(logins, "open.txt")
    attach(logins, "closed.txt", b"another", closed="Personsag")
    token = make_link(SECRET.encode(), "c", person, logins.clock())

    found = [logins.client.get(f"/p/{token}/documents/{number}").status_code for number in (1, 2, 3, 0)]

    assert found[:2] == [opens, closed]
    assert set(found[2:]) <= {403, 404}


@pytest.mark.parametrize("number", ["-1", "1.0", "x", "9" * 30, "%00", "१"])
def test_what_is_no_number_of_a_paper_is_not_there(logins: Site, number: str) -> None:
    logins.log_in()

    assert logins.client.get(f"/cycles/c/documents/{number}").status_code == 404


def test_another_regions_coordinator_finds_nothing(logins: Site) -> None:
    logins.log_in()
    attach(logins, "open.txt")
    logins.log_in("co2")
    before = logins.world.snapshot()

    for path in (PAGE, f"{PAGE}/move", "/cycles/c/documents/1"):
        assert logins.client.get(path).status_code == 404
    for path in (
        f"{PAGE}/move",
        f"{PAGE}/move/preview",
        f"{PAGE}/attach",
        "/cycles/c/undo",
        "/cycles/c/withdraw",
    ):
        assert logins.post(path, {"once": "a", "to": "2022-11-22", "press": "a"}).status_code == 404
    assert logins.world.snapshot() == before


def test_fortryd_takes_it_back_and_comes_back_to_the_page(logins: Site) -> None:
    logins.log_in()
    logins.post(f"{PAGE}/move", {**AS_IT_IS, "place": "Hobro", "once": "a"})
    assert 'name="press" value="a"' in logins.client.get(f"{PAGE}?done=move&undo=a").text

    answers = [logins.post("/cycles/c/undo", {"press": "a", "then": PAGE}) for _ in range(2)]

    assert [each.headers["location"] for each in answers] == [
        f"../..{PAGE}?done=undo",
        f"../..{PAGE}?done=already",
    ]
    assert row_of(logins, "dialogue").place == "Aalborg"


@pytest.mark.parametrize(
    "then",
    [
        "https://evil.example",
        "//evil.example",
        "/cycles/other",
        "/cycles/c/../other",
        "/cycles/c//x",
        "",
        "\\",
    ],
)
def test_after_taking_back_nobody_is_sent_elsewhere(logins: Site, then: str) -> None:
    logins.log_in()
    logins.post(f"{PAGE}/move", {**AS_IT_IS, "place": "Hobro", "once": "a"})

    assert (
        logins.post("/cycles/c/undo", {"press": "a", "then": then}).headers["location"]
        == "../../cycles/c?done=undo"
    )


def test_what_has_not_gone_can_be_withdrawn_while_it_waits(logins: Site) -> None:
    logins.world.round("2022-04-20")
    logins.log_in()
    logins.post(f"{PAGE}/move", {**AS_IT_IS, "to": "2022-11-22", "once": "a"})
    assert "withdraw" in logins.client.get(PAGE).text
    logins.world.round("2022-05-02")
    assert "withdraw" in logins.client.get(PAGE).text

    answer = logins.post("/cycles/c/withdraw", {"then": PAGE})

    assert answer.headers["location"].endswith("?done=withdraw")
    with reading(logins.world.engine) as session:
        rows = session.exec(select(Message).where(col(Message.revision) == 2)).all()
    assert rows
    assert {row.state for row in rows} == {"withdrawn"}
    assert "cycles/c/withdraw" not in logins.client.get(PAGE).text
    assert logins.post("/cycles/c/withdraw", {"then": PAGE}).status_code == 409


def test_once_the_time_is_over_nothing_is_offered_to_be_withdrawn(logins: Site) -> None:
    logins.world.round("2022-04-20")
    logins.log_in()
    logins.post(f"{PAGE}/move", {**AS_IT_IS, "to": "2022-11-22", "once": "a"})
    logins.world.round("2022-05-02")

    logins.clock.moment += timedelta(minutes=6)

    assert "cycles/c/withdraw" not in logins.client.get(PAGE).text


def test_a_member_cannot_withdraw(logins: Site) -> None:
    token = make_link(SECRET.encode(), "c", "b1", logins.clock())

    assert logins.post(f"/p/{token}/withdraw", {"then": "/"}).status_code == 403


def test_a_delivery_that_has_begun_goes_on(logins: Site) -> None:
    logins.world.round("2022-04-20")
    logins.log_in()
    logins.post(f"{PAGE}/move", {**AS_IT_IS, "to": "2022-11-22", "once": "a"})
    logins.world.round("2022-05-02")
    with writing(logins.world.engine) as session:
        for row in session.exec(select(Message).where(col(Message.revision) == 2)):
            row.state = "sending"

    assert logins.post("/cycles/c/withdraw", {"then": PAGE}).status_code == 409
