"""Letters of the year 2022-23 as the product writes them: one case for each thing that there is to say."""

from dataclasses import replace
from datetime import date

from aarshjul.core.cycle import Telling
from aarshjul.core.duties import DutyKind
from aarshjul.core.stages import Outcome
from calendars.invitation import Method
from notifications.facts import DecisionFacts, MilestoneFacts
from notifications.letter import Letter
from tests.notifications.matters import (
    APPROVED,
    BOUNCED,
    CHAIR,
    CHANGED,
    COMMENTS,
    CONDITIONED,
    COORDINATOR,
    COUNCIL,
    COUNCIL_CHAIR,
    DEPUTY,
    DIALOGUE,
    DOWN,
    DRAFT,
    ENQUIRY,
    FINAL,
    LATER,
    MAIL,
    PAPERS,
    PROVISIONAL,
    REQUESTED,
    RESULTS,
    STOP,
    invite,
    letter,
    settled,
)


def _moved() -> MilestoneFacts:
    moved = settled(DIALOGUE, on=date(2022, 11, 25), place="Hjørring, byrådssalen", status="confirmed")
    papers = replace(PAPERS, was=PAPERS.telling, telling=Telling(on=date(2022, 11, 11)))
    return replace(moved, was=DIALOGUE.telling, with_it=(papers,), reason="KKR har rykket sit møde en uge.")


def _carrying() -> MilestoneFacts:
    carried = ("Resultatkontrakt 2023, Sydjylland: Godkendelse", "Resultatkontrakt 2023, Fyn: Godkendelse")
    return replace(settled(DIALOGUE, status="confirmed"), title="KKR Syddanmark", points=carried)


def _undated() -> MilestoneFacts:
    return replace(settled(DIALOGUE, on=None), was=DIALOGUE.telling, owed=None)


