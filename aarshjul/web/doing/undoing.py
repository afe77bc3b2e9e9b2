"""Which acts can be taken back, by which act; and what is said before those that cannot.

What cannot be taken back in every case stands with `None`, and has a warning. Of the others some presses cannot be
either, such as a first answer: it can be changed, not unsaid.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aarshjul.files.act_forms import NO_ONE
from aarshjul.web.doing import undo_stands as stands
from aarshjul.web.doing.undo_stands import Look, Stand
from aarshjul.web.doing.undo_words import WARNINGS

Fields = dict[str, str | list[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pressed:
    """An act that was done: its form, what stood before it and what stands after it, by whom, on which day."""

    form: Any
    was: Stand
    now: Stand
    by: str
    today: date

    def same_hand(self, name: str, at: int) -> bool:
        """Whether what stood was said by who acts: nobody is made to say again what another one said."""
        return self.was[name] is not None and self.was[name][at] == self.by


@dataclass(frozen=True, kw_only=True, slots=True)
class WayBack:
    """How an act is taken back: what it is about, and the act with its fields that restores that, if one does."""

    stand: Callable[[Look, Any], Stand]
    back: Callable[[Pressed], tuple[str, Fields] | None]


def warning_for(act: str, language: str) -> str:
    """What a form says before its button is pressed, where no act takes back what it does; else nothing."""
    return WARNINGS[language].get(act, "")


def _move(pressed: Pressed) -> tuple[str, Fields] | None:
    """Back to the day, times and place that stood; what had none cannot be given none again."""
    key = f"milestone/{pressed.form.milestone}"
    was, now = pressed.was[key][:4], pressed.now[key][:4]
    changed = [
        name for name, old, new in zip(("to", "at", "ends", "place"), was, now, strict=True) if old != new
    ]
    if {"at", "ends"} & {*changed}:
        changed += [name for name, value in zip(("at", "ends"), was[1:3], strict=True) if value]
    stood = dict(zip(("to", "at", "ends", "place"), was, strict=True))
    if any(stood[name] is None for name in changed) or (stood["to"] or "") < str(pressed.today):
        return None
    return "move", {"milestone": pressed.form.milestone, **{name: stood[name] for name in changed}}


def _anchor(pressed: Pressed) -> tuple[str, Fields] | None:
    """Back to the meeting that carried it; to none only where it brought no other day, time or place."""
    key = f"milestone/{pressed.form.milestone}"
    was, now = pressed.was[key], pressed.now[key]
    if was[-1] == now[-1] or (was[-1] is None and was[:-1] != now[:-1]):
        return None
    return "anchor", {"milestone": pressed.form.milestone, "meeting": was[-1] or NO_ONE}


def _join(pressed: Pressed) -> tuple[str, Fields] | None:
    was, person = pressed.was["member"], pressed.form.person_id
    wrote_details = pressed.was["_known"] and not isinstance(pressed.form.as_person(), str)
    if wrote_details or (was is not None and was["deputy"] != pressed.now["member"]["deputy"]):
        return None
    if was is None:
        return "leave", {"person": person}
    return "join", {"person": person, "roles": list(was["roles"])}


def _leave(pressed: Pressed) -> tuple[str, Fields] | None:
    """Only where no deadline closed because of it."""
    dates = [
        {name: value for name, value in each.items() if name != "member"}
        for each in (pressed.was, pressed.now)
    ]
    return ("join", {"person": pressed.form.person}) if dates[0] == dates[1] else None


def _delegate(pressed: Pressed) -> tuple[str, Fields] | None:
    """To who acted before; a first one ends."""
    whom: Fields = {"person": pressed.form.person} if pressed.form.person else {}
    was = pressed.was["delegate"]
    if pressed.now["delegate"] == was:
        return None
    if was is None:
        return "delegate", {"to": NO_ONE, **whom}
    named = zip(("to", "from", "until"), was, strict=True)
    return "delegate", {**{name: value for name, value in named if value}, **whom}


def _deputy(pressed: Pressed) -> tuple[str, Fields] | None:
    return "appoint-deputy", {"person": pressed.form.person, "deputy": pressed.was["deputy"] or NO_ONE}


def _prefer(pressed: Pressed) -> tuple[str, Fields] | None:
    """What was wanted before; names and addresses are not written down anywhere else to come back to."""
    was = {name.removeprefix("wish/"): value for name, value in pressed.was.items()}
    if {"name", "email"} & was.keys() or was.get("secretary") is not None or was.get("language", "") is None:
        return None
    fields: Fields = {"person": pressed.form.person} if pressed.form.person else {}
    for name, value in was.items():
        fields[name] = str(value).lower() if isinstance(value, bool) else value or NO_ONE
    return "prefer", fields


def _unsubscribe(pressed: Pressed) -> tuple[str, Fields] | None:
    return ("prefer", {"news": "true"}) if pressed.was["wish/news"] else None


def _answer(pressed: Pressed) -> tuple[str, Fields] | None:
    """To the one reply that stood; that there was none yet cannot be said."""
    changed = {name for name, value in pressed.now.items() if pressed.was.get(name) != value}
    replies = {pressed.was.get(name) for name in changed}
    reply = replies.pop() if len(replies) == 1 else None
    if reply is None or reply == "needs-action":
        return None
    whom: Fields = {"person": pressed.form.person} if pressed.form.person else {}
    return "answer", {"milestone": pressed.form.milestone, "reply": reply, **whom}


def _vote(pressed: Pressed) -> tuple[str, Fields] | None:
    changed = [name for name, value in pressed.now.items() if pressed.was.get(name) != value]
    if len(changed) != 1 or pressed.was.get(changed[0], ["", ""])[1] != pressed.by:
        return None
    whom: Fields = {"person": pressed.form.person} if pressed.form.person else {}
    return "vote", {"body": pressed.form.body, "vote": pressed.was[changed[0]][0], **whom}


def _result(pressed: Pressed) -> tuple[str, Fields] | None:
    """To the result that was known, where what it is from can be said again."""
    was, now = pressed.was["result"], pressed.now["result"]
    if was is None or any(old is None and old != new for old, new in zip(was, now, strict=True)):
        return None
    named = zip(("actual", "source", "evidence"), was, strict=True)
    return "record-result", {
        "indicator": pressed.form.indicator,
        **{name: value for name, value in named if value},
    }


def _request(pressed: Pressed) -> tuple[str, Fields] | None:
    was, now = pressed.was["request"], pressed.now["request"]
    if was is None or any(old is None and old != new for old, new in zip(was, now, strict=True)):
        return None
    if was[1] < str(pressed.today) or pressed.was["waits"] is None or pressed.was["waits"][0] != "open":
        return None
    named = zip(("owner", "due", "source", "note"), was, strict=True)
    return "request-data", {
        "indicator": pressed.form.indicator,
        **{name: value for name, value in named if value},
    }


def _finding(pressed: Pressed) -> tuple[str, Fields] | None:
    if not pressed.same_hand("finding", 2):
        return None
    value, reason, _ = pressed.was["finding"]
    return "resolve-finding", {"finding": pressed.form.finding, "value": value or "", "reason": reason}


def _recommendation(pressed: Pressed) -> tuple[str, Fields] | None:
    was = pressed.was
    if was["recommended"] is None or was["_by"] != pressed.by:
        return None
    value = was["recommended"]
    return "recommend", {"goal": pressed.form.goal, "value": value, "reason": was["_reason"] or ""}


def _comment(pressed: Pressed) -> tuple[str, Fields] | None:
    if not pressed.same_hand("comment", 2):
        return None
    outcome, reason, _ = pressed.was["comment"]
    return "settle-comment", {
        "comment": str(pressed.form.comment),
        "outcome": outcome,
        "reason": reason or "",
    }


def _task(pressed: Pressed) -> tuple[str, Fields] | None:
    if not pressed.same_hand("task", 2):
        return None
    outcome, reason, *_ = pressed.was["task"]
    return "settle-task", {"task": str(pressed.form.task), "outcome": outcome, "reason": reason or ""}


def _position(pressed: Pressed) -> tuple[str, Fields] | None:
    if not pressed.same_hand("position", 2):
        return None
    said, remarks, _ = pressed.was["position"]
    whom: Fields = {"person": pressed.form.person} if pressed.form.person else {}
    return "respond", {"position": said, "remarks": remarks or "", **whom}


UNDOING: Mapping[str, WayBack | None] = {
    "activate": None,
    "close": None,
    "join": WayBack(stand=stands.member, back=_join),
    "leave": WayBack(stand=stands.member, back=_leave),
    "request-data": WayBack(stand=stands.request, back=_request),
    "record-result": WayBack(stand=stands.result, back=_result),
    "attach": None,
    "resolve-finding": WayBack(stand=stands.finding, back=_finding),
    "recommend": WayBack(stand=stands.recommendation, back=_recommendation),
    "decide-attainment": None,
    "submit-draft": None,
    "take-national-goals": None,
    "comment": None,
    "settle-comment": WayBack(stand=stands.thread, back=_comment),
    "respond": WayBack(stand=stands.position, back=_position),
    "minute": None,
    "settle-task": WayBack(stand=stands.task, back=_task),
    "confirm": None,
    "move": WayBack(stand=stands.milestones, back=_move),
    "anchor": WayBack(stand=stands.milestones, back=_anchor),
    "cancel": None,
    "hold": None,
    "done": None,
    "vote": WayBack(stand=stands.votes, back=_vote),
    "decide": None,
    "settle-condition": None,
    "sign": None,
    "put-in-force": None,
    "answer": WayBack(stand=stands.answers, back=_answer),
    "delegate": WayBack(stand=stands.delegation, back=_delegate),
    "appoint-deputy": WayBack(stand=stands.deputy, back=_deputy),
    "prefer": WayBack(stand=stands.wishes, back=_prefer),
    "unsubscribe": WayBack(stand=stands.news, back=_unsubscribe),
}
"""Every act: how it is taken back, or None where nothing does and a warning is said before."""
