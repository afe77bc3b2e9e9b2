"""What a letter is about, without its reader: the words about it are found once for all who read the same."""

from dataclasses import dataclass, replace

from aarshjul.core.cycle import COORDINATOR
from aarshjul.core.duties import DutyKind
from notifications.facts import (
    ChangeFacts,
    DecisionFacts,
    MilestoneFacts,
    ProposedFacts,
    ReceivedFacts,
    ScoreFacts,
    Undelivered,
)
from notifications.letter import Letter

_CHAIRS = ("board-chair", "council-chair")


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """All that the templates of the kinds can read, and by that what their words are kept by.

    Two readers with equal matters get the same words, so nothing of a reader may stand here but how they stand to
    the matter.

    Attributes:
        cycle: and `holder`, `council`, `milestones`, `decision`, `score`, `changes`, `undelivered`, `received`, `proposed`:
            the letter's own.
        parts: the matters of what else a digest carries.
        linked: whether a button leads to the page about it.
        calendar: whether a calendar part goes with it; `attached`, whether a mail does.
        coordinator: whether it is told to a coordinator; `chair` is the role of who chairs a body.
        absent: the name of whom the reader stands in for.
    """

    kind: DutyKind
    language: str
    cycle: str
    holder: str
    council: str
    milestones: tuple[MilestoneFacts, ...]
    decision: DecisionFacts | None
    score: ScoreFacts | None
    changes: ChangeFacts | None
    undelivered: tuple[Undelivered, ...]
    received: ReceivedFacts | None
    proposed: ProposedFacts | None
    parts: tuple["Matter", ...]
    linked: bool
    calendar: bool
    attached: bool
    coordinator: bool
    chair: str | None
    absent: str | None


def matter_of(letter: Letter) -> Matter:
    """What the letter is about."""
    reader = letter.recipient
    return Matter(
        kind=letter.kind,
        language=letter.language,
        cycle=letter.cycle,
        holder=letter.holder,
        council=letter.council,
        milestones=letter.milestones,
        decision=letter.decision,
        score=letter.score,
        changes=letter.changes,
        undelivered=letter.undelivered,
        received=letter.received,
        proposed=letter.proposed,
        parts=tuple([matter_of(part) for part in letter.parts]),
        linked=letter.link is not None,
        calendar=letter.invite is not None,
        attached=letter.attachment is not None,
        coordinator=COORDINATOR in reader.roles,
        chair=next((role for role in _CHAIRS if role in reader.roles), None),
        absent=reader.delegate_for,
    )


def without_mail(matter: Matter) -> Matter:
    """The same for a reader of a card or a note, to which nothing can be attached."""
    parts = tuple([without_mail(part) for part in matter.parts])
    return replace(matter, parts=parts, calendar=False, attached=False)
