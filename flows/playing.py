"""Playing a year: a virtual clock jumps from due day to due day, through the same flows as in real life."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, func, select
from sqlmodel import col

from aarshjul.acts.importing import import_cycle
from aarshjul.acts.perform import perform
from aarshjul.core.contract import Contract
from aarshjul.core.cycle import COORDINATOR, moment
from aarshjul.core.deadlines import resolve
from aarshjul.core.errors import Refused
from aarshjul.core.working_days import Quiet, WorkingDays
from aarshjul.files.act_forms import ActForm, Activate, SubmitDraft
from aarshjul.files.acts_file import ActsFile
from aarshjul.files.cycle_form import CycleForm
from models.cycle import Cycle
from models.engine import DatabaseError, reading, writing
from models.message import TO_GO, Message
from models.milestone import Milestone

MORNING = "07:00"
AROUND = timedelta(days=30)  # how long before the first and after the last milestone a year is played


class PlayStopped(Refused):
    """An act of the file was refused, or was not refused though the file says that it must be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlayedAct:
    """One act of a year: when (aware), by whom, which; `must_fail` where a rule is expected to forbid it."""

    at: datetime
    by: str
    name: str
    form: ActForm
    must_fail: bool = False
    where: str = ""


def acts_of(file: ActsFile, zone: ZoneInfo, drafts: Mapping[str, str]) -> list[PlayedAct]:
    """The acts of a file with their moments, and with the texts of the drafts that they name."""
    return [
        PlayedAct(
            at=moment(act.on, act.time, zone),
            by=act.by,
            name=act.do,
            form=_with_text(act.fields, drafts),
            must_fail=act.refused,
            where=f"{file.name}:{act.line}: ",
        )
        for act in file.acts
    ]


def _with_text(form: ActForm, drafts: Mapping[str, str]) -> ActForm:
    if not isinstance(form, SubmitDraft) or form.file is None:
        return form
    return form.model_copy(update={"text": drafts[form.file]})


