"""The agenda of a meeting: by focus area what is open in the draft; of a deciding body, the text that it decides on."""

from collections.abc import Sequence
from typing import Any

from aarshjul.core.consultation import Thread
from aarshjul.core.consultation_json import thread_json
from aarshjul.core.cycle import Kind as MilestoneKind
from aarshjul.core.cycle import Phase, State
from aarshjul.core.findings import Finding
from aarshjul.core.focus_areas import WHOLE, Area
from aarshjul.core.gathering import Gathering
from aarshjul.core.roll import Roll
from aarshjul.papers.dossier import Dossier
from aarshjul.papers.items import (
    condition_item,
    decision_item,
    finding_items,
    local_day,
    made_on,
    stand_items,
    task_item,
    thread_item,
)
from aarshjul.papers.meeting_json import condition_json, decision_json, head_json, stand_json, task_json
from aarshjul.papers.sheet import Block, Facts, Item, Items, Note, Section, Sheet
from aarshjul.papers.words import area_title, day, say
from models.dialogue import Task

BEFORE_THE_DRAFT = (Phase.DATA_COLLECTION, Phase.SCORING)


def agenda_sheet(dossier: Dossier, gathering: Gathering, language: str) -> Sheet:
    """The agenda as a paper, of a meeting to come; of one that was held it says so.

    Args:
        dossier: the meeting with the draft as it stands.
        gathering: of the people as they had answered (`Roll.as_answered`).
        language: `da` or `en`.
    """
    people = people_section(gathering, language)
    held = dossier.milestone.state == State.DONE
    note = (Note(text=say("was-held", language)),) if held else ()
    return Sheet(
        kind=say("agenda", language),
        title=gathering.title,
        subtitle=", ".join(part for part in (gathering.when, gathering.place) if part),
        language=language,
        sections=(
            Section(title=people.title, blocks=(*note, *people.blocks)),
            *numbered(_points(dossier, language)),
        ),
        foot=made_on(dossier, language),
    )


def people_section(gathering: Gathering, language: str) -> Section:
    """Who comes or was there, how many of each body, and what else the meeting carries."""
    pairs = [*([(say("points", language), gathering.points)] if gathering.points else []), *gathering.groups]
    if gathering.counts:
        pairs.append((say("present-counts", language), gathering.counts))
    return Section(title=say("people", language), blocks=(Facts(pairs=tuple(pairs)),) if pairs else ())


def numbered(sections: Sequence[Section]) -> list[Section]:
    """The points of a meeting, counted."""
    return [
        Section(title=f"{number}. {each.title}", blocks=each.blocks)
        for number, each in enumerate(sections, start=1)
    ]


def is_approval(dossier: Dossier) -> bool:
    """Whether a body decides on the draft there."""
    row = dossier.milestone
    return row.kind == MilestoneKind.DECISION and row.phase == Phase.APPROVAL


def _points(dossier: Dossier, language: str) -> list[Section]:
    if dossier.milestone.phase in BEFORE_THE_DRAFT:
        title = say("results", language)
        return [Section(title=title, blocks=(Note(text=say("see-results", language)),))]
    if dossier.draft is None:
        return [Section(title=say("draft", language), blocks=(Note(text=say("no-draft", language)),))]
    return [_approval(dossier, language)] if is_approval(dossier) else _areas(dossier, language)


def draft_facts(dossier: Dossier, language: str) -> tuple[Block, ...]:
    """Which text it is: version, hash, who submitted it and what is new in it."""
    draft = dossier.draft
    if draft is None:
        return (Note(text=say("no-draft", language)),)
    on, name = day(local_day(draft.submitted_at, dossier), language), dossier.name(draft.submitted_by)
    pairs = [
        (say("draft", language), (say("version", language, version=draft.version, round=draft.round),)),
        (say("submitted", language), (say("submitted-by", language, on=on, name=name),)),
        *([(say("news", language), (draft.message,))] if draft.message else []),
        (say("hash", language), (draft.hash,)),
    ]
    return (Facts(pairs=tuple(pairs)),)


