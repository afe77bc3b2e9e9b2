"""Comments on the draft as their page shows them: threads by goal, those of goals that no longer stand apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from aarshjul.core.consultation import Remark, Thread
from aarshjul.core.contract import Contract, Indicator
from aarshjul.papers.markdown import one_line, safe_html
from aarshjul.web.discussing import comment_forms as forms
from aarshjul.web.discussing.comment_words import WORDS
from aarshjul.web.discussing.opened import Opened, Pressed, filled, is_pressed
from aarshjul.web.discussing.shared_words import WORDS as SHARED
from aarshjul.web.doing.form import FormView, Option


@dataclass(frozen=True, kw_only=True, slots=True)
class RemarkView:
    """Something that somebody said; `said` is who, when and about which version."""

    number: int
    said: str
    text: Markup


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadView:
    """A first comment with its replies and what became of it, and the forms that are offered with it."""

    first: RemarkView
    about: str
    state: str
    is_open: bool
    marks: tuple[str, ...]
    settled: str
    because: str
    replies: tuple[RemarkView, ...]
    forms: tuple[FormView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupView:
    """The threads about a goal, or about the whole draft; `gone` where the goal no longer stands."""

    id: str
    title: str
    threads: tuple[ThreadView, ...]
    gone: bool = False

    @property
    def forms(self) -> tuple[FormView, ...]:
        """All that are offered with its threads."""
        return tuple(form for each in self.threads for form in each.forms)


@dataclass(frozen=True, kw_only=True, slots=True)
class Goals:
    """The goals and indicators that people speak of now, by id, with their titles."""

    goals: Mapping[str, str]
    indicators: Mapping[str, str]

    @classmethod
    def of(cls, contract: Contract | None) -> "Goals":
        """Those of a contract; none of prose."""
        goals = contract.goals if contract is not None else ()
        return cls(
            goals={goal.id: one_line(goal.title) for goal in goals},
            indicators={
                each.id: one_line(each.title or "") for goal in goals for each in _walk(goal.indicators)
            },
        )

    def choices(self, language: str) -> tuple[Option, ...]:
        """What a comment can be about, beside the whole draft."""
        words = WORDS[language]
        said = (("goal", self.goals), ("indicator", self.indicators))
        return tuple(
            Option(
                value=f"{kind}:{key}", label=words[f"option_{kind}"].format(id=key, title=title).rstrip(": ")
            )
            for kind, those in said
            for key, title in those.items()
        )


def groups_of(
    looked: Opened, threads: Sequence[Thread], goals: Goals, pressed: Pressed | None
) -> tuple[GroupView, ...]:
    """The whole draft first, then the goals in their order, at last those that no longer stand."""
    words = WORDS[looked.language]
    order = [None, *goals.goals, *dict.fromkeys(each.goal for each in threads)]
    found = []
    for goal in dict.fromkeys(order):
        own = tuple(_thread(looked, each, goals, pressed) for each in threads if each.goal == goal)
        if own:
            title = words["whole"] if goal is None else _goal_title(goal, goals, words)
            gone = goal is not None and goal not in goals.goals
            found.append(GroupView(id=goal or "", title=title, threads=own, gone=gone))
    return tuple(found)


def _goal_title(goal: str, goals: Goals, words: Mapping[str, str]) -> str:
    if goal not in goals.goals:
        return words["goal_alone"].format(id=goal)
    return words["goal"].format(id=goal, title=goals.goals[goal])


def _thread(looked: Opened, thread: Thread, goals: Goals, pressed: Pressed | None) -> ThreadView:
    words, shared = WORDS[looked.language], SHARED[looked.language]
    marks = [shared["late"]] if thread.first.late else []
    if thread.round != looked.cycle.round:
        marks.append(words["round"].format(round=thread.round))
    settled = words["settled"].format(
        state=shared[thread.state], name=thread.settled_by or "", when=looked.when(thread.settled_at)
    )
    return ThreadView(
        first=_remark(looked, thread.first),
        about=_about(thread, goals, words),
        state=shared[thread.state],
        is_open=thread.state == "open",
        marks=tuple(marks),
        settled=settled[:1].upper() + settled[1:] if thread.settled_at is not None else "",
        because=words["settled_because"].format(reason=thread.reason) if thread.reason else "",
        replies=tuple(_remark(looked, each) for each in thread.replies),
        forms=tuple(_forms(looked, thread, pressed)),
    )


def _forms(looked: Opened, thread: Thread, pressed: Pressed | None) -> Iterator[FormView]:
    for offered, form in (
        (looked.acting is not None, forms.replying(looked.seat, thread.number)),
        (
            forms.may_settle(looked),
            forms.settling(looked.seat, thread.number, again=thread.state != "open"),
        ),
    ):
        if offered or is_pressed(pressed, form.id):
            yield filled(form, pressed)


def _about(thread: Thread, goals: Goals, words: Mapping[str, str]) -> str:
    if thread.indicator is None:
        return ""
    stands = thread.indicator in goals.indicators
    return words["indicator" if stands else "indicator_gone"].format(id=thread.indicator)


def _remark(looked: Opened, remark: Remark) -> RemarkView:
    words, shared = WORDS[looked.language], SHARED[looked.language]
    version = shared["version"].format(version=remark.version) if remark.version else shared["no_version"]
    said = words["said"].format(name=remark.name, when=looked.when(remark.made_at), version=version)
    return RemarkView(number=remark.number, said=said, text=safe_html(remark.text, below=4))


def _walk(indicators: Sequence[Indicator]) -> Iterator[Indicator]:
    for each in indicators:
        yield each
        yield from _walk(each.indicators)
