"""Comments, changes, findings, decisions and conditions as items of a paper."""

from collections.abc import Iterable
from datetime import date, datetime

from aarshjul.core.consultation import Remark, Stand, Thread
from aarshjul.core.cycle import COUNCIL
from aarshjul.core.cycle_words import role_in_words
from aarshjul.core.findings import Finding
from aarshjul.papers.dossier import Dossier
from aarshjul.papers.sheet import Item, Look, Mark
from aarshjul.papers.words import day, say
from models.approval import Condition
from models.dialogue import Task
from models.draft import Decision

_LOOKS: dict[str, Look] = {
    "open": "wait",
    "accepted": "good",
    "declined": "bad",
    "done": "good",
    "met": "good",
    "waived": "bad",
    "objects": "bad",
    "agrees-with-remarks": "wait",
    "approved": "good",
    "approved-with-conditions": "good",
    "returned": "bad",
    "rejected": "bad",
    "postponed": "wait",
}


def mark(state: str, language: str, **values: object) -> Mark:
    """Where something stands, in a word."""
    return Mark(text=say(state, language, **values), look=_LOOKS.get(state, ""))


def thread_item(thread: Thread, language: str) -> Item:
    """A comment with its replies, about which goal, and what became of it."""
    late = [Mark(text=say("late", language))] if thread.first.late else []
    return Item(
        number=thread.number,
        of=_of(thread.first, _about(thread, language)),
        text=thread.first.text,
        marks=(mark(thread.state, language), *late),
        because=thread.reason or "",
        answers=tuple(Item(number=each.number, of=each.name, text=each.text) for each in thread.replies),
    )


def _of(remark: Remark, about: str) -> str:
    return f"{remark.name} · {about}" if about else remark.name


def _about(thread: Thread, language: str) -> str:
    if thread.indicator is not None:
        return say("indicator-alone", language, id=thread.indicator)
    return say("goal-alone", language, id=thread.goal) if thread.goal is not None else ""


def task_item(task: Task, language: str) -> Item:
    """A change that a meeting wants, and what became of it."""
    return Item(
        number=task.number,
        of=say("goal-alone", language, id=task.goal) if task.goal is not None else "",
        text=task.text,
        marks=(mark(task.state, language, version=task.draft_version),),
        because=task.reason or "",
    )


def finding_items(findings: Iterable[Finding], language: str) -> tuple[Item, ...]:
    """What is to be looked at in the draft, as its check says it."""
    return tuple(Item(of=_of_finding(each, language), text=each.message) for each in findings)


def _of_finding(finding: Finding, language: str) -> str:
    goal = say("goal-alone", language, id=finding.goal)
    _, slash, indicator = finding.id.partition("/")
    return f"{goal} · {say('indicator-alone', language, id=indicator)}" if slash else goal


def stand_items(dossier: Dossier, language: str) -> tuple[Item, ...]:
    """Who does not simply agree, objections first; what was said of an earlier version comes last, and says so."""
    present = dossier.draft.version if dossier.draft is not None else None
    found = [
        (stand.version != present, stand.position != "objects", dossier.name(person), stand)
        for person, stand in dossier.stands.items()
        if stand.position != "agrees"
    ]
    return tuple(
        Item(of=name, text=stand.remarks or "", marks=_stand_marks(stand, language, is_old=is_old))
        for is_old, _, name, stand in sorted(found, key=lambda each: each[:3])
    )


def _stand_marks(stand: Stand, language: str, *, is_old: bool) -> tuple[Mark, ...]:
    said = mark(stand.position, language)
    return (said, Mark(text=say("on-version", language, version=stand.version))) if is_old else (said,)


def decision_item(dossier: Dossier, decision: Decision, language: str) -> Item:
    """What a body decided, about which text, when, and who wrote it down."""
    on = decision_day(dossier, decision)
    about = say("about-version", language, version=decision.draft_version, hash=decision.draft_hash[:12])
    recorded = (
        [say("recorded", language, name=dossier.name(decision.recorded_by))] if decision.recorded_by else []
    )
    void = [Mark(text=say("void", language), look="bad")] if decision.void_at is not None else []
    return Item(
        of=" · ".join([body_name(dossier, decision.body, language), day(on, language), about, *recorded]),
        text=decision.reason or "",
        marks=(mark(decision.outcome, language), *void),
        because=decision.minutes or "",
    )


def body_name(dossier: Dossier, body: str, language: str) -> str:
    """What a deciding body is called: the council has a name of its own."""
    return dossier.cycle.council if body == COUNCIL else say(body, language)


def condition_item(dossier: Dossier, condition: Condition, language: str) -> Item:
    """A condition, who sees to it and by when, and what became of it."""
    parties = {"holder": dossier.cycle.holder, "council": dossier.cycle.council}
    owner = dossier.names.get(condition.owner) or role_in_words(condition.owner, language, **parties)
    of = (
        owner
        if condition.due is None
        else say("by-when", language, owner=owner, due=day(condition.due, language))
    )
    return Item(
        number=condition.number,
        of=of,
        text=condition.text,
        marks=(mark(condition.state, language),),
        because=condition.reason or "",
    )


def decision_day(dossier: Dossier, decision: Decision) -> date:
    """The day on which a body decided, where the cycle's people live."""
    return decision.decided_on or local_day(decision.decided_at, dossier)


def made_on(dossier: Dossier, language: str) -> str:
    """Of which cycle a paper is, and on which day it was made, as it shows what stood then."""
    return f"{dossier.cycle.title} · {say('made', language, on=day(dossier.made, language))}"


def local_day(at: datetime, dossier: Dossier) -> date:
    """The day of a moment where the cycle's people live."""
    return at.astimezone(dossier.zone).date()
