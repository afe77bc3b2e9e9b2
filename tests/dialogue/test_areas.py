"""Focus areas: of a contract by what its goals name, of prose by its headings."""

from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.contract import Contract, Goal, Indicator
from aarshjul.core.focus_areas import areas_of_contract, areas_of_prose
from aarshjul.core.rules import YesNo

INDICATORS = (Indicator(id="x", rule=YesNo()),)


def contract(*goals: tuple[str, str | None, str | None]) -> Contract:
    return Contract(
        id="c",
        title="C",
        year=2023,
        holder="H",
        council="K",
        goals=tuple(
            Goal(
                id=id_,
                title=f"Mål {id_}",
                level=level,
                focus=focus,
                indicators=(Indicator(id=f"{id_}a", rule=YesNo()),),
            )
            for id_, level, focus in goals
        ),
    )


def test_goals_of_one_focus_come_together_and_national_ones_last() -> None:
    found = areas_of_contract(
        contract(
            ("1", "national", None),
            ("9", "regional", "Grøn"),
            ("10", "regional", None),
            ("11", "regional", "Grøn"),
            ("2", "national", "Grøn"),
            ("12", None, "Blå"),
        )
    )
    assert [(str(each.kind), each.title, [goal.id for goal in each.goals]) for each in found] == [
        ("focus", "Grøn", ["9", "11"]),
        ("goal", "Mål 10", ["10"]),
        ("focus", "Blå", ["12"]),
        ("national", "", ["1", "2"]),
    ]


goals = st.lists(
    st.tuples(
        st.integers(1, 99).map(str),
        st.sampled_from(["national", "regional", None, "lokal"]),
        st.sampled_from([None, "A", "B", "Mål 1"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda each: each[0],
)


@settings(max_examples=60, deadline=None)
@given(goals)
def test_every_goal_is_in_one_area(given_: list[tuple[str, str | None, str | None]]) -> None:
    found = areas_of_contract(contract(*given_))
    assert sorted(goal.id for each in found for goal in each.goals) == sorted(each[0] for each in given_)


PROSE = {
    "one level": ("# A\na\n# B\nb", ["A", "B"]),
    "a title above": ("# Udkast\nx\n## A\na\n### C\n## B ##\n", ["A", "B"]),
    "only one heading": ("# Udkast\ntekst", ["Udkast"]),
    "none": ("tekst\n\n- a", []),
    "in code": ("# A\n```\n# nej\n```\n# B", ["A", "B"]),
    "not a heading": ("#A\n####### B\n# C\n", ["C"]),
    "below only": ("## A\n## B\n### C", ["A", "B"]),
    "a heading without words": ("#  \n# A", ["A"]),
    "empty": ("", []),
}


def test_prose_is_parted_by_its_highest_headings_but_one_over_all() -> None:
    found = {name: [each.title for each in areas_of_prose(text)] for name, (text, _) in PROSE.items()}
    assert found == {name: titles for name, (_, titles) in PROSE.items()}


def test_a_part_of_prose_has_its_own_text_alone() -> None:
    first, second = areas_of_prose("# Udkast\nx\n## A\na\n### C\nc\n## B\nb\n")
    assert (first.text, second.text) == ("a\n### C\nc", "b")


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("#`~ \na\t"), max_size=60))
def test_any_prose_can_be_parted(text: str) -> None:
    for each in areas_of_prose(text):
        assert each.title.strip()
