"""What a cycle has published: the same for everybody of it, and nothing of what was written since."""

from sqlalchemy import select
from sqlmodel import col

from models.contract import ScoringRun
from models.cycle import Cycle
from models.engine import writing
from tests.web.api.asking import TOP, Asking, conforms

PATH = "/cycles/c/published"
FIRST, SECOND = "# Mål\n\nDen første tekst.\n", "# Mål\n\nDen anden tekst.\n"


def let_out(asking: Asking) -> None:
    """The first of two versions, and the scores of a run, are published."""
    world = asking.site.world
    world.act("2022-05-02", "co", "record-result", indicator="1a", actual="40", source="ERST")
    world.until("2022-05-23")
    world.act("2022-06-02", "holder", "submit-draft", text=FIRST)
    world.act("2022-06-03", "holder", "submit-draft", text=SECOND, base="1")
    with writing(world.engine) as session:
        cycle = session.get_one(Cycle, "c")
        run = session.scalars(select(ScoringRun).order_by(col(ScoringRun.id))).first()
        assert run is not None
        cycle.published_draft, cycle.published_run = 1, run.id


def test_before_anything_is_published_there_is_nothing(asking: Asking) -> None:
    asking.site.world.act("2022-05-02", "holder", "submit-draft", text=FIRST)
    for person in ("co", "w1", "sub"):
        token = asking.token(person)
        assert asking.get(PATH, token).json() == {"cycle": "c", "draft": None, "scores": None}
        assert asking.get(f"{PATH}/paper", token).status_code == 404


def test_what_is_published_is_for_everybody_of_the_cycle_and_what_was_written_since_is_not(
    asking: Asking,
) -> None:
    let_out(asking)
    answer = asking.get(PATH, asking.token("sub"))
    conforms(asking.site.client.get(f"{TOP}/openapi.json").json(), "/cycles/{cycle}/published", answer)
    found = answer.json()
    assert (found["draft"]["version"], found["draft"]["text"]) == (1, FIRST)
    assert found["scores"]["goals"][0]["title"]
    page = asking.get(f"{PATH}/paper", asking.token("sub"), format="html", lang="en").text
    assert ("Den første" in page, "Den anden" in page, 'lang="en"' in page) == (True, False, True)
    assert asking.get(f"{PATH}/paper", asking.token("sub"), format="pdf").content.startswith(b"%PDF-")
    assert asking.get(PATH, asking.token("w1")).json() == found
    assert asking.get(PATH, asking.token("co2")).status_code == 404
