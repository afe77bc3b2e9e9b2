"""Whatever is done in two cycles with one meeting: everybody's calendar is what the record says."""

import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from aarshjul.core.errors import Refused
from models.cycle import Cycle, Membership
from models.engine import open_engine, reading
from models.milestone import CalendarEntry, Milestone
from tests.rounds.houses import FIRST, MEETING, SECOND, Houses
from tests.world import moment_of

CYCLES = st.sampled_from([FIRST, SECOND])
DAYS = st.sampled_from(["2023-02-10", "2023-02-17", "2023-02-24"])
PEOPLE = st.sampled_from(["both", "only-east", "only-west"])
ACTS = st.one_of(
    st.tuples(st.sampled_from(["activate", "cancel"]), CYCLES, st.just({})),
    st.tuples(st.just("close"), CYCLES, st.just({"reason": "Nyt"})),
    st.tuples(st.just("move"), CYCLES, st.fixed_dictionaries({"to": DAYS})),
    st.tuples(st.just("move"), CYCLES, st.fixed_dictionaries({"at": st.sampled_from(["10:00", "13:00"])})),
    st.tuples(st.just("leave"), CYCLES, st.fixed_dictionaries({"person": PEOPLE})),
    st.tuples(
        st.just("join"), CYCLES, st.fixed_dictionaries({"person": PEOPLE, "roles": st.just("council")})
    ),
    st.tuples(
        st.just("anchor"),
        CYCLES,
        st.fixed_dictionaries(
            {"milestone": st.just("approval"), "meeting": st.sampled_from([MEETING, "none"])}
        ),
    ),
    st.tuples(st.just("round"), CYCLES, st.just({})),
)


def wanted(houses: Houses) -> dict[tuple[str, str], tuple[str, str | None]]:
    """By the record: who should have which entry in their calendar, and when it is."""
    found: dict[tuple[str, str], tuple[str, str | None]] = {}
    with reading(houses.engine) as session:
        rows = session.execute(
            select(Membership, Milestone, CalendarEntry)
            .join(Cycle, col(Cycle.id) == col(Membership.cycle_id))
            .join(Milestone, col(Milestone.cycle_id) == col(Cycle.id))
            .join(CalendarEntry, col(CalendarEntry.milestone_id) == col(Milestone.id))
            .where(col(Cycle.state) == "active", col(Milestone.slug) == "approval")
        )
        for member, row, entry in rows:
            if member.left_at is None and "council" in member.roles and row.state == "open":
                when = (str(row.on), row.at)
                assert found.setdefault((member.person_id, entry.uid), when) == when
    return found


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(ACTS, min_size=3, max_size=9), early=st.booleans())
def test_every_calendar_is_what_the_record_says(
    sqlite_template: Path, acts: list[tuple[str, str, dict[str, str]]], early: bool
) -> None:
    with TemporaryDirectory() as name:
        shutil.copyfile(sqlite_template, Path(name) / "aarshjul.db")
        engine = open_engine(f"sqlite:///{name}/aarshjul.db")
        try:
            _play(Houses(engine=engine, folder=Path(name)), acts, early=early)
        finally:
            engine.dispose()


def _play(houses: Houses, acts: list[tuple[str, str, dict[str, str]]], *, early: bool) -> None:
    if early:
        houses.activate("2023-01-02")
    now = moment_of("2023-01-03", "07:00")
    for do, cycle, fields in acts:
        now += timedelta(hours=1)
        when = now.strftime("%Y-%m-%d %H:%M")
        if do == "round":
            houses.round(when)
        else:
            _try(houses, when, do, cycle, fields)
    houses.round("2023-01-04 09:00")
    found = {
        (person, uid): (str(shown.starts.date()), f"{shown.starts:%H:%M}")
        for person, mine in houses.calendars.items()
        for uid, shown in mine.items()
        if shown.live
    }
    assert found == wanted(houses)
    assert houses.round("2023-01-04 10:00") == []
    assert houses.holds()


def _try(houses: Houses, when: str, do: str, cycle: str, fields: dict[str, str]) -> None:
    try:
        houses.act(when, "co", do, cycle, **fields)
    except Refused:
        return
