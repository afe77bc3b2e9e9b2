"""A cycle file: who takes part, and the milestones of the year with their dates or rules for dates."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from aarshjul.core.date_rules import DayRule
from aarshjul.core.languages import Language
from aarshjul.core.national import NationalGoals
from aarshjul.files.date_forms import On, OnDate
from aarshjul.files.fields import Date, Id, Line, Listed, Time, Truth, Zone, distinct, one_of, whole
from aarshjul.files.forms import Form, wrong
from aarshjul.files.people_forms import LanguageField, PersonForm, Roles
from aarshjul.files.vocabulary import ACTIONS, DONE_WHEN, KINDS, PHASES, STATUSES

FORMAT = "aarshjul/cycle@1"
FURTHEST_REMINDER = 400

Offset = Annotated[int, whole(-FURTHEST_REMINDER, FURTHEST_REMINDER)]


class QuietForm(Form):
    """Working days on which nobody answers; both ends belong to it."""

    from_: Date = Field(alias="from")
    to: Date
    why: Line | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "QuietForm":
        if self.from_ > self.to:
            raise wrong(f"`to` is {self.to}, before `from`, {self.from_}; swap them", "to")
        return self


class MeetingName(str):
    """A meeting's id with the `where` it was written (`FILE:LINE`): whether there is such a one, only the record knows."""

    where: str = ""


class MilestoneForm(Form):
    """A date of the year; `owed_by` and `actions` are None where the file leaves them to their defaults."""

    id: Id
    title: Line
    phase: Annotated[str, one_of(*PHASES)]
    kind: Annotated[str, one_of(*KINDS)]
    on: On
    at: Time | None = None
    ends: Time | None = None
    place: Line | None = None
    meeting: Id | None = None
    status: Annotated[Literal["tentative", "confirmed"], one_of(*STATUSES)] = "confirmed"
    for_: Roles = Field((), alias="for")
    owed_by: Roles | None = None
    done_when: Annotated[Literal["results", "draft", "comment"], one_of(*DONE_WHEN)] | None = None
    remind: Annotated[tuple[Offset, ...], Listed, AfterValidator(distinct("offset"))] = ()
    actions: (
        Annotated[tuple[Annotated[str, one_of(*ACTIONS)], ...], Listed, AfterValidator(distinct("action"))]
        | None
    ) = None
    invited_elsewhere: Truth = False
    even_on_days_off: Truth = False

    @model_validator(mode="after")
    def _fits_together(self) -> "MilestoneForm":
        if self.ends is not None and self.at is None:
            raise wrong("`ends` stands without `at`; add `at`", "ends")
        if self.ends is not None and self.at is not None and self.ends <= self.at:
            raise wrong(f"`ends` is {self.ends}; must be after `at`, {self.at}", "ends")
        if self.done_when is not None and self.kind != "deadline":
            raise wrong(f"`done_when` goes with a deadline; leave it out for a {self.kind}", "done_when")
        if self.kind == "deadline" and (self.meeting is not None or self.invited_elsewhere):
            key = "invited_elsewhere" if self.meeting is None else "meeting"
            raise wrong(f"`{key}` goes with a meeting or a decision; leave it out for a deadline", key)
        if self.invited_elsewhere and "invite" in (self.actions or ()):
            raise wrong(
                "`actions` has invite, but `invited_elsewhere` says that others do; leave one out", "actions"
            )
        return self

    @property
    def effective_actions(self) -> tuple[str, ...]:
        """The actions of the file; by default `invite` for a meeting of ours, and `remind` where that key stands."""
        if self.actions is not None:
            return self.actions
        invite = ("invite",) if self.kind == "meeting" and not self.invited_elsewhere else ()
        return (*invite, "remind") if self.remind else invite


class CycleForm(Form):
    """A whole cycle file."""

    format: Annotated[Literal["aarshjul/cycle@1"], one_of(FORMAT)] = "aarshjul/cycle@1"
    id: Id
    title: Line
    contract_year: Annotated[int, whole(1900, 2200)]
    holder: Line
    council: Line
    timezone: Zone = "Europe/Copenhagen"
    language: LanguageField = "da"
    scores: Line | None = None
    national_goals: Line | None = None
    days_off: Annotated[tuple[Date, ...], AfterValidator(distinct("day"))] = ()
    quiet: tuple[QuietForm, ...] = ()
    people: tuple[PersonForm, ...] = ()
    milestones: tuple[MilestoneForm, ...]

    _shared: NationalGoals | None = PrivateAttr(default=None)  # what the file under `national_goals` holds

    @property
    def shared(self) -> NationalGoals | None:
        """The national goals that come with the cycle, once they are read."""
        return self._shared

    def with_shared(self, shared: NationalGoals) -> "CycleForm":
        """The same with the national goals that it names."""
        filled = self.model_copy()
        filled._shared = shared  # noqa: SLF001 -- its own copy
        return filled

    def without_meetings(self) -> "CycleForm":
        """The cycle as it is played alone: with the dates of its file, tied to no meeting of a record."""
        milestones = tuple([each.model_copy(update={"meeting": None}) for each in self.milestones])
        return self.model_copy(update={"milestones": milestones})

    @model_validator(mode="after")
    def _fits_together(self) -> "CycleForm":
        if not self.milestones:
            raise wrong("`milestones` is empty; add at least one", "milestones")
        for position, milestone in enumerate(self.milestones):
            if "score" in milestone.effective_actions and self.scores is None:
                raise wrong(
                    "`actions` has score, but the cycle has no `scores`; name a contract file there",
                    "milestones",
                    position,
                    "actions",
                )
            _check_leap_day(milestone, position, self.contract_year)
        return self


def _check_leap_day(milestone: MilestoneForm, position: int, contract_year: int) -> None:
    """29 February without a year of its own is in the contract's year, which must have one."""
    rule = milestone.on
    if isinstance(rule, DayRule) and rule.year is None:
        try:
            DayRule(day=rule.day, month=rule.month, year=contract_year)
        except ValueError:
            message = f"`on` is day {rule.day} of month {rule.month}; must be a day that {contract_year} has"
            raise wrong(message, "milestones", position, "on") from None


__all__ = ["FORMAT", "CycleForm", "Language", "MilestoneForm", "OnDate", "PersonForm", "QuietForm"]
