"""Where the approval stands, as its page shows it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from aarshjul.core.cycle import BODIES, COUNCIL
from aarshjul.core.stages import Stage
from aarshjul.papers.versions import VersionLine
from aarshjul.web.approving.words import WORDS
from aarshjul.web.board_words import OUTCOMES
from aarshjul.web.discussing.opened import Opened
from aarshjul.web.discussing.shared_words import WORDS as SHARED
from models.conditions import conditions_of
from models.dialogues import open_tasks
from models.draft import Decision
from models.votes import WAYS, votes_on
from notifications.dates import day_in_words

_ORDER = ("draft", "board", "council", "signatures")
_NOW = {
    Stage.NOT_STARTED: 0,
    Stage.DRAFTING: 0,
    Stage.SUBMITTED: 1,
    Stage.DISCUSSED: 1,
    Stage.BOARD_APPROVED: 2,
    Stage.COUNCIL_APPROVED: 3,
    Stage.IN_FORCE: 4,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class StepView:
    """A step on the way: what it is, whether it is done, now or later, and what there is to say of it."""

    title: str
    state: str
    now: bool
    said: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class VotesView:
    """A body's votes on the present text."""

    body: str
    counted: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionView:
    """What a body decided once; `beside` are lines of the minutes and who wrote it down."""

    said: str
    fell: bool
    reason: str
    beside: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConditionView:
    """A condition of an approval, and what became of it."""

    said: str
    who: str
    state: str


def body_name(looked: Opened, body: str) -> str:
    """What a deciding body is called."""
    return looked.cycle.council if body == COUNCIL else WORDS[looked.language]["board"]


def steps_of(looked: Opened, lines: Sequence[VersionLine]) -> tuple[StepView, ...]:
    """The way from a version to a contract, in order; after a rejection nothing is to come."""
    words, at = WORDS[looked.language], _NOW.get(Stage(looked.cycle.stage), len(_ORDER))
    said = {name: tuple(_said(looked, lines, name)) for name in _ORDER}
    return tuple(
        StepView(
            title=words[f"step_{name}"].format(council=looked.cycle.council),
            state=words["step_done" if number < at else "step_now" if number == at else "step_later"],
            now=number == at,
            said=said[name],
        )
        for number, name in enumerate(_ORDER)
    )


def _said(looked: Opened, lines: Sequence[VersionLine], name: str) -> Iterator[str]:
    if not lines:
        return
    words, line = WORDS[looked.language], lines[-1]
    draft = line.draft
    if name == "draft":
        when, who = looked.when(draft.submitted_at), looked.name(draft.submitted_by)
        yield words["step_submitted"].format(version=draft.version, when=when, name=who)
    elif name in BODIES:
        for row in line.decisions:
            if row.body == name and row.void_at is None:
                yield _outcome_said(looked, row)
    else:
        for signature in line.signatures:
            body = body_name(looked, signature.body)
            who = signature.name or looked.name(signature.person_id)
            yield words["step_signed"].format(body=body, name=who, when=looked.when(signature.signed_at))


def _outcome_said(looked: Opened, row: Decision) -> str:
    outcome = OUTCOMES[looked.language].get(row.outcome, row.outcome)
    return f"{outcome[:1].upper()}{outcome[1:]}, {day_in_words(_day(looked, row), looked.language)}"


def _day(looked: Opened, row: Decision) -> date:
    return row.decided_on or row.decided_at.astimezone(ZoneInfo(looked.cycle.timezone)).date()


def votes_of(looked: Opened, line: VersionLine) -> tuple[VotesView, ...]:
    """Of each body that has voted on the present text in this round."""
    words, found = WORDS[looked.language], []
    for body in BODIES:
        rows = votes_on(looked.session, line.draft, body, looked.cycle.round)
        if rows:
            counts, name = Counter(row.vote for row in rows), body_name(looked, body)
            counted = words["votes_count"].format(body=name, **{way: counts[way] for way in WAYS})
            said = tuple(
                (
                    looked.name(row.person_id),
                    words[row.vote],
                    words["cast_by"].format(name=looked.name(row.cast_by))
                    if row.cast_by != row.person_id
                    else "",
                )
                for row in rows
            )
            found.append(VotesView(body=name, counted=counted, rows=said))
    return tuple(found)


def decisions_of(looked: Opened, lines: Sequence[VersionLine]) -> tuple[DecisionView, ...]:
    """All that was decided about any version, the latest first."""
    rows = sorted((row for line in lines for row in line.decisions), key=lambda row: row.id or 0)
    return tuple(_decision(looked, row) for row in reversed(rows))


def _decision(looked: Opened, row: Decision) -> DecisionView:
    words = WORDS[looked.language]
    minutes = words["minutes_said"].format(minutes=row.minutes) if row.minutes else ""
    recorded = words["recorded"].format(name=looked.name(row.recorded_by)) if row.recorded_by else ""
    return DecisionView(
        said=words["decided"].format(
            body=body_name(looked, row.body),
            outcome=OUTCOMES[looked.language].get(row.outcome, row.outcome),
            version=row.draft_version,
            day=day_in_words(_day(looked, row), looked.language),
        ),
        fell=row.void_at is not None,
        reason=row.reason or "",
        beside=tuple(each for each in (minutes, recorded) if each),
    )


def condition_views(looked: Opened) -> tuple[ConditionView, ...]:
    """Those of all approvals so far, by number; what lapsed says so."""
    words, shared = WORDS[looked.language], SHARED[looked.language]
    return tuple(
        ConditionView(
            said=words["condition"].format(number=row.number, text=row.text),
            who=words["condition_who"].format(
                owner=looked.owner(row.owner), due=day_in_words(row.due, looked.language)
            )
            if row.due is not None
            else looked.owner(row.owner),
            state=shared[row.state],
        )
        for row in conditions_of(looked.session, looked.cycle.id)
    )


def in_the_way(looked: Opened) -> tuple[str, ...]:
    """The changes that are neither made nor declined, while the board has not approved."""
    if looked.cycle.stage not in (Stage.DRAFTING, Stage.SUBMITTED, Stage.DISCUSSED):
        return ()
    tasks = open_tasks(looked.session, looked.cycle.id)
    return tuple(f"{task.number}. {task.area}: {task.text}" for task in tasks)
