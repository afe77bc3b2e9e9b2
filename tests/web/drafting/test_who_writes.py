"""Who may read and write the draft: every role at every page, by a table written by hand."""

import pytest

from models.cycle import Cycle
from models.engine import writing
from tests.web.drafting.pen import Pen

LOOKS = (
    "/draft",
    "/draft/edit",
    "/draft/edit/p1",
    "/draft/submit",
    "/draft/merge",
    "/draft/versions",
    "/draft/versions/1/file",
)
PRESSES = ("/draft/edit", "/draft/edit/p1", "/draft/submit", "/draft/merge", "/draft/drop", "/draft/restore")
WRITES = (200, 200, 200, 200, 303, 200, 200)
READS = (200, 403, 403, 403, 403, 200, 200)
TABLE = {
    "co": WRITES,
    "holder": WRITES,
    "w1": WRITES,
    "b1": READS,
    "c1": READS,
    "bc": READS,
    "ob": READS,
    "sub": (200, 403, 403, 403, 403, 403, 403),
    "gone": WRITES,
}


@pytest.mark.parametrize("person", TABLE)
def test_by_link_each_role_sees_what_the_table_says(pen: Pen, person: str) -> None:
    theirs = Pen.by_link(pen.site, person)
    assert tuple(theirs.get(path).status_code for path in LOOKS) == TABLE[person]


@pytest.mark.parametrize("person", ["b1", "c1", "ob", "sub"])
def test_who_may_not_write_changes_nothing_by_pressing(pen: Pen, person: str) -> None:
    theirs, before = Pen.by_link(pen.site, person), pen.site.world.snapshot()
    sent = {"base": "1", "p1.title": "x", "version": "1", "press": "save"}
    for path in PRESSES:
        assert pen.site.post(f"{theirs.top}{path}", sent).status_code == 403
    assert pen.site.world.snapshot() == before


def test_who_left_and_another_regions_coordinator_find_nothing(pen: Pen) -> None:
    pen.site.world.act("2022-09-02", "co", "leave", person="gone")
    assert {Pen.by_link(pen.site, "gone").get(path).status_code for path in LOOKS} == {404}
    pen.site.log_in("co2")
    assert {pen.get(path).status_code for path in LOOKS} == {404}
    assert {pen.site.post(f"/cycles/c{path}", {"p1.title": "x"}).status_code for path in PRESSES} == {404}


def test_a_subscriber_reads_the_published_text_and_no_other(pen: Pen) -> None:
    theirs = Pen.by_link(pen.site, "sub")
    assert "Samler" not in theirs.get("/draft?version=1").text
    with writing(pen.site.world.engine) as session:
        session.get_one(Cycle, "c").published_draft = 1
    pen.write("/draft/edit/p1", {"p1.text": "Hemmeligt"})
    pen.submit()
    for query in ("", "?version=2", "?from=1&to=2"):
        text = theirs.get(f"/draft{query}").text
        assert "Samler" in text
        assert "Hemmeligt" not in text


def test_minutes_are_for_those_who_are_of_the_meeting(pen: Pen) -> None:
    path = "/milestones/start/minutes"
    found = {
        each: Pen.by_link(pen.site, each).get(path).status_code for each in ("w1", "holder", "b1", "sub")
    }
    assert found == {"w1": 200, "holder": 200, "b1": 403, "sub": 403}


def test_looking_begins_no_copy(pen: Pen) -> None:
    before = pen.site.world.snapshot()
    for path in LOOKS:
        pen.get(path)
    assert pen.site.world.snapshot() == before
