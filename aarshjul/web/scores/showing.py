"""What every page about scores begins with: the contract loaded for who looks, or the page that says there is none."""

from collections.abc import Callable

from fastapi import Response

from aarshjul.web.desk import Desk
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.words import WORDS as FORM_WORDS
from aarshjul.web.frame import seated
from aarshjul.web.notices import notice
from aarshjul.web.scores.loading import Scored, scored
from aarshjul.web.scores.words import WORDS
from models.engine import reading
from notifications.dates import day_in_words


def with_scores(desk: Desk, seat: Seat, page: Callable[[Scored], Response]) -> Response:
    """The page over what the seat may see; another where there is nothing for them."""
    with reading(desk.engine) as session:
        found = scored(session, seat, desk.now())
    if found is None:
        return notice(seat.place, "no_contract", status=404, words=WORDS, seat=seat)
    return page(found)


def not_yours(seat: Seat, *, alive: bool = True) -> Response:
    """For who may see the goals, and not this page of them; `alive` says whether anybody may act in the cycle."""
    ways = (("back_to_goals", seat.to("goals")),)
    about = "not_yours" if alive else "resting"
    return notice(seat.place, about, status=403, words=WORDS, seat=seat, ways=ways)


def shown(
    template: str, found: Scored, heading: str, *, status: int = 200, above: bool = True, **values: object
) -> Response:
    """A page about the contract; `above` says whether the goals lie above it on the way."""
    words, results = WORDS[found.language], found.results
    day = day_in_words(results.on, found.language)
    about = words["as_of"].format(
        contract=results.title, holder=results.holder, council=results.council, on=day
    )
    shared = {
        "words": words,
        "said": FORM_WORDS[found.language],
        "about": about,
        "published": words["published"].format(on=day) if found.public else "",
        "above": above,
        "goals_word": words["goals"],
    }
    return seated(f"scores/{template}", found.seat, heading, status=status, **{**shared, **values})
