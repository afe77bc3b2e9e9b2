"""A draft in the making: what somebody has typed into its forms, right or wrong, and what they do to its parts."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

TOP = "top"
"""The key of the draft itself."""
PARTS, SAME = "parts", "same"
"""As a `rule`: an indicator has indicators of its own; a goal copies another one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sketched:
    """The draft, a goal or an indicator as its form has it.

    Attributes:
        key: what its form calls it. It never changes, as the id that the author gives it can.
        fields: what was typed, by the field's name; what is empty is missing.
        bands: the steps of a scale, each as its fields.
        parts: the goals, or the indicators below.
        gone: whether it was removed, and can be brought back.
        revision: the save in which its own fields were written last, and `tab` the page that did so.
    """

    key: str
    fields: Mapping[str, str] = field(default_factory=dict)
    bands: tuple[Mapping[str, str], ...] = ()
    parts: tuple["Sketched", ...] = ()
    gone: bool = False
    revision: int = 0
    tab: str = ""

    def get(self, name: str) -> str:
        """What stands in a field; empty where nothing does."""
        return self.fields.get(name, "")

    @property
    def there(self) -> tuple["Sketched", ...]:
        """The parts below that were not removed."""
        return tuple(each for each in self.parts if not each.gone)

    def walk(self) -> Iterator["Sketched"]:
        """This part and all below it."""
        yield self
        for each in self.parts:
            yield from each.walk()

    def find(self, key: str) -> "Sketched | None":
        """The part of a key, here or below."""
        return next((each for each in self.walk() if each.key == key), None)

    def path_to(self, key: str) -> tuple["Sketched", ...]:
        """From this part down to the one of a key; empty where there is none."""
        if self.key == key:
            return (self,)
        return next(((self, *found) for each in self.parts if (found := each.path_to(key))), ())

    def says_the_same(self, other: "Sketched") -> bool:
        """Whether its own fields hold the same as another's."""
        return dict(self.fields) == dict(other.fields) and self.bands == other.bands


def changed(root: Sketched, key: str, change: Callable[[Sketched], Sketched]) -> Sketched:
    """The draft with one part changed; as it is where there is no such part."""
    if root.key == key:
        return change(root)
    return replace(root, parts=tuple(changed(each, key, change) for each in root.parts))


def added(root: Sketched, under: str, part: Sketched) -> Sketched:
    """The draft with a part at the end of another's; one whose key is there already is not added twice."""
    if root.find(part.key) is not None:
        return root
    return changed(root, under, lambda each: replace(each, parts=(*each.parts, part)))


def removed(root: Sketched, key: str, *, gone: bool = True) -> Sketched:
    """The draft without a part, which stays where it is to be brought back; or with it again."""
    return root if key == root.key else changed(root, key, lambda each: replace(each, gone=gone))


def moved(root: Sketched, key: str, step: int) -> Sketched:
    """The draft with a part one place further up (-1) or down (1) among those that are there."""
    path = root.path_to(key)
    if len(path) < 2:
        return root
    shown = [each.key for each in path[-2].there]
    if key not in shown or not 0 <= shown.index(key) + step < len(shown):
        return root
    other = shown[shown.index(key) + step]
    return changed(root, path[-2].key, lambda each: replace(each, parts=_swapped(each.parts, key, other)))


def _swapped(parts: tuple[Sketched, ...], one: str, other: str) -> tuple[Sketched, ...]:
    by_key = {each.key: each for each in parts}
    swap = {one: other, other: one}
    return tuple(by_key[swap.get(each.key, each.key)] for each in parts)


def next_id(root: Sketched, under: Sketched, taken: frozenset[str] = frozenset()) -> str:
    """An id for a new part that nothing has yet: `11` after the goals 9 and 10, `9c` after the indicators 9a and 9b.

    `taken` are ids that others than this draft have: the national goals'.
    """
    used = taken | {each.get("id") for each in root.walk()}
    if under.key == TOP:
        numbers = [int(each) for each in used if re.fullmatch(r"[0-9]{1,6}", each)]
        return str(max(numbers, default=0) + 1)
    stem = under.get("id")
    letters = (f"{stem}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    numbered = (f"{stem}.{number}" for number in range(1, 10_000))
    return next((each for each in (*letters, *numbered) if each not in used), "")
