"""The board: what comes next, who is waited for, what went wrong, and what is said when no round comes."""

import re
from datetime import datetime
from html import unescape

import pytest
from sqlmodel import col, select

from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from models.cycle import Cycle, Membership
from models.engine import writing
from models.history import HistoryEntry
from models.message import Message
from models.milestone import Milestone
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.outline import Outline

LOUD = "Årshjulet kører ikke"


@pytest.fixture
def both(logins: Site) -> Site:
    """Somebody who coordinates two cycles that run."""
    perform(logins.world.engine, "other", "co2", "activate", parse_act("activate", {}), at("2022-04-19"))
    with writing(logins.world.engine) as session:
        for cycle in ("c", "other"):
            session.get_one(Membership, (cycle, "gone")).roles = ["coordinator"]
    logins.world.round("2022-04-20")
    return logins


def rows_of(text: str) -> list[list[str]]:
    """The cells of the board as text."""
    found = re.findall(r'<tr role="row">\n(.*?)</tr>', text, re.DOTALL)
    return [
        [
            unescape(re.sub(r"<[^>]+>", "|", cell))
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in found
    ]


def board(site: Site, day: str, query: str = "", clock: str = "07:30") -> str:
    site.clock.moment = at(day, clock)
    site.log_in("gone")  # a session ends after half a day without a look
    answer = site.client.get(f"/cycles{query}")
    assert answer.status_code == 200
    return answer.text


def parts(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part.strip()]


def test_next_three_dates_say_how_far_they_are(both: Site) -> None:
    own = next(row for row in rows_of(board(both, "2022-05-19")) if "Kontrakt 2023" in row[0])
    assert parts(own[2]) == [
        *("Resultater", "Fredag den 20. maj 2022, i morgen"),
        *("Indstilling", "Fredag den 10. juni 2022, om 22 dage"),
        *("Målopfyldelse", "Fredag den 24. juni 2022, om 36 dage"),
    ]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2022-05-18", "Resultater: om 2 dage"),
        ("2022-05-20", "Resultater: i dag"),
        ("2022-05-21", "Resultater: 1 dag over tiden"),
        ("2022-05-25", "Resultater: 5 dage over tiden"),
    ],
)
def test_who_is_waited_for_is_who_owes_what_is_overdue_or_next(both: Site, day: str, said: str) -> None:
    own = next(row for row in rows_of(board(both, day)) if "Kontrakt 2023" in row[0])
    assert parts(own[3]) == [said, "Direktør"]


def test_many_overdue_dates_are_counted_and_many_names_cut(both: Site) -> None:
    own = next(row for row in rows_of(board(both, "2022-12-24")) if "Kontrakt 2023" in row[0])
    assert re.search(r"og \d+ overskredne mere", own[3])


def test_a_meeting_that_nobody_recorded_says_so(both: Site) -> None:
    with writing(both.world.engine) as session:
        for row in session.exec(select(Milestone).where(Milestone.cycle_id == "c")):
            row.state = "open" if row.slug == "start" else "done"
    own = next(row for row in rows_of(board(both, "2022-08-27")) if "Kontrakt 2023" in row[0])
    assert parts(own[3]) == ["Arbejdsgruppen: 2 dage over tiden", "Det er ikke skrevet ind, hvad der skete."]


def test_what_is_due_first_stands_first(both: Site) -> None:
    titles = [parts(row[0])[0] for row in rows_of(board(both, "2022-05-02"))]
    assert sorted(titles) == ["Another contract", "Kontrakt 2023"]
    both.world.act("2022-05-02 09:00", "co", "move", milestone="results", to="2022-05-25")
    assert next(parts(row[0])[0] for row in rows_of(board(both, "2022-05-02"))) == "Another contract"
    both.world.act("2022-05-02 09:30", "co", "move", milestone="results", to="2022-05-10")
    assert next(parts(row[0])[0] for row in rows_of(board(both, "2022-05-02"))) == "Kontrakt 2023"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("?body=&year=&phase=", 2),
        ("?body=KKR", 2),
        ("?body=Erhvervshus&year=2023", 2),
        ("?year=2022", 0),
        ("?phase=data-collection", 2),
        ("?phase=approval", 0),
        ("?body=%3Cscript%3E", 0),
        ("?phase=%00", 0),
        ("?something=else", 2),
    ],
)
def test_filters_narrow_without_a_script(both: Site, query: str, count: int) -> None:
    text = board(both, "2022-05-02", query)
    assert len(rows_of(text)) == count
    assert ("Ingen forløb passer." in text) == (count == 0)
    assert "<script>" not in text


