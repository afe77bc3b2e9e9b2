"""How people want to hear: digests, quiet days, secretaries, opting out; and what nobody opts out of."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from models.engine import reading, writing
from models.history import HistoryEntry
from models.loading import load_cycle
from models.person import Person
from tests.acts.situations import active
from tests.builders import at, d
from tests.world import YEAR, World

Home = tuple[Engine, Path]
NEW = {"person": "n1", "name": "Ny", "email": "n1@example.org"}


@pytest.fixture
def home(sqlite: Engine, tmp_path: Path) -> Home:
    return sqlite, tmp_path


def test_a_digest_is_one_message_in_the_morning(home: Home) -> None:
    world = active(*home, YEAR.replace("on: 2022-10-28, owed_by", "on: 2022-10-14, owed_by"))
    world.act("2022-06-01", "w1", "prefer", digest="true")
    world.until("2022-10-07")
    heard = [key for day, key in world.heard if day == "2022-10-07" and key.endswith("/w1")]
    assert heard == ["-/-/digest/2210070700/w1", "comments/1/remind/-7/w1", "notes/1/remind/-7/w1"]


def test_further_reminders_of_a_day_are_a_digest_of_their_own(home: Home) -> None:
    world = active(*home)
    world.act("2022-06-01", "w1", "prefer", digest="true")
    world.until("2022-10-06")
    world.act("2022-10-07 09:00", "co", "join", person="w1", roles="working-group,holder")
    heard = [key for key in world.round("2022-10-07 09:00") if key.endswith("/w1")]
    assert heard[0] == "-/-/digest/2210070900/w1"
    world.act("2022-10-07 10:00", "co", "join", person="w1", roles="working-group,holder,board-chair")
    assert all("digest" not in key for key in world.round("2022-10-07 10:00"))


def test_who_unsubscribes_hears_only_what_is_a_duty(home: Home) -> None:
    world = active(*home)
    world.act("2022-05-10", "holder", "unsubscribe")
    world.until("2022-06-10")
    heard = [key for _, key in world.heard]
    assert "results/1/score/-/holder" not in heard
    assert "results/1/remind/1/holder" in heard


@pytest.mark.parametrize("office", ["coordinator", "board-chair", "board-deputy-chair", "council-chair"])
def test_who_unsubscribed_and_takes_an_office_hears_all_that_belongs_to_it(home: Home, office: str) -> None:
    world = active(*home)
    world.act("2022-05-10", "holder", "unsubscribe")
    world.act("2022-05-11", "co", "join", person="holder", roles=f"holder,{office}")
    world.until("2022-05-20")
    assert "results/1/score/-/holder" in [key for _, key in world.heard]


@pytest.mark.parametrize("who", ["co", "bc", "bd", "cc"])
def test_an_office_cannot_be_unsubscribed_from(home: Home, who: str) -> None:
    said = active(*home).refused("2022-06-01", who, "unsubscribe")
    assert said is not None
    assert "belongs to the role" in said


def person(world: World, name: str) -> Person:
    with reading(world.engine) as session:
        return session.get_one(Person, name)


def test_quiet_days_and_secretary_are_kept_and_taken_away_again(home: Home) -> None:
    world = active(*home)
    world.act("2022-06-01", "w1", "prefer", quiet="friday,2022-12-19..2022-12-30", secretary="s@example.org")
    kept = person(world, "w1")
    assert (kept.quiet, kept.secretary) == (["friday", "2022-12-19..2022-12-30"], "s@example.org")
    world.act("2022-06-02", "w1", "prefer", digest="true")
    kept = person(world, "w1")
    assert (kept.quiet, kept.secretary) == (["friday", "2022-12-19..2022-12-30"], "s@example.org")
    world.act("2022-06-03", "w1", "prefer", quiet="none", secretary="none")
    kept = person(world, "w1")
    assert (kept.quiet, kept.secretary, kept.digest) == ([], None, True)


def test_the_history_keeps_no_secretary_and_no_quiet_days(home: Home) -> None:
    world = active(*home)
    world.act("2022-06-01", "co", "prefer", person="w1", secretary="s@example.org")
    world.act("2022-06-01", "w1", "prefer", quiet="2022-12-19..2022-12-30")
    with reading(world.engine) as session:
        entries = [entry for entry in session.scalars(select(HistoryEntry)) if entry.what == "preferred"]
    assert [entry.who for entry in entries] == ["co", "w1"]
    assert "s@example.org" not in str([entry.facts for entry in entries])
    assert "2022-12-19" not in str([entry.facts for entry in entries])


@pytest.mark.parametrize("by", ["w1", "co"])
def test_nobody_is_their_own_secretary(home: Home, by: str) -> None:
    said = active(*home).refused("2022-06-01", by, "prefer", person="w1", secretary="W1@example.org")
    assert said is not None
    assert "another" in said


def test_a_new_address_has_not_bounced(home: Home) -> None:
    world = active(*home)
    known = {"person": "w1", "name": "Erhvervschef", "roles": "working-group,holder"}
    world.act("2022-05-31", "w1", "prefer", quiet="friday", digest="true", secretary="s@example.org")
    with writing(world.engine) as session:
        session.get_one(Person, "w1").bounced_at = at("2022-06-01")
    world.act("2022-06-01", "co", "join", **known, email="w1@example.org")
    assert person(world, "w1").bounced_at is not None
    world.act("2022-06-02", "co", "join", **{**known, "roles": "working-group"}, email="w1.new@example.org")
    changed = person(world, "w1")
    assert changed.bounced_at is None
    assert (changed.quiet, changed.digest, changed.secretary) == (["friday"], True, "s@example.org")


@pytest.mark.parametrize("by", ["w1", "co"])
def test_an_address_is_put_right_and_all_else_stays(home: Home, by: str) -> None:
    world = active(*home)
    world.act("2022-05-31", "w1", "prefer", channels="email,teams", quiet="friday", language="en")
    with writing(world.engine) as session:
        session.get_one(Person, "w1").bounced_at = at("2022-06-01")
    world.act("2022-06-02", by, "prefer", person="w1", email="w1.new@example.org")
    changed = person(world, "w1")
    assert (changed.email, changed.bounced_at) == ("w1.new@example.org", None)
    assert (changed.channels, changed.quiet, changed.language) == (["email", "teams"], ["friday"], "en")
    with reading(world.engine) as session:
        *_, entry = session.scalars(select(HistoryEntry).order_by(col(HistoryEntry.id)))
    assert entry.facts["email"] is True, "that it changed is kept, the address is not"


def test_only_oneself_and_a_coordinator_put_an_address_right(home: Home) -> None:
    world = active(*home)
    assert world.refused("2022-06-01", "w2", "prefer", person="w1", email="x@example.org") is not None
    said = world.refused("2022-06-01", "co", "prefer", person="w1", email="x@example.org", digest="true")
    assert said is not None
    assert "only w1 may say digest" in said
    assert person(world, "w1").email == "w1@example.org"


def test_a_name_is_corrected_by_a_coordinator_and_the_history_keeps_none(home: Home) -> None:
    world = active(*home)
    for by in ("w1", "w2", "holder"):
        said = world.refused("2022-06-01", by, "prefer", person="w1", name="Chef")
        assert said == f"{by} may not do this: it is for coordinator"
    world.act("2022-06-01", "co", "prefer", person="w1", name="Erhvervschef, Aalborg")
    changed = person(world, "w1")
    assert (changed.name, changed.email) == ("Erhvervschef, Aalborg", "w1@example.org")
    assert world.last_facts() == {"person": "w1", "name": True}


def test_what_was_unsubscribed_from_comes_again_and_an_office_cannot_stop_it(home: Home) -> None:
    world = active(*home)
    world.act("2022-05-10", "holder", "unsubscribe")
    world.act("2022-05-11", "holder", "prefer", news="true")
    assert world.refused("2022-05-11", "co", "prefer", person="w1", news="false") is not None
    said = world.refused("2022-05-11", "bc", "prefer", news="false")
    assert said is not None
    assert "belongs to the role" in said
    world.until("2022-06-10")
    assert "results/1/score/-/holder" in [key for _, key in world.heard]


def test_a_new_address_is_not_the_secretarys(home: Home) -> None:
    world = active(*home)
    world.act("2022-06-01", "w1", "prefer", secretary="s@example.org")
    assert world.refused("2022-06-02", "w1", "prefer", email="S@example.org") is not None
    world.act("2022-06-02", "w1", "prefer", email="s@example.org", secretary="w1@example.org")


def test_a_joiner_has_the_wishes_that_are_given(home: Home) -> None:
    world = active(*home)
    wishes = {"digest": "true", "quiet": "friday", "secretary": "s@example.org"}
    world.act("2022-06-01", "co", "join", **NEW, **wishes, roles="board")
    new = person(world, "n1")
    assert (new.quiet, new.digest, new.secretary) == (["friday"], True, "s@example.org")
    with reading(world.engine) as session:
        loaded = {member.person: member for member in load_cycle(session, "c").members}
    assert loaded["n1"].quiet.covers(d("2022-11-18"))
    assert not loaded["b1"].quiet
