"""What the query of a calendar's address asks for: `?show=meetings,decisions,alarms&lang=en`."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from aarshjul.core.languages import LANGUAGES
from calendars.choice import Choice
from calendars.errors import CalendarError

_LONGEST = 1000  # octets; all there is to choose takes some sixty
_MOST_FIELDS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a subscriber chose in an address.

    Attributes:
        choice: None where the address leaves it to the feed; `language` too.
        wrong: what is wrong with the query, as a sentence; empty where it makes sense.
    """

    choice: Choice | None = None
    language: str | None = None
    wrong: str = ""

    @property
    def variant(self) -> str:
        """The one way to write it: two addresses that ask for the same are served the same."""
        return f"{self.language or '*'}/{self.choice.text if self.choice else '*'}"

    @property
    def query(self) -> str:
        """As it stands in an address, with its question mark; empty where nothing was chosen."""
        named = {"show": self.choice.text if self.choice else "", "lang": self.language or ""}
        chosen = {name: value for name, value in named.items() if value}
        return f"?{urlencode(chosen, safe=',')}" if chosen else ""


def read_query(query: bytes) -> Wanted:
    """What a query asks for; names that are not ours (a client's own) are passed over."""
    return _parsed(query) if len(query) <= _LONGEST else Wanted(wrong="the address is longer than it can be")


@lru_cache(maxsize=512)
def _parsed(query: bytes) -> Wanted:
    try:
        named = parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return Wanted(wrong=f"the address asks for more than {_MOST_FIELDS} things")
    languages = {value for name, value in named if name == "lang" and value}
    if not languages <= set(LANGUAGES) or len(languages) > 1:
        return Wanted(wrong=f"lang must be one of {', '.join(LANGUAGES)}")
    language = next(iter(languages), None)
    shows = [value for name, value in named if name == "show"]
    try:
        choice = Choice.parse(",".join(shows)) if shows else None
    except CalendarError as error:
        return Wanted(language=language, wrong=str(error))
    return Wanted(choice=choice, language=language)
