"""What stands beside a cycle: other years and regions for who coordinates, real meetings, votes."""

from dataclasses import replace

from aarshjul.acts.perform import perform
from aarshjul.files.act_arguments import parse_act
from models.contract_rows import load_contract, store_contract
from models.cycle import Cycle, Membership
from models.engine import writing
from models.meeting import Meeting
from tests.builders import at, d
from tests.web.api.asking import TOP, Asking, conforms
from tests.web.approving.test_whole_approval import submitted


def with_another_contract(asking: Asking) -> None:
    """The other cycle presents a contract of the same year, which nobody published; `w1` coordinates `c` alone."""
    engine = asking.site.world.engine
    perform(engine, "other", "co2", "activate", parse_act("activate", {}), at("2022-04-19"))
    with writing(engine) as session:
        mine, other = session.get_one(Cycle, "c"), session.get_one(Cycle, "other")
        contract = load_contract(session, mine.contract_id or "")
        assert contract is not None
        store_contract(session, replace(contract, id="other-contract", holder="Et andet hus"))
        session.flush()
        other.contract_id = "other-contract"
        session.get_one(Membership, ("c", "w1")).roles = ["coordinator"]
        session.get_one(Membership, ("other", "gone")).roles = ["coordinator"]


def test_an_unpublished_contract_stands_beside_for_who_coordinates_its_cycle_alone(asking: Asking) -> None:
    with_another_contract(asking)
    answer = asking.get("/cycles/c/compare", asking.token("gone"))
    conforms(asking.site.client.get(f"{TOP}/openapi.json").json(), "/cycles/{cycle}/compare", answer)
    regions = answer.json()["regions"]
    assert [(each["holder"], each["published"]) for each in regions[1:]] == [("Et andet hus", False)]
    assert all(each["goals"][0]["title"] for each in regions)
    # A member of the other cycle, and a token of this cycle alone, see none of it.
    for token in (asking.token("w1"), asking.token("gone", cycle_id="c")):
        found = asking.get("/cycles/c/compare", token).json()
        assert [each["contract"] for each in found["regions"]] == [found["contract"]]
        assert [each["contract"] for each in found["years"]] == [found["contract"]]
    assert asking.get("/cycles/other/compare", asking.token("co2")).status_code == 200
    assert asking.get("/cycles/other/compare", asking.token("w1")).status_code == 403


def test_a_milestone_is_tied_to_a_meeting_that_the_list_names(asking: Asking) -> None:
    with writing(asking.site.world.engine) as session:
        for name, day in (("old", "2022-04-01"), ("soon", "2022-11-25"), ("later", "2022-12-02")):
            made = at("2022-04-19")
            row = Meeting(id=name, body="KKR", title=name, on=d(day), made_at=made, changed_at=made)
            session.add(row)
    token = asking.token()
    answer = asking.get("/cycles/c/meetings", token, limit=1)
    conforms(asking.site.client.get(f"{TOP}/openapi.json").json(), "/cycles/{cycle}/meetings", answer)
    assert (answer.json()["total"], answer.json()["items"][0]["id"]) == (2, "soon")
    tied = asking.act("anchor", token, milestone="dialogue", meeting=answer.json()["items"][0]["id"])
    assert tied.status_code == 200, tied.text
    assert asking.get("/cycles/c/milestones/dialogue", token).json()["date"] == "2022-11-25"


def test_votes_stand_with_who_cast_them(asking: Asking) -> None:
    asking.site.clock.moment = at("2022-11-21")
    submitted(asking.site)
    token = asking.token("b1")
    assert asking.get("/cycles/c/votes", token).json() == []
    assert asking.act("vote", token, body="board", vote="for").status_code == 200
    voted = {"body": "board", "person": "b1", "vote": "for", "cast_by": "b1"}
    assert asking.get("/cycles/c/votes", asking.token("c1")).json() == [voted]
    assert asking.get("/cycles/c/votes", asking.token("sub")).status_code == 403
