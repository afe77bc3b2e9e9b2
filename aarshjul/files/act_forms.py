"""The fields of every act, as an acts file and the command line write them."""

from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from aarshjul.files.fields import (
    ActualField,
    Date,
    Email,
    Id,
    Line,
    Listed,
    Number,
    Text,
    Time,
    Truth,
    one_of,
    read_email,
    whole,
)
from aarshjul.files.forms import Form, wrong
from aarshjul.files.join_form import Join
from aarshjul.files.people_forms import Channels, LanguageField, QuietList
from aarshjul.files.process_forms import PROCESS_FORMS, Comment, ConditionForm
from aarshjul.files.vocabulary import BODIES, OUTCOMES, REPLIES

Body = Annotated[str, one_of(*BODIES)]
ActForm = Form
NO_ONE = "none"  # where a field is there to take something away
WISHES = ("channels", "language", "digest", "quiet", "secretary", "email", "name", "news")


class Activate(Form):
    """Ends the silence of a draft cycle."""


class Close(Form):
    """Ends a cycle; before the contract is in force it wants a reason."""

    reason: Text | None = None


class Leave(Form):
    """Somebody leaves the cycle."""

    person: Id


class RecordResult(Form):
    """What an indicator's measurement was."""

    indicator: Id
    actual: ActualField
    source: Text | None = None
    evidence: Text | None = None
    note: Text | None = None


class ResolveFinding(Form):
    """A finding is settled, with a reason; `finding` is its id, `code:goal` or `code:goal/indicator`."""

    finding: Line
    value: Number | None = None
    reason: Text


class Recommend(Form):
    """The attainment of a goal that the house recommends, in per cent."""

    goal: Id
    value: Number
    reason: Text | None = None


class DecideAttainment(Form):
    """The attainment that the council decides; without a goal, all as recommended."""

    goal: Id | None = None
    value: Number | None = None
    reason: Text | None = None
    minutes: Line | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> "DecideAttainment":
        if self.goal is None and self.value is not None:
            raise wrong("`value` stands without `goal`; add `goal`, or leave both out", "value")
        if self.goal is not None and self.value is None:
            raise wrong("`goal` stands without `value`; add `value`, or leave both out", "goal")
        return self


class SubmitDraft(Form):
    """A new version of the draft, in a file (relative to the acts file) or as text.

    `base` is the version that it was made from, and `message` says what is new. Shells read the file into `text` and
    leave its name, which problems are told by.
    """

    file: Line | None = None
    text: Text | None = None
    base: Annotated[int, whole(1, 999_999_999)] | None = None
    message: Line | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "SubmitDraft":
        if (self.file is None) == (self.text is None):
            raise wrong("needs either `file` or `text`, and not both")
        return self


class Confirm(Form):
    """A tentative milestone becomes certain."""

    milestone: Id


class Move(Form):
    """A milestone gets another date, time or place; what is left out stays."""

    milestone: Id
    to: Date | None = None
    at: Time | None = None
    ends: Time | None = None
    place: Line | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def _moves_something(self) -> "Move":
        if self.to is None and self.at is None and self.ends is None and self.place is None:
            raise wrong("needs at least one of `to`, `at`, `ends` and `place`")
        if self.at is not None and self.ends is not None and self.ends <= self.at:
            raise wrong(f"`ends` is {self.ends}; must be after `at`, {self.at}", "ends")
        return self


class Anchor(Form):
    """A milestone is carried by a real meeting of the record, whose date, times and place it takes; or, `none`, by none."""

    milestone: Id
    meeting: Id
    reason: Text | None = None


class Cancel(Form):
    """A milestone will not take place."""

    milestone: Id
    reason: Text | None = None


class Hold(Form):
    """A meeting took place; `present` are people's ids."""

    milestone: Id
    minutes: Line | None = None
    present: Annotated[tuple[Id, ...], Listed] = ()


class Done(Form):
    """Somebody's part of a deadline is done."""

    milestone: Id
    person: Id | None = None


