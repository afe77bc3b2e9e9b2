"""The minutes of a meeting: who was there, what was said of each focus area, what is to change, what was decided."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aarshjul.core import cycle as core
from aarshjul.core.consultation import Thread
from aarshjul.core.consultation_json import thread_json
from aarshjul.core.gathering import Gathering
from aarshjul.core.roll import Roll
from aarshjul.papers.agenda import is_approval, numbered, people_section
from aarshjul.papers.dossier import Dossier, began, folded
from aarshjul.papers.items import (
    condition_item,
    decision_day,
    decision_item,
    made_on,
    task_item,
    thread_item,
)
from aarshjul.papers.meeting_json import condition_json, decision_json, head_json, task_json
from aarshjul.papers.sheet import Block, Facts, Item, Items, Note, Section, Sheet, Words
from aarshjul.papers.words import say
from models.approval import Condition, Vote
from models.dialogue import MinutesItem, Task
from models.draft import Decision

VOTES = ("for", "against", "abstain")


def minutes_sheet(dossier: Dossier, gathering: Gathering, settled: Sequence[Thread], language: str) -> Sheet:
    """The minutes as a paper."""
    points = [_item(dossier, each, language) for each in dossier.items]
    points += [_decision(dossier, language)] if is_approval(dossier) else []
    comments = [thread_item(each, language) for each in settled]
    if comments:
        title = say("settled-comments", language)
        points.append(Section(title=title, blocks=(Items(title="", items=tuple(comments)),)))
    people = people_section(gathering, language)
    return Sheet(
        kind=say("minutes", language),
        title=gathering.title,
        subtitle=", ".join(part for part in (gathering.when, gathering.place) if part),
        language=language,
        sections=(
            Section(title=people.title, blocks=(*people.blocks, *_notes(dossier, language))),
            *numbered(points),
        ),
        foot=made_on(dossier, language),
    )


def _notes(dossier: Dossier, language: str) -> list[Block]:
    """What the reader must know of the record: that the meeting is not closed, that nothing is written, its reference."""
    row = dossier.milestone
    notes: list[Block] = []
    if row.minutes:
        notes.append(Facts(pairs=((say("record", language), (row.minutes,)),)))
    if row.kind == core.Kind.MEETING and row.state != core.State.DONE:
        notes.append(Note(text=say("not-closed", language)))
    if not dossier.items and not is_approval(dossier):
        notes.append(Note(text=say("no-minutes", language)))
    return notes


def _item(dossier: Dossier, item: MinutesItem, language: str) -> Section:
    tasks = tuple(task_item(each, language) for each in tasks_of_item(dossier, item))
    wanted = (Items(title=say("tasks", language), items=tasks),) if tasks else ()
    return Section(title=item.area, blocks=(Words(markdown=item.said), *wanted))


def tasks_of_item(dossier: Dossier, item: MinutesItem) -> list[Task]:
    """The changes that an item of the minutes wants."""
    area = folded(item.area)
    return [
        each for each in dossier.tasks if each.milestone_id == item.milestone_id and folded(each.area) == area
    ]


def _decision(dossier: Dossier, language: str) -> Section:
    """What was decided on the meeting's date; below it what was decided before."""
    made, then = decisions_here(dossier), decided_then(dossier)
    blocks: list[Block] = (
        [Note(text=say("no-decision", language))] if then is None else _decided(dossier, then, language)
    )
    earlier = tuple(_earlier(dossier, each, language) for each in made if each is not then)
    blocks += [Items(title=say("decisions", language), items=earlier)] if earlier else []
    return Section(title=say("approval", language), blocks=tuple(blocks))


def _decided(dossier: Dossier, decision: Decision, language: str) -> list[Block]:
    item = decision_item(dossier, decision, language)
    blocks: list[Block] = [Items(title=say("decided-here", language), items=(item,))]
    if votes := votes_on(dossier, decision):
        blocks.append(Facts(pairs=((say("votes", language), (_votes(votes, language),)),)))
    conditions = _conditions(dossier, decision, language)
    return [*blocks, Items(title=say("conditions", language), items=conditions)] if conditions else blocks


