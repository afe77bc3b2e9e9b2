"""What a subscriber is shown of a process: its dates, phases and what was published, and nothing else."""

import pytest
from sqlmodel import select

from models.contract import ScoringRun
from models.cycle import Cycle
from models.engine import reading, writing
from models.milestone import Milestone
from models.person import Person
from tests.web.serving import Feeds

ONE, TWO = "The text that was published.", "What is being written since then."


def with_two_versions(at_home: Feeds) -> None:
    at_home.world.act("2022-09-01", "co", "submit-draft", text=ONE)
    at_home.world.act("2022-09-02", "co", "submit-draft", text=TWO)


def published(at_home: Feeds, **what: int) -> None:
    with writing(at_home.world.engine) as session:
        cycle = session.get_one(Cycle, "c")
        for name, value in what.items():
            setattr(cycle, name, value)


@pytest.mark.parametrize("scope", ["cycle", "public", "role", "person"])
def test_the_wheel_and_the_phases_stand_on_the_page(at_home: Feeds, scope: str) -> None:
    named = {"role": {"role": "council"}, "person": {"person_id": "cc"}}.get(scope, {})

    text = at_home.page(at_home.subscribe(scope=scope, **named)).text

    assert text.count("<svg") == 3  # two wheels and the picture of the address
    assert "Nu: Dataindsamling." in text
    assert "Der er endnu ikke offentliggjort" in text


def test_the_public_is_shown_what_is_for_subscribers_alone_and_nobodys_name(at_home: Feeds) -> None:
    text = at_home.page(at_home.subscribe(scope="public")).text

    with reading(at_home.world.engine) as session:
        rows = session.exec(select(Milestone)).all()
        people = session.exec(select(Person)).all()
    hidden = [
        row.title
        for row in rows
        if "subscriber" not in row.for_roles and row.title not in ("KKR", "Målopfyldelse")
    ]
    assert len(hidden) > 5
    assert [title for title in hidden if f">{title}<" in text or f": {title} (" in text] == []
    assert [each.email for each in people if each.email in text] == []


def test_no_draft_is_read_before_it_is_published_and_no_later_one_after(at_home: Feeds) -> None:
    secret = at_home.subscribe(scope="public")
    with_two_versions(at_home)
    before = at_home.page(secret).text
    assert (at_home.page(f"{secret}/text/c").status_code, ONE in before, "/text/" in before) == (
        404,
        False,
        False,
    )

    published(at_home, published_draft=1)

    assert f"{secret}/text/c" in at_home.page(secret).text
    paper = at_home.page(f"{secret}/text/c").text
    assert (ONE in paper, TWO in paper) == (True, False)
    assert "/cycles" not in paper


def test_no_score_is_shown_before_it_is_published(at_home: Feeds) -> None:
    secret = at_home.subscribe(scope="public")
    at_home.world.until("2022-06-24")
    with reading(at_home.world.engine) as session:
        run = session.exec(select(ScoringRun)).first()
    assert run is not None
    assert "Målopfyldelse per mål" not in at_home.page(secret).text

    published(at_home, published_run=run.id or 0)

    assert "Målopfyldelse per mål" in at_home.page(secret).text


@pytest.mark.parametrize("cycle", ["c", "other", "%00"])
def test_a_feed_opens_no_text_of_another_cycle(at_home: Feeds, cycle: str) -> None:
    secret = at_home.subscribe(scope="person", person_id="co")
    with_two_versions(at_home)
    published(at_home, published_draft=1)
    at_home.world.act(
        "2022-09-03", "co", "join", person="co2", name="B", email="b@example.org", roles="coordinator"
    )
    at_home.world.act("2022-09-04", "co2", "leave", person="co")

    assert at_home.page(f"{secret}/text/{cycle}").status_code == 404


def test_of_a_draft_cycle_nothing_is_shown(at_home: Feeds) -> None:
    with writing(at_home.world.engine) as session:
        session.get_one(Cycle, "c").state = "draft"

    text = at_home.page(at_home.subscribe()).text

    assert (text.count("<svg"), "Kontrakt 2023" in text) == (1, False)


def test_hostile_titles_stay_text_in_the_wheel(at_home: Feeds) -> None:
    with writing(at_home.world.engine) as session:
        session.get_one(Cycle, "c").title = "</title><script>x</script>"
        for row in session.exec(select(Milestone)):
            row.title = "]]></svg><img src=x onerror=y>"

    text = at_home.page(at_home.subscribe()).text

    assert "<script>" not in text
    assert "<img" not in text


def test_the_foot_leads_to_what_a_public_body_owes(at_home: Feeds) -> None:
    secret = at_home.subscribe()

    assert 'href="../accessibility?lang=da"' in at_home.page(secret).text
    answer = at_home.client.get("/accessibility?lang=da")
    assert answer.status_code == 200
