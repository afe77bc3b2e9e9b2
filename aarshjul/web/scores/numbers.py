"""Numbers as people type them: with the comma of their language, a per cent sign, or thousands set apart."""

import re

from aarshjul.core.languages import Language

_SPACE = re.compile(r"[\s\u00a0\u202f']+")
_GROUPED = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")
_PLAIN = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_MOST = 60


def typed_number(text: str, language: Language) -> str | None:
    """The number with a point, as acts read it; None where it is none, or could be read in two ways.

    `1.234` in Danish (`1,234` in English) is either a thousand or a fraction: nobody is to guess which was meant.
    """
    bare = _SPACE.sub("", text[:_MOST].replace("\u2212", "-")).removesuffix("%")
    decimal, thousands = (",", ".") if language == "da" else (".", ",")
    if _GROUPED.fullmatch(bare) and (thousands in bare and decimal not in bare):
        return None if bare.count(thousands) == 1 else bare.replace(thousands, "")
    if decimal in bare and thousands in bare:
        whole, _, rest = bare.partition(decimal)
        if thousands in rest or not _GROUPED.fullmatch(whole):
            return None
        bare = f"{whole.replace(thousands, '')}.{rest}"
    plain = bare.replace(",", ".")
    return plain if _PLAIN.fullmatch(plain) and len(text) <= _MOST else None
