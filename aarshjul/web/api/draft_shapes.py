"""What the API answers about drafts and what is said of them."""

from typing import Any

from pydantic import Field

from aarshjul.web.api.result_shapes import Contract
from aarshjul.web.api.shapes import Value


class VersionDecision(Value):
    """A decision about a version."""

    body: str
    outcome: str
    on: str
    stands: bool


class Signed(Value):
    """A signature under a version."""

    body: str
    by: str
    at: str


class VersionName(Value):
    """What names a version."""

    version: int
    round: int
    hash: str
    structured: bool = Field(description="Whether it is goals; else it is prose.")


class Version(VersionName):
    """A version in the list of them."""

    submitted_by: str
    submitted_at: str
    message: str | None
    based_on: int | None
    decisions: list[VersionDecision]
    signatures: list[Signed]


class Draft(VersionName):
    """A version whole: `text` is what its hash is of."""

    cycle: str
    submitted_by: str
    submitted_at: str
    message: str | None
    based_on: int | None
    national: str | None
    contract: Contract | None = Field(description="Its goals, where it is structured.")
    text: str


class DraftFile(Value):
    """The file to go on working on; submit it with the act `submit-draft`."""

    cycle: str
    version: int | None = Field(description="Null before the first: then it is where the draft starts.")
    draft_file: str


class DraftFinding(Value):
    """What to look at in a draft."""

    id: str
    code: str
    goal: str | None
    indicator: str | None
    message: str


class Offered(Value):
    """Newer national goals."""

    set: str
    version: int
    differences: dict[str, list[str]]


class Check(Value):
    """As `draft check --json`; findings forbid nothing."""

    cycle: str
    version: int | None
    structured: bool
    findings: list[DraftFinding]
    national_goals_offered: Offered | None


class Differences(Value):
    """As `draft diff --json`: `goals` of two structured versions, else `passages`."""

    cycle: str
    from_: VersionName = Field(alias="from")
    to: VersionName
    goals: list[dict[str, Any]] | None = None
    passages: list[dict[str, Any]] | None = None


class Remark(Value):
    """What somebody said."""

    number: int
    person: str
    name: str
    text: str
    at: str
    version: int | None
    late: bool


class Thread(Remark):
    """A comment with its replies and what became of it."""

    round: int
    goal: str | None
    indicator: str | None
    state: str = Field(description="`open`, `accepted` or `declined`.")
    reason: str | None
    settled_by: str | None
    settled_at: str | None
    replies: list[Remark]


class Position(Value):
    """Where a member stands on a version."""

    position: str
    version: int
    current: bool
    remarks: str | None
    at: str
    by: str | None


class Asked(Value):
    """A member of the consultation."""

    person: str
    name: str
    organisation: str | None
    roles: list[str]
    asked: bool
    answered: bool
    comments: int
    position: Position | None
    owes: str | None
    due: str | None
    overdue_since: str | None
    reminded: str | None


class Consultation(Value):
    """As `consultation --json`."""

    cycle: str
    version: int | None
    round: int
    counts: dict[str, int]
    earlier: dict[str, int]
    members: list[Asked]
    threads: list[Thread]
