"""The catalogues: every sentence of the templates is there, with the same values, and nothing else is."""

import re
from collections.abc import Iterable
from pathlib import Path
from string import Formatter

import jinja2
import jinja2.nodes
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from aarshjul.core.languages import LANGUAGES
from notifications.catalog import LOCALE, SOURCE, catalog
from notifications.wording import worded
from tests.notifications.letters import CASES

ROOT = LOCALE.parent
TRANSLATED = sorted(set(LANGUAGES) - {SOURCE})
Sentence = str | tuple[str, ...]


def extracted() -> set[Sentence]:
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = extract_from_dir(str(ROOT), methods, options)
    return {_key(message) for _, _, message, _, _ in found}


def translations(language: str) -> dict[Sentence, tuple[str, ...]]:
    with (LOCALE / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        sentences = read_po(file, locale=language, abort_invalid=True)
    assert not sentences.obsolete
    assert not [each.id for each in sentences if each.id and each.fuzzy]
    return {_key(each.id): _forms(each.string) for each in sentences if each.id}


def _key(text: object) -> Sentence:
    return text if isinstance(text, str) else _forms(text)


def _forms(text: object) -> tuple[str, ...]:
    assert isinstance(text, str | tuple | list)
    return (text,) if isinstance(text, str) else tuple(text)


def values_in(sentences: Iterable[str]) -> list[set[str]]:
    """The names that a sentence has values for; refuses all but plain names: `{item}`, not `{item.x!r:>9}`."""
    found = []
    for sentence in sentences:
        parts = [
            (name, spec, conversion)
            for _, name, spec, conversion in Formatter().parse(sentence)
            if name is not None
        ]
        assert all(
            re.fullmatch("[A-Za-z_]+", name) and not spec and not conversion
            for name, spec, conversion in parts
        )
        found.append({name for name, _, _ in parts})
    return found


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_has_a_translation_and_no_translation_is_left_over(language: str) -> None:
    assert translations(language).keys() == extracted()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_says_something_and_has_the_same_values(language: str) -> None:
    for sentence, said in translations(language).items():
        source = (sentence,) if isinstance(sentence, str) else sentence
        assert all(said), sentence
        wanted = set().union(*values_in(source))
        assert all(names <= wanted for names in values_in(said)), sentence
        assert values_in(said)[-1] == values_in(source)[-1], sentence


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_what_the_sentence_ends_in(language: str) -> None:
    for sentence, said in translations(language).items():
        source = sentence if isinstance(sentence, str) else sentence[0]
        ends = [text[-1] if text[-1] in ".:?!" else "" for text in (source, *said)]
        assert len(set(ends)) == 1, sentence
        assert not [
            text for text in said if text != text.strip() or "  " in text or "“" in text or '"' in text
        ]


def test_templates_say_nothing_that_is_not_in_the_catalogues() -> None:
    """Outside of calls a template writes white space only, and what `_` gets is a sentence, not a variable."""
    for path in (ROOT / "words").glob("*.j2"):
        if path.name.endswith(".html.j2"):
            continue
        tree = jinja2.Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        loose = [node.data for node in tree.find_all(jinja2.nodes.TemplateData) if node.data.strip()]
        assert not loose, path.name
        for call in tree.find_all(jinja2.nodes.Call):
            name = call.node.name if isinstance(call.node, jinja2.nodes.Name) else ""
            for each in (
                call.args
                if name in {"subject", "title", "p", "heading", "greet", "sign", "why", "small"}
                else []
            ):
                assert not isinstance(each, jinja2.nodes.Const), f"{path.name}: {each} is not translated"


@pytest.mark.parametrize("name", sorted(name for name in CASES if name.endswith(".da")))
def test_no_english_is_left_in_a_danish_message(name: str) -> None:
    document = worded(CASES[name])
    shown = " ".join([document.subject, document.title, *map(str, document.blocks)])
    assert not re.findall(
        r"\b(the|you|your|is|was|has|and|by|from|We)\b", re.sub("The mailbox does not exist", "", shown)
    )


def test_the_plural_follows_the_number() -> None:
    say = catalog("da").ngettext
    forms = [say("in {n} day", "in {n} days", n) for n in (0, 1, 2, 21)]
    assert forms == ["om {n} dage", "om {n} dag", "om {n} dage", "om {n} dage"]


def test_a_sentence_without_a_translation_is_said_in_english() -> None:
    assert catalog("da").gettext("Nobody wrote this") == "Nobody wrote this"
    assert catalog(SOURCE).ngettext("{n} day", "{n} days", 2) == "{n} days"


def test_a_language_that_is_not_spoken_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        catalog("sv")


def test_every_catalogue_belongs_to_a_language_that_people_can_choose() -> None:
    assert sorted(path.parts[-3] for path in Path(LOCALE).glob("*/LC_MESSAGES/messages.po")) == TRANSLATED
