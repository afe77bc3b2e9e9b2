"""Pages of a few sentences: what happened instead of what was asked for, and what to do now."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fastapi import Response

from aarshjul.web.frame import framed
from aarshjul.web.notice_words import WORDS
from aarshjul.web.place import Place

if TYPE_CHECKING:
    from aarshjul.web.doing.seat import Seat
    from aarshjul.web.doing.typed import Typed

Way = tuple[str, str]


def notice(
    place: Place,
    about: str,
    *,
    status: int = 200,
    words: Mapping[str, Mapping[str, str]] = WORDS,
    more: Sequence[str] = (),
    ways: Sequence[Way] = (),
    press: Way | None = None,
    seat: "Seat | None" = None,
    typed: "Typed | None" = None,
    **named: str,
) -> Response:
    """A page that says `words[about]` under the heading `words[about_title]`.

    Args:
        place: the page that was asked for.
        about: what it is about, the name of its sentence.
        status: of the answer.
        words: the sentences, by language and name.
        more: names of further sentences.
        ways: names of words and addresses of where to go from here.
        press: the name of a button's words, and where it posts to.
        seat: whose page it is, where it is somebody's.
        typed: what was typed and not taken: it stands there, and can be sent again to the same address.
        named: what the sentences name.
    """
    said = words[place.language]
    heading = said[f"{about}_title"].format(**named)
    return framed(
        "notice.html",
        place,
        seat.viewer if seat else None,
        heading,
        status=status,
        seat=seat,
        sentences=tuple(said[each].format(**named) for each in (about, *more)),
        ways=tuple((where, said[name]) for name, where in ways),
        button=said[press[0]] if press else "",
        action=press[1] if press else "",
        again=_again(typed, said) if typed else None,
    )


def not_yours(seat: "Seat", status: int = 403) -> Response:
    """For what is not theirs to see or do in this cycle, on a page of theirs."""
    return notice(seat.place, "not_yours", status=status, seat=seat)


def _again(typed: "Typed", said: Mapping[str, str]) -> Mapping[str, object]:
    """What the form below needs to send the same once more."""
    pairs = [(name, value) for name, values in typed.texts.items() for value in values]
    return {
        "pairs": [pair for pair in pairs if "\n" not in pair[1] and len(pair[1]) <= 80],
        "long": [pair for pair in pairs if "\n" in pair[1] or len(pair[1]) > 80],
        "files": sorted(upload.name for upload in typed.files.values()),
        "said": said,
    }
