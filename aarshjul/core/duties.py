"""A duty: one thing that is owed to, or by, somebody, with a key that makes it unique for ever."""

from dataclasses import dataclass, field
from enum import StrEnum

from aarshjul.core.cycle import Telling

NONE = "-"  # stands in a key for a part that the duty has not


class DutyKind(StrEnum):
    """What is owed; all but `publish` are messages.

    The last three tell a coordinator what came back: a message that could not be delivered, a mail that is not for
    us, another time that an invitee proposes.
    """

    REMIND = "remind"
    INVITE = "invite"
    UPDATE = "update"
    CANCEL = "cancel"
    MOVED = "moved"
    RETURNED = "returned"
    REOPENED = "reopened"
    DECIDED = "decided"
    SCORE = "score"
    ESCALATE = "escalate"
    DIGEST = "digest"
    WELCOME = "welcome"
    PUBLISH = "publish"
    UNDELIVERED = "undelivered"
    RECEIVED = "received"
    PROPOSED = "proposed"

    __hash__ = str.__hash__  # every duty's kind is looked up in sets: an enum's own hash is ten times as dear


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed at a milestone.

    Attributes:
        kind: what is owed.
        cycle: the cycle's id.
        milestone: the milestone's id and `revision` the revision that it is owed for.
        offset: for a reminder, its days from the date.
        person: who gets it; None where the system itself owes it (a scoring run, a publication).
        was: what that person was told before, where that is what has changed.
        also: duties that the same message serves.
        notice: the notice that asked for it.
        key: what makes it unique for ever.
    """

    kind: DutyKind
    cycle: str
    milestone: str | None = None
    revision: int | None = None
    offset: int | None = None
    person: str | None = None
    was: Telling | None = None
    also: "tuple[Duty, ...]" = ()
    notice: int | None = None

    key: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Write its key, `cycle/milestone/revision/kind/offset/person`, with `-` for a part that it has not."""
        key = (
            f"{self.cycle}/{self.milestone or NONE}/{NONE if self.revision is None else self.revision}/"
            f"{self.kind}/{NONE if self.offset is None else self.offset}/{self.person or NONE}"
        )
        object.__setattr__(self, "key", key)  # once: it is asked for again and again
