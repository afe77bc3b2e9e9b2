"""A meeting in words: what, when and where, and who comes or was there; what every paper about it begins with."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathering:
    """What stands at the head of a meeting's papers, in one language.

    Attributes:
        when: date and time in words.
        points: what it carries, where that is more than one thing.
        groups: a heading with the lines under it, people by organisation.
        counts: how many of each body were there, a line each.
    """

    title: str
    when: str
    place: str | None
    points: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    counts: tuple[str, ...]
