"""Minutes by item and the changes that they want: nothing written over unseen, nothing typed lost."""

import pytest
from sqlmodel import col, select

from models.dialogue import MinutesItem, Task
from models.engine import reading
from tests.web.approving.test_whole_approval import NEWER, door, submitted
from tests.web.logged_in import Site

MINUTE = "/cycles/c/milestones/dialogue/minute"


def items(site: Site) -> list[tuple[str, str]]:
    with reading(site.world.engine) as session:
        return [(row.area, row.said) for row in session.exec(select(MinutesItem))]


def tasks(site: Site) -> list[tuple[str, str]]:
    with reading(site.world.engine) as session:
        return [(row.text, row.state) for row in session.exec(select(Task).order_by(col(Task.number)))]


def item(once: str, said: str = "Vi talte", **more: str) -> dict[str, str]:
    return {"once": once, "form": "item-0", "area": "Kendskab", "said": said, **more}


def value_of(page: str, name: str) -> str:
    """What stands in a hidden field."""
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_an_item_is_written_and_each_change_becomes_a_task(logins: Site) -> None:
    submitted(logins)
    logins.log_in()
    assert "Punkt om Kendskab" in logins.client.get(MINUTE).text

    changes = {"change-1": "Hæv måltallet, nu", "change-2": "", "change-3": "Nævn kilden", "goal": "1"}
    answer = logins.post(MINUTE, item("a", **changes))

    assert answer.status_code == 303
    assert tasks(logins) == [("Hæv måltallet, nu", "open"), ("Nævn kilden", "open")]
    assert "Punkt om Kendskab" not in logins.client.get(MINUTE).text


def test_one_more_change_is_asked_for_without_scripts_and_nothing_is_saved(logins: Site) -> None:
    submitted(logins)
    logins.log_in()

    answer = logins.post(MINUTE, item("a", "Kladde", more="1", **{"change-1": "Først"}))

    assert answer.status_code == 200
    assert 'id="item-0-change-2"' in answer.text
    assert "Kladde</textarea>" in answer.text
    assert (items(logins), tasks(logins)) == ([], [])


def test_two_who_write_one_area_do_not_write_over_each_other(logins: Site) -> None:
    submitted(logins)
    logins.log_in()
    logins.post(MINUTE, item("a", "Den første"))

    answer = logins.post(MINUTE, item("b", "Den anden, som skrev længe"))

    assert answer.status_code == 409
    assert "Den anden, som skrev længe</textarea>" in answer.text
    assert items(logins) == [("Kendskab", "Den første")]


def test_an_item_is_written_anew_only_on_what_its_page_showed(logins: Site) -> None:
    submitted(logins)
    logins.log_in()
    logins.post(MINUTE, item("a", "Den første", **{"change-1": "Ændring"}))
    was = value_of(logins.client.get(MINUTE).text, "was")
    anew = {"form": "rewrite-1", "replaces": "true", "was": was}

    first = logins.post(MINUTE, item("b", "Den anden", **anew))
    second = logins.post(MINUTE, item("c", "Den tredje", **anew))

    assert (first.status_code, second.status_code) == (303, 409)
    assert "En anden har skrevet punktet om" in second.text
    assert "Den tredje</textarea>" in second.text
    assert items(logins) == [("Kendskab", "Den anden")]
    assert tasks(logins) == [("Ændring", "declined")]
    again = anew | {"was": value_of(second.text, "was")}
    assert logins.post(MINUTE, item("d", "Den tredje", **again)).status_code == 303


def test_before_it_has_begun_there_is_nothing_to_write(logins: Site) -> None:
    logins.log_in()

    assert "når mødet er begyndt" in logins.client.get(MINUTE).text
    assert logins.post(MINUTE, item("a")).status_code == 409
    assert logins.client.get("/cycles/c/milestones/draft/minute").status_code == 404
    assert logins.client.get("/cycles/c/milestones/none/minute").status_code == 404
    assert items(logins) == []


@pytest.mark.parametrize(("person", "status"), [("holder", 303), ("b1", 409), ("w1", 409), ("sub", 403)])
def test_the_house_settles_tasks_and_members_read_them(logins: Site, person: str, status: int) -> None:
    submitted(logins)
    logins.log_in()
    logins.post(MINUTE, item("a", **{"change-1": "Hæv <b>måltallet</b>"}))
    top = door(logins, person)

    early = logins.post(f"{top}/tasks/1/settle", {"once": "b", "outcome": "done"})
    logins.world.act("2022-11-21", "holder", "submit-draft", text=NEWER, base="1")
    without = logins.post(f"{top}/tasks/1/settle", {"once": "c", "outcome": "declined"})
    declined = {"once": "d", "outcome": "declined", "reason": "Kan ikke måles"}
    answer = logins.post(f"{top}/tasks/1/settle", declined)

    assert {early.status_code, without.status_code} == {403 if person == "sub" else 409}
    assert answer.status_code == status
    assert tasks(logins)[0][1] == ("declined" if status == 303 else "open")
    if person != "sub":
        page = logins.client.get(f"{top}/tasks").text
        assert "Hæv &lt;b&gt;måltallet&lt;/b&gt;" in page
        assert ("tasks/1/settle" in page) is (person == "holder")


def test_a_task_that_is_none_is_said_and_not_settled(logins: Site) -> None:
    logins.log_in()

    answer = logins.post("/cycles/c/tasks/9/settle", {"once": "a", "outcome": "done"})

    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
