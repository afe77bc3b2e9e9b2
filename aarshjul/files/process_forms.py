"""The fields of the acts of drafting, consultation, dialogue and approval, and of asking for data."""

from typing import Annotated, TypeVar

from pydantic import PrivateAttr, model_validator

from aarshjul.files.fields import Date, Id, Line, Repeated, Text, Truth, one_of, whole
from aarshjul.files.forms import Form, wrong
from aarshjul.files.vocabulary import BODIES, POSITIONS, VOTES

Body = Annotated[str, one_of(*BODIES)]
Count = Annotated[int, whole(1, 999_999_999)]
Settles = TypeVar("Settles", "SettleComment", "SettleTask", "SettleCondition")


class TakeNationalGoals(Form):
    """The draft takes up a version of the national goals, the newest where none is named, as a new version of its own."""

    version: Count | None = None
    message: Line | None = None


class Comment(Form):
    """A remark on the draft, on one goal or indicator of it, or in answer to the comment of that number."""

    text: Text
    goal: Id | None = None
    indicator: Id | None = None
    reply_to: Count | None = None


class SettleComment(Form):
    """A comment is accepted, or declined with a reason; `comment` is its number."""

    comment: Count
    outcome: Annotated[str, one_of("accepted", "declined")]
    reason: Text | None = None

    @model_validator(mode="after")
    def _says_why(self) -> "SettleComment":
        return _reason_for(self, "declined")


class Respond(Form):
    """Where a member stands on the present version; `person` where somebody says it for a member."""

    position: Annotated[str, one_of(*POSITIONS)]
    remarks: Text | None = None
    person: Id | None = None

    @model_validator(mode="after")
    def _says_what(self) -> "Respond":
        if self.position != "agrees" and self.remarks is None:
            raise wrong(
                f"`remarks` is missing; say what they are where the position is {self.position}", "remarks"
            )
        return self


class Minute(Form):
    """One item of a meeting's minutes: what was said about a focus area, and the changes that are wanted.

    `goal` is the goal of the draft that the changes are about, where it is one. An area that has its item already
    is written anew only with `replaces`.
    """

    milestone: Id
    area: Line
    said: Text
    goal: Id | None = None
    change: Annotated[tuple[Text, ...], Repeated] = ()
    replaces: Truth = False


class SettleTask(Form):
    """A change that a meeting wanted is made in the draft, or declined with a reason; `task` is its number."""

    task: Count
    outcome: Annotated[str, one_of("done", "declined")]
    reason: Text | None = None

    @model_validator(mode="after")
    def _says_why(self) -> "SettleTask":
        return _reason_for(self, "declined")


class Vote(Form):
    """How a member votes on the text that lies before the body; `person` where a delegate votes for one."""

    body: Body
    vote: Annotated[str, one_of(*VOTES)]
    person: Id | None = None


class ConditionForm(Form):
    """A condition of an approval: what, who sees to it (a person or a role), and by when."""

    text: Text
    owner: Id
    due: Date | None = None


class SettleCondition(Form):
    """A condition of an approval is met, or waived with a reason by the body's own; `condition` is its number."""

    condition: Count
    outcome: Annotated[str, one_of("met", "waived")] = "met"
    reason: Text | None = None

    @model_validator(mode="after")
    def _says_why(self) -> "SettleCondition":
        return _reason_for(self, "waived")


class AppointDeputy(Form):
    """Somebody stands in for a member wherever that member does not act; `none` takes the deputy away."""

    person: Id
    deputy: Id


class RequestData(Form):
    """An indicator's result is asked for: of whom (a person or a role), by when, from which source."""

    indicator: Id
    owner: Id
    due: Date
    source: Text | None = None
    note: Text | None = None


class Attach(Form):
    """A file (relative to the acts file) is kept as evidence of a result, or as a paper of a meeting.

    `closed` says why whoever asks for the records may not see it.
    """

    file: Line
    indicator: Id | None = None
    milestone: Id | None = None
    title: Line | None = None
    closed: Text | None = None
    _content: bytes | None = PrivateAttr(default=None)  # no file can give it, and no dump or log shows it
    _size: int | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _at_most_one(self) -> "Attach":
        if self.indicator is not None and self.milestone is not None:
            raise wrong("has both `indicator` and `milestone`; keep one", "milestone")
        return self

    def with_content(self, content: bytes | None, size: int) -> "Attach":
        """The same with what the file holds, or of one that is too large with its size alone."""
        filled = self.model_copy()
        filled._content, filled._size = content, size  # noqa: SLF001 -- its own copy
        return filled

    @property
    def content(self) -> bytes | None:
        """What the file holds, once somebody has read it."""
        return self._content

    @property
    def size(self) -> int | None:
        """How many bytes the file has; None until somebody has read it."""
        return self._size


def _reason_for(form: Settles, outcome: str) -> Settles:
    if form.outcome == outcome and form.reason is None:
        raise wrong(f"`reason` is missing; say why it is {outcome}", "reason")
    return form


PROCESS_FORMS: dict[str, type[Form]] = {
    "take-national-goals": TakeNationalGoals,
    "vote": Vote,
    "appoint-deputy": AppointDeputy,
    "settle-condition": SettleCondition,
    "request-data": RequestData,
    "attach": Attach,
    "settle-comment": SettleComment,
    "respond": Respond,
    "minute": Minute,
    "settle-task": SettleTask,
}
"""The forms of these acts, by the name that `do` gives them."""
