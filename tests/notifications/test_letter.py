"""Letters that cannot be: refused where they are made, not where they would be sent."""

from dataclasses import replace
from datetime import datetime

import pytest

from aarshjul.core.cycle import Kind, Telling
from aarshjul.core.duties import DutyKind
from calendars.invitation import Method
from notifications.errors import NotificationError
from notifications.facts import GoalScore, MilestoneFacts, Owed, ScoreFacts
from tests.notifications.letters import CASES
from tests.notifications.matters import DIALOGUE, ENQUIRY, FINAL, LATER, RESULTS, invite, settled

REMIND = CASES["remind.da"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"duties": ()}, "no duty"),
        ({"duties": ("a/b/1/remind/-7",)}, "duty key"),
        ({"duties": ("a/b/1/nag/-7/p",)}, "duty key"),
        ({"duties": ("a/b/1/remind/-7/p\r\nBcc: x",)}, "duty key"),
        ({"duties": (*REMIND.duties, "x")}, "duty key"),
        ({"kind": DutyKind.WELCOME}, "not a message"),
        ({"kind": DutyKind.PUBLISH}, "not a message"),
        ({"language": "sv"}, "language"),
        ({"on": datetime(2022, 5, 27)}, "time zone"),  # noqa: DTZ001 -- the naive moment is what is refused
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "ftp://example.org"}, "link"),
        ({"milestones": ()}, "no milestone"),
        ({"kind": DutyKind.DECIDED}, "no decision"),
        ({"kind": DutyKind.SCORE}, "no score"),
        ({"invite": invite(DIALOGUE)}, "calendar part"),
        ({"kind": DutyKind.INVITE, "invite": invite(DIALOGUE, Method.CANCEL)}, "calendar part"),
        ({"kind": DutyKind.CANCEL, "invite": invite(DIALOGUE)}, "calendar part"),
        ({"kind": DutyKind.DIGEST, "milestones": ()}, "carries nothing"),
        ({"parts": (REMIND,)}, "only a digest"),
        ({"kind": DutyKind.DIGEST, "parts": (CASES["moved.en"],)}, "another language"),
        ({"kind": DutyKind.DIGEST, "parts": (CASES["update.da"],)}, "no part"),
        ({"kind": DutyKind.DIGEST, "parts": (CASES["cancel.da"],)}, "no part"),
        ({"kind": DutyKind.DIGEST, "parts": (CASES["digest.da"],)}, "no part"),
        ({"kind": DutyKind.UNDELIVERED}, "undelivered"),
        ({"kind": DutyKind.RECEIVED}, "no mail"),
        ({"kind": DutyKind.PROPOSED}, "no proposed time"),
        ({"kind": DutyKind.PROPOSED, "milestones": (), "proposed": LATER}, "no milestone"),
    ],
)
def test_an_impossible_letter_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(NotificationError, match=why):
        replace(REMIND, **changes)  # type: ignore[arg-type]


def test_a_mail_of_negative_size_is_refused() -> None:
    with pytest.raises(NotificationError, match="size"):
        replace(ENQUIRY, size=-1)


def test_a_digest_serves_the_duties_of_its_parts_each_once() -> None:
    moved, decided = CASES["moved.da"], CASES["decided.da"]
    digest = replace(CASES["digest.da"], parts=(moved, decided, moved))
    assert digest.served == (*digest.duties, *moved.duties, *decided.duties)


def test_scores_that_contradict_themselves_are_refused() -> None:
    with pytest.raises(NotificationError, match="above its highest"):
        GoalScore(id="1", title="x", shown=None, low=2, high=1)
    with pytest.raises(NotificationError, match="has a total"):
        replace(FINAL, shown=None)
    assert ScoreFacts(contract="x", provisional=True, final=False, shown=None, low=0, high=100).goals == ()


@pytest.mark.parametrize(
    ("kind", "done_when", "owed"),
    [
        (Kind.MEETING, None, Owed.ANSWER),
        (Kind.DECISION, None, Owed.DECISION),
        (Kind.DEADLINE, None, Owed.DONE),
        (Kind.DEADLINE, "results", Owed.RESULTS),
        (Kind.DEADLINE, "draft", Owed.DRAFT),
        (Kind.DEADLINE, "comment", Owed.COMMENT),
    ],
)
def test_what_is_owed_follows_from_the_milestone(kind: Kind, done_when: str | None, owed: Owed) -> None:
    assert Owed.at(kind, done_when) is owed


@pytest.mark.parametrize(
    ("was", "now", "moved", "confirmed"),
    [
        (None, DIALOGUE, False, False),
        (DIALOGUE.telling, DIALOGUE, False, False),
        (DIALOGUE.telling, settled(DIALOGUE, status="confirmed"), False, True),
        (DIALOGUE.telling, settled(DIALOGUE, at="11:00"), True, False),
        (DIALOGUE.telling, settled(DIALOGUE, ends=None), True, False),
        (DIALOGUE.telling, settled(DIALOGUE, place=None), True, False),
        (DIALOGUE.telling, settled(DIALOGUE, at="11:00", status="confirmed"), True, True),
        (RESULTS.telling, RESULTS, False, False),
    ],
)
def test_moved_and_confirmed_are_two_things(
    was: Telling | None, now: MilestoneFacts, moved: bool, confirmed: bool
) -> None:
    told = replace(now, was=was)
    assert (told.moved, told.confirmed) == (moved, confirmed)
