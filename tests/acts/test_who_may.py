"""Who may do which act: every act and every kind of person, written out by hand."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from aarshjul.acts.perform import ACTS, act
from aarshjul.core.errors import Refused
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.documents import enclosed
from tests.acts.meetings import hold_meeting
from tests.acts.situations import SITUATIONS
from tests.world import YEARS, World, moment_of

# co coordinator, ho holder, b1 board, bc its chair, c1 council, cc its chair, w1 working group,
# ob stands in for b1, c1 and w1, su subscriber, go has left, xx is nobody. `x` may, `.` may not.
PEOPLE = ["co", "holder", "b1", "bc", "c1", "cc", "w1", "ob", "sub", "gone", "xx"]
BY_HAND = """
                                                              co ho b1 bc c1 cc w1 ob su go xx
activate | draft | 2022-05-02 |  | x  .  .  .  .  .  .  .  .  .  .
close | active | 2022-06-01 | reason=Ny | x  .  .  .  .  .  .  .  .  .  .
join | active | 2022-06-01 | person=n1 name=Ny email=n@example.org roles=board | x  .  .  .  .  .  .  .  .  .  .
leave | active | 2022-06-01 | person=w2 | x  .  .  .  .  .  .  .  .  .  .
record-result | active | 2022-06-01 | indicator=1a actual=60 | x  x  .  .  .  .  x  .  .  .  .
record-result | active | 2022-06-01 | indicator=1b actual=60 | x  x  .  .  .  .  .  .  .  .  .
request-data | active | 2022-06-01 | indicator=1a owner=w2 due=2022-06-20 | x  x  .  .  .  .  .  .  .  .  .
attach | active | 2022-06-01 | file=proof.csv | x  x  .  .  .  .  .  .  .  .  .
attach | active | 2022-06-01 | file=proof.csv indicator=1a | x  x  .  .  .  .  x  .  .  .  .
attach | active | 2022-06-01 | file=proof.csv milestone=june | x  x  .  .  .  .  .  .  .  .  .
resolve-finding | scored | 2022-06-14 | finding=recommended-differs:2 reason=Ja | .  .  .  .  .  .  .  .  .  .  .
resolve-finding | active | 2022-06-14 | finding=missing-actual:1/1a reason=Ja | x  x  .  .  .  .  .  .  .  .  .
recommend | active | 2022-06-14 | goal=1 value=75 | x  x  .  .  .  .  .  .  .  .  .
decide-attainment | scored | 2022-06-24 | goal=1 value=75 | .  .  .  .  x  x  .  .  .  .  .
decide-attainment | scored | 2022-06-24 | goal=1 value=75 minutes=P4 | x  .  .  .  x  x  .  .  .  .  .
submit-draft | active | 2022-09-01 | text=Mål | x  x  .  .  .  .  x  .  .  .  .
take-national-goals | structured | 2022-10-03 | version=1 message=Nye | x  x  .  .  .  .  .  .  .  .  .
take-national-goals | submitted | 2022-10-03 |  | .  .  .  .  .  .  .  .  .  .  .
comment | submitted | 2022-10-01 | text=Fint | x  x  x  x  x  x  x  x  .  .  .
comment | submitted | 2022-10-01 | text=Fint goal=1 indicator=1b | x  x  x  x  x  x  x  x  .  .  .
comment | commented | 2022-10-01 | text=Fint reply_to=1 | x  x  x  x  x  x  x  x  .  .  .
settle-comment | commented | 2022-10-01 | comment=1 outcome=accepted | x  x  .  .  .  .  .  .  .  .  .
respond | active | 2022-10-01 | position=agrees | .  .  .  .  .  .  .  .  .  .  .
respond | submitted | 2022-10-01 | position=agrees | x  x  x  x  x  x  x  x  .  .  .
respond | submitted | 2022-10-01 | position=objects remarks=Nej person=w1 | x  .  .  .  .  .  x  x  .  .  .
minute | submitted | 2022-11-18 | milestone=dialogue area=Mål said=Ja change=Nyt | x  .  .  .  .  .  .  .  .  .  .
minute | submitted | 2022-11-17 | milestone=dialogue area=Mål said=Ja | .  .  .  .  .  .  .  .  .  .  .
settle-task | minuted | 2022-11-19 | task=1 outcome=declined reason=Nej | x  x  .  .  .  .  .  .  .  .  .
settle-task | minuted | 2022-11-19 | task=1 outcome=done | .  .  .  .  .  .  .  .  .  .  .
confirm | active | 2022-10-01 | milestone=dialogue | x  .  .  .  .  .  .  .  .  .  .
move | active | 2022-10-01 | milestone=dialogue to=2022-11-25 | x  .  .  .  .  .  .  .  .  .  .
anchor | active | 2022-10-01 | milestone=dialogue meeting=council-november | x  .  .  .  .  .  .  .  .  .  .
cancel | active | 2022-10-01 | milestone=dialogue | x  .  .  .  .  .  .  .  .  .  .
hold | active | 2022-11-18 | milestone=dialogue | x  .  .  .  .  .  .  .  .  .  .
done | active | 2022-10-20 | milestone=notes | x  .  .  .  .  .  x  x  .  .  .
vote | discussed | 2023-02-10 | body=board vote=for | .  .  x  x  .  .  .  x  .  .  .
vote | discussed | 2023-02-10 | body=board vote=for person=b1 | x  .  x  .  .  .  .  x  .  .  .
vote | discussed | 2023-02-10 | body=board vote=for person=bc | x  .  .  x  .  .  .  .  .  .  .
vote | discussed | 2023-02-10 | body=council vote=for | .  .  .  .  .  .  .  .  .  .  .
vote | board_approved | 2023-02-10 | body=council vote=for | .  .  .  .  x  x  .  x  .  .  .
vote | board_approved | 2023-02-10 | body=board vote=for | .  .  .  .  .  .  .  .  .  .  .
decide | discussed | 2023-02-12 | body=board outcome=approved decided_on=2023-02-10 | .  .  x  x  .  .  .  x  .  .  .
decide | discussed | 2023-02-10 | body=board outcome=approved decided_on=2022-09-28 | .  .  .  .  .  .  .  .  .  .  .
settle-condition | conditioned | 2023-02-20 | condition=1 | x  x  .  .  .  .  x  x  .  .  .
settle-condition | conditioned | 2023-02-20 | condition=1 outcome=waived reason=Ja | x  .  x  x  .  .  .  x  .  .  .
decide | discussed | 2023-02-10 | body=board outcome=approved | .  .  x  x  .  .  .  x  .  .  .
decide | discussed | 2023-02-10 | body=board outcome=approved minutes=P4 | x  .  x  x  .  .  .  x  .  .  .
decide | discussed | 2023-02-10 | body=council outcome=approved minutes=P4 | .  .  .  .  .  .  .  .  .  .  .
decide | board_approved | 2023-02-10 | body=council outcome=approved | .  .  .  .  x  x  .  x  .  .  .
decide | board_approved | 2023-02-10 | body=council outcome=approved minutes=P4 | x  .  .  .  x  x  .  x  .  .  .
sign | council_approved | 2023-02-14 | body=board | .  .  .  x  .  .  .  .  .  .  .
sign | council_approved | 2023-02-14 | body=council | .  .  .  .  .  x  .  .  .  .  .
sign | board_approved | 2023-02-14 | body=board | .  .  .  .  .  .  .  .  .  .  .
put-in-force | council_approved | 2023-02-14 |  | x  .  .  .  .  .  .  .  .  .  .
put-in-force | board_approved | 2023-02-14 |  | .  .  .  .  .  .  .  .  .  .  .
answer | active | 2022-10-20 | milestone=dialogue reply=accepted | .  x  x  x  x  x  .  x  .  .  .
answer | active | 2022-10-20 | milestone=notes reply=accepted | .  .  .  .  .  .  .  .  .  .  .
delegate | active | 2022-10-20 | to=w2 | x  x  x  x  x  x  x  x  x  .  .
appoint-deputy | active | 2022-10-20 | person=b1 deputy=w2 | x  .  .  .  .  .  .  .  .  .  .
delegate | active | 2022-10-20 | to=w2 person=b1 | x  .  x  .  .  .  .  .  .  .  .
prefer | active | 2022-10-20 | language=en | x  x  x  x  x  x  x  x  x  .  .
prefer | active | 2022-10-20 | secretary=s@example.org person=b1 | x  .  x  .  .  .  .  .  .  .  .
prefer | active | 2022-10-20 | secretary=s@example.org digest=true person=b1 | .  .  x  .  .  .  .  .  .  .  .
prefer | active | 2022-10-20 | channels=teams | .  x  x  .  x  .  x  x  x  .  .
unsubscribe | active | 2022-10-20 |  | .  x  x  .  x  .  x  x  x  .  .
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in BY_HAND.strip().splitlines()[1:]]


