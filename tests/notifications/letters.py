"""Letters of the year 2022-23 as the product writes them: one case for each thing that there is to say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from aarshjul.core.cycle import Kind, Telling
from aarshjul.core.duties import DutyKind
from aarshjul.core.stages import Outcome
from calendars.address import Address
from calendars.invitation import Method, invitation
from calendars.item import CalendarItem, Status, milestone_uid, occasion
from notifications.facts import DecisionFacts, GoalScore, MilestoneFacts, Owed, ScoreFacts
from notifications.letter import Invite, Letter, Recipient

SECRETARIAT = Address(name="Sekretariatet for KKR Nordjylland", email="aarshjul@kkr.example.org")
ANALYST = Recipient(
    person="analyst",
    address=Address(name="Analysechef, Erhvervshus Nordjylland", email="analyse@ehnj.example.org"),
    roles=("holder", "working-group"),
)
CHAIR = Recipient(
    person="board-chair",
    address=Address(name="Bestyrelsesformand Åse", email="formand@ehnj.example.org"),
    roles=("board", "board-chair"),
    teams="formand@ehnj.example.org",
)
COORDINATOR = Recipient(
    person="coordinator",
    address=Address(name="Koordinator", email="koordinator@kkr.example.org"),
    roles=("coordinator",),
)
DEPUTY = Recipient(
    person="deputy",
    address=Address(name="Stedfortræder", email="stedfortraeder@ehnj.example.org"),
    roles=("board",),
    delegate_for="Bestyrelsesformand Åse",
)

RESULTS = MilestoneFacts(
    title="Resultater for 2021",
    kind=Kind.DEADLINE,
    telling=Telling(on=date(2022, 6, 3)),
    owed=Owed.RESULTS,
    days_left=7,
)
DRAFT = MilestoneFacts(
    title="Udkast til regionale mål for 2023",
    kind=Kind.DEADLINE,
    telling=Telling(on=date(2022, 11, 4), at="12:00"),
    owed=Owed.DRAFT,
    days_left=1,
)
PAPERS = MilestoneFacts(
    title="Papirer til dialogmødet", kind=Kind.DEADLINE, telling=Telling(on=date(2022, 11, 4)), owed=Owed.DONE
)
COMMENTS = MilestoneFacts(
    title="Bemærkninger til udkastet",
    kind=Kind.DEADLINE,
    telling=Telling(on=date(2022, 10, 28)),
    owed=Owed.COMMENT,
    days_left=0,
)
DIALOGUE = MilestoneFacts(
    title="Dialogmøde mellem KKR Nordjylland og bestyrelsen",
    kind=Kind.MEETING,
    telling=Telling(
        on=date(2022, 11, 18), at="10:00", ends="12:00", place="Aalborg, sal 1", status="tentative"
    ),
    owed=Owed.ANSWER,
)
COUNCIL = MilestoneFacts(
    title="KKR Nordjyllands møde om resultatkontrakten",
    kind=Kind.DECISION,
    telling=Telling(on=date(2023, 2, 10), at="09:30", place="Aalborg"),
    owed=Owed.DECISION,
    days_left=14,
)
APPROVED = DecisionFacts(body="board", outcome=Outcome.APPROVED, version=2, hash="9f2c1ab04d")
GOALS = tuple(
    GoalScore(id=str(number), title=title, shown=shown, low=shown, high=shown)
    for number, title, shown in (
        (1, "Kendskab til Erhvervshusene", 90),
        (2, "Geografisk spredning", 100),
        (3, "Tilfredshed", 96),
        (7, "Virksomhedernes vækst", 80),
    )
)
FINAL = ScoreFacts(
    contract="Resultatkontrakt 2021",
    provisional=False,
    final=True,
    shown=97,
    low=97,
    high=97,
    goals=GOALS,
    findings=(
        "Mål 8: oversigten siger 96, detaljen 98; beregningen giver 96.",
        "Mål 3: der er kun ét NPS-tal.",
    ),
)
PROVISIONAL = ScoreFacts(
    contract="Resultatkontrakt 2021",
    provisional=True,
    final=False,
    shown=None,
    low=72,
    high=99,
    goals=(*GOALS[:3], GoalScore(id="7", title="Virksomhedernes vækst", shown=None, low=50, high=100)),
    findings=("Mål 7 mangler et resultat.",),
)


def settled(milestone: MilestoneFacts, **changes: object) -> MilestoneFacts:
    """A milestone whose telling is another."""
    return replace(milestone, telling=replace(milestone.telling, **changes))  # type: ignore[arg-type]


def letter(kind: DutyKind, *milestones: MilestoneFacts, to: Recipient = ANALYST, **more: object) -> Letter:
    """A Danish letter about these milestones, with a link, from the secretariat, on 27 May 2022 at 07:00."""
    plain = Letter(
        duties=(f"nordjylland-2023/milestone/1/{kind}/-/{to.person}",),
        kind=kind,
        language="da",
        recipient=to,
        sender=SECRETARIAT,
        on=datetime(2022, 5, 27, 7, tzinfo=ZoneInfo("Europe/Copenhagen")),
        cycle="Resultatkontrakt 2023",
        holder="Erhvervshus Nordjylland",
        council="KKR Nordjylland",
        milestones=milestones,
        decision=APPROVED if kind in {DutyKind.DECIDED, DutyKind.RETURNED} else None,
        score=FINAL if kind is DutyKind.SCORE else None,
        link="https://aarshjul.example.org/nordjylland-2023",
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def item(milestone: MilestoneFacts, revision: int = 1, status: Status | None = None) -> CalendarItem:
    """The calendar entry of a milestone."""
    starts, ends = occasion(milestone.telling)
    return CalendarItem(
        uid=milestone_uid("nordjylland-2023", "dialogue-meeting", "aarshjul.example.org"),
        sequence=revision - 1,
        stamp=datetime(2022, 5, 27, 5, tzinfo=UTC) + timedelta(days=revision),
        title=milestone.title,
        place=milestone.telling.place,
        starts=starts,
        ends=ends,
        status=status or Status(milestone.telling.status.upper()),
    )


def invite(milestone: MilestoneFacts, method: Method = Method.REQUEST, revision: int = 1) -> Invite:
    """The calendar part of a letter to the board's chair."""
    ics = invitation(
        item=item(milestone, revision), method=method, organizer=SECRETARIAT, attendee=CHAIR.address
    )
    return Invite(ics=ics, method=method)