def _cases() -> dict[str, Letter]:
    confirmed = settled(DIALOGUE, status="confirmed")
    cancelled = replace(
        settled(DIALOGUE, status="cancelled"), owed=None, reason="Ingen emner.\nVi ses i februar."
    )
    late = replace(RESULTS, days_left=-3)
    kind = DutyKind
    made = {
        "remind": letter(kind.REMIND, RESULTS),
        "remind-late": letter(kind.REMIND, late),
        "remind-draft": letter(kind.REMIND, DRAFT),
        "remind-comment": letter(kind.REMIND, COMMENTS, link=None),
        "remind-done": letter(kind.REMIND, replace(PAPERS, days_left=10)),
        "remind-done-late": letter(kind.REMIND, replace(PAPERS, days_left=-1)),
        "remind-request": letter(kind.REMIND, REQUESTED),
        "remind-condition": letter(kind.REMIND, CONDITIONED, to=CHAIR),
        "remind-answer": letter(kind.REMIND, replace(DIALOGUE, days_left=14), to=CHAIR),
        "remind-decision": letter(kind.REMIND, COUNCIL, to=CHAIR),
        "remind-decision-late": letter(kind.REMIND, replace(COUNCIL, days_left=-3), to=CHAIR),
        "invite": letter(kind.INVITE, DIALOGUE, to=CHAIR, invite=invite(DIALOGUE)),
        "invite-confirmed": letter(kind.INVITE, confirmed, to=CHAIR, invite=invite(confirmed)),
        "invite-points": letter(kind.INVITE, _carrying(), to=CHAIR, invite=invite(confirmed)),
        "invite-decision": letter(kind.INVITE, replace(COUNCIL, owed=None), to=CHAIR, invite=invite(COUNCIL)),
        "update": letter(kind.UPDATE, _moved(), to=CHAIR, invite=invite(_moved(), revision=2)),
        "update-confirmed": letter(
            kind.UPDATE,
            replace(confirmed, was=DIALOGUE.telling, owed=None),
            to=CHAIR,
            invite=invite(confirmed),
        ),
        "update-place": letter(
            kind.UPDATE,
            replace(settled(DIALOGUE, place="Online"), was=DIALOGUE.telling),
            to=CHAIR,
            invite=invite(DIALOGUE),
        ),
        "update-again": letter(kind.UPDATE, confirmed, to=CHAIR, invite=invite(confirmed)),
        "cancel": letter(kind.CANCEL, cancelled, to=CHAIR, invite=invite(cancelled, Method.CANCEL, 2)),
        "cancel-leaver": letter(
            kind.CANCEL, replace(confirmed, owed=None), to=CHAIR, invite=invite(confirmed, Method.CANCEL)
        ),
        "cancel-point": letter(
            kind.CANCEL, replace(cancelled, points=("Resultatkontrakt 2023, Fyn: Godkendelse",)), to=CHAIR
        ),
        "cancel-undated": letter(kind.CANCEL, _undated(), to=CHAIR, invite=invite(DIALOGUE, Method.CANCEL)),
        "moved": letter(
            kind.MOVED, replace(PAPERS, was=PAPERS.telling, telling=Telling(on=date(2022, 11, 11)))
        ),
        "returned": letter(
            kind.RETURNED,
            decision=DecisionFacts(
                body="council",
                outcome=Outcome.RETURNED,
                reason="Mål 9 er ikke målbart.\nMål 11 mangler et niveau.",
                version=2,
                hash="9f2c1ab04d",
                fallen=("board",),
                round=2,
            ),
        ),
        "reopened": letter(
            kind.REOPENED,
            settled(COUNCIL, on=None, at=None),
            decision=DecisionFacts(
                body="council", outcome=None, version=3, hash="77aa", fallen=("board", "council")
            ),
            to=CHAIR,
        ),
        "reopened-changes": letter(
            kind.REOPENED, settled(COUNCIL, on=None, at=None), changes=CHANGED, to=CHAIR
        ),
        "decided": letter(kind.DECIDED),
        "decided-conditions": letter(
            kind.DECIDED,
            decision=DecisionFacts(
                body="council",
                outcome=Outcome.APPROVED_WITH_CONDITIONS,
                reason="Mål 9 følges op i juni.",
                version=2,
                hash="9f2c1ab04d",
            ),
        ),
        "decided-returned": letter(kind.DECIDED, decision=replace(APPROVED, outcome=Outcome.RETURNED)),
        "decided-postponed": letter(
            kind.DECIDED, COUNCIL, decision=replace(APPROVED, body="council", outcome=Outcome.POSTPONED)
        ),
        "decided-rejected": letter(kind.DECIDED, decision=replace(APPROVED, outcome=Outcome.REJECTED)),
        "decided-attainment": letter(
            kind.DECIDED, decision=DecisionFacts(body="council", outcome=None), score=FINAL
        ),
        "score": letter(kind.SCORE),
        "score-provisional": letter(kind.SCORE, score=PROVISIONAL),
        "escalate": letter(
            kind.ESCALATE,
            replace(late, owing=("Analysechef", "Direktør"), days_left=-5),
            to=COORDINATOR,
        ),
        "escalate-decision": letter(
            kind.ESCALATE, replace(COUNCIL, owing=("Formand for KKR",), days_left=-5), to=DEPUTY
        ),
        "escalate-meeting": letter(
            kind.ESCALATE, replace(confirmed, owed=None, days_left=-5), to=COORDINATOR
        ),
        "escalate-chair": letter(
            kind.ESCALATE, replace(late, owing=("Analysechef",), days_left=-8), to=COUNCIL_CHAIR
        ),
        "digest": letter(kind.DIGEST, COMMENTS, DRAFT, replace(DIALOGUE, days_left=21)),
        **_what_came_back(),
    }
    first = made["remind"]
    made["welcome"] = replace(first, duties=(*first.duties, "nordjylland-2023/-/-/welcome/-/analyst"))
    made["remind-copied"] = replace(
        first, copies=(DEPUTY.address, COORDINATOR.address), thread="c/m/1/invite/-/analyst", unsubscribe=STOP
    )
    made["digest-news"] = letter(
        kind.DIGEST, parts=(made["moved"], made["decided-conditions"], made["score"])
    )
    made["digest-followed"] = letter(kind.DIGEST, REQUESTED, CONDITIONED)
    made["digest-one"] = letter(kind.DIGEST, parts=(made["returned"],))
    made["digest-both"] = letter(
        kind.DIGEST,
        COMMENTS,
        parts=(made["moved"], replace(made["cancel"], invite=None), made["reopened"], made["escalate"]),
        unsubscribe=STOP,
    )
    return {
        f"{name}.{tongue}": replace(
            case, language=tongue, parts=tuple(replace(part, language=tongue) for part in case.parts)
        )
        for name, case in made.items()
        for tongue in ("da", "en")
    }


def _what_came_back() -> dict[str, Letter]:
    kind = DutyKind
    passed_on = letter(kind.RECEIVED, to=COORDINATOR, received=ENQUIRY, attachment=MAIL)
    too_large = replace(ENQUIRY, why="too-large", size=31_457_280, subject="")
    return {
        "undelivered": letter(kind.UNDELIVERED, to=COORDINATOR, undelivered=(BOUNCED,)),
        "undelivered-many": letter(kind.UNDELIVERED, to=COORDINATOR, undelivered=(BOUNCED, DOWN)),
        "received": passed_on,
        "received-forged": replace(passed_on, received=replace(ENQUIRY, why="forged")),
        "received-large": replace(passed_on, received=too_large, attachment=None),
        "proposed": letter(kind.PROPOSED, DIALOGUE, to=COORDINATOR, proposed=LATER, attachment=MAIL),
    }


CASES = _cases()
"""By name and language; the ones named like their kind are the plain case of it."""
OF_MAIL_ALONE = ("vedhæftet", "attached", "Mailen indeholder", "The mail holds", "svarer du", "if you reply")
"""Words that are true of a mail only."""

WHOLE = {
    name: case
    for name, case in CASES.items()
    if name.split(".")[0] in {case.kind.value, "remind-copied", "digest-both", "reopened-changes"}
}
"""The ones whose mail and card are kept whole."""
