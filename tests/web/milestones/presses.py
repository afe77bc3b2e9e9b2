"""Presses that can be taken back, and such that cannot."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Engine

from tests.acts.situations import active, commented, discussed, minuted, scored, submitted
from tests.world import World

Situation = Callable[[Engine, Path], World]
Fields = Mapping[str, str]
UNDONE: list[tuple[Situation, str, str, tuple[str, Fields] | None, str, Fields]] = [
    (active, "2022-06-01", "co", None, "move", {"milestone": "dialogue", "to": "2022-11-23"}),
    (active, "2022-06-01", "co", None, "move", {"milestone": "dialogue", "at": "14:00"}),
    (active, "2022-06-01", "co", None, "move", {"milestone": "dialogue", "ends": "16:00", "place": "Hobro"}),
    (active, "2022-06-01", "co", None, "move", {"milestone": "council-approval", "to": "2023-03-03"}),
    (active, "2022-06-01", "co", None, "join", {"person": "ob", "roles": "board"}),
    (active, "2022-06-01", "co", None, "join", {"person": "gone", "roles": "board"}),
    (active, "2022-06-01", "co", None, "leave", {"person": "b1"}),
    (active, "2022-06-01", "co", None, "appoint-deputy", {"person": "w1", "deputy": "w2"}),
    (active, "2022-06-01", "w2", None, "prefer", {"digest": "true", "quiet": "friday"}),
    (active, "2022-06-01", "w2", None, "prefer", {"channels": "email,teams"}),
    (active, "2022-06-01", "w2", None, "prefer", {"news": "false"}),
    (active, "2022-06-01", "w2", None, "unsubscribe", {}),
    (active, "2022-06-01", "w1", None, "delegate", {"to": "none"}),
    (
        *(active, "2022-06-01", "b1"),
        ("answer", {"milestone": "dialogue", "reply": "accepted"}),
        *("answer", {"milestone": "dialogue", "reply": "declined"}),
    ),
    (
        *(active, "2022-06-01", "co"),
        ("request-data", {"indicator": "1a", "owner": "w1", "due": "2022-07-01"}),
        *("request-data", {"indicator": "1a", "owner": "w2", "due": "2022-07-04"}),
    ),
    (scored, "2022-06-12", "co", None, "record-result", {"indicator": "1a", "actual": "61", "source": "Ny"}),
    (
        *(scored, "2022-06-12", "co"),
        ("recommend", {"goal": "1", "value": "70", "reason": "Skøn"}),
        *("recommend", {"goal": "1", "value": "71.5", "reason": "Andet skøn"}),
    ),
    (
        *(commented, "2022-10-01", "co"),
        ("settle-comment", {"comment": "1", "outcome": "declined", "reason": "Nej"}),
        *("settle-comment", {"comment": "1", "outcome": "accepted"}),
    ),
    (
        *(submitted, "2022-10-01", "w2"),
        ("respond", {"position": "agrees"}),
        *("respond", {"position": "objects", "remarks": "Hov"}),
    ),
    (
        *(minuted, "2022-11-18 12:00", "co"),
        ("settle-task", {"task": "1", "outcome": "declined", "reason": "Nej"}),
        *("settle-task", {"task": "1", "outcome": "declined", "reason": "Alligevel ikke"}),
    ),
    (
        *(discussed, "2023-02-10 09:20", "b1"),
        ("vote", {"body": "board", "vote": "for"}),
        *("vote", {"body": "board", "vote": "against"}),
    ),
]


UNSAID: list[tuple[str, str, Fields]] = [
    ("b1", "answer", {"milestone": "dialogue", "reply": "accepted"}),
    ("co", "move", {"milestone": "draft", "place": "Aalborg"}),
    ("co", "move", {"milestone": "draft", "at": "10:00"}),
    ("co", "confirm", {"milestone": "dialogue"}),
    ("co", "prefer", {"person": "w1", "email": "new@example.org"}),
    ("co", "prefer", {"person": "w1", "name": "Ny"}),
    ("w1", "prefer", {"language": "en"}),
    ("co", "record-result", {"indicator": "1a", "actual": "60"}),
    ("co", "cancel", {"milestone": "notes"}),
    ("co", "done", {"milestone": "notes"}),
    ("co", "request-data", {"indicator": "1a", "owner": "w1", "due": "2022-07-01"}),
]
