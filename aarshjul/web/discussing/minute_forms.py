"""The forms of a meeting's minutes: an item about a focus area, with a row for each change that is wanted."""

import re
from collections.abc import Sequence

from aarshjul.acts.hashing import content_hash
from aarshjul.core.contract import Contract
from aarshjul.papers.markdown import one_line
from aarshjul.web.discussing.minute_words import WORDS
from aarshjul.web.discussing.opened import Pressed
from aarshjul.web.doing.form import Field, FormView, Option
from aarshjul.web.doing.seat import Seat
from aarshjul.web.doing.typed import Typed
from aarshjul.web.doing.undoing import warning_for
from models.dialogue import MinutesItem, Task

WAS, MORE, FORM = "was", "more", "form"
"""Hidden fields: what the item said when its page was made, and which form it is."""
_CHANGE = re.compile(r"change-([1-9][0-9]{0,2})")


def goal_choices(contract: Contract | None, language: str) -> tuple[Option, ...]:
    """The goals that changes can be about."""
    said = WORDS[language]["goal_option"]
    goals = contract.goals if contract is not None else ()
    return tuple(
        Option(value=goal.id, label=said.format(id=goal.id, title=one_line(goal.title))) for goal in goals
    )


def new_item(
    seat: Seat, slug: str, number: int, area: str, goals: tuple[Option, ...], pressed: Pressed | None
) -> FormView:
    """An item about an area that the draft has; about another one, which is typed, where `area` is empty."""
    words, name = WORDS[seat.language], f"item-{number}" if area else "other"
    about = (
        Field(name="area", label="", kind="hidden", values=(area,))
        if area
        else Field(name="area", label=words["area"], required=True)
    )
    title = words["item"].format(area=area) if area else words["other"]
    return _form(seat, slug, name, title, (about,), ("", ""), (), goals, pressed)


def rewriting(
    seat: Seat,
    slug: str,
    item: MinutesItem,
    tasks: Sequence[Task],
    goals: tuple[Option, ...],
    pressed: Pressed | None,
) -> FormView:
    """An item that is there, to be written anew: with what it says and the changes that were not declined."""
    words = WORDS[seat.language]
    kept = [task for task in tasks if task.state != "declined"]
    goal = next((task.goal for task in kept if task.goal), None) or ""
    hidden = (
        Field(name="area", label="", kind="hidden", values=(item.area,)),
        Field(name="replaces", label="", kind="hidden", values=("true",)),
        Field(name=WAS, label="", kind="hidden", values=(said_now(item),)),
    )
    title, changes = words["rewrite"].format(area=item.area), tuple(task.text for task in kept)
    name = f"rewrite-{item.id}"
    return _form(seat, slug, name, title, hidden, (item.said, goal), changes, goals, pressed)


def said_now(item: MinutesItem) -> str:
    """What tells two states of an item apart."""
    return content_hash(item.said)


def _form(
    seat: Seat,
    slug: str,
    name: str,
    title: str,
    about: tuple[Field, ...],
    filled: tuple[str, str],
    changes: tuple[str, ...],
    goals: tuple[Option, ...],
    pressed: Pressed | None,
) -> FormView:
    words, (said, goal) = WORDS[seat.language], filled
    rows = rows_typed(pressed.typed) if pressed is not None and pressed.form == name else len(changes) + 1
    which = Field(name="goal", label=words["goal"], kind="select", options=goals, values=(goal,))
    return FormView(
        id=name,
        action=seat.to("milestones", slug, "minute"),
        button=words["save"],
        title=title,
        intro=words["rewrite_intro"] if name.startswith("rewrite") else "",
        warning=warning_for("minute", seat.language),
        more=words["more"],
        fields=(
            Field(name=FORM, label="", kind="hidden", values=(name,)),
            *about,
            Field(name="said", label=words["said"], kind="textarea", values=(said,), required=True),
            *((which,) if goals else ()),
            *(
                Field(
                    name=f"change-{number}",
                    label=words["change"].format(number=number),
                    kind="textarea",
                    rows=2,
                    values=changes[number - 1 : number],
                )
                for number in range(1, rows + 1)
            ),
        ),
    )


def rows_typed(typed: Typed) -> int:
    """How many rows a form had, and one more where that was asked for."""
    numbers = (int(found[1]) for name in typed.texts if (found := _CHANGE.fullmatch(name)))
    return max(numbers, default=1) + (1 if typed.text(MORE) else 0)


def changes_typed(typed: Typed) -> tuple[str, ...]:
    """The changes that are wanted, in order."""
    said = (typed.text(f"change-{number}") for number in range(1, rows_typed(typed) + 1))
    return tuple(each for each in said if each)