def test_filter_shows_what_was_chosen_and_stays_in_the_other_language(both: Site) -> None:
    text = board(both, "2022-05-02", "?phase=data-collection&year=2023")
    assert '<option value="data-collection" selected>' in text
    assert "?year=2023&amp;phase=data-collection&amp;lang=en" in text
    assert '<input type="hidden" name="lang" value="en">' in board(both, "2022-05-02", "?lang=en")
    page = Outline(text)
    assert {each["for"] for each in page.of("label")} == {each["id"] for each in page.of("select")}


def test_what_failed_or_is_uncertain_is_counted(both: Site) -> None:
    assert "Ingen fejl" in rows_of(board(both, "2022-05-02"))[0][4]
    with writing(both.world.engine) as session:
        rows = session.exec(select(Message).where(Message.cycle_id == "c").order_by(col(Message.id))).all()
        for row, state in zip(rows, ("failed", "failed", "uncertain"), strict=False):
            row.state = state
    own = next(row for row in rows_of(board(both, "2022-05-02")) if "Kontrakt 2023" in row[0])
    assert parts(own[4])[:2] == ["2 kunne ikke leveres", "1 uvisse"]


def due(site: Site, day: str, last: datetime | None, acted: datetime | None = None) -> None:
    """As if cycle c waited for a round on a day; all that is known to have happened was before, but for an act."""
    with writing(site.world.engine) as session:
        for row in session.exec(select(Cycle)):
            row.next_due_on, row.last_round_at = at(day).date(), last
        ours = HistoryEntry.cycle_id == "c", HistoryEntry.type == "act"
        entries = session.exec(select(HistoryEntry).where(*ours))
        newest = max(entries, key=lambda each: each.number)
        newest.happened_at = acted or at("2022-04-20")


@pytest.mark.parametrize(
    ("now", "last", "acted", "loud"),
    [
        # a round is due on 2 May at 07:00
        (("2022-05-01", "23:59"), at("2022-04-20"), None, False),
        (("2022-05-02", "07:59"), at("2022-04-20"), None, False),
        (("2022-05-02", "08:01"), at("2022-04-20"), None, True),
        (("2022-05-02", "08:01"), at("2022-05-02", "07:00"), None, False),
        (("2022-05-09", "12:00"), at("2022-05-01"), None, True),
        # it is still due on the days after, and each morning one comes
        (("2022-05-04", "07:30"), at("2022-05-03", "07:00"), None, False),
        (("2022-05-04", "08:01"), at("2022-05-03", "07:00"), None, True),
        (("2022-05-04", "08:01"), at("2022-05-02", "07:00"), at("2022-05-04", "07:50"), True),
        # it is due because somebody acted at 10:00: it comes at once
        (("2022-05-02", "10:30"), at("2022-04-20"), at("2022-05-02", "10:00"), False),
        (("2022-05-02", "11:30"), at("2022-04-20"), at("2022-05-02", "10:00"), True),
        (("2022-05-02", "11:30"), at("2022-05-02", "10:00"), at("2022-05-02", "10:00"), False),
        # none ever came
        (("2022-05-02", "07:30"), None, None, True),
    ],
)
def test_a_round_that_did_not_come_is_said_loudly(
    both: Site, now: tuple[str, str], last: datetime | None, acted: datetime | None, loud: bool
) -> None:
    due(both, "2022-05-02", last, acted)
    with writing(both.world.engine) as session:
        other = session.get_one(Cycle, "other")
        other.next_due_on, other.last_round_at = None, at("2022-04-20")
    assert (LOUD in board(both, now[0], clock=now[1])) == loud
    assert (LOUD in both.client.get("/cycles/c").text) == loud
    assert LOUD not in both.client.get("/cycles/other").text


def test_a_cycle_that_does_not_run_waits_for_no_round(logins: Site) -> None:
    logins.clock.moment = at("2022-06-02")
    logins.log_in("co2")
    text = logins.client.get("/cycles?lang=en").text
    assert "The annual wheel does not run" not in text
    assert "Not started" in text
