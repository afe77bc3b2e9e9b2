"""The people and matters of the year 2022-23 that letters in the tests are about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from aarshjul.core.cycle import Kind, Telling
from aarshjul.core.difference_summary import Summary, SummaryPart
from aarshjul.core.duties import DutyKind
from aarshjul.core.stages import Outcome
from aarshjul.core.text_differences import Mark, Piece
from calendars.address import Address
from calendars.invitation import Method, invitation
from calendars.item import CalendarItem, Status, occasion
from notifications.facts import (
    ChangeFacts,
    DecisionFacts,
    FollowUpFacts,
    GoalScore,
    MilestoneFacts,
    Owed,
    ProposedFacts,
    ReceivedFacts,
    ScoreFacts,
    Undelivered,
)
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
COUNCIL_CHAIR = Recipient(
    person="council-chair",
    address=Address(name="Formand for KKR Nordjylland", email="formand@kkr.example.org"),
    roles=("council", "council-chair"),
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
REQUESTED = replace(
    RESULTS,
    title="Resultat for 7a: Vækst i omsætning",
    follow_up=FollowUpFacts(
        indicator="7a: Vækst i omsætning",
        unit="pct.",
        source="Erhvervsstyrelsen, opgørelse {2021}",
        text="Helst som regneark.\nMed metode.",
        coordinators=(COORDINATOR.address, Address(name="", email="kkr@example.org")),
    ),
)
CONDITIONED = MilestoneFacts(
    title="Betingelse 1: Mål 11 får et niveau",
    kind=Kind.DEADLINE,
    telling=Telling(on=date(2022, 6, 10)),
    owed=Owed.DONE,
    days_left=14,
    follow_up=FollowUpFacts(
        text="Mål 11 får et niveau.\n\nDet aftales med kommunerne, og bestyrelsen får det at se.",
        body="board",
        decided_on=date(2022, 5, 20),
        coordinators=(COORDINATOR.address,),
    ),
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

BOUNCED = Undelivered(
    person="Analysechef, Erhvervshus Nordjylland",
    address="analyse@ehnj.example.org",
    kind=DutyKind.REMIND,
    subject="Påmindelse: Resultater for 2021 indsendes senest fredag den 3. juni 2022",
    since=date(2022, 5, 27),
    answer="550 5.1.1 The mailbox does not exist",
)
DOWN = Undelivered(
    person="Bestyrelsesformand Åse",
    address="formand@ehnj.example.org",
    kind=DutyKind.INVITE,
    since=date(2022, 5, 24),
)
ENQUIRY = ReceivedFacts(
    sender="Økonomichef <oekonomi@kommune.example.org>",
    subject="Spørgsmål til bilag 3",
    why="other",
    size=48_213,
)
MAIL = (
    "From: =?utf-8?q?=C3=98konomichef?= <oekonomi@kommune.example.org>\r\n"
    "Subject: =?utf-8?q?Sp=C3=B8rgsm=C3=A5l?= til bilag 3\r\n"
    "\r\nHvor finder jeg bilag 3?\r\n"
).encode("ascii")
CHANGED = ChangeFacts(
    cycle="nordjylland-2023",
    before=2,
    after=3,
    summary=Summary(
        parts=(
            SummaryPart(
                title="Mål 11: Grøn omstilling",
                lines=(
                    (
                        Piece(mark=Mark.SAME, text="tekst: … en plan for deres grønne omstilling"),
                        Piece(mark=Mark.ADDED, text=", i tråd med klimastrategien"),
                        Piece(mark=Mark.SAME, text="."),
                    ),
                ),
            ),
            SummaryPart(
                title="Delmål 11b: Virksomheder med en plan",
                lines=(
                    (Piece(mark=Mark.SAME, text="måltal (mindst): fra 60 til 75"),),
                    (
                        Piece(mark=Mark.SAME, text="kilde: Husets "),
                        Piece(mark=Mark.REMOVED, text="<regneark>"),
                        Piece(mark=Mark.ADDED, text="[sagssystem](x)"),
                    ),
                ),
            ),
            SummaryPart(title="Mål 12: Vejledning (udgår)"),
        ),
        more=7,
    ),
)
LATER = ProposedFacts(
    person="Bestyrelsesformand Åse",
    telling=Telling(on=date(2022, 11, 21), at="13:00", ends="15:00", place="Aalborg, sal 2"),
    comment="Jeg er i Bruxelles den 18.\nMandag kan jeg hele eftermiddagen.",
)
STOP = (
    "https://aarshjul.example.org/unsubscribe/bm9yZC5hbmFseXN0.4f1c",
    "mailto:aarshjul@kkr.example.org?subject=unsubscribe%20bm9yZC5hbmFseXN0.4f1c",
)


def settled(milestone: MilestoneFacts, **changes: object) -> MilestoneFacts:
    """A milestone whose telling is another."""
    return replace(milestone, telling=replace(milestone.telling, **changes))  # type: ignore[arg-type]


def letter(kind: DutyKind, *milestones: MilestoneFacts, to: Recipient = ANALYST, **more: object) -> Letter:
    """A Danish letter about these milestones, with a link, from the secretariat, on 27 May 2022 at 07:00."""
    usual: dict[str, object] = {
        "duties": (f"nordjylland-2023/milestone/1/{kind}/-/{to.person}",),
        "language": "da",
        "sender": SECRETARIAT,
        "on": datetime(2022, 5, 27, 7, tzinfo=ZoneInfo("Europe/Copenhagen")),
        "cycle": "Resultatkontrakt 2023",
        "holder": "Erhvervshus Nordjylland",
        "council": "KKR Nordjylland",
        "decision": APPROVED if kind in {DutyKind.DECIDED, DutyKind.RETURNED} else None,
        "score": FINAL if kind is DutyKind.SCORE else None,
        "link": "https://aarshjul.example.org/nordjylland-2023",
    }
    return Letter(kind=kind, recipient=to, milestones=milestones, **{**usual, **more})  # type: ignore[arg-type]


def item(milestone: MilestoneFacts, revision: int = 1, status: Status | None = None) -> CalendarItem:
    """The calendar entry of a milestone."""
    starts, ends = occasion(milestone.telling)
    return CalendarItem(
        uid="nordjylland-2023.dialogue-meeting@aarshjul.example.org",
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
