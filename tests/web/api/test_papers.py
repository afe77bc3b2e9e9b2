"""Papers by the API: the same that the pages and the commands give, in each form, for whom each of them is."""

import pytest

from tests.builders import at
from tests.web.api.asking import TOP, Asking, conforms

MEETING = "/cycles/c/milestones/dialogue"
PROSE = "# Mål\n\nEn tekst om <script>iværksættere</script>.\n"


def drafted(asking: Asking) -> str:
    """A cycle with two versions of a draft, before its dialogue meeting; the coordinator's token."""
    asking.site.world.act("2022-05-02", "holder", "submit-draft", text=PROSE)
    asking.site.world.act("2022-05-03", "holder", "submit-draft", text=PROSE + "\nOg mere.\n", base="1")
    asking.site.clock.moment = at("2022-11-10")
    return asking.token()


@pytest.mark.parametrize("paper", ["agenda", "minutes"])
def test_a_meetings_papers_come_in_every_form_and_in_the_language_that_is_asked_for(
    asking: Asking, paper: str
) -> None:
    token = drafted(asking)
    values = asking.get(f"{MEETING}/{paper}", token)
    description = asking.site.client.get(f"{TOP}/openapi.json").json()
    conforms(description, f"/cycles/{{cycle}}/milestones/{{milestone}}/{paper}", values)
    assert (values.json()["milestone"], values.json()["draft"]["version"]) == ("dialogue", 2)
    text = asking.get(f"{MEETING}/{paper}", token, format="txt")
    marked = asking.get(f"{MEETING}/{paper}", token, format="md")
    page = asking.get(f"{MEETING}/{paper}", token, format="html", lang="en")
    printed = asking.get(f"{MEETING}/{paper}", token, format="pdf", lang="en")
    kinds = [each.headers["content-type"].partition(";")[0] for each in (text, marked, page, printed)]
    assert kinds == ["text/plain", "text/markdown", "text/html", "application/pdf"]
    assert marked.text.startswith("# ")
    assert not text.text.startswith("# ")
    assert ('lang="en"' in page.text, 'lang="da"' in page.text) == (True, False)
    title = values.json()["title"]
    assert all(title in each.text for each in (text, marked, page))
    assert printed.content.startswith(b"%PDF-")


def test_what_people_wrote_is_never_run_in_the_name_of_this_site(asking: Asking) -> None:
    token = drafted(asking)
    for path in (f"{MEETING}/agenda", "/cycles/c/draft/versions/1/paper"):
        answer = asking.get(path, token, format="html")
        assert answer.headers["content-disposition"].startswith('attachment; filename="c-'), path
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox", path
        assert "<script>" not in answer.text, path


def test_the_papers_of_a_meeting_are_for_those_who_are_of_it(asking: Asking) -> None:
    drafted(asking)
    for person, status in (("co", 200), ("c1", 200), ("w1", 403), ("ob", 403), ("sub", 403), ("co2", 404)):
        for paper in ("agenda", "minutes"):
            for form in ("json", "pdf"):
                answer = asking.get(f"{MEETING}/{paper}", asking.token(person), format=form)
                assert answer.status_code == status, (person, paper, form)


def test_a_deadline_a_cancelled_meeting_and_none_at_all_have_no_papers(asking: Asking) -> None:
    token, world = drafted(asking), asking.site.world
    for slug in ("consultation", "nothing"):
        assert asking.get(f"/cycles/c/milestones/{slug}/agenda", token).status_code == 404, slug
    world.act("2022-11-09", "co", "cancel", milestone="dialogue", reason="Sygdom")
    assert asking.get(f"{MEETING}/minutes", token).status_code == 404


def test_the_draft_its_differences_and_the_results_are_papers_too(asking: Asking) -> None:
    token = drafted(asking)
    for path, words in (
        ("/cycles/c/draft/versions/2/paper", "Og mere."),
        ("/cycles/c/draft/differences/paper", "Og mere."),
        ("/cycles/c/results/paper", ""),
    ):
        page, printed = asking.get(path, token, format="html"), asking.get(path, token, format="pdf")
        assert (page.status_code, printed.status_code) == (200, 200), path
        assert words in page.text, path
        assert printed.content.startswith(b"%PDF-"), path
    assert asking.get("/cycles/c/draft/versions/9/paper", token).status_code == 404
    assert asking.get("/cycles/c/draft/differences/paper", token, to="9").status_code == 404
    assert asking.get("/cycles/c/draft/versions/1/paper", token, format="exe").status_code == 422
