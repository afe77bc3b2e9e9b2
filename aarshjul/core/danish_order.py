"""The order in which Danish sorts names, whatever the language of the page."""

import unicodedata

_AFTER_Z = {"æ": "\U000f0001", "ä": "\U000f0001", "ø": "\U000f0002", "ö": "\U000f0002", "å": "\U000f0003"}
_AS_ANOTHER = {"ü": "y", "ð": "d", "þ": "th", "ł": "l"}


def danish_order(text: str) -> tuple[str, str]:
    """A key to sort by: æ, ø and å after z, `aa` as å, other accents and capitals as if they were not there.

    Danish registers sort `aa` as å wherever it stands for that sound, as in Aalborg; which a program cannot
    hear, so that a foreign Aachen stands among the å as well. What is equal otherwise is in the order of its
    characters.
    """
    folded = unicodedata.normalize("NFC", text).casefold().replace("aa", "å")
    return "".join(_letter(each) for each in folded), text


def _letter(letter: str) -> str:
    if letter in _AFTER_Z:
        return _AFTER_Z[letter]
    plain = _AS_ANOTHER.get(letter, letter)
    return "".join(part for part in unicodedata.normalize("NFD", plain) if not unicodedata.combining(part))
