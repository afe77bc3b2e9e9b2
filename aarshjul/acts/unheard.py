"""What a point that leaves a shared entry was still to tell of it: the other points tell that, or nobody would."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from aarshjul.acts.acting import Acting
from aarshjul.core.duties import DutyKind
from aarshjul.core.sharing import points
from aarshjul.core.tellings import ENTRY
from models.cycle import Membership
from models.message import TO_GO, Message
from models.milestone import Invitation, Milestone

_OF_THE_ENTRY = tuple(str(kind) for kind in (DutyKind.INVITE, DutyKind.UPDATE, DutyKind.CANCEL))
_MAY_HAVE_ARRIVED = frozenset({*TO_GO, "sent", "merged"} - {"waiting"})
_CARRIES_THE_ENTRY = "email"


def leave_the_telling_to(acting: Acting, row: Milestone, others: Iterable[Milestone]) -> None:
    """Whoever waits for a message of this point about their entry goes back to what they know, and is told by the others.

    That message goes no more: it would be about a point without its date. What may have arrived did.
    """
    messages: dict[str, list[Message]] = {}
    for message in _about(acting.session, row, _kept(acting, row)):
        messages.setdefault(message.person_id, []).append(message)
    unheard = {person: found for person, all_ in messages.items() if (found := _unheard(all_))}
    if not unheard:
        return
    for person, found in unheard.items():
        for message in messages[person]:
            if message.state == "waiting":
                _drop(acting, message)
        for other in others:
            _set_back(acting.session.get(Invitation, (other.id, person)), found[0])


def _kept(acting: Acting, row: Milestone) -> list[str]:
    """Those whom another point keeps at the meeting that this one leaves."""
    before = acting.view.by_id[row.slug]
    return [
        person for person in before.invited if any(point.row != row.id for _, point in points(before, person))
    ]


def _about(session: Session, row: Milestone, people: list[str]) -> list[Message]:
    """What was written to some people about the entry of a milestone, locked: a delivery that claims it waits."""
    query = (
        select(Message)
        .where(
            col(Message.cycle_id) == row.cycle_id,
            col(Message.milestone) == row.slug,
            col(Message.kind).in_(_OF_THE_ENTRY),
            col(Message.person_id).in_(people),
        )
        .order_by(col(Message.id))
        .with_for_update()
    )
    found = session.scalars(query.execution_options(populate_existing=True))
    return [message for message in found if ENTRY not in (message.facts or {})]


def _unheard(messages: list[Message]) -> list[Message]:
    """Those that did not arrive since one did, where one of them is to go; by mail, for who has mail."""
    by_mail = [message for message in messages if message.channel == _CARRIES_THE_ENTRY] or messages
    arrived = [place for place, message in enumerate(by_mail, 1) if message.state in _MAY_HAVE_ARRIVED]
    left = by_mail[arrived[-1] if arrived else 0 :]
    return left if any(message.state == "waiting" for message in left) else []


def _drop(acting: Acting, message: Message) -> None:
    """It goes no more; where it was to welcome somebody, the next one does."""
    message.state, message.settled_at, message.claimed_by = "superseded", acting.now, None
    if any(key.split("/")[3] == DutyKind.WELCOME for key in (message.facts or {}).get("also", ())):
        acting.session.get_one(Membership, (message.cycle_id, message.person_id)).welcomed = False


def _set_back(invitation: Invitation | None, first: Message) -> None:
    """To what was known before the first message that never arrived; nothing where that one was to ask."""
    if invitation is None or invitation.told is None:
        return
    invitation.told = (first.facts or {}).get("was")
    if invitation.told is None:  # as for who was never asked; under a key of its own
        invitation.withdrawn += invitation.sequence >= 0
        invitation.sequence = -1
