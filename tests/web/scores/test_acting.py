"""What is pressed about results and attainment: done once and whole, or said in the form with all that was typed."""

from decimal import Decimal
from typing import TypeVar

import httpx
import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from models.contract import FindingResolution, Judgement, Result
from models.engine import reading
from models.evidence import DataRequest, Document
from tests.web.logged_in import Site
from tests.web.scores.conftest import linked

CSV = b"m\xc3\xa5ling,tal\n2021,45\n"
EXE = b"MZ\x90\x00" + b"\0" * 60


Row = TypeVar("Row", bound=SQLModel)


def rows(site: Site, kind: type[Row]) -> list[Row]:
    with reading(site.world.engine) as session:
        return list(session.scalars(select(kind)))


def send(site: Site, person: str, path: str, file: tuple[str, bytes] | None, **fields: str) -> httpx.Response:
    """A form with a file, as a browser sends it."""
    headers = {"sec-fetch-site": "same-origin"}
    files = {"file": file} if file else {"file": ("", b"")}
    return site.client.post(linked(person, path), data=fields, files=files, headers=headers)


def test_a_result_comes_with_its_file_in_one_press_and_only_once(logins: Site) -> None:
    typed = {"actual": "45,5", "source": "Måling", "once": "a"}

    answers = [send(logins, "w1", "results/1a", ("C:\\mål\\måling.csv", CSV), **typed) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert [each.headers["location"].rpartition("done=")[2] for each in answers] == [
        "record-result",
        "already",
    ]
    (result,), (document,) = rows(logins, Result), rows(logins, Document)
    assert (result.actual, result.source, result.recorded_by) == ("45.5", "Måling", "w1")
    assert (document.name, document.content, document.indicator) == ("måling.csv", CSV, "1a")
    page = logins.client.get(linked("w1", "results/1a")).text
    assert 'value="45,5"' in page
    assert "Bilag 1" in page


def test_with_a_file_that_is_not_kept_nothing_of_it_is_done_and_what_was_typed_stands_there(
    logins: Site,
) -> None:
    before = logins.world.snapshot()

    answer = send(logins, "w1", "results/1a", ("a.exe", EXE), actual="45,5", source="<b>Måling", once="a")

    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert 'value="45,5"' in answer.text
    assert "&lt;b&gt;Måling" in answer.text
    assert logins.world.snapshot() == before


@pytest.mark.parametrize("typed", ["", "x", "1.234", "4e3", "true", "NaN", "9" * 70, "45,5,5"])
def test_what_is_no_number_is_said_beside_its_field(logins: Site, typed: str) -> None:
    answer = send(logins, "w1", "results/1a", None, actual=typed, source="Måling", once="a")

    assert answer.status_code == 409
    assert 'href="#hand-in-actual"' in answer.text
    assert 'id="hand-in-actual-wrong"' in answer.text
    assert f'value="{typed}"' in answer.text
    assert 'value="Måling"' in answer.text
    assert rows(logins, Result) == []


@pytest.mark.parametrize(("typed", "status"), [("true", 303), ("false", 303), ("", 409), ("45", 409)])
def test_yes_or_no_is_chosen(logins: Site, typed: str, status: int) -> None:
    assert send(logins, "holder", "results/2a", None, actual=typed, once="a").status_code == status
    assert [row.actual for row in rows(logins, Result)] == ([typed] if status == 303 else [])


def test_evidence_is_attached_by_who_was_asked_for_it(logins: Site) -> None:
    refused = send(logins, "w2", "results/1b/attach", ("a.csv", CSV), once="a")
    logins.post(
        linked("co", "results/1b/request"),
        {"owner": "w2", "due": "2022-05-16", "note": "Husk året", "once": "b"},
    )
    page = logins.client.get(linked("w2", "results/1b")).text
    taken = send(logins, "w2", "results/1b/attach", ("a.csv", CSV), title="Et bilag", once="c")

    assert (refused.status_code, taken.status_code) == (403, 303)
    assert "Husk året" in page
    (asked,), (document,) = rows(logins, DataRequest), rows(logins, Document)
    assert (asked.owner, str(asked.due)) == ("w2", "2022-05-16")
    assert document.name == "Et bilag.csv"


def test_a_request_that_lacks_a_day_is_not_made_and_keeps_its_words(logins: Site) -> None:
    answer = logins.post(linked("co", "results/1a/request"), {"owner": "w1", "note": "Husk", "once": "a"})

    assert answer.status_code == 409
    assert 'href="#request-due"' in answer.text
    assert '<option value="w1" selected>' in answer.text
    assert "Husk</textarea>" in answer.text
    assert rows(logins, DataRequest) == []


def test_a_recommendation_that_differs_wants_a_reason(logins: Site) -> None:
    path = linked("holder", "goals/2/recommend")
    refused = logins.post(path, {"value": "92,5", "once": "a"})
    made = logins.post(path, {"value": "92,5", "reason": "Et skøn", "once": "b"})

    assert (refused.status_code, made.status_code) == (409, 303)
    assert 'value="92,5"' in refused.text
    (row,) = rows(logins, Judgement)
    assert (row.value, row.reason, row.kind) == (Decimal("92.5"), "Et skøn", "recommended")
    page = logins.client.get(linked("b1", "goals/2")).text
    assert "afviger fra det beregnede" in page
    assert "Et skøn" in page


def test_a_finding_is_closed_with_a_reason_and_its_own_form_says_what_is_wrong(logins: Site) -> None:
    path, finding = linked("holder", "findings"), "missing-actual:1/1b"
    refused = logins.post(path, {"finding": finding, "value": "1,5", "once": "a"})
    closed = logins.post(path, {"finding": finding, "value": "1,5", "reason": "Kommer ikke", "once": "b"})

    assert (refused.status_code, closed.status_code) == (409, 303)
    assert refused.text.count('role="alert"') == 1
    (row,) = rows(logins, FindingResolution)
    assert (row.finding, row.value, row.reason) == (finding, "1.5", "Kommer ikke")
    assert "Svaret: Kommer ikke Rigtig værdi: 1,5" in logins.client.get(path).text


def test_the_coordinator_decides_with_minutes_what_was_recommended(logins: Site) -> None:
    logins.world.until("2022-05-31")
    logins.world.act("2022-06-01", "holder", "recommend", goal="1", value="80")
    logins.log_in()
    path = "/cycles/c/attainment"
    refused = logins.post(path, {"reason": "Enige", "once": "a"})
    decided = logins.post(path, {"minutes": "Referat, punkt 3", "once": "b"})

    assert (refused.status_code, decided.status_code) == (409, 303)
    assert "Enige</textarea>" in refused.text
    values = {row.minutes: row.value for row in rows(logins, Judgement) if row.kind == "decided"}
    assert set(values) == {"Referat, punkt 3"}
    assert "Referat, punkt 3" in logins.client.get("/cycles/c/goals/1").text


def test_a_council_members_link_alone_decides_nothing(logins: Site) -> None:
    logins.world.until("2022-05-31")
    logins.world.act("2022-06-01", "holder", "recommend", goal="1", value="80")

    answer = logins.post(linked("c1", "attainment"), {"reason": "Enige", "once": "a"})

    assert answer.status_code != 303
    assert [row.kind for row in rows(logins, Judgement)] == ["recommended"]


def test_a_decision_before_anything_is_scored_says_why_not(logins: Site) -> None:
    logins.log_in()

    answer = logins.post("/cycles/c/goals/2/decide", {"minutes": "Referat", "value": "100", "once": "a"})

    assert answer.status_code == 409
    assert 'value="Referat"' in answer.text


def test_what_if_writes_nothing_whatever_is_asked(logins: Site) -> None:
    before = logins.world.snapshot()

    for query in ("", "?i-1a=45,5&i-2a=false", "?i-1a=x&over=ti", "?lift=1&over=90", "?lift=none&over=1000"):
        answer = logins.client.get(linked("w2", f"what-if{query}"))
        assert answer.status_code == 200
    outcome = logins.client.get(linked("w2", "what-if?i-1a=50"), headers={"hx-request": "true"})

    assert outcome.text.lstrip().startswith('<div id="outcome">')
    assert logins.world.snapshot() == before
