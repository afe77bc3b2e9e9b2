"""The picture itself: golden files, its parts, its words, and that it is safe to show anywhere."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from aarshjul.core.cycle import Kind, State
from aarshjul.wheel.drawing import wheel_svg
from aarshjul.wheel.rows import wheel_rows
from tests.goldens import FOLDER, agrees
from tests.wheel.pictures import SVG, items, root_of
from tests.wheel.wheels import STRANGE, any_wheel, milestone, wheel, wheel_named

GOLDEN = sorted((FOLDER / "wheel").glob("*.svg"))
TODAY = date(2022, 10, 3)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_wheel_is_that_of_the_golden_file(path: Path) -> None:
    name, day, language, *shape = path.stem.split(".")
    today = date.fromisoformat(day) if day != "never" else None
    svg = wheel_svg(wheel_named(name), language=language, today=today, narrow=shape == ["narrow"])
    assert agrees(path, svg.encode() + b"\n"), (
        "the picture changed: look at it, then write the golden file anew"
    )


def test_there_are_golden_wheels_in_both_languages_and_shapes() -> None:
    parts = {part for path in GOLDEN for part in path.name.split(".")}
    assert {"da", "en", "narrow", "never"} <= parts
    assert len({path.name.split(".")[0] for path in GOLDEN}) >= 5


@pytest.mark.parametrize("narrow", [False, True])
@settings(max_examples=20, deadline=None)
@given(any_wheel())
def test_every_milestone_has_one_mark_and_one_label(narrow: bool, drawn) -> None:  # type: ignore[no-untyped-def]
    svg = wheel_svg(drawn, language="da", today=TODAY, narrow=narrow)
    found = items(root_of(svg))
    rows = wheel_rows(drawn, language="da", today=TODAY)
    assert len(found) == len(rows) == len(drawn.milestones)
    for item, row in zip(found, rows, strict=True):
        assert item.marks == 1
        assert item.texts
        day, time, title, kind, _, state, _ = row.cells
        assert item.name == f"{day}{' ' if time else ''}{time}: {title} ({kind.lower()}, {state})"
    assert svg == wheel_svg(drawn, language="da", today=TODAY, narrow=narrow)


@pytest.mark.parametrize("title", STRANGE)
def test_a_title_is_text_and_nothing_else(title: str) -> None:
    drawn = wheel(milestone("a", "2022-06-01", title=title), title=title)
    for narrow in (False, True):
        svg = wheel_svg(drawn, language="da", today=TODAY, narrow=narrow)
        root = root_of(svg)
        assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
            *(
                "svg",
                "title",
                "desc",
                "g",
                "a",
                "rect",
                "path",
                "circle",
                "line",
                "polygon",
                "polyline",
                "text",
            )
        }
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", svg)


def test_the_picture_needs_nothing_and_runs_nothing() -> None:
    svg = wheel_svg(wheel_named("nordjylland-2023"), language="da", today=TODAY)
    assert " style=" not in svg
    assert "<style" not in svg
    assert not re.search(r"\son\w+=", svg)
    assert set(re.findall(r"https?://[^\"' <]*", svg)) == {"http://www.w3.org/2000/svg"}
    assert "href" not in svg


def test_it_is_named_described_and_in_its_language() -> None:
    root = root_of(wheel_svg(wheel_named("nordjylland-2023"), language="en", today=TODAY))
    assert (root.get("lang"), root.get("role")) == ("en", "group")
    assert [root[0].tag, root[1].tag] == [f"{SVG}title", f"{SVG}desc"]
    assert root[0].text == root.get("aria-label") == "Annual wheel: Resultatkontrakt 2023"
    assert root[1].text == (
        "From 20 May 2022 to 24 February 2023, clockwise; 12 milestones. The table has the same facts."
    )


def test_a_milestone_with_an_address_is_a_link_with_its_name() -> None:
    drawn = wheel(milestone("a", "2022-06-01"), milestone("b", "2022-07-01"))
    address = '/milepæl?a=1&b="2"'
    root = root_of(wheel_svg(drawn, language="da", today=None, links={"a": address}))
    (link,) = root.iter(f"{SVG}a")
    assert link.get("href") == address
    assert link.get("aria-label") == "1. juni 2022: Milepæl a (frist, bekræftet)"


def words_in(svg: str) -> str:
    return " ".join(each.text or "" for each in root_of(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"tentative": True}, "foreløbig"),
        ({"state": State.CANCELLED}, "aflyst"),
        ({"on": "2022-06-01"}, "overskredet"),
    ],
)
def test_what_matters_is_said_beside_the_mark(facts: dict[str, object], said: str) -> None:
    facts = {"on": "2022-12-01", "kind": Kind.MEETING, **facts}
    svg = wheel_svg(wheel(milestone("a", **facts)), language="da", today=TODAY)  # type: ignore[arg-type]
    assert said in words_in(svg)


def test_marks_of_all_states_differ_in_more_than_colour() -> None:
    states = {
        "confirmed": {"on": "2022-12-01"},
        "tentative": {"on": "2022-12-01", "tentative": True},
        "done": {"on": "2022-12-01", "state": State.DONE},
        "overdue": {"on": "2022-09-01"},
        "cancelled": {"on": "2022-12-01", "state": State.CANCELLED},
    }
    seen = set()
    for kind in Kind:
        for facts in states.values():
            svg = wheel_svg(wheel(milestone("a", kind=kind, **facts)), language="da", today=TODAY)  # type: ignore[arg-type]
            mark = svg.partition('role="listitem"')[2].partition("<text")[0].partition("</title>")[2]
            colourless = re.sub(
                r"#[0-9a-f]{6}|[-\d.]+", lambda found: "white" * (found[0] == "#ffffff"), mark
            )
            seen.add(colourless)
    assert len(seen) == len(Kind) * len(states)


def test_today_is_marked_where_the_wheel_holds_it() -> None:
    drawn = wheel(milestone("a", "2022-06-01"))
    assert "I dag, 3. oktober 2022" in words_in(wheel_svg(drawn, language="da", today=TODAY))
    assert "I dag" not in words_in(wheel_svg(drawn, language="da", today=date(2023, 6, 1)))
    assert "I dag" not in words_in(wheel_svg(drawn, language="da", today=None))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 defines it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_words_and_marks_stand_out_from_their_ground() -> None:
    from aarshjul.wheel import palette

    for colour in (*palette.ROLES.values(), *palette.KINDS.values(), palette.ALERT, palette.NIGHT):
        assert contrast(colour, palette.PAPER) >= 4.5
    assert contrast(palette.LINE, palette.PAPER) >= 3
    for tint in (*palette.PHASES.values(), palette.MONTH, palette.OTHER_MONTH):
        assert contrast(palette.INK, tint) >= 7
