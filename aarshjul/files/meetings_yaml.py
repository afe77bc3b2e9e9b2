"""A meetings file: a body's real meetings as YAML, read strictly and written so that nothing is lost."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import PlainValidator, model_validator

from aarshjul.core.real_meeting import HOME_ZONE, STATUSES, RealMeeting
from aarshjul.files.contract_checks import check_unique, parts
from aarshjul.files.contract_file import tree_of, whole
from aarshjul.files.emit import emit
from aarshjul.files.fields import Date, Id, Line, Time, Zone, one_of
from aarshjul.files.forms import Form, parse, wrong
from aarshjul.files.meetings_problems import Findings, ReadMeetings
from aarshjul.files.meetings_table import LONGEST_SOURCE, Frame

FORMAT = "aarshjul/meetings@1"


def _read_source(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_SOURCE or "\n" in value:
        raise wrong(
            f"must be what the calendar calls the meeting, one line of at most {LONGEST_SOURCE} characters"
        )
    return str(value)


class MeetingForm(Form):
    """A meeting; `body` and `timezone` may stand once for all of them."""

    id: Id | None = None
    body: Line | None = None
    title: Line
    on: Date
    at: Time | None = None
    ends: Time | None = None
    place: Line | None = None
    status: Annotated[Literal["tentative", "confirmed", "cancelled"], one_of(*STATUSES)] = "confirmed"
    timezone: Zone | None = None
    source: Annotated[str, PlainValidator(_read_source)] | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> "MeetingForm":
        if self.ends is not None and self.at is None:
            raise wrong("`ends` stands without `at`; add `at`", "ends")
        if self.ends is not None and self.at is not None and self.ends <= self.at:
            raise wrong(f"`ends` is {self.ends}; must be after `at`, {self.at}", "ends")
        if self.id is not None and self.id.isdigit():
            raise wrong(
                f"is {self.id}; must have a letter in it, as meetings of all bodies share their ids", "id"
            )
        return self


class MeetingsForm(Form):
    """A whole meetings file."""

    format: Annotated[Literal["aarshjul/meetings@1"], one_of(FORMAT)] = "aarshjul/meetings@1"
    body: Line | None = None
    timezone: Zone | None = None
    meetings: tuple[MeetingForm, ...]


def meetings_from_yaml(text: str, name: str, frame: Frame) -> ReadMeetings:
    """The meetings of a YAML text; `name` is what the messages call it.

    Raises:
        FileError: with all that is wrong in it.
    """
    tree = tree_of(text, name, FORMAT)
    form = parse(MeetingsForm, tree, tree.value)
    listed = list(parts(tree.value, "meetings"))
    check_unique(
        tree, [((*path, "id"), each.get("id")) for path, each in listed if each.get("id")], "meeting"
    )
    body = (form.body if form is not None else None) or frame.body
    for path, each in listed:
        if form is not None and not each.get("body") and body is None:
            tree.problems.add(
                tree.line_of(path), "whose meeting is it? Add `body: ...` here or at the top, or --body"
            )
    read = whole(form, tree)
    zone = read.timezone or frame.zone
    meetings = [
        RealMeeting(
            **{
                **each.model_dump(),
                "id": each.id or "",
                "body": each.body or body or "",
                "timezone": each.timezone or zone,
            }
        )
        for each in read.meetings
    ]
    return Findings(name).whole(meetings)


def dump_meetings(meetings: Sequence[RealMeeting]) -> str:
    """A meetings file; what is the same for all of them stands once."""
    bodies = {meeting.body for meeting in meetings}
    return emit(
        {
            "format": FORMAT,
            "body": next(iter(bodies)) if len(bodies) == 1 else None,
            "meetings": [_meeting(meeting, with_body=len(bodies) > 1) for meeting in meetings],
        }
    )


def _meeting(meeting: RealMeeting, *, with_body: bool) -> dict[str, Any]:
    return {
        "id": meeting.id or None,
        "body": meeting.body if with_body else None,
        "title": meeting.title,
        "on": meeting.on,
        "at": meeting.at,
        "ends": meeting.ends,
        "place": meeting.place,
        "status": None if meeting.status == "confirmed" else meeting.status,
        "timezone": None if meeting.timezone == HOME_ZONE else meeting.timezone,
        "source": meeting.source,
    }