def _earlier(dossier: Dossier, decision: Decision, language: str) -> Item:
    """A decision with its votes and conditions below it, so that it is plain whose they are."""
    votes, conditions = votes_on(dossier, decision), _conditions(dossier, decision, language)
    below = [Item(text="", of=f"{say('votes', language)}: {_votes(votes, language)}")] if votes else []
    below += [Item(text="", of=say("conditions", language), answers=conditions)] if conditions else []
    return replace(decision_item(dossier, decision, language), answers=tuple(below))


def _votes(votes: Sequence[Vote], language: str) -> str:
    counted = {f"{vote}_" if vote == "for" else vote: n for vote, n in _counted(votes).items()}
    return say("vote-counts", language, **counted)


def _conditions(dossier: Dossier, decision: Decision, language: str) -> tuple[Item, ...]:
    return tuple(condition_item(dossier, each, language) for each in conditions_of(dossier, decision))


def decisions_here(dossier: Dossier) -> list[Decision]:
    """What was decided at this milestone, on whichever of its dates, oldest first."""
    made = [each for each in dossier.decisions if each.milestone_id == dossier.milestone.id]
    return sorted(made, key=lambda each: (decision_day(dossier, each), each.id or 0))


def decided_then(dossier: Dossier) -> Decision | None:
    """What was decided on the date that the meeting has now; None where that was on dates that it had before.

    It is the last that was taken under that date, or written down since.
    """
    row = dossier.milestone
    found = [
        each
        for each in decisions_here(dossier)
        if each.milestone_revision == row.revision
        or (row.on is not None and decision_day(dossier, each) >= row.on)
    ]
    return found[-1] if found else None


def votes_on(dossier: Dossier, decision: Decision) -> list[Vote]:
    """The members' votes that went with a decision."""
    return [
        each
        for each in dossier.votes
        if (each.body, each.round, each.draft_hash) == (decision.body, decision.round, decision.draft_hash)
    ]


def _counted(votes: Sequence[Vote]) -> dict[str, int]:
    return {vote: sum(each.vote == vote for each in votes) for vote in VOTES}


def conditions_of(dossier: Dossier, decision: Decision) -> list[Condition]:
    """The conditions that a decision made."""
    return [each for each in dossier.conditions if each.decision_id == decision.id]


def settled_since(dossier: Dossier, others: Sequence[core.Milestone]) -> list[Thread]:
    """The comments that were settled from this meeting on, until the next meeting or decision began."""
    since = began(dossier)
    if since is None:
        return []
    later = [
        core.moment(each.on, each.at or "00:00", dossier.zone)
        for each in others
        if each.on is not None
        and each.kind is not core.Kind.DEADLINE
        and each.state is not core.State.CANCELLED
    ]
    until = min((each for each in later if each > since), default=None)
    return [
        each
        for each in dossier.threads
        if each.settled_at is not None
        and since <= each.settled_at
        and (until is None or each.settled_at < until)
    ]


def minutes_json(dossier: Dossier, roll: Roll, settled: Sequence[Thread]) -> dict[str, Any]:
    """As `minutes --json` has it."""
    return {
        **head_json(dossier, roll),
        "items": [
            {
                "area": each.area,
                "said": each.said,
                "recorded_by": each.recorded_by,
                "recorded_at": each.recorded_at.isoformat(),
                "tasks": [task_json(task) for task in tasks_of_item(dossier, each)],
            }
            for each in dossier.items
        ],
        "comments_settled": [thread_json(each) for each in settled],
        "decisions": [
            {
                **decision_json(dossier, each),
                "earlier": each is not decided_then(dossier),
                "votes": _counted(votes_on(dossier, each)),
                "conditions": [condition_json(condition) for condition in conditions_of(dossier, each)],
            }
            for each in decisions_here(dossier)
        ],
    }
