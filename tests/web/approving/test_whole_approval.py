"""A whole approval by pressing buttons: submitted, approved with a condition, approved, signed twice, in force."""

import re

from sqlmodel import col, select

from models.approval import Condition, Vote
from models.cycle import Cycle
from models.draft import Decision, Draft
from models.engine import reading
from notifications.personal_links import make_link
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.serving import SECRET

TEXT = """format: aarshjul/contract@1
id: d
title: Kontrakt 2023
year: 2023
holder: Erhvervshus
council: KKR
goals:
  - id: "1"
    title: Kendskab
    level: regional
    text: Husene skal være kendte.
    indicators: [{id: 1a, title: Grad, rule: {at_least: 55}}]
"""
NEWER = TEXT.replace("at_least: 55", "at_least: 60").replace("kendte", "meget kendte")


def submitted(site: Site, *, held: bool = True, text: str = TEXT) -> str:
    """A version that lies before the board; its hash."""
    site.world.act("2022-09-29", "holder", "submit-draft", text=text)
    if held:
        site.world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue", minutes="Sag 1")
    site.clock.moment = at("2022-11-21")
    return shown(site)


def shown(site: Site) -> str:
    """The hash of the version that lies before the parties."""
    with reading(site.world.engine) as session:
        return session.exec(select(Draft).order_by(col(Draft.version).desc())).all()[0].hash


def door(site: Site, person: str) -> str:
    """Where somebody's pages stand: the coordinator's login is not what members have."""
    return f"/p/{make_link(SECRET.encode(), 'c', person, site.clock.moment)}"


def stage(site: Site) -> str:
    with reading(site.world.engine) as session:
        return session.get_one(Cycle, "c").stage


def decisions(site: Site) -> list[tuple[str, str, str]]:
    with reading(site.world.engine) as session:
        rows = session.exec(select(Decision).order_by(col(Decision.id)))
        return [(row.body, row.outcome, row.decided_by) for row in rows]


def conditions(site: Site) -> list[tuple[str, str, str]]:
    with reading(site.world.engine) as session:
        rows = session.exec(select(Condition).order_by(col(Condition.number)))
        return [(row.text, row.owner, str(row.due)) for row in rows]


def votes(site: Site) -> list[tuple[str, str, str]]:
    with reading(site.world.engine) as session:
        rows = session.exec(select(Vote).order_by(col(Vote.person_id)))
        return [(row.person_id, row.vote, row.cast_by) for row in rows]


def decide(site: Site, body: str, outcome: str, once: str = "d", **more: str) -> dict[str, str]:
    """What the form of a decision sends."""
    return {"once": once, "hash": shown(site), "body": body, "outcome": outcome, **more}


def test_from_a_version_to_a_contract_in_force(logins: Site) -> None:
    code = submitted(logins)
    logins.log_in()
    page = logins.client.get("/cycles/c/approval").text
    assert code in page
    assert "Husene skal være kendte." in page
    assert re.search(r'<li aria-current="step">Bestyrelsen beslutter', page)

    board = decide(
        logins,
        "board",
        "approved-with-conditions",
        minutes="Punkt 4",
        **{
            "condition-1-text": 'Følges op: "mål 1", [a], {b}\nog mere',
            "condition-1-owner": "holder",
            "condition-1-due": "2023-06-01",
            "condition-2-text": "",
        },
    )
    assert logins.post("/cycles/c/approval/decide", board).status_code == 303
    assert conditions(logins) == [('Følges op: "mål 1", [a], {b}\nog mere', "holder", "2023-06-01")]
    council = decide(logins, "council", "approved", "e", minutes="Punkt 7")
    assert logins.post("/cycles/c/approval/decide", council).status_code == 303
    assert stage(logins) == "council-approved"

    assert "sign-board" not in logins.client.get("/cycles/c/approval").text
    for person, body in (("bc", "board"), ("cc", "council")):
        logins.world.act("2022-11-21 13:00", person, "sign", body=body)
    page = logins.client.get("/cycles/c/approval").text

    assert stage(logins) == "in-force"
    assert "Kontrakten er i kraft." in page
    assert "Teksten, der er godkendt" in page
    assert 'name="once"' not in page
