"""What a coordinator does about people: joining, leaving, deputies, delegates and wrong addresses, by forms."""

import re

import pytest

from models.cycle import Membership
from models.engine import reading, writing
from models.milestone import Milestone
from models.person import Person
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.milestones.pressing import row_of


def member(site: Site, person: str) -> Membership | None:
    with reading(site.world.engine) as session:
        return session.get(Membership, ("c", person))


def test_somebody_new_joins_and_has_a_page(logins: Site) -> None:
    logins.log_in()
    answer = logins.client.post(
        "/cycles/c/people/join",
        data={
            "once": "a",
            "person": "new",
            "name": "Ny deltager",
            "email": "new@example.org",
            "organisation": "Ny kommune",
            "roles": ["working-group", "board"],
            "more_roles": "observer, ",
        },
        headers={"sec-fetch-site": "same-origin"},
    )
    assert answer.status_code == 303
    row = member(logins, "new")
    assert row is not None
    assert sorted(row.roles) == ["board", "observer", "working-group"]
    page = logins.client.get("/cycles/c/people/new").text
    assert "<h1>Ny deltager</h1>" in page
    assert "new@example.org" in page


def test_who_owes_a_lot_is_one_row_that_leads_to_all_of_it(logins: Site) -> None:
    notes = row_of(logins, "notes").model_dump(exclude={"id"})
    with writing(logins.world.engine) as session:
        session.add_all(Milestone(**{**notes, "slug": f"notes-{number}"}) for number in range(30))
    logins.log_in()

    everybody, one = logins.client.get("/cycles/c/people").text, logins.client.get("/cycles/c/people/w1").text

    row = next(each for each in everybody.split("<tr") if '/people/w1"' in each)
    assert (row.count("<li>"), one.count("milestones/notes")) == (11, 31)
    assert re.search(r"/people/w1\">og [0-9]+ til<", row)


def test_a_join_that_lacks_something_keeps_what_was_typed(logins: Site) -> None:
    logins.log_in()
    answer = logins.post("/cycles/c/people/join", {"once": "a", "person": "new", "name": "<Ny>"})
    assert answer.status_code == 409
    assert 'value="&lt;Ny&gt;"' in answer.text
    assert '<details class="act" open>' in answer.text
    assert 'role="alert"' in answer.text
    assert member(logins, "new") is None


def test_delegate_deputy_and_address_are_put_right(logins: Site) -> None:
    with writing(logins.world.engine) as session:
        session.get_one(Person, "c1").bounced_at = at("2022-05-01")
    logins.log_in()
    assert "Mails til den kommer retur" in logins.client.get("/cycles/c/people/c1").text

    for what, fields in (
        ("delegate", {"to": "cc", "from": "2022-05-03", "until": "2022-06-01"}),
        ("deputy", {"deputy": "b1"}),
        ("name", {"name": "KKR-medlem, Vesthimmerland"}),
        ("address", {"email": "right@example.org"}),
    ):
        answer = logins.post(f"/cycles/c/people/c1/{what}", {"once": what, **fields})
        assert (what, answer.status_code) == (what, 303), answer.text

    page = logins.client.get("/cycles/c/people/c1").text
    assert "Fuldmagt til KKR-formand, tirsdag den 3. maj 2022 til onsdag den 1. juni 2022" in page
    assert "Fast stedfortræder: Bestyrelsesmedlem" in page
    assert "<h1>KKR-medlem, Vesthimmerland</h1>" in page
    assert "right@example.org" in page
    assert "Mails til den kommer retur" not in page
    assert logins.post("/cycles/c/people/c1/deputy", {"once": "x", "deputy": "none"}).status_code == 303
    assert logins.post("/cycles/c/people/c1/delegate", {"once": "y", "to": "none"}).status_code == 303
    assert "Fuldmagt til KKR-formand" not in logins.client.get("/cycles/c/people/c1").text
    row = member(logins, "c1")
    assert row is not None
    assert row.deputy_id is None


def test_a_wrong_address_is_said_beside_its_field(logins: Site) -> None:
    logins.log_in()
    answer = logins.post("/cycles/c/people/c1/address", {"once": "a", "email": "no address"})
    assert answer.status_code == 409
    assert 'value="no address"' in answer.text
    assert 'href="#address-email"' in answer.text


def test_who_leaves_was_warned_about_and_has_no_forms_any_more(logins: Site) -> None:
    logins.log_in()
    assert "får aflysning af de møder" in logins.client.get("/cycles/c/people/w2").text
    assert logins.post("/cycles/c/people/w2/leave", {"once": "a"}).status_code == 303
    row = member(logins, "w2")
    assert row is not None
    assert row.left_at is not None
    page = logins.client.get("/cycles/c/people/w2")
    assert page.status_code == 200
    assert "Ikke med mere" in page.text
    assert "people/w2/" not in page.text


@pytest.mark.parametrize("path", ["people/nobody/leave", "people/c1/remove", "people/co2/leave"])
def test_nobody_is_acted_on_who_is_not_there(logins: Site, path: str) -> None:
    logins.log_in()
    before = logins.world.snapshot()["membership"]
    assert logins.post(f"/cycles/c/{path}", {"once": "a"}).status_code in (404, 409)
    assert logins.world.snapshot()["membership"] == before