def _approval(dossier: Dossier, language: str) -> Section:
    standing = {each.id for each in dossier.decisions if each.void_at is None}
    conditions = [each for each in dossier.conditions if each.decision_id in standing]
    blocks = [
        *_items(
            "decisions", [decision_item(dossier, each, language) for each in dossier.decisions], language
        ),
        *_items("conditions", [condition_item(dossier, each, language) for each in conditions], language),
        *_items("open-tasks", [task_item(each, language) for each in open_tasks(dossier)], language),
        *_items("objections", stand_items(dossier, language), language),
    ]
    return Section(title=say("approval", language), blocks=(*draft_facts(dossier, language), *blocks))


def _areas(dossier: Dossier, language: str) -> list[Section]:
    whole = Section(
        title=say("whole", language),
        blocks=(
            *draft_facts(dossier, language),
            *_items("objections", stand_items(dossier, language), language),
            *_open_in(dossier, WHOLE, language),
        ),
    )
    return [whole, *[_area(dossier, each, language) for each in dossier.areas]]


def _area(dossier: Dossier, area: Area, language: str) -> Section:
    goals = [
        Item(of=say("goal", language, id=each.id, title=each.title), text=each.text or "")
        for each in area.goals
    ]
    still = _open_in(dossier, area, language)
    blocks = [*_items("goals", goals, language), *(still or [Note(text=say("nothing", language))])]
    return Section(title=area_title(area, language), blocks=tuple(blocks))


def _open_in(dossier: Dossier, area: Area, language: str) -> list[Block]:
    return [
        *_items(
            "open-comments", [thread_item(each, language) for each in threads_in(dossier, area)], language
        ),
        *_items("findings", finding_items(findings_in(dossier, area), language), language),
        *_items("open-tasks", [task_item(each, language) for each in open_tasks(dossier, area)], language),
    ]


def _items(title: str, items: Sequence[Item], language: str) -> list[Block]:
    return [Items(title=say(title, language), items=tuple(items))] if items else []


def threads_in(dossier: Dossier, area: Area) -> list[Thread]:
    """The comments about an area that wait for an answer, of whichever round."""
    return [each for each in dossier.threads if each.state == "open" and dossier.area_of(each.goal) == area]


def findings_in(dossier: Dossier, area: Area) -> list[Finding]:
    """What the check of the draft says of an area."""
    return [each for each in dossier.findings if dossier.area_of(each.goal) == area]


def open_tasks(dossier: Dossier, area: Area | None = None) -> list[Task]:
    """The changes still to be made: all, or those of an area."""
    return [
        each
        for each in dossier.tasks
        if each.state == "open" and (area is None or dossier.area_of(each.goal, each.area) == area)
    ]


def agenda_json(dossier: Dossier, roll: Roll, language: str) -> dict[str, Any]:
    """As `agenda --json` has it."""
    has_areas = dossier.draft is not None and dossier.milestone.phase not in BEFORE_THE_DRAFT
    return {
        **head_json(dossier, roll),
        "positions": [stand_json(dossier, person, each) for person, each in dossier.stands.items()],
        "areas": [_area_json(dossier, each, language) for each in (WHOLE, *dossier.areas)]
        if has_areas
        else [],
        "decisions": [decision_json(dossier, each) for each in dossier.decisions],
        "conditions": [condition_json(each) for each in dossier.conditions],
    }


def _area_json(dossier: Dossier, area: Area, language: str) -> dict[str, Any]:
    return {
        "area": area_title(area, language),
        "kind": str(area.kind),
        "goals": [each.id for each in area.goals],
        "comments": [thread_json(each) for each in threads_in(dossier, area)],
        "findings": [{"id": each.id, "message": each.message} for each in findings_in(dossier, area)],
        "tasks": [task_json(each) for each in open_tasks(dossier, area)],
    }
