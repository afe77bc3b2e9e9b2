"""Differences of texts: both can be had back from them, words stay whole, and no text takes for ever."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.matching import Work, longest_rising, matching
from aarshjul.core.text_differences import Mark, Piece, is_changed, passages, text_difference

texts = st.lists(
    st.sampled_from(
        ["mål", "60", "75,5", "%", " ", "\n", "\n\n", "## A", "e-mail", ".", "\u2028", "\t", "ø"]
    ),
    max_size=40,
).map("".join)


def shown(before: str, after: str) -> str:
    marks = {Mark.SAME: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}
    return "".join(marks[piece.mark].format(piece.text) for piece in text_difference(before, after))


def without(mark: Mark, pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.mark is not mark)


@given(before=texts | st.text(max_size=60), after=texts | st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_both_texts_can_be_had_back(before: str, after: str) -> None:
    pieces = text_difference(before, after)
    assert without(Mark.ADDED, pieces) == before
    assert without(Mark.REMOVED, pieces) == after
    assert all(piece.text for piece in pieces)
    assert all(one.mark is not other.mark for one, other in itertools.pairwise(pieces))
    assert not any(
        one.mark is Mark.ADDED and other.mark is Mark.REMOVED for one, other in itertools.pairwise(pieces)
    )
    assert is_changed(pieces) == (before != after)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("", "", ""),
        ("a", "a", "a"),
        ("", "ny tekst", "{+ny tekst+}"),
        ("gammel", "", "[-gammel-]"),
        ("Mindst 60 % kender os.", "Mindst 75 % kender os.", "Mindst [-60-]{+75+} % kender os."),
        ("vækst på 7,5 procent", "vækst på 7,79 procent", "vækst på [-7,5-]{+7,79+} procent"),
        ("en e-mail om ugen", "en e-post om ugen", "en [-e-mail-]{+e-post+} om ugen"),
        ("a\nb\nc\n", "a\nc\n", "a\n[-b\n-]c\n"),
        ("a\nc", "a\nb\nc", "a\n{+b\n+}c"),
        ("ord", "ord\n", "ord{+\n+}"),
        ("b a", "a b", "[-b -]a{+ b+}"),
    ],
)
def test_what_changed_is_marked_word_by_word(before: str, after: str, said: str) -> None:
    assert shown(before, after) == said


def test_a_scrap_between_two_changes_is_a_part_of_them() -> None:
    pieces = text_difference(
        "Vi besøger mange virksomheder og skoler.", "Alle kommuner kender til tilbud og råd."
    )
    assert [piece.mark for piece in pieces] == [Mark.REMOVED, Mark.ADDED, Mark.SAME]


def test_an_unchanged_line_is_never_a_scrap() -> None:
    before = "En lang sætning om kendskab.\nx\nEn anden lang sætning om vækst.\n"
    after = "Noget helt andet og længere.\nx\nIgen noget ganske andet her.\n"
    pieces = text_difference(before, after)
    assert any(piece.mark is Mark.SAME and "\nx\n" in piece.text for piece in pieces)


# --- headings ----------------------------------------------------------------------------------------------------


def test_only_passages_with_changes_are_told_each_under_its_heading() -> None:
    before = "Indledning.\n\n# Mål 9\n\nMindst 60.\n\n## Mål 10 ##\n\nUændret.\n\n# Mål 11\n\nSlut.\n"
    after = before.replace("60", "75").replace("Slut.", "Helt slut.")
    assert [passage.heading for passage in passages(text_difference(before, after))] == ["Mål 9", "Mål 11"]


def test_a_heading_that_went_heads_what_went_with_it() -> None:
    found = passages(text_difference("# A\n\nEt.\n\n# B\n\nTo.\n", "# A\n\nEt.\n"))
    assert [passage.heading for passage in found] == ["A", "B"] or [p.heading for p in found] == ["B"]
    assert "# B" in without(Mark.ADDED, found[-1].pieces)


def test_a_hash_in_the_middle_of_a_line_is_no_heading() -> None:
    (passage,) = passages(text_difference("se # 3\nmere\n", "se # 4\nmere\n"))
    assert passage.heading is None


# --- how long it takes -------------------------------------------------------------------------------------------


def _shuffled(words: int, separator: str, seed: int) -> str:
    dice = random.Random(seed)  # noqa: S311 -- not a secret
    return separator.join(f"ord{dice.randrange(300)}" for _ in range(words))


AWKWARD = {
    "nothing in common": ("a\n" * 2000, "b\n" * 2000),
    "the same line again and again": ("x\n" * 4000, "y\nx\n" * 2000),
    "two patterns that nearly fit": ("ab," * 3000, "ba," * 3000),
    "words in another order": (_shuffled(4000, " ", 1), _shuffled(4000, " ", 2)),
    "lines in another order": (_shuffled(4000, "\n", 3), _shuffled(4000, "\n", 4)),
    "backwards": ("\n".join(map(str, range(3000))), "\n".join(map(str, range(3000, 0, -1)))),
}


@pytest.mark.parametrize("name", AWKWARD)
def test_the_work_is_bounded_by_the_size(name: str) -> None:
    before, after = (text.split("\n") if "\n" in text else text.split() for text in AWKWARD[name])
    allowed = Work.on(len(before), len(after)).left
    work = Work(left=allowed)
    blocks = matching(before, after, work)
    assert work.left > -(allowed + 4 * (len(before) + len(after)))
    for block in blocks:
        assert (
            before[block.before : block.before + block.size] == after[block.after : block.after + block.size]
        )


def test_double_the_text_is_at_most_double_the_allowance() -> None:
    small, large = Work.on(10_000, 10_000).left, Work.on(20_000, 20_000).left
    assert small < large <= 2 * small


def test_a_megabyte_that_was_written_anew_is_still_told() -> None:
    before, after = _shuffled(150_000, " ", 5), _shuffled(150_000, " ", 6)
    pieces = text_difference(before, after)
    assert without(Mark.ADDED, pieces) == before
    assert without(Mark.REMOVED, pieces) == after


def test_one_word_changed_in_a_megabyte_is_one_word() -> None:
    before = "\n".join(_shuffled(20, " ", seed) for seed in range(8000))
    after = before.replace("ord7 ", "ord7000 ", 1)
    marks = [piece.mark for piece in text_difference(before, after)]
    assert marks == [Mark.SAME, Mark.REMOVED, Mark.ADDED, Mark.SAME]


@given(values=st.lists(st.integers(0, 20), unique=True, max_size=12))
@settings(max_examples=60, deadline=None)
def test_the_longest_rising_row_rises_and_is_not_beaten(values: list[int]) -> None:
    row = [values[index] for index in longest_rising(values)]
    assert row == sorted(row)
    best = 0
    ends: list[int] = []
    for index, value in enumerate(values):
        ends.append(1 + max([ends[i] for i in range(index) if values[i] < value], default=0))
        best = max(best, ends[-1])
    assert len(row) == best


@given(
    before=st.lists(st.sampled_from("abcd"), max_size=12),
    after=st.lists(st.sampled_from("abcd"), max_size=12),
)
@settings(max_examples=100, deadline=None)
def test_blocks_rise_and_never_overlap(before: list[str], after: list[str]) -> None:
    x = y = 0
    for block in matching(before, after):
        assert block.before >= x
        assert block.after >= y
        assert block.size > 0
        x, y = block.before + block.size, block.after + block.size
        assert before[block.before : x] == after[block.after : y]
