"""What is typed into the rows of conditions is what the act is given; the words of all pages stand in both languages."""

import string
from collections.abc import Mapping
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.errors import Invalid
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.act_forms import Decide
from aarshjul.web.approving import basis_words, condition_words, form_words, words
from aarshjul.web.approving.forms import conditions_typed
from aarshjul.web.discussing import comment_words, minute_words, shared_words, standing_words
from aarshjul.web.doing.typed import Typed

MODULES = (
    words,
    form_words,
    basis_words,
    condition_words,
    comment_words,
    minute_words,
    shared_words,
    standing_words,
)


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\"'\\{}[]:#&*!|>%@`,"),
        max_size=80,
    )
)
def test_a_condition_is_given_as_it_was_typed_or_refused_in_words(text: str) -> None:
    typed = Typed(texts={"condition-1-text": (text,), "condition-1-owner": ("holder",)})
    listed, problems = conditions_typed(typed, "da")
    if problems:
        assert not text.strip()
        return

    try:
        form = parse_act(
            "decide", {"body": "board", "outcome": "approved-with-conditions", "conditions": listed}
        )
    except Invalid:
        return

    assert isinstance(form, Decide)
    assert [(each.text, each.owner) for each in form.conditions] == [(text.strip(), "holder")]


@pytest.mark.parametrize("module", MODULES)
def test_both_languages_have_the_same_words_with_the_same_blanks(module: ModuleType) -> None:
    both: Mapping[str, Mapping[str, str]] = module.WORDS

    assert {name: blanks(said) for name, said in both["da"].items()} == {
        name: blanks(said) for name, said in both["en"].items()
    }


def blanks(said: str) -> set[str]:
    """The names that a sentence leaves open."""
    return {name for _, name, _, _ in string.Formatter().parse(said) if name}