def test_the_table_has_every_act() -> None:
    assert {row[0] for row in ROWS} == set(ACTS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join([row[0], row[1], row[3]]))
def test_who_may(row: list[str], sqlite: Engine, tmp_path: Path) -> None:
    name, situation, on, fields, cells = row
    world = SITUATIONS[situation](sqlite, tmp_path)
    hold_meeting(world.engine, "council-november", "2022-11-25")
    given = dict(field.split("=") for field in fields.split())
    found = {person: _may(world, person, name, given, on) for person in PEOPLE}
    wanted = {person: cell == "x" for person, cell in zip(PEOPLE, cells.split(), strict=True)}
    assert found == wanted


def _may(world: World, by: str, name: str, fields: dict[str, str], on: str) -> bool:
    """Whether the act is done; what it did is taken back."""
    with Session(world.engine) as session:
        try:
            act(session, "c", by, name, enclosed(parse_act(name, fields), YEARS), moment_of(on))
        except Refused:
            return False
        finally:
            session.rollback()
    return True


DRAFT_ACTS = "activate anchor appoint-deputy cancel close confirm delegate join leave move prefer"


def test_a_draft_can_only_be_made_ready(sqlite: Engine, tmp_path: Path) -> None:
    world = SITUATIONS["draft"](sqlite, tmp_path)
    hold_meeting(world.engine, "council-november", "2022-11-25")
    rows = [row for row in ROWS if "x" in row[4]]
    fields = {row[0]: dict(each.split("=") for each in row[3].split()) for row in rows}
    may = {
        row[0]
        for row in rows
        for person in PEOPLE
        if _may(world, person, row[0], fields[row[0]], "2022-05-02")
    }
    assert sorted(may) == DRAFT_ACTS.split()


def test_nothing_can_be_done_in_a_closed_cycle(sqlite: Engine, tmp_path: Path) -> None:
    world = SITUATIONS["active"](sqlite, tmp_path)
    world.act("2022-06-01", "co", "close", reason="Nyt forløb")
    for row in ROWS:
        fields = dict(each.split("=") for each in row[3].split())
        assert not any(_may(world, person, row[0], fields, row[2]) for person in PEOPLE), row[0]
