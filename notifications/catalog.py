"""Sentences in a reader's language: gettext catalogues, with the English sentences as their keys.

A catalogue is compiled from its `.po` file when its language is first used, so that no compiled file is
committed that could be older than its source; that takes a few milliseconds a process.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
SOURCE = "en"


@cache
def catalog(language: str) -> NullTranslations:
    """The sentences of a language; a sentence that has no translation is said in English.

    Raises:
        FileNotFoundError: for a language that is not spoken here.
        babel.messages.pofile.PoFileError: for a damaged catalogue.
    """
    if language == SOURCE:
        return NullTranslations()
    with (LOCALE / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        sentences = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, sentences)
    compiled.seek(0)
    return GNUTranslations(compiled)


def marked(sentence: str) -> str:
    """The sentence itself: marks, as `_`, what `pybabel extract` shall find and somebody else translates."""
    return sentence
