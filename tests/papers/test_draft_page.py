"""The draft as a paper: people and roles by what they are called, days in words, one word for one thing."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.rules import Assessed, AtLeast, Rule
from aarshjul.papers.draft_page import draft_page
from models.cycle import Cycle
from models.draft import Draft

FIVE = AtLeast(target=Decimal(5))


def page(
    language: str, owner: str | None, unit: str | None = None, rule: Rule = FIVE, published: int | None = None
) -> str:
    leaf = Indicator(id="9a", title="Møder", rule=rule, unit=unit, owner=owner)
    goal = Goal(id="9", title="Retning", level="regional", indicators=(leaf,))
    contract = Contract(
        id="k", title="K", year=2023, holder="Erhvervshus Nord", council="KKR Nord", goals=(goal,)
    )
    cycle = Cycle(
        id="c",
        title="K",
        holder="Erhvervshus Nord",
        council="KKR Nord",
        contract_year=2023,
        language=language,
        timezone="Europe/Copenhagen",
        published_draft=published,
    )
    draft = Draft(
        cycle_id="c",
        version=3,
        round=1,
        text="",
        hash="a" * 64,
        submitted_by="dir",
        submitted_at=datetime(2023, 1, 25, 12, 0, tzinfo=UTC),
    )
    return draft_page(cycle, draft, contract, {"dir": "Direktøren"}).html


@pytest.mark.parametrize(
    ("language", "owner", "wanted"),
    [
        ("da", "holder", ">Erhvervshus Nord</td>"),
        ("da", "council", ">KKR Nord</td>"),
        ("da", "working-group", ">arbejdsgruppen</td>"),
        ("en", "working-group", ">the working group</td>"),
        ("da", "dir", ">Direktøren</td>"),
        ("da", "revisor", ">revisor</td>"),
        ("da", "<b>x</b>", ">&lt;b&gt;x&lt;/b&gt;</td>"),
        ("da", "{holder}", ">{holder}</td>"),
    ],
)
def test_who_collects_a_result_is_said_in_words(language: str, owner: str, wanted: str) -> None:
    assert wanted in page(language, owner)


def test_what_was_approved_and_published_is_no_draft_any_more() -> None:
    for published, kind in ((None, "Udkast til resultatkontrakt"), (2, "Udkast"), (3, "Godkendt tekst")):
        assert f'<p class="kind">{kind}' in page("da", None, published=published), published
    assert '<p class="kind">Approved text</p>' in page("en", None, published=3)


def test_days_and_parts_are_called_what_other_papers_call_them() -> None:
    said = page("da", None)
    assert "Version 3, indsendt 25. januar 2023 kl. 13.00" in said
    assert (">Delmål<" in said, "Indikator" in said) == (True, False)
    assert "Version 3, submitted 25 January 2023 at 13:00" in page("en", None)


def test_a_per_cent_stays_with_its_figure_and_is_said_once() -> None:
    assert "mindst 5\u00a0%" in page("da", None, unit="%")
    assert "vurderes i procent</td>" in page("da", None, unit="%", rule=Assessed())


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    assert re.findall(r'<th scope="col">(.*?)</th>', page("da", None)) == ["Delmål", "Måltal"]
    assert re.findall(r'<th scope="col">(.*?)</th>', page("da", "dir")) == ["Delmål", "Måltal", "Ansvarlig"]
    assert re.findall(r'<td [^>]*data-name="(.*?)">', page("da", "dir")) == ["Delmål", "Måltal", "Ansvarlig"]