def _moved() -> MilestoneFacts:
    moved = settled(DIALOGUE, on=date(2022, 11, 25), place="Hjørring, byrådssalen", status="confirmed")
    papers = replace(PAPERS, was=PAPERS.telling, telling=Telling(on=date(2022, 11, 11)))
    return replace(moved, was=DIALOGUE.telling, with_it=(papers,), reason="KKR har rykket sit møde en uge.")


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
        "remind-answer": letter(kind.REMIND, replace(DIALOGUE, days_left=14), to=CHAIR),
        "remind-decision": letter(kind.REMIND, COUNCIL, to=CHAIR),
        "remind-decision-late": letter(kind.REMIND, replace(COUNCIL, days_left=-3), to=CHAIR),
        "invite": letter(kind.INVITE, DIALOGUE, to=CHAIR, invite=invite(DIALOGUE)),
        "invite-confirmed": letter(kind.INVITE, confirmed, to=CHAIR, invite=invite(confirmed)),
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
        "digest": letter(kind.DIGEST, COMMENTS, DRAFT, replace(DIALOGUE, days_left=21)),
    }
    first = made["remind"]
    made["welcome"] = replace(first, duties=(*first.duties, "nordjylland-2023/-/-/welcome/-/analyst"))
    return {
        f"{name}.{tongue}": replace(case, language=tongue)
        for name, case in made.items()
        for tongue in ("da", "en")
    }


CASES = _cases()
"""By name and language; the ones named like their kind are the plain case of it."""

WHOLE = {name: case for name, case in CASES.items() if name.split(".")[0] == case.kind}