class Play:
    """A year being played in a home; all it knows of its progress is in the database, so it can be killed."""

    def __init__(
        self, engine: Engine, form: CycleForm, contract: Contract | None, acts: Sequence[PlayedAct]
    ) -> None:
        self.engine = engine
        self.form = form.without_meetings()
        self.contract = contract
        self.zone = ZoneInfo(form.timezone)
        self.given = acts
        self.acts: list[PlayedAct] = []

    def prepare(self, first_day: date | None) -> None:
        """Import the cycle, and decide where the year begins.

        Raises:
            PlayStopped: where the home holds something else than this very play.
        """
        begins = first_day or self._first_day()
        done = [(act.at.isoformat(), act.by, act.name, act.form, act.must_fail) for act in self.given]
        source = hashlib.sha256(repr((done, first_day)).encode()).hexdigest()
        with writing(self.engine) as session:
            others = session.scalars(select(col(Cycle.id)).where(col(Cycle.played_source) != source)).all()
            if others:
                raise PlayStopped(
                    f"this folder holds another year ({', '.join(others)}): choose an empty one"
                )
            import_cycle(session, self.form, self.contract, moment(begins, "00:00", self.zone))
            session.get_one(Cycle, self.form.id).played_source = source
        self.acts = list(self.given)
        if not any(act.name == "activate" for act in self.acts):
            first_act = self.acts[0].at.astimezone(self.zone).date() if self.acts else begins
            at = moment(min(begins, first_act), MORNING, self.zone)
            position = next((i for i, act in enumerate(self.acts) if act.at >= at), len(self.acts))
            self.acts.insert(
                position, PlayedAct(at=at, by=self._coordinator(), name="activate", form=Activate())
            )

    def steps(
        self, first_day: date | None, last_day: date | None
    ) -> Iterator[tuple[datetime, PlayedAct | None]]:
        """What comes next, one at a time: an act, or (None) a round; ends behind the last day.

        The caller does what is yielded before asking for the next.
        """
        opens = moment(first_day, MORNING, self.zone) if first_day else None
        while (step := self._next(opens)) is not None:
            if step[0] > self.end(last_day):
                return
            yield step

    def do(self, act: PlayedAct) -> None:
        """Do one act and remember that it is done, in one transaction.

        Raises:
            PlayStopped: where it goes otherwise than the file says.
        """
        with reading(self.engine) as session:
            number = session.get_one(Cycle, self.form.id).played_acts + 1
        try:
            perform(self.engine, self.form.id, act.by, act.name, act.form, act.at, played=number)
        except DatabaseError:
            raise
        except Refused as refusal:
            if not act.must_fail:
                raise PlayStopped(f"{act.where}{act.name} by {act.by} was refused: {refusal}") from None
            with writing(self.engine) as session:
                session.get_one(Cycle, self.form.id).played_acts = number
            return
        if act.must_fail:
            raise PlayStopped(
                f"{act.where}{act.name} by {act.by} was done, and the file says it must be refused"
            )

    def stand_still(self, at: datetime) -> None:
        """The virtual clock stops: who looks at the cycle later sees it as of then."""
        with writing(self.engine) as session:
            session.get_one(Cycle, self.form.id).played_until = at

    def last_moment(self) -> datetime | None:
        """The moment of what was done last, from which a play that was killed goes on."""
        with reading(self.engine) as session:
            cycle = session.get_one(Cycle, self.form.id)
            done = [self.acts[cycle.played_acts - 1].at] if cycle.played_acts else []
            return max([*done, *([cycle.last_round_at] if cycle.last_round_at else [])], default=None)

    def undelivered_round(self) -> datetime | None:
        """The last round that came to its end, where its messages did not all go.

        One that was killed half-way is played again and delivers its own: sent before, they would stand before those
        that it had still to write.
        """
        with reading(self.engine) as session:
            last = session.get_one(Cycle, self.form.id).last_round_at
            query = select(func.max(col(Message.owed_at))).where(col(Message.state).in_(TO_GO))
            newest = session.scalar(query)
        return last if last is not None and newest is not None and newest <= last else None

    def _next(self, opens: datetime | None) -> tuple[datetime, PlayedAct | None] | None:
        with reading(self.engine) as session:
            cycle = session.get_one(Cycle, self.form.id)
            played, due = cycle.played_acts, cycle.next_due_on
        act = self.acts[played] if played < len(self.acts) else None
        a_round = self._round_at(due, played) if due is not None else None
        if a_round is not None and opens is not None and a_round < opens:
            a_round = opens  # before that day the scheduler was down
        if act is not None and (a_round is None or act.at <= a_round):
            return act.at, act
        return (a_round, None) if a_round is not None else None

    def _round_at(self, due: date, played: int) -> datetime:
        """The morning of the due day; where an act of a day made it due, behind that day's last act."""
        morning = moment(due, MORNING, self.zone)
        last = self.last_moment()
        if last is None or morning > last:
            return morning
        day = last.astimezone(self.zone).date()
        same_day = [act.at for act in self.acts[played:] if act.at.astimezone(self.zone).date() == day]
        return max([last, *same_day])

    def _first_day(self) -> date:
        if self.given:
            return self.given[0].at.astimezone(self.zone).date()
        return min(self._dates_of_the_form()) - AROUND

    def _dates_of_the_form(self) -> list[date]:
        days = WorkingDays(
            days_off=frozenset(self.form.days_off),
            quiet=tuple(Quiet(first=period.from_, last=period.to) for period in self.form.quiet),
        )
        rules = {milestone.id: milestone.on for milestone in self.form.milestones}
        return list(resolve(rules, contract_year=self.form.contract_year, days=days).values())

    def end(self, last_day: date | None) -> datetime:
        """The end of the last day that is played."""
        if last_day is None:
            with reading(self.engine) as session:
                query = select(col(Milestone.last_on)).where(col(Milestone.cycle_id) == self.form.id)
                last_day = max(session.scalars(query)) + AROUND
            last_day = max([last_day, *(act.at.astimezone(self.zone).date() for act in self.acts)])
        return moment(last_day + timedelta(days=1), "00:00", self.zone)

    def _coordinator(self) -> str:
        for person in self.form.people:
            if COORDINATOR in person.roles:
                return person.id
        raise PlayStopped(f"{self.form.id} has no coordinator to activate it: give somebody that role")
