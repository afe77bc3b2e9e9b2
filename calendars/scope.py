"""What a feed is of, apart from who subscribed to it."""

from dataclasses import dataclass
from typing import Self

from models.subscription import Subscription

_NAMED = {
    "cycle": {"cycle_id"},
    "role": {"cycle_id", "role"},
    "person": {"person_id"},
    "organisation": {"organisation_id"},
    "public": {"cycle_id"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """A part of the record that one calendar shows.

    Attributes:
        of: a `cycle` whole; what one `role` in it attends or owes; what it shows the `public`; or across all cycles
            what concerns a `person` or the people of an `organisation` (and all of a cycle that is its own).
        cycle_id: for a person it may be given as well, and then stands for that cycle alone.
    """

    of: str
    cycle_id: str | None = None
    role: str | None = None
    person_id: str | None = None
    organisation_id: int | None = None

    def __post_init__(self) -> None:
        """Refuse what names too little or too much."""
        fields = ("cycle_id", "role", "person_id", "organisation_id")
        named = {name for name in fields if getattr(self, name) is not None}
        if named != _NAMED.get(self.of) and (self.of, named) != ("person", {"cycle_id", "person_id"}):
            msg = f"a feed of '{self.of}' cannot be told by {sorted(named)}"
            raise ValueError(msg)

    @classmethod
    def of_subscription(cls, subscription: Subscription) -> Self:
        """What somebody subscribed to."""
        return cls(
            of=subscription.scope,
            cycle_id=subscription.cycle_id,
            role=subscription.role,
            person_id=subscription.person_id,
            organisation_id=subscription.organisation_id,
        )
