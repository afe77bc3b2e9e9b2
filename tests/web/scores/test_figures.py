"""What the pages say of the contract of 2021, against the table that it must reproduce and `score --json`."""

import re

import pytest

from aarshjul.core.findings import findings
from aarshjul.core.score_json import as_json
from aarshjul.core.scoring import score
from aarshjul.files.read import read_contract
from tests.web.scores.conftest import EXAMPLE, Year

SHOWN = {
    "1": ("90,0000", "90 %"),
    "2": ("100,0000", "100 %"),
    "3": ("96,0625", "96 %"),
    "4": ("100,0000", "100 %"),
    "5": ("100,0000", "100 %"),
    "6": ("100,0000", "100 %"),
    "7": ("79,6500", "80 %"),
    "8": ("95,7143", "96 %"),
    "9": ("100,0000", "100 %"),
    "10": ("100,0000", "100 %"),
    "11": ("100,0000", "100 %"),
    "12": ("100,0000", "100 %"),
}


def test_the_page_of_all_goals_says_what_the_table_says(year: Year) -> None:
    text = year.page("goals")

    assert '<strong><data value="96,7856">97 %</data></strong>' in text
    rows = re.findall(r'<tr role="row" class="goal-row">.*?</tr>', text, re.DOTALL)
    assert len(rows) == len(SHOWN)
    for row, (goal, (exact, shown)) in zip(rows, SHOWN.items(), strict=True):
        assert f">{goal} " in row
        assert f'<data value="{exact}">{shown}</data>' in row, goal


def test_the_pages_say_what_score_says_in_json(year: Year) -> None:
    contract = read_contract(str(EXAMPLE))
    scores = score(contract)
    said = as_json(contract, scores, findings(contract, scores), language="en")

    for goal in said["goals"]:
        text = year.page(f"goals/{goal['id']}?lang=en")
        assert f'<data value="{goal["exact"]}">{goal["shown"]} %</data>' in text
        assert goal["explanation"].replace(">", "&gt;") in text
    page = year.page("findings?lang=en")
    assert page.count('<article class="finding">') == len(said["findings"])
    assert all(each["message"].replace("'", "&#39;") in page for each in said["findings"])


@pytest.mark.parametrize(
    ("goal", "value", "differs"), [("8", "98 %", True), ("8", "96 %", False), ("1", "90 %", False)]
)
def test_a_reported_value_that_is_not_the_computed_one_is_marked(
    year: Year, goal: str, value: str, *, differs: bool
) -> None:
    text = year.page(f"goals/{goal}")

    rows = re.findall(
        r'<tr role="row"(?: class="apart")?>\s*<th[^>]*>Afrapporteret</th>.*?</tr>', text, re.DOTALL
    )
    said = [row for row in rows if value in row]
    assert said
    assert all(("afviger fra det beregnede" in row) is differs for row in said)


def test_an_explanation_is_one_press_away_in_the_readers_language(year: Year) -> None:
    text = year.page("goals/7")

    assert re.search(r"<details[^>]*><summary>Sådan er det regnet ud</summary><p>Gennemsnit af 7.1", text)
    assert "79,7 %" in text


def test_what_if_shows_before_and_after_and_what_it_would_take(year: Year) -> None:
    text = year.page("what-if?i-1a=45&i-7.2b=5&lift=7&over=99")

    assert "<strong>97 %</strong>" in text
    assert "<strong>99 %</strong>" in text
    assert "Hver af disse er nok alene til at nå 99,0 %" in text
    assert 'value="45"' in text


def test_the_page_in_the_other_language_keeps_what_was_tried(year: Year) -> None:
    text = year.page("what-if?i-1a=45&over=98")

    assert 'href="?i-1a=45&amp;over=98&amp;lang=en"' in text
