"""Acts of the consultation: comment in threads, settle what was said, say where one stands."""

from aarshjul.acts.about import known_goal
from aarshjul.acts.acting import Acting, ActRefused
from aarshjul.acts.dates import close_when_done, complete
from aarshjul.acts.hashing import content_hash
from aarshjul.acts.standing_in import may_act_for
from aarshjul.core import cycle as core
from aarshjul.core.consultation import is_late
from aarshjul.core.owing import owing
from aarshjul.core.stages import ENDED
from aarshjul.files.process_forms import Comment, Respond, SettleComment
from models.consultation import Comment as CommentRow
from models.consultation import Position
from models.consultations import comment_of, next_comment, round_began
from models.milestone import Milestone


def comment(acting: Acting, form: Comment) -> None:
    """A member says something about the draft; whoever owed a comment has done it."""
    _members_only(acting.roles, acting.by)
    thread = None if form.reply_to is None else _thread(acting, form.reply_to)
    if thread is not None and (form.goal or form.indicator):
        raise ActRefused(f"a reply is about what comment {thread.number} is about: leave `goal` out")
    goal = thread.goal if thread is not None else known_goal(acting, form.goal, form.indicator)
    asking = [acting.view.by_id[row.slug] for row in acting.milestones(done_when="comment")]
    number = next_comment(acting.session, acting.cycle.id)
    acting.session.add(
        CommentRow(
            cycle_id=acting.cycle.id,
            number=number,
            round=acting.cycle.round,
            draft_version=acting.cycle.draft_version,
            goal=goal,
            indicator=thread.indicator if thread is not None else form.indicator,
            reply_to=thread.number if thread is not None else None,
            text=form.text,
            person_id=acting.by,
            made_at=acting.now,
            late=is_late(asking, round_began(acting.session, acting.cycle), acting.today),
        )
    )
    acting.happened(
        "commented",
        phase=core.Phase.DRAFTING,
        number=number,
        reply_to=thread.number if thread is not None else None,
        goal=goal,
        text=content_hash(form.text),
    )
    _answered(acting, {acting.by}, acting.stands_in_for)


def _thread(acting: Acting, number: int) -> CommentRow:
    """The first comment of the thread that one belongs to."""
    found = _known(acting, number)
    return found if found.reply_to is None else _known(acting, found.reply_to)


def _known(acting: Acting, number: int) -> CommentRow:
    found = comment_of(acting.session, acting.cycle.id, number)
    if found is None:
        raise ActRefused(f"there is no comment {number} in {acting.cycle.id}")
    return found


def _members_only(roles: frozenset[str], person: str) -> None:
    if not roles - {core.SUBSCRIBER}:
        raise ActRefused(f"{person} may not comment: it is for members, not for subscribers")


def _answered(acting: Acting, own: set[str], others: frozenset[str] = frozenset()) -> None:
    """The earliest deadline that waits for a comment of theirs, and all that were missed, have it."""
    deadlines = acting.milestones(done_when="comment")
    waiting = [row for row in deadlines if _mine(acting, row, own, others)]
    missed = [row for row in waiting if row.on is not None and row.on < acting.today]
    for row in missed or waiting[:1]:
        for person in sorted(_mine(acting, row, own, others)):
            complete(acting, row, person)
        close_when_done(acting, row)


def _mine(acting: Acting, row: Milestone, own: set[str], others: frozenset[str]) -> set[str]:
    """Whose comment this is: one's own or, where one owes none, that of those whom one stands in for."""
    owe = {each.person for each in owing(acting.view, acting.view.by_id[row.slug], acting.today)}
    return owe & own or owe & others


def settle_comment(acting: Acting, form: SettleComment) -> None:
    """What a thread asks for is accepted or declined; what was settled can be settled otherwise."""
    acting.needs(core.COORDINATOR, core.HOLDER)
    row = _known(acting, form.comment)
    if row.reply_to is not None:
        raise ActRefused(
            f"comment {row.number} is a reply: settle comment {row.reply_to}, whose thread it is in"
        )
    was = row.state
    if (was, row.reason) == (form.outcome, form.reason):
        raise ActRefused(f"comment {row.number} is {was} already")
    row.state, row.reason = form.outcome, form.reason
    row.settled_by, row.settled_at = acting.by, acting.now
    acting.happened(
        "comment-settled",
        phase=core.Phase.DRAFTING,
        number=row.number,
        was=was,
        to=form.outcome,
        reason=content_hash(form.reason) if form.reason else None,
    )


def respond(acting: Acting, form: Respond) -> None:
    """A member says where they stand on the present version, or somebody says it for them; a comment is not owed then."""
    person, version = form.person or acting.by, acting.cycle.draft_version
    if version is None:
        raise ActRefused("there is no draft yet: nobody can say where they stand on it")
    if acting.cycle.stage in ENDED:
        raise ActRefused(f"the draft is {acting.cycle.stage}: it is no longer asked where members stand")
    row = acting.session.get(Position, (acting.cycle.id, version, person))
    may_speak_for(acting, person, row)
    was = None if row is None else row.position
    if row is None:
        row = Position(
            cycle_id=acting.cycle.id,
            draft_version=version,
            person_id=person,
            position=form.position,
            given_by=acting.by,
            given_at=acting.now,
        )
        acting.session.add(row)
    elif (row.position, row.remarks, row.given_by) == (form.position, form.remarks, acting.by):
        raise ActRefused(f"{person} has said so of version {version} already")
    row.position, row.remarks = form.position, form.remarks
    row.given_by, row.given_at = acting.by, acting.now
    acting.happened(
        "responded",
        phase=core.Phase.DRAFTING,
        version=version,
        for_person=person,
        was=was,
        to=form.position,
        remarks=content_hash(form.remarks) if form.remarks else None,
    )
    _answered(acting, {person})


def may_speak_for(acting: Acting, person: str, row: Position | None) -> None:
    """Oneself, who stands in, or the coordinator, who writes down what came another way."""
    member = acting.view.by_person.get(person)
    if member is None or member.left:
        raise ActRefused(f"{person} is not a member of {acting.cycle.id}")
    if not acting.is_coordinator:
        may_act_for(acting, person, row.given_by if row is not None else None)
    _members_only(member.roles, person)
