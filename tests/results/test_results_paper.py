"""The paper about results: what is missing and late, four values side by side, findings open or closed."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from aarshjul.core.errors import Refused
from aarshjul.core.languages import LANGUAGES
from aarshjul.papers.results import Results, Stand
from aarshjul.papers.results_loading import results_of
from aarshjul.papers.results_page import results_page
from aarshjul.papers.results_words import WORDS
from models.engine import reading
from tests.acts.situations import active, scored
from tests.results.example_year import CYCLE, play
from tests.world import World, moment_of

Home = tuple[Engine, Path]


@pytest.fixture
def home(sqlite: Engine, tmp_path: Path) -> Home:
    return sqlite, tmp_path


def shown(world: World, when: str) -> Results:
    with reading(world.engine) as session:
        return results_of(session, "c", moment_of(when))


def stands(found: Results) -> dict[str, tuple[str, int]]:
    return {line.indicator: (line.stand, line.days_late) for line in found.lines}


def asked(home: Home) -> World:
    world = active(*home)
    world.act("2022-05-03", "co", "request-data", indicator="1a", owner="w2", due="2022-05-10", source="ERST")
    return world


@pytest.mark.parametrize(
    ("when", "wanted"),
    [
        ("2022-05-10 23:30", (Stand.WAITING, 0)),
        ("2022-05-11 00:10", (Stand.LATE, 1)),
        ("2022-06-10", (Stand.LATE, 31)),
    ],
)
def test_late_is_counted_in_the_cycles_own_days(home: Home, when: str, wanted: tuple[str, int]) -> None:
    assert stands(shown(asked(home), when)) == {
        "1a": wanted,
        "1b": (Stand.MISSING, 0),
        "2a": (Stand.RECEIVED, 0),
    }


def test_a_moved_deadline_is_the_day_that_counts(home: Home) -> None:
    world = asked(home)
    world.act("2022-05-09", "co", "move", milestone="data-1a", to="2022-06-01")
    assert stands(shown(world, "2022-05-20"))["1a"] == (Stand.WAITING, 0)
    world.act("2022-05-21", "co", "cancel", milestone="data-1a")
    assert stands(shown(world, "2022-05-22"))["1a"] == (Stand.DROPPED, 0)
    world.act("2022-05-23", "w2", "record-result", indicator="1a", actual="50")
    assert stands(shown(world, "2022-05-24"))["1a"] == (Stand.RECEIVED, 0)


@pytest.mark.parametrize(
    ("acts", "wanted"),
    [
        ([("2022-05-10 22:00", "record-result", {"actual": "50"})], 0),
        ([("2022-05-14", "record-result", {"actual": "50"})], 4),
        (
            [
                ("2022-05-09", "record-result", {"actual": "50"}),
                ("2022-05-20", "record-result", {"actual": "51"}),
            ],
            0,
        ),
        (
            [
                ("2022-05-14", "record-result", {"actual": "50"}),
                ("2022-05-20", "record-result", {"actual": "51"}),
            ],
            4,
        ),
        ([("2022-05-12", "cancel", {}), ("2022-05-14", "record-result", {"actual": "50"})], 0),
    ],
)
def test_what_came_late_says_so_and_a_correction_does_not(
    home: Home, acts: list[tuple[str, str, dict[str, str]]], wanted: int
) -> None:
    world = asked(home)
    for when, do, form in acts:
        about = {"milestone": "data-1a"} if do == "cancel" else {"indicator": "1a"}
        world.act(when, "co", do, **about, **form)
    found = shown(world, "2022-05-23")
    assert stands(found)["1a"] == (Stand.RECEIVED, wanted)
    assert ("modtaget, 4 dage for sent" in results_page(found).html) is (wanted == 4)


def test_each_missing_result_says_what_it_does(home: Home) -> None:
    found = shown(asked(home), "2022-05-05")
    assert WORDS["en"].effects(found) == [
        "1a missing: the total is between 75 and 100 % because of it alone",
        "1b missing: the total is between 75 and 100 % because of it alone",
        "With all that is missing: 50 to 100 %",
    ]
    lines = {line["indicator"]: line for line in found.as_json()["results"]}
    assert lines["1a"]["range"] == {"low": "75.0000", "high": "100.0000"}
    assert lines["2a"]["range"] is None
    assert lines["1a"]["asked"] == {
        "owner": "w2",
        "due": "2022-05-10",
        "since": "2022-05-03",
        "source": "ERST",
        "note": None,
    }


def test_the_four_values_with_who_and_why(home: Home) -> None:
    world = scored(*home)
    world.act("2022-06-12", "holder", "recommend", goal="1", value="80", reason="Ny måling")
    world.act("2022-06-24", "co", "decide-attainment", minutes="Punkt 5")
    goal = shown(world, "2022-06-25").as_json()["goals"][0]
    assert goal["computed"]["exact"] == "75.0000"
    assert goal["recommended"] == {
        "value": "80",
        "reason": "Ny måling",
        "minutes": None,
        "by": "holder",
        "on": "2022-06-12",
    }
    assert (goal["decided"]["value"], goal["decided"]["minutes"]) == ("80", "Punkt 5")
    assert shown(world, "2022-06-25").as_json()["decided"]["exact"] == "90.0000"


def test_what_the_contract_file_recommended_has_nobody_behind_it(home: Home) -> None:
    goal = shown(active(*home), "2022-06-25").as_json()["goals"][1]
    assert goal["recommended"] == {"value": "100", "reason": None, "minutes": None, "by": None, "on": None}


def test_findings_are_open_until_somebody_closes_them_and_stay_after(home: Home) -> None:
    world = scored(*home)
    world.act("2022-06-12", "holder", "recommend", goal="1", value="80", reason="Ny måling")
    before = {each.id: each.open for each in shown(world, "2022-06-13").findings}
    assert before["recommended-differs:1"] is True
    world.act(
        "2022-06-14", "co", "resolve-finding", finding="recommended-differs:1", reason="Aftalt", value="80"
    )
    found = {each["id"]: each for each in shown(world, "2022-06-15").as_json()["findings"]}
    assert found["recommended-differs:1"]["state"] == "closed"
    assert found["recommended-differs:1"]["closed"] == {
        "by": "co",
        "on": "2022-06-14",
        "reason": "Aftalt",
        "value": "80",
    }
    world.act("2022-06-16", "holder", "recommend", goal="1", value="75")
    gone = {each["id"]: each for each in shown(world, "2022-06-17").as_json()["findings"]}
    assert (gone["recommended-differs:1"]["message"], gone["recommended-differs:1"]["state"]) == (
        None,
        "closed",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_people_wrote_is_more_than_text_in_the_page(home: Home, language: str) -> None:
    world = scored(*home)
    evil = "<script>alert(1)</script> & <b>"
    world.act("2022-06-12", "holder", "recommend", goal="1", value="80", reason=evil)
    world.act("2022-06-12", "co", "resolve-finding", finding="recommended-differs:1", reason=evil)
    world.act(
        "2022-06-13",
        "co",
        "request-data",
        indicator="1a",
        owner="w2",
        due="2022-07-01",
        source=evil,
        note=evil,
    )
    with reading(world.engine) as session:
        found = results_of(session, "c", moment_of("2022-06-20"), language="da" if language == "da" else "en")
    page = results_page(found).html
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 4
    assert f'<html lang="{language}">' in page


def test_what_all_have_in_common_is_said_once_and_else_of_each(home: Home) -> None:
    world = scored(*home)
    world.act("2022-06-12", "holder", "recommend", goal="1", value="75")
    world.act("2022-06-24", "co", "decide-attainment", minutes="Referatets punkt 5")
    page = results_page(shown(world, "2022-06-25")).html
    assert page.count("Referatets punkt 5") == 1
    assert page.count("Direktør, 12. juni 2022") == 1  # the other recommendation came with the contract
    world.act("2022-06-26", "co", "decide-attainment", goal="1", value="70", minutes="Punkt 9")
    again = results_page(shown(world, "2022-06-27")).html
    assert (again.count("Referatets punkt 5"), again.count("Punkt 9")) == (1, 1)


def test_a_cycle_without_a_contract_has_no_results(sqlite: Engine, tmp_path: Path) -> None:
    world = active(sqlite, tmp_path)
    with reading(world.engine) as session, pytest.raises(Refused, match="presents no contract"):
        results_of(session, "nothing", moment_of("2022-06-20"))


def test_the_whole_of_it_in_the_example_year(sqlite: Engine, tmp_path: Path) -> None:
    """Two results are asked for: one is in time, with its file, and one is late."""
    (tmp_path / "m.csv").write_text("kommune;andel\nAalborg;36\n", encoding="utf-8")
    ask, by = ("koordinator", "request-data"), "analysechef"
    proof = {"file": "m.csv", "indicator": "1a", "title": "Kendskabsmåling"}
    more = [
        ("2022-04-20 10:00", *ask, {"indicator": "1a", "owner": by, "due": "2022-05-04"}),
        ("2022-04-20 10:01", *ask, {"indicator": "12a", "owner": "holder", "due": "2022-05-20"}),
        ("2022-05-04 10:00", by, "attach", proof),
    ]
    play(sqlite, "2022-05-22", more, tmp_path)
    with reading(sqlite) as session:
        found = results_of(session, CYCLE, moment_of("2022-05-23"))
    assert stands(found)["1a"] == (Stand.RECEIVED, 0)
    assert stands(found)["12a"] == (Stand.LATE, 3)
    assert found.lines[0].documents == (1,)
    assert [line.indicator for line in found.lacking] == ["12a", "12b"]
    widths = [line.reach.width for line in found.lacking if line.reach]
    assert sum(widths) == found.total.high - found.total.low
    assert found.names["analysechef"] in results_page(found).html


def test_the_example_years_four_values_agree(sqlite: Engine, tmp_path: Path) -> None:
    play(sqlite, "2022-06-24", [], tmp_path)
    with reading(sqlite) as session:
        found = results_of(session, CYCLE, moment_of("2022-06-25"))
    assert found.total.shown == 97
    assert found.decided is not None
    assert found.decided.shown == 97
    assert all(goal.recommended and goal.decided for goal in found.goals)
    assert {line.stand for line in found.lines} == {Stand.RECEIVED}