class Decide(Form):
    """A body decides about the draft; `decided_on` is the day of its meeting, where it is written down later."""

    body: Body
    outcome: Annotated[str, one_of(*OUTCOMES)]
    reason: Text | None = None
    minutes: Line | None = None
    conditions: tuple[ConditionForm, ...] = ()
    decided_on: Date | None = None

    @model_validator(mode="after")
    def _conditions_of_an_approval(self) -> "Decide":
        if self.conditions and self.outcome != "approved-with-conditions":
            raise wrong("`conditions` go with the outcome approved-with-conditions alone", "conditions")
        return self


class Sign(Form):
    """The chair of a body, or the deputy, signs."""

    body: Body


class PutInForce(Form):
    """The coordinator puts the approved contract in force."""

    reason: Text | None = None


class Answer(Form):
    """An answer to an invitation; `person` where a delegate answers for somebody."""

    milestone: Id
    reply: Annotated[str, one_of(*REPLIES)]
    person: Id | None = None


class Delegate(Form):
    """Somebody acts for another; `person` is whom for, where the coordinator says so. Both ends count.

    `to: none` ends now what there is.
    """

    to: Id
    from_: Date | None = Field(None, alias="from")
    until: Date | None = None
    person: Id | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Delegate":
        if self.from_ is not None and self.until is not None and self.from_ > self.until:
            raise wrong(f"`until` is {self.until}, before `from`, {self.from_}; swap them", "until")
        return self

    @model_validator(mode="after")
    def _ends_now(self) -> "Delegate":
        if self.to == NO_ONE and (self.from_ or self.until):
            said = "goes not with `to: none`, which ends the delegation now; leave it out"
            raise wrong(said, "from" if self.from_ else "until")
        return self


def _none_is_empty(value: object) -> object:
    """An empty list on a command line, where an empty text is as no text."""
    return () if value == NO_ONE else value


def _read_secretary(value: object) -> str:
    return NO_ONE if value == NO_ONE else read_email(value)


class Prefer(Form):
    """How somebody wants to be told, under which name and address; `person` is whose a coordinator corrects.

    `none` for `quiet` or `secretary` takes away what was there; `news` is mail that is no duty.
    """

    channels: Channels | None = None
    language: LanguageField | None = None
    digest: Truth | None = None
    quiet: Annotated[QuietList, BeforeValidator(_none_is_empty)] | None = None
    secretary: Annotated[str, PlainValidator(_read_secretary, json_schema_input_type=str)] | None = None
    email: Email | None = None
    name: Line | None = None
    news: Truth | None = None
    person: Id | None = None

    @model_validator(mode="after")
    def _prefers_something(self) -> "Prefer":
        wishes = [getattr(self, name) for name in WISHES]
        if all(wish is None for wish in wishes):
            named = ", ".join(f"`{name}`" for name in WISHES[:-1])
            raise wrong(f"needs at least one of {named} and `{WISHES[-1]}`")
        if self.channels is not None and not self.channels:
            raise wrong("`channels` is empty; name at least one", "channels")
        return self


class Unsubscribe(Form):
    """Stops what is not a duty."""


ACT_FORMS: dict[str, type[ActForm]] = {
    "activate": Activate,
    "close": Close,
    "join": Join,
    "leave": Leave,
    "record-result": RecordResult,
    "resolve-finding": ResolveFinding,
    "recommend": Recommend,
    "decide-attainment": DecideAttainment,
    "submit-draft": SubmitDraft,
    "comment": Comment,
    "confirm": Confirm,
    "move": Move,
    "anchor": Anchor,
    "cancel": Cancel,
    "hold": Hold,
    "done": Done,
    "decide": Decide,
    "sign": Sign,
    "put-in-force": PutInForce,
    "answer": Answer,
    "delegate": Delegate,
    "prefer": Prefer,
    "unsubscribe": Unsubscribe,
    **PROCESS_FORMS,
}
"""The form of every act, by the name that `do` gives it."""
