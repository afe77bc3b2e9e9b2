"""What a feed is of, apart from who subscribed to it."""

from dataclasses import dataclass
from typing import Self

from models.subscription import SCOPES, Subscription


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """A cycle whole, what one `role` in it does or attends, what it shows the public; or across all cycles what
    concerns a person, or the people of an organisation.

    Attributes:
        of: one of `models.subscription.SCOPES`, which says what the other fields must name.
    """

    of: str
    cycle_id: str | None = None
    role: str | None = None
    person_id: str | None = None
    organisation_id: int | None = None

    def __post_init__(self) -> None:
        """Refuse what names too little or too much."""
        wanted = {
            "cycle": {"cycle_id"},
            "role": {"cycle_id", "role"},
            "person": {"person_id"},
            "organisation": {"organisation_id"},
            "public": {"cycle_id"},
        }
        named = {
            name
            for name in ("cycle_id", "role", "person_id", "organisation_id")
            if getattr(self, name) is not None
        }
        if self.of not in SCOPES or named != wanted[self.of]:
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
