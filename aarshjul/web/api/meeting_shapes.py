"""What the API answers about meetings: their papers, tasks, decisions, conditions and documents."""

from pydantic import Field

from aarshjul.web.api.draft_shapes import Thread, VersionName
from aarshjul.web.api.shapes import Attendance, Value


class Task(Value):
    """A change that a meeting wanted."""

    task: int
    area: str
    goal: str | None
    text: str
    state: str
    reason: str | None
    version: int | None


class Decision(Value):
    """A decision with the text that it is about; `stands` says whether it still does."""

    body: str
    outcome: str
    on: str
    version: int
    hash: str
    round: int
    reason: str | None
    minutes: str | None
    by: str
    recorded_by: str | None
    stands: bool


class ConditionBrief(Value):
    """A condition of an approval, in minutes."""

    condition: int
    text: str
    owner: str
    due: str | None
    state: str
    reason: str | None


class MinutesDecision(Decision):
    """A decision at a meeting, with its votes and conditions."""

    earlier: bool
    votes: dict[str, int] | None
    conditions: list[ConditionBrief]


class MinutesItem(Value):
    """What was said of one area."""

    area: str
    said: str
    recorded_by: str
    recorded_at: str
    tasks: list[Task]


class MeetingDraft(VersionName):
    """The version that lies before a meeting."""

    submitted_at: str
    submitted_by: str


class StandOnDraft(Value):
    """Where somebody stands on the draft."""

    person: str
    position: str
    version: int
    current: bool = Field(description="Whether it is on the present version.")
    remarks: str | None


class AreaFinding(Value):
    """What is to be looked at in the draft."""

    id: str
    message: str


class AgendaArea(Value):
    """What is open in one focus area."""

    area: str
    kind: str
    goals: list[str]
    comments: list[Thread]
    findings: list[AreaFinding]
    tasks: list[Task]


class Agenda(Attendance):
    """As `agenda --json`."""

    draft: MeetingDraft | None
    positions: list[StandOnDraft]
    areas: list[AgendaArea]
    decisions: list[Decision]
    conditions: list[ConditionBrief]


class Minutes(Attendance):
    """As `minutes --json`."""

    draft: MeetingDraft | None
    items: list[MinutesItem]
    comments_settled: list[Thread]
    decisions: list[MinutesDecision]


class Condition(Value):
    """As `conditions --json`."""

    number: int
    body: str
    decided_on: str | None
    text: str
    owner: str
    due: str | None
    state: str
    overdue: bool
    milestone: str | None
    reason: str | None
    settled_by: str | None


class Document(Value):
    """A document without its content."""

    number: int
    name: str
    type: str
    size: int
    sha256: str
    indicator: str | None
    milestone: str | None
    closed: str | None = Field(
        description="Why it is not for whoever asks for the records; null where it is."
    )
    by: str
    at: str
